package compat

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func suiteTree(t *testing.T) string {
	return tree(t, map[string]string{
		"parallel/test-http-good.js":    "print fine",
		"parallel/test-http-bad.js":     "err reason\nexit 1",
		"parallel/test-http-skipped.js": "print 1..0 # Skipped: no crypto",
		"parallel/test-http-crash.js":   "abort",
		"parallel/test-net-flags.js":    "// Flags: --expose-internals --no-warnings\nargs\nexit 1",
		"parallel/test-net-env.js":      "env NODE_TEST_KNOWN_GLOBALS\nenv NODE_SKIP_FLAG_CHECK\nexit 1",
		"sequential/test-net-alone.js":  "print fine",
		"parallel/helper.js":            "exit 1",
		"list.json":                     `{"some": ["parallel/test-http-good.js", "parallel/test-http-gone.js"]}`,
	})
}

func TestSuiteStatuses(t *testing.T) {
	dir := suiteTree(t)
	code, out := compatRun(t, "--suite", dir, "--group", "http")
	if code != 1 {
		t.Errorf("exit code %d", code)
	}
	for _, line := range []string{
		"fail    parallel/test-http-bad.js", "crash   parallel/test-http-crash.js",
		"skip    parallel/test-http-skipped.js", "reason", "25.0 %",
	} {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in:\n%s", line, out)
		}
	}
	if strings.Contains(out, "test-net") {
		t.Errorf("another group ran:\n%s", out)
	}
}

func TestSuitePassesFlagsAndEnvironment(t *testing.T) {
	_, out := compatRun(t, "--suite", suiteTree(t), "--group", "net", "-j", "1")
	for _, part := range []string{"[--expose-internals --no-warnings ", "0\n          1\n", "33.3 %"} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q in:\n%s", part, out)
		}
	}
}

func TestSuiteList(t *testing.T) {
	dir := suiteTree(t)
	list := filepath.Join(dir, "list.json")
	wantRun(t, 1, "missing parallel/test-http-gone.js", "--suite", dir, "--list", list)
	wantRun(t, 0, "100.0 %", "--suite", dir, "--list", list, "--run", "good")
	wantRun(t, 2, `no group "http"`, "--suite", dir, "--list", list, "--group", "http")
}

func TestExpectedFailures(t *testing.T) {
	dir := suiteTree(t)
	file := filepath.Join(dir, "expected.txt")
	wantRun(t, 0, "", "--suite", dir, "--expected", file, "--update-expected")
	wantRun(t, 0, "failed as expected (5)", "--suite", dir, "--expected", file)

	// A fix shows and does not fail.
	good := filepath.Join(dir, "parallel/test-http-good.js")
	bad := filepath.Join(dir, "parallel/test-http-bad.js")
	if err := os.WriteFile(bad, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wantRun(t, 0, "fixed: pass, but listed", "--suite", dir, "--expected", file)
	// A regression fails.
	if err := os.WriteFile(good, []byte("exit 1"), 0o644); err != nil {
		t.Fatal(err)
	}
	wantRun(t, 1, "failed (1)", "--suite", dir, "--expected", file)
	// Updating one group keeps the entries of the others.
	wantRun(t, 0, "", "--suite", dir, "--group", "http", "--expected", file, "--update-expected")
	list, err := readExpected(file)
	if err != nil || len(list) != 5 || list["parallel/test-http-good.js"] != fail || list["parallel/test-net-env.js"] != fail {
		t.Errorf("%v: %v", err, list)
	}
}

func TestReadExpectedErrors(t *testing.T) {
	for _, text := range []string{"nonsense a.js", "fail", "fail a b"} {
		dir := tree(t, map[string]string{"list": text})
		if list, err := readExpected(filepath.Join(dir, "list")); err == nil {
			t.Errorf("%q was read as %v", text, list)
		}
	}
}

func TestTestFlags(t *testing.T) {
	dir := tree(t, map[string]string{"a.js": "'use strict';\n// Flags: --a --b=1\n//Flags: --no\n// Flags:  --c\n"})
	got, err := testFlags(filepath.Join(dir, "a.js"))
	if want := []string{"--a", "--b=1", "--c"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v: %q, want %q", err, got, want)
	}
}
