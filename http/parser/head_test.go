package parser

import (
	"strings"
	"testing"
)

// The numbers were measured on Node 24.12 with http.Server's maxHeadersCount:
// lines sent, entries of rawHeaders, keys of headers.
func TestKeptPairs(t *testing.T) {
	for _, c := range []struct{ count, sent, raw, object int }{
		{1000, 6, 6, 6}, {1000, 31, 31, 31}, {1000, 32, 32, 32}, {1000, 64, 64, 64},
		{1000, 201, 201, 201}, {1000, 1001, 1001, 1000}, {1000, 1002, 1002, 1000}, {1000, 1024, 1023, 1000},
		{1000, 1025, 1023, 1000}, {1000, 3002, 1023, 1000}, {0, 6, 6, 6}, {0, 31, 31, 31},
		{0, 32, 32, 32}, {0, 64, 64, 64}, {0, 201, 201, 201}, {0, 1001, 1001, 1001},
		{0, 1002, 1002, 1002}, {0, 1024, 1024, 1024}, {0, 1025, 1025, 1025}, {0, 3002, 3002, 3002},
		{10, 6, 6, 6}, {10, 31, 31, 10}, {10, 32, 31, 10}, {10, 64, 31, 10},
		{10, 201, 31, 10}, {10, 1001, 31, 10}, {10, 1002, 31, 10}, {10, 1024, 31, 10},
		{10, 1025, 31, 10}, {10, 3002, 31, 10}, {16, 6, 6, 6}, {16, 31, 31, 16},
		{16, 32, 31, 16}, {16, 64, 31, 16}, {16, 201, 31, 16}, {16, 1001, 31, 16},
		{16, 1002, 31, 16}, {16, 1024, 31, 16}, {16, 1025, 31, 16}, {16, 3002, 31, 16},
		{31, 6, 6, 6}, {31, 31, 31, 31}, {31, 32, 31, 31}, {31, 64, 31, 31},
		{31, 201, 31, 31}, {31, 1001, 31, 31}, {31, 1002, 31, 31}, {31, 1024, 31, 31},
		{31, 1025, 31, 31}, {31, 3002, 31, 31}, {40, 6, 6, 6}, {40, 31, 31, 31},
		{40, 32, 32, 32}, {40, 64, 62, 40}, {40, 201, 62, 40}, {40, 1001, 62, 40},
		{40, 1002, 62, 40}, {40, 1024, 62, 40}, {40, 1025, 62, 40}, {40, 3002, 62, 40},
		{100, 6, 6, 6}, {100, 31, 31, 31}, {100, 32, 32, 32}, {100, 64, 64, 64},
		{100, 201, 124, 100}, {100, 1001, 124, 100}, {100, 1002, 124, 100}, {100, 1024, 124, 100},
		{100, 1025, 124, 100}, {100, 3002, 124, 100}, {1500, 6, 6, 6}, {1500, 31, 31, 31},
		{1500, 32, 32, 32}, {1500, 64, 64, 64}, {1500, 201, 201, 201}, {1500, 1001, 1001, 1001},
		{1500, 1002, 1002, 1002}, {1500, 1024, 1024, 1024}, {1500, 1025, 1025, 1025}, {1500, 3002, 1519, 1500},
	} {
		if raw, object := KeptPairs(c.sent, c.count<<1); raw != c.raw || object != c.object {
			t.Errorf("maxHeadersCount %d, %d lines: %d and %d, want %d and %d", c.count, c.sent, raw, object, c.raw, c.object)
		}
	}
}

func TestLowerName(t *testing.T) {
	for _, n := range commonNames {
		for _, s := range []string{n, strings.ToUpper(n)} {
			if got, known := LowerName([]byte(s)); got != n || !known {
				t.Errorf("%s: %q %v", s, got, known)
			}
		}
		if got, known := LowerName([]byte(n + "z")); got != n+"z" || known {
			t.Errorf("%sz: %q %v", n, got, known)
		}
		if len(n) > nameMax {
			t.Errorf("%s is longer than nameMax", n)
		}
	}
	for in, want := range map[string]string{"": "", "X-Ab_C": "x-ab_c", "__proto__": "__proto__", strings.Repeat("A", 99): strings.Repeat("a", 99)} {
		if got, known := LowerName([]byte(in)); got != want || known {
			t.Errorf("%q: %q %v", in, got, known)
		}
	}
}

func TestScans(t *testing.T) {
	for c := 0; c < 256; c++ {
		text := c == '\t' || c >= 0x20 && c != 0x7f
		url := c > 0x20 && c < 0x7f
		for _, fill := range []string{"a", "~", "\t", "\xff"} {
			for at := range 20 {
				b := []byte(strings.Repeat(fill, 20))
				b[at] = byte(c)
				want := 20
				if !text {
					want = at
				}
				if got := scanText(b, 0); got != want {
					t.Fatalf("scanText: %#x at %d among %q: %d", c, at, fill, got)
				}
				if fill != "a" && fill != "~" {
					continue
				}
				want = 20
				if !url {
					want = at
				}
				if got := scanURL(b, 0); got != want {
					t.Fatalf("scanURL: %#x at %d among %q: %d", c, at, fill, got)
				}
			}
		}
	}
}

func TestMethodTables(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range HTTPMethods {
		seen[m] = true
	}
	if len(HTTPMethods) != 35 || len(Methods) != 35 || len(seen) != 35 || HTTPMethods[34] != "QUERY" {
		t.Fatal(len(HTTPMethods), len(Methods), len(seen))
	}
	for i, m := range Methods {
		if !seen[m] || i > 0 && Methods[i-1] >= m {
			t.Error(m)
		}
	}
	for m, want := range map[Method]string{DELETE: "DELETE", CONNECT: "CONNECT", SOURCE: "SOURCE", PRI: "PRI", FLUSH: "FLUSH", QUERY: "QUERY", QUERY + 1: ""} {
		if m.String() != want {
			t.Errorf("%d is %q", m, m.String())
		}
	}
	if StatusText(404) != "Not Found" || StatusText(299) != "" || len(StatusCodes) != 63 {
		t.Error("status texts", len(StatusCodes))
	}
}
