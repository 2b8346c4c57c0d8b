package glob

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestMatch compares with what Node did when testdata/record.js was run.
func TestMatch(t *testing.T) {
	data, err := os.ReadFile("testdata/match.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded struct {
		Names    []string
		Patterns []struct {
			Pattern      string
			Posix, Win32 []string
		}
	}
	if err := json.Unmarshal(data, &recorded); err != nil {
		t.Fatal(err)
	}
	if len(recorded.Patterns) == 0 {
		t.Fatal("no cases")
	}
	for _, tt := range recorded.Patterns {
		for windows, want := range map[bool][]string{false: tt.Posix, true: tt.Win32} {
			p, err := Compile(tt.Pattern, Options{Windows: windows})
			if err != nil {
				t.Errorf("%q: %v", tt.Pattern, err)
				continue
			}
			got := []string{}
			for _, name := range recorded.Names {
				if p.Match(name) {
					got = append(got, name)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q, windows %v, matches %q, want %q", tt.Pattern, windows, got, want)
			}
		}
	}
}

func TestNoCase(t *testing.T) {
	tests := []struct {
		pattern, path string
		want          bool
	}{
		{"A*", "abc", true},
		{"*.JS", "x.js", true},
		{"[a-c]Ü", "Bü", true},
		{"!(A)", "a", false},
		{"abc", "ABC", false}, // a literal
	}
	for _, tt := range tests {
		p, err := Compile(tt.pattern, Options{NoCase: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Match(tt.path); got != tt.want {
			t.Errorf("%q matches %q: %v", tt.pattern, tt.path, got)
		}
	}
}

func TestLength(t *testing.T) {
	if _, err := Compile(strings.Repeat("ü", 1<<16), Options{}); err != nil {
		t.Errorf("65536 units: %v", err)
	}
	if _, err := Compile(strings.Repeat("ü", 1<<16+1), Options{}); err == nil || err.Error() != "pattern is too long" {
		t.Errorf("65537 units: %v", err)
	}
}

func TestAlternatives(t *testing.T) {
	p, err := Compile("src/{a,b*}/**", Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := p.Alternatives()
	if len(all) != 2 || len(all[0]) != 3 {
		t.Fatalf("alternatives %v", all)
	}
	if name, ok := all[0][1].Literal(); !ok || name != "a" {
		t.Errorf("literal %q, %v", name, ok)
	}
	if _, ok := all[1][1].Literal(); ok || !all[1][1].Match("bx") || !all[1][2].Globstar() {
		t.Error("the segments of b*/**")
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("**/{a,b}/!(x|*.js)", "a/b/c")
	f.Add("@(a|+(b))[[:alpha:]-z]", "bbc")
	f.Add("a/../**/../b/c", "b/c")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if len(pattern) > 12 || strings.Count(pattern, "(") > 2 || strings.Contains(pattern, "..") {
			return // exponential time, or memory, is what such a pattern asks for
		}
		for _, windows := range []bool{false, true} {
			p, err := Compile(pattern, Options{Windows: windows})
			if err != nil {
				t.Fatal(err)
			}
			p.Match(path)
		}
	})
}

func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile("src/**/*.{js,ts}", Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	p, err := Compile("src/**/*.{js,ts}", Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p.Match("src/a/b/c/main.ts")
	}
}
