package compat

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCasesForGoTests(t *testing.T) {
	dir := tree(t, map[string]string{
		"a.js": "print a", "a.expect": "reference: x\nexit: 0\n-- stdout --\na\n",
		"b.js": "print b", "b.expect": "reference: x\nexit: 0\n-- stdout --\nc\n",
		"list": "# a comment\nfail    b.js # why\n",
	})
	cases, err := Cases(dir)
	if err != nil || len(cases) != 2 {
		t.Fatalf("%v: %v", err, cases)
	}
	if err := cases[0].Check(context.Background(), os.Args[0]); err != nil {
		t.Errorf("%s: %v", cases[0].Name(), err)
	}
	if err := cases[1].Check(context.Background(), os.Args[0]); err == nil || !strings.Contains(err.Error(), "- c") {
		t.Errorf("%s: %v", cases[1].Name(), err)
	}
	if list, err := Expected(filepath.Join(dir, "list")); err != nil || len(list) != 1 || list["b.js"] != "fail" {
		t.Errorf("%v: %v", err, list)
	}
	if _, err := Cases(filepath.Join(dir, "nope")); err == nil {
		t.Error("a missing path gave cases")
	}
}
