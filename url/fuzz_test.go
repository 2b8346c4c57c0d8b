package url

import "testing"

// FuzzParse: no input panics; a serialisation parses to itself, with the same
// parts; setting a part to what it is changes nothing.
func FuzzParse(f *testing.F) {
	for _, seed := range [][2]string{
		{"https://user:pass@example.com:1234/foo/bar?baz#quux", ""}, {"/a?b#c", "http://h"}, {"..", "file:///C:/x"}, {"foo:/.//x", ""},
		{"http://ü.example/\t", ""}, {"http://[::1.2.3.4]:80", ""}, {"http://0x7f.1", ""}, {"x#y", "mailto:a"}, {"file:C|/..", ""}, {"data:x  ?y", ""},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, input, base string) {
		u, err := Parse(input)
		if base != "" {
			if b, err := Parse(base); err == nil && b.parts.opaque {
				return // where Node goes on, its result is not one of the standard's
			}
			u, err = ParseRef(input, base)
		}
		if err != nil {
			return
		}
		again, err := Parse(u.Href())
		if err != nil {
			t.Fatalf("%q gives %q, which is not valid", input, u.Href())
		}
		if again.href != u.href {
			t.Fatalf("%q gives %q, which gives %q", input, u.Href(), again.Href())
		}
		if again.parts != u.parts {
			t.Fatalf("%q: parts %+v, parsed again %+v", u.Href(), u.parts, again.parts)
		}
		var slow URL
		var r record
		if !r.parse(clean(u.href), nil) || !r.assemble(&slow) || slow.href != u.href || slow.parts != u.parts {
			t.Fatalf("%q: the quick parser gives %+v, the other %q %+v", u.href, u.parts, slow.href, slow.parts)
		}
		for name, set := range map[string]func(){
			"username": func() { u.SetUsername(decode(u.Username())) },
			"hostname": func() { u.SetHostname(u.Hostname()) },
			"search":   func() { _ = u.SearchParams().Len() },
		} {
			set()
			if _, err := Parse(u.Href()); err != nil {
				t.Fatalf("after setting %s: %q is not valid", name, u.Href())
			}
		}
	})
}

// FuzzLegacy: no input panics, and what is resolved can be formatted.
func FuzzLegacy(f *testing.F) {
	f.Add("http://u:p@h:8/a/b?c#d", "../x", true)
	f.Add("mailto:a@b", "?x", false)
	f.Add("//[::1]", "http:a", true)
	f.Fuzz(func(t *testing.T, from, to string, slashes bool) {
		source, err := LegacyParse(from, slashes, slashes)
		if err != nil {
			return
		}
		relative, err := LegacyParse(to, false, slashes)
		if err != nil {
			return
		}
		resolved, err := source.Resolve(relative)
		if err != nil {
			return
		}
		if again, err := resolved.Format(); err != nil || again != resolved.Href {
			t.Fatalf("%q resolves to %q, which is formatted as %q, %v", to, resolved.Href, again, err)
		}
	})
}
