package url

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/internal/wtf8"
	"github.com/spindle-js/spindle/nodeerr"
)

// The tests in this file compare with what Node did when testdata/record.js was
// run.

type text = wtf8.JSONString

// failure is the error of a recorded call.
type failure struct {
	Error *struct {
		Name, Code, Message text
		Input, Base         *text
	}
}

func load[T any](t *testing.T, name string) []T {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []T
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatal("no cases")
	}
	return rows
}

// check compares an error, and reports whether there should be none.
func (f failure) check(t *testing.T, label string, err error) bool {
	t.Helper()
	if f.Error == nil {
		if err != nil {
			t.Errorf("%s fails with %v", label, err)
			return false
		}
		return true
	}
	e, ok := err.(*nodeerr.Error)
	if !ok {
		t.Errorf("%s: error %v, want %s", label, err, f.Error.Message)
		return false
	}
	if string(e.Kind) != string(f.Error.Name) || e.Code != string(f.Error.Code) || e.Message != string(f.Error.Message) {
		t.Errorf("%s: error %s %s %q, want %s %s %q", label, e.Kind, e.Code, e.Message, f.Error.Name, f.Error.Code, f.Error.Message)
	}
	var props []nodeerr.Prop
	if f.Error.Input != nil {
		props = append(props, nodeerr.Prop{Key: "input", Value: string(*f.Error.Input)})
	}
	if f.Error.Base != nil {
		props = append(props, nodeerr.Prop{Key: "base", Value: string(*f.Error.Base)})
	}
	if !slices.Equal(e.Props, props) {
		t.Errorf("%s: error has %v, want %v", label, e.Props, props)
	}
	return false
}

// parts are the properties of a URL object.
type urlParts struct {
	Href, Origin, Protocol, Username, Password, Host, Hostname, Port, Pathname, Search, Hash text
}

func partsOf(u *URL) urlParts {
	return urlParts{
		text(u.Href()), text(u.Origin()), text(u.Protocol()), text(u.Username()), text(u.Password()), text(u.Host()),
		text(u.Hostname()), text(u.Port()), text(u.Pathname()), text(u.Search()), text(u.Hash()),
	}
}

type partsOrFailure struct {
	failure
	urlParts
}

func TestParse(t *testing.T) {
	for _, tt := range load[struct {
		Input text
		Base  *text
		Want  partsOrFailure
	}](t, "parse") {
		var u *URL
		var err error
		can := false
		label := "new URL(" + string(tt.Input) + ")"
		if tt.Base == nil {
			u, err = Parse(string(tt.Input))
			can = CanParse(string(tt.Input))
		} else {
			label += " against " + string(*tt.Base)
			u, err = ParseRef(string(tt.Input), string(*tt.Base))
			can = CanParseRef(string(tt.Input), string(*tt.Base))
		}
		if can != (err == nil) {
			t.Errorf("%s: CanParse is %v", label, can)
		}
		if tt.Want.check(t, label, err) {
			if got := partsOf(u); got != tt.Want.urlParts {
				t.Errorf("%s\n got %q\nwant %q", label, got, tt.Want.urlParts)
			}
		}
	}
}

func TestSetters(t *testing.T) {
	for _, tt := range load[struct {
		Input, Name, Value text
		Want               partsOrFailure
	}](t, "set") {
		u, err := Parse(string(tt.Input))
		if err != nil {
			t.Fatal(err)
		}
		value := string(tt.Value)
		switch tt.Name {
		case "href":
			err = u.SetHref(value)
		case "protocol":
			u.SetProtocol(value)
		case "username":
			u.SetUsername(value)
		case "password":
			u.SetPassword(value)
		case "host":
			u.SetHost(value)
		case "hostname":
			u.SetHostname(value)
		case "port":
			u.SetPort(value)
		case "pathname":
			u.SetPathname(value)
		case "search":
			u.SetSearch(value)
		case "hash":
			u.SetHash(value)
		}
		label := string(tt.Input+" with "+tt.Name+" ") + value
		if tt.Want.check(t, label, err) {
			if got := partsOf(u); got != tt.Want.urlParts {
				t.Errorf("%s\n got %q\nwant %q", label, got, tt.Want.urlParts)
			}
		}
	}
}

// legacyParts are the properties of a Url object.
type legacyParts struct {
	Protocol                                                 *text
	Slashes                                                  *bool
	Auth, Host, Port, Hostname, Hash, Search, Pathname, Path *text
	Query                                                    json.RawMessage
	Href                                                     text
}

func nullable(n NullString) *text {
	if !n.Valid {
		return nil
	}
	s := text(n.String)
	return &s
}

func legacyPartsOf(t *testing.T, u *Legacy, query json.RawMessage) legacyParts {
	p := legacyParts{
		Protocol: nullable(u.Protocol), Auth: nullable(u.Auth), Host: nullable(u.Host), Port: nullable(u.Port),
		Hostname: nullable(u.Hostname), Hash: nullable(u.Hash), Search: nullable(u.Search),
		Pathname: nullable(u.Pathname), Path: nullable(u.Path), Href: text(u.Href), Query: query,
	}
	if u.Slashes {
		p.Slashes = &u.Slashes
	}
	if u.Query.Pairs == nil {
		var want *text
		if err := json.Unmarshal(query, &want); err != nil {
			t.Errorf("%s: the query is to be parsed: %s", u.Href, query)
		} else if got := nullable(u.Query.NullString); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: query is %v, want %s", u.Href, got, query)
		}
		return p
	}
	var want map[string]any
	if err := json.Unmarshal(query, &want); err != nil {
		t.Errorf("%s: the query is not to be parsed: %s", u.Href, query)
	}
	got := map[string]any{}
	for name, values := range u.Query.Pairs.All() {
		if values.More == nil {
			got[name] = values.First
			continue
		}
		list := []any{values.First}
		for _, v := range values.More {
			list = append(list, v)
		}
		got[name] = list
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: query is %v, want %s", u.Href, got, query)
	}
	return p
}

