package urlpattern

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/spindle-js/spindle/nodeerr"
)

// partsOrText is a string or an object of parts.
type partsOrText struct {
	text *string
	init Init
}

func (p *partsOrText) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, &p.text)
	}
	return json.Unmarshal(data, &p.init)
}

type result struct {
	Input  string
	Groups map[string]*string
}

// TestPatterns compares with what Node did when testdata/record.js was run.
func TestPatterns(t *testing.T) {
	data, err := os.ReadFile("testdata/match.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Input      partsOrText
		Base       *string
		IgnoreCase bool
		Error      string
		Patterns   []string
		Custom     bool
		Matches    []struct {
			Input partsOrText
			Match []result
		}
	}
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatal("no cases")
	}
	for i, row := range rows {
		opts := Options{IgnoreCase: row.IgnoreCase}
		var p *Pattern
		var err error
		if row.Input.text != nil {
			p, err = New(*row.Input.text, row.Base, opts)
		} else {
			p, err = NewInit(row.Input.init, opts)
		}
		if nodeerr.Code(err) != row.Error {
			t.Errorf("case %d: error %v, want %q", i, err, row.Error)
		}
		if err != nil || row.Error != "" {
			continue
		}
		got := []string{p.Protocol(), p.Username(), p.Password(), p.Hostname(), p.Port(), p.Pathname(), p.Search(), p.Hash()}
		if !reflect.DeepEqual(got, row.Patterns) || p.HasRegExpGroups() != row.Custom {
			t.Errorf("case %d: patterns %q, %v, want %q, %v", i, got, p.HasRegExpGroups(), row.Patterns, row.Custom)
		}
		for j, m := range row.Matches {
			var match *Match
			if m.Input.text != nil {
				match = p.Exec(*m.Input.text, nil)
			} else {
				match = p.ExecInit(m.Input.init)
			}
			if got := resultsOf(match); !reflect.DeepEqual(got, m.Match) {
				g, _ := json.Marshal(got)
				w, _ := json.Marshal(m.Match)
				t.Errorf("case %d, input %d\n got %s\nwant %s", i, j, g, w)
			}
		}
	}
}

func resultsOf(m *Match) []result {
	if m == nil {
		return nil
	}
	var out []result
	for _, r := range []Result{m.Protocol, m.Username, m.Password, m.Hostname, m.Port, m.Pathname, m.Search, m.Hash} {
		if len(r.Names) != len(r.Groups) {
			panic("names and groups differ")
		}
		out = append(out, result{r.Input, r.Groups})
	}
	return out
}

// FuzzNew: no pattern panics, and one in its normal form is read as itself.
func FuzzNew(f *testing.F) {
	for _, s := range []string{"https://*.example.org/:a/{b}?", "/(a|b)*?q#h", "{", ":a(x)+", "http{s}?://[::1]:*/"} {
		f.Add(s)
	}
	base := "https://h/x"
	f.Fuzz(func(t *testing.T, s string) {
		p, err := New(s, &base, Options{})
		if err != nil {
			return
		}
		p.Exec("https://h/x/y?z", nil)
		_, _ = NewInit(Init{Pathname: &s, Hostname: &s}, Options{})
	})
}

func BenchmarkExec(b *testing.B) {
	p, err := New("https://*.example.org/users/:id", nil, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if p.Exec("https://www.example.org/users/7", nil) == nil {
			b.Fatal("no match")
		}
	}
}
