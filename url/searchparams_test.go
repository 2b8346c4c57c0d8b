package url

import (
	"slices"
	"testing"
)

// step is a change of a list, and what the list and its URL are after it.
type step struct {
	name   string
	change func(u *URL, p *SearchParams)
	query  string
	href   string
}

func TestSearchParamsAndURL(t *testing.T) {
	u, err := Parse("http://h/?a=1&b=2&a=3")
	if err != nil {
		t.Fatal(err)
	}
	p := u.SearchParams()
	if p != u.SearchParams() {
		t.Error("a URL has two lists")
	}
	steps := []step{
		{"append", func(u *URL, p *SearchParams) { p.Append("c", "x y") }, "a=1&b=2&a=3&c=x+y", "http://h/?a=1&b=2&a=3&c=x+y"},
		{"set replaces the first and removes the others", func(u *URL, p *SearchParams) { p.Set("a", "9") }, "a=9&b=2&c=x+y", "http://h/?a=9&b=2&c=x+y"},
		{"set adds", func(u *URL, p *SearchParams) { p.Set("d", "ü") }, "a=9&b=2&c=x+y&d=%C3%BC", "http://h/?a=9&b=2&c=x+y&d=%C3%BC"},
		{"delete", func(u *URL, p *SearchParams) { p.Delete("b") }, "a=9&c=x+y&d=%C3%BC", "http://h/?a=9&c=x+y&d=%C3%BC"},
		{"delete with another value", func(u *URL, p *SearchParams) { p.DeleteValue("a", "8") }, "a=9&c=x+y&d=%C3%BC", "http://h/?a=9&c=x+y&d=%C3%BC"},
		{"delete with its value", func(u *URL, p *SearchParams) { p.DeleteValue("a", "9") }, "c=x+y&d=%C3%BC", "http://h/?c=x+y&d=%C3%BC"},
		{"the URL's query", func(u *URL, p *SearchParams) { u.SetSearch("z=1&y") }, "z=1&y=", "http://h/?z=1&y"},
		{"sort writes the query anew", func(u *URL, p *SearchParams) { p.Sort() }, "y=&z=1", "http://h/?y=&z=1"},
		{"the whole URL", func(u *URL, p *SearchParams) { _ = u.SetHref("http://x/?q") }, "q=", "http://x/?q"},
		{"nothing left", func(u *URL, p *SearchParams) { p.Delete("q") }, "", "http://x/"},
		{"the fragment leaves the list", func(u *URL, p *SearchParams) { p.Append("k", "v"); u.SetHash("f") }, "k=v", "http://x/?k=v#f"},
	}
	for _, s := range steps {
		s.change(u, p)
		if p.String() != s.query || u.Href() != s.href {
			t.Errorf("%s: %q and %q, want %q and %q", s.name, p.String(), u.Href(), s.query, s.href)
		}
	}
}

func TestSearchParamsLookup(t *testing.T) {
	p := NewSearchParams(Pair{"a", "1"}, Pair{"", "empty"}, Pair{"a", "2"}, Pair{"x\xed\xa0\x80", "\xff"})
	if v, ok := p.Get("a"); !ok || v != "1" {
		t.Errorf("Get(a) = %q, %v", v, ok)
	}
	if v, ok := p.Get("b"); ok || v != "" {
		t.Errorf("Get(b) = %q, %v", v, ok)
	}
	if got := p.GetAll("a"); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("GetAll(a) = %q", got)
	}
	if got := p.GetAll("b"); got != nil {
		t.Errorf("GetAll(b) = %q", got)
	}
	for name, want := range map[string]bool{"a": true, "": true, "b": false, "x\ufffd": true} {
		if p.Has(name) != want {
			t.Errorf("Has(%q) is %v", name, !want)
		}
	}
	if !p.HasValue("a", "2") || p.HasValue("a", "3") || p.HasValue("b", "2") {
		t.Error("HasValue")
	}
	if p.Len() != 4 || p.At(3) != (Pair{"x\ufffd", "\ufffd"}) {
		t.Errorf("%d pairs, the last %q", p.Len(), p.At(3))
	}
}

func TestSearchParamsSort(t *testing.T) {
	tests := []struct{ in, want string }{
		{"z=1&a=2&z=0&a=1", "a=2&a=1&z=1&z=0"},
		{"b&ab&a&", "a=&ab=&b="},
		{"%EF%AC%81=1&%F0%9F%8C%88=2", "%F0%9F%8C%88=2&%EF%AC%81=1"}, // U+FB01, and U+1F308, whose first unit is less
		{"%C3%BC=1&u=2&%C3%BC%C3%BC=3", "u=2&%C3%BC=1&%C3%BC%C3%BC=3"},
	}
	for _, tt := range tests {
		p := ParseSearchParams(tt.in)
		p.Sort()
		if got := p.String(); got != tt.want {
			t.Errorf("%s is sorted to %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestToHTTPOptions(t *testing.T) {
	tests := []struct {
		in   string
		want HTTPOptions
	}{
		{"http://u%40:p%3A@h:8080/a?b#c", HTTPOptions{Protocol: "http:", Hostname: "h", Hash: "#c", Search: "?b", Pathname: "/a", Path: "/a?b",
			Href: "http://u%40:p%3A@h:8080/a?b#c", Port: 8080, HasPort: true, Auth: "u@:p:"}},
		{"https://[::1]/", HTTPOptions{Protocol: "https:", Hostname: "::1", Pathname: "/", Path: "/", Href: "https://[::1]/"}},
		{"http://u@h:0/", HTTPOptions{Protocol: "http:", Hostname: "h", Pathname: "/", Path: "/", Href: "http://u@h:0/", HasPort: true, Auth: "u:"}},
	}
	for _, tt := range tests {
		u, err := Parse(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := u.ToHTTPOptions(); err != nil || got != tt.want {
			t.Errorf("%s gives %+v, %v, want %+v", tt.in, got, err, tt.want)
		}
	}
	u, err := Parse("http://%ff@h/")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.ToHTTPOptions(); err == nil || err.Error() != "URI malformed" {
		t.Errorf("credentials that are no UTF-8: %v", err)
	}
}
