package idna

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// What is expected was read off Node's url.domainToASCII.
func TestToASCII(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"ascii", "Example.ORG", "example.org"},
		{"umlaut", "Bücher.example", "xn--bcher-kva.example"},
		{"sharp s is kept", "faß.de", "xn--fa-hia.de"},
		{"capital sharp s is a small one", "FAẞ.de", "xn--fa-hia.de"},
		{"wide letters and full stop", "ｗｗｗ。ｅｘ", "www.ex"},
		{"composition", "a\u0301", "xn--1ca"},
		{"soft hyphen is ignored", "a\u00adb", "ab"},
		{"one that makes several", "½", "xn--12-c6t"},
		{"empty labels", "ü..a.", "xn--tda..a."},
		{"encoded already", "XN--TDA", "xn--tda"},
		{"a mark at the beginning", "\u0301a", ""},
		{"unassigned", "\u0378", ""},
		{"private use", "\ue000", ""},
		{"replacement character", "a\ufffd", ""},
		{"one that makes a space", "a\u00a8", ""},
		{"encoded nothing", "xn--", ""},
		{"encoded ascii", "xn--a-", ""},
		{"encoded capital", "xn--wca", ""},
		{"not to be decoded", "xn--a", ""},
		{"encoded within encoded", "xn--xn--tda-m2a", ""},
		{"a delimiter with nothing before it", "xn---yom", "xn---yom"},
		{"prefix in a mapped label", "xn--ü", ""},
		{"joiner after a virama", "\u0915\u094d\u200d", "xn--11b6iy14e"},
		{"joiner elsewhere", "a\u200db", ""},
		{"non-joiner between joining letters", "\u0628\u200c\u0628", "xn--ngba799q"},
		{"non-joiner before a letter that does not join", "\u0628\u200ca", ""},
		{"right-to-left", "אב", "xn--4dbc"},
		{"right-to-left, then Latin", "אa", ""},
		{"Latin, then one right-to-left", "aא", "xn--a-0hc"},
		{"Latin, right-to-left, Latin", "aאa", ""},
		{"both kinds of digits", "א1٠", ""},
		{"right-to-left that ends with a hyphen", "א-", ""},
		{"right-to-left and a digit", "א1", "xn--1-zhc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := ToASCII(tt.in)
			if ok != (tt.want != "") || ok && got != tt.want {
				t.Errorf("ToASCII(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
			}
		})
	}
}

func TestToUnicode(t *testing.T) {
	for in, want := range map[string]string{
		"example.org": "example.org", "xn--bcher-kva.example": "bücher.example", "a.xn--tda.b": "a.ü.b",
		"xn--a": "xn--a", "": "", "xn--": "xn--",
	} {
		if got := ToUnicode(in); got != want {
			t.Errorf("ToUnicode(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestTable checks that the spans are in order and that what they map to is
// itself valid, or ASCII.
func TestTable(t *testing.T) {
	for i := range spans {
		if i > 0 && spans[i].lo <= spans[i-1].lo {
			t.Fatalf("span %d begins at %#x, after %#x", i, spans[i].lo, spans[i-1].lo)
		}
	}
	for r := rune(0x80); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		mapped, ok := appendMapped(nil, r)
		if !ok {
			continue
		}
		for _, m := range mapped {
			again, ok := appendMapped(nil, m)
			if !ok || len(again) != 1 || again[0] != m {
				t.Errorf("%#x maps to %q, which maps on to %q, %v", r, mapped, again, ok)
			}
		}
	}
}

func FuzzToASCII(f *testing.F) {
	f.Add("bücher.example")
	f.Add("xn--xn---epa")
	f.Add("א1٠\u200d")
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) {
			return
		}
		ascii, ok := ToASCII(in)
		if !ok {
			return
		}
		if !isASCII(ascii) || ascii != strings.ToLower(ascii) {
			t.Fatalf("ToASCII(%q) = %q", in, ascii)
		}
		if unicode := ToUnicode(ascii); !utf8.ValidString(unicode) {
			t.Fatalf("ToUnicode(%q) = %q", ascii, unicode)
		}
	})
}

func BenchmarkToASCII(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := ToASCII("bücher.example"); !ok {
			b.Fatal("not valid")
		}
	}
}
