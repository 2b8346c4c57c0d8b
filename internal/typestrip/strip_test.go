package typestrip

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

// The file's lines are what module.stripTypeScriptTypes of Node 24.12.0 makes of
// texts of ours: [text, result], or [text, null, name, code, message].
func TestStrip(t *testing.T) {
	f, err := os.Open("testdata/strip.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var c []*string
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		got, err := Strip(*c[0])
		if c[1] != nil {
			if err != nil {
				t.Errorf("%q: %v", *c[0], err)
			} else if got != *c[1] {
				t.Errorf("%q:\n got %q\nwant %q", *c[0], got, *c[1])
			}
			continue
		}
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: no error, but %q; want %s", *c[0], got, *c[4])
			continue
		}
		if unsupported := *c[3] == "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX"; unsupported != (e.Kind == Unsupported) || unsupported && e.Message != *c[4] {
			t.Errorf("%q: %v, want %s", *c[0], err, *c[4])
		}
	}
}

func TestLengthStays(t *testing.T) {
	for _, src := range []string{"x as 日本", "let x: 'é😀' = 1", "ü<Tü>(x)"} {
		got, err := Strip(src)
		if err != nil || len(got) != len(src) || strings.Contains(got, "T") {
			t.Errorf("%q: %q, %v", src, got, err)
		}
	}
}