func TestLegacyParse(t *testing.T) {
	for _, tt := range load[struct {
		Input          text
		Query, Slashes bool
		Want           struct {
			failure
			legacyParts
		}
	}](t, "legacy") {
		u, err := LegacyParse(string(tt.Input), tt.Query, tt.Slashes)
		if tt.Want.check(t, "url.parse "+string(tt.Input), err) {
			if got := legacyPartsOf(t, u, tt.Want.Query); !reflect.DeepEqual(got, tt.Want.legacyParts) {
				g, _ := json.Marshal(got)
				w, _ := json.Marshal(tt.Want.legacyParts)
				t.Errorf("url.parse(%q)\n got %s\nwant %s", tt.Input, g, w)
			}
		}
	}
}

// stringOrFailure is a string, or an object that holds an error.
type stringOrFailure struct {
	failure
	text text
}

func (s *stringOrFailure) UnmarshalJSON(data []byte) error {
	if data[0] == '{' {
		return json.Unmarshal(data, &s.failure)
	}
	return json.Unmarshal(data, &s.text)
}

func TestLegacyResolve(t *testing.T) {
	for _, tt := range load[struct {
		From, To text
		Want     stringOrFailure
	}](t, "resolve") {
		label := "url.resolve " + string(tt.From) + " to " + string(tt.To)
		got, err := LegacyResolve(string(tt.From), string(tt.To))
		if tt.Want.check(t, label, err) && got != string(tt.Want.text) {
			t.Errorf("%s is %q, want %q", label, got, tt.Want.text)
		}
	}
}

func TestFileURLToPath(t *testing.T) {
	for _, tt := range load[struct {
		Input       text
		Windows     bool
		Want, Bytes stringOrFailure
	}](t, "filepath") {
		u, err := Parse(string(tt.Input))
		if err != nil {
			t.Fatal(err)
		}
		opts := FileOptions{Windows: tt.Windows}
		got, err := FileURLToPath(u, opts)
		if e, ok := err.(*nodeerr.Error); ok {
			e.Message = strings.Replace(e.Message, platform(), "linux", 1)
		}
		if tt.Want.check(t, u.Href(), err) && got != string(tt.Want.text) {
			t.Errorf("%s, windows %v, is %q, want %q", u, tt.Windows, got, tt.Want.text)
		}
		b, err := FileURLToPathBytes(u, opts)
		if e, ok := err.(*nodeerr.Error); ok {
			e.Message = strings.Replace(e.Message, platform(), "linux", 1)
		}
		if tt.Bytes.check(t, u.Href(), err) && hex.EncodeToString(b) != string(tt.Bytes.text) {
			t.Errorf("%s, windows %v, is %x, want %s", u, tt.Windows, b, tt.Bytes.text)
		}
	}
}

func TestPathToFileURL(t *testing.T) {
	for _, tt := range load[struct {
		Input   text
		Windows bool
		Want    stringOrFailure
	}](t, "pathfile") {
		u, err := PathToFileURL(string(tt.Input), FileOptions{Windows: tt.Windows, Getwd: func() string { return "/base" }})
		if tt.Want.check(t, string(tt.Input), err) && u.Href() != string(tt.Want.text) {
			t.Errorf("%q, windows %v, is %q, want %q", tt.Input, tt.Windows, u.Href(), tt.Want.text)
		}
	}
}

func TestDomains(t *testing.T) {
	for _, tt := range load[struct{ Input, ASCII, Unicode text }](t, "domain") {
		if got := DomainToASCII(string(tt.Input)); got != string(tt.ASCII) {
			t.Errorf("DomainToASCII(%q) = %q, want %q", tt.Input, got, tt.ASCII)
		}
		if got := DomainToUnicode(string(tt.Input)); got != string(tt.Unicode) {
			t.Errorf("DomainToUnicode(%q) = %q, want %q", tt.Input, got, tt.Unicode)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, tt := range load[struct {
		Input   text
		Options map[string]bool
		Want    text
	}](t, "format") {
		u, err := Parse(string(tt.Input))
		if err != nil {
			t.Fatal(err)
		}
		o := DefaultFormat
		for name, value := range tt.Options {
			switch name {
			case "auth":
				o.Auth = value
			case "fragment":
				o.Fragment = value
			case "search":
				o.Search = value
			case "unicode":
				o.Unicode = value
			}
		}
		if got := u.Format(o); got != string(tt.Want) {
			t.Errorf("%s with %v is %q, want %q", u, tt.Options, got, tt.Want)
		}
	}
}

func TestParseSearchParams(t *testing.T) {
	for _, tt := range load[struct {
		Input text
		Pairs [][2]text
		Text  text
	}](t, "query") {
		p := ParseSearchParams(string(tt.Input))
		if got := p.String(); got != string(tt.Text) {
			t.Errorf("%q is written as %q, want %q", tt.Input, got, tt.Text)
		}
		var got [][2]text
		for name, value := range p.All() {
			got = append(got, [2]text{text(name), text(value)})
		}
		if !slices.Equal(got, tt.Pairs) {
			t.Errorf("%q is %q, want %q", tt.Input, got, tt.Pairs)
		}
	}
}
