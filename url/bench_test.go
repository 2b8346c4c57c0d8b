package url

import "testing"

func BenchmarkParse(b *testing.B) {
	for _, bb := range []struct{ name, in string }{
		{"normal", "https://example.com/api/users/42?limit=10&sort=name"},
		{"origin only", "http://localhost:3000"},
		{"address", "http://127.0.0.1:3000/x"},
		{"credentials", "https://user:pass@example.com:8080/p/a/t/h?query=string#hash"},
		{"dots and spaces", "http://example.com/a/../b c/./d?x=y z"},
		{"file", "file:///home/user/project/index.js"},
		{"idna", "https://bücher.example/straße"},
		{"opaque", "data:text/plain,hello"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(bb.in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseRef(b *testing.B) {
	base, err := Parse("http://localhost:3000")
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct{ name, in string }{
		{"normal", "/api/users/42?limit=10&sort=name"},
		{"relative", "../users/42?limit=10"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := base.ParseRef(bb.in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSetters(b *testing.B) {
	u, err := Parse("https://example.com/api/users/42?limit=10&sort=name")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		u.SetPathname("/api/users/43")
		u.SetSearch("?limit=20")
	}
}

func BenchmarkSearchParams(b *testing.B) {
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ParseSearchParams("?limit=10&sort=name&q=hello%20world&page=3")
		}
	})
	b.Run("string", func(b *testing.B) {
		p := ParseSearchParams("?limit=10&sort=name&q=hello%20world&page=3")
		b.ReportAllocs()
		for b.Loop() {
			_ = p.String()
		}
	})
}
