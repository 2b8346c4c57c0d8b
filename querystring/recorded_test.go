package querystring

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spindle-js/spindle/internal/wtf8"
	"github.com/spindle-js/spindle/nodeerr"
)

// The tests in this file compare with what Node did when testdata/record.js was
// run.

type text = wtf8.JSONString

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

// result is a string, or an error.
type result struct {
	text  text
	Error *struct{ Name, Code, Message string }
}

func (r *result) UnmarshalJSON(data []byte) error {
	if data[0] == '{' {
		var f struct {
			Error *struct{ Name, Code, Message string }
		}
		err := json.Unmarshal(data, &f)
		r.Error = f.Error
		return err
	}
	return json.Unmarshal(data, &r.text)
}

func (r *result) check(t *testing.T, label, got string, err error) {
	t.Helper()
	if r.Error == nil {
		if err != nil || got != string(r.text) {
			t.Errorf("%s = %q, %v, want %q", label, got, err, r.text)
		}
		return
	}
	e, ok := err.(*nodeerr.Error)
	if !ok || string(e.Kind) != r.Error.Name || e.Code != r.Error.Code || e.Message != r.Error.Message {
		t.Errorf("%s fails with %v, want %s", label, err, r.Error.Message)
	}
}

func TestParseAndStringify(t *testing.T) {
	for _, tt := range load[struct {
		Query, Sep, Eq text
		MaxKeys        int
		Want           [][]text
		Written        result
	}](t, "parse") {
		v, err := ParseWith(string(tt.Query), ParseOptions{Sep: string(tt.Sep), Eq: string(tt.Eq), MaxKeys: tt.MaxKeys})
		if err != nil {
			t.Errorf("%q: %v", tt.Query, err)
			continue
		}
		got := [][]text{}
		for name, values := range v.All() {
			row := []text{text(name), text(values.First)}
			for _, more := range values.More {
				row = append(row, text(more))
			}
			got = append(got, row)
			if all := v.GetAll(name); len(all) != len(row)-1 || all[len(all)-1] != string(row[len(row)-1]) {
				t.Errorf("%q: GetAll(%q) = %q", tt.Query, name, all)
			}
		}
		if !reflect.DeepEqual(got, tt.Want) {
			t.Errorf("%q with %q and %q\n got %q\nwant %q", tt.Query, tt.Sep, tt.Eq, got, tt.Want)
		}
		written, err := StringifyWith(v, StringifyOptions{Sep: string(tt.Sep), Eq: string(tt.Eq)})
		tt.Written.check(t, "stringify of "+string(tt.Query), written, err)
	}
}

func TestEscape(t *testing.T) {
	for _, tt := range load[struct {
		Input text
		Want  result
	}](t, "escape") {
		got, err := Escape(string(tt.Input))
		tt.Want.check(t, "escape of "+string(tt.Input), got, err)
	}
}

func TestUnescape(t *testing.T) {
	for _, tt := range load[struct{ Input, Want, Bytes, Plus text }](t, "unescape") {
		in := string(tt.Input)
		if got := Unescape(in); got != string(tt.Want) {
			t.Errorf("Unescape(%q) = %q, want %q", in, got, tt.Want)
		}
		if got := hex.EncodeToString(UnescapeBytes(in, false)); got != string(tt.Bytes) {
			t.Errorf("UnescapeBytes(%q) = %s, want %s", in, got, tt.Bytes)
		}
		if got := hex.EncodeToString(UnescapeBytes(in, true)); got != string(tt.Plus) {
			t.Errorf("UnescapeBytes(%q) with plus = %s, want %s", in, got, tt.Plus)
		}
	}
}

func TestDecodeComponent(t *testing.T) {
	for in, want := range map[string]string{"": "", "a+b": "a+b", "%41%C3%BC": "Aü", "%F0%9F%98%80": "😀", "%EF%BF%BD": "\ufffd"} {
		if got, ok := DecodeComponent(in); !ok || got != want {
			t.Errorf("%q is decoded as %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"%", "%4", "%zz", "%FF", "%C3", "%C3%41", "%E4%B8", "%ED%A0%80", "%C0%80", "%F4%90%80%80", "%C3x"} {
		if got, ok := DecodeComponent(in); ok {
			t.Errorf("%q is decoded as %q", in, got)
		}
	}
}

func TestCustomCoders(t *testing.T) {
	var seen []string
	v, err := ParseWith("a+b=%41&=&c", ParseOptions{Decode: func(s string) (string, error) {
		seen = append(seen, s)
		return strings.ToUpper(s), nil
	}})
	if err != nil || !reflect.DeepEqual(seen, []string{"a%20b", "%41", "c"}) {
		t.Errorf("decoded %q, %v", seen, err)
	}
	if got, ok := v.Get("A%20B"); !ok || got != "%41" {
		t.Errorf("Get = %q, %v", got, ok)
	}
	failed := errors.New("no")
	if _, err := ParseWith("a", ParseOptions{Decode: func(string) (string, error) { return "", failed }}); err != failed {
		t.Errorf("parsing fails with %v", err)
	}
	if _, err := StringifyWith(v, StringifyOptions{Encode: func(string) (string, error) { return "", failed }}); err != failed {
		t.Errorf("writing fails with %v", err)
	}
	got, err := StringifyWith(v, StringifyOptions{Encode: func(s string) (string, error) { return "<" + s + ">", nil }})
	if want := "<A%20B>=<%41>&<>=<>&<C>=<>"; err != nil || got != want {
		t.Errorf("written as %q, %v, want %q", got, err, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a=1&b=%41+c&a=", "&", "=")
	f.Add("a::b:=c", "::", ":=")
	f.Fuzz(func(t *testing.T, query, sep, eq string) {
		if !utf8.ValidString(query) || !utf8.ValidString(sep) || !utf8.ValidString(eq) {
			return
		}
		v, err := ParseWith(query, ParseOptions{Sep: sep, Eq: eq, MaxKeys: -1})
		if err != nil {
			t.Fatal(err)
		}
		written, err := Stringify(v)
		if err != nil {
			return
		}
		again, err := ParseWith(written, ParseOptions{MaxKeys: -1})
		if err != nil {
			t.Fatal(err)
		}
		if rewritten, err := Stringify(again); err != nil || rewritten != written {
			t.Fatalf("%q is written as %q and then as %q, %v", query, written, rewritten, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Parse("limit=10&sort=name&q=hello%20world&page=3")
	}
}

func BenchmarkStringify(b *testing.B) {
	v := Parse("limit=10&sort=name&q=hello%20world&page=3")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Stringify(v); err != nil {
			b.Fatal(err)
		}
	}
}
