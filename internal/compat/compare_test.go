package compat

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestRecordThenCompare(t *testing.T) {
	dir := tree(t, map[string]string{
		"a.js":          "print hello\nerr oops\nexit 3",
		"sub/b.js":      "where\nargs",
		"sub/c.args":    "-x\nb.js",
		"_no.js":        "exit 1",
		"fixtures/f.js": "exit 1",
		"testdata/g.js": "exit 1",
		"compat.json":   `{"helpers": ["help.js"], "cases": {"a.js": {"stdin": "in"}}}`,
		"help.js":       "exit 1",
	})
	wantRun(t, 1, "no expectation", dir)
	wantRun(t, 0, "recorded from", "--record", "--against", os.Args[0], dir)
	text, err := os.ReadFile(filepath.Join(dir, "a.expect"))
	if err != nil || !strings.HasSuffix(string(text), "exit: 3\n-- stdout --\nhello\n-- stderr --\noops\n") {
		t.Fatalf("%v: %s", err, text)
	}
	text, err = os.ReadFile(filepath.Join(dir, "sub", "c.expect"))
	if err != nil || !strings.Contains(string(text), "<dir>\n[-x b.js]\n") {
		t.Fatalf("%v: %s", err, text)
	}
	wantRun(t, 0, "100.0 %", dir)
	wantRun(t, 0, "100.0 %", "--against", os.Args[0], dir, "-j", "1")

	if err := os.WriteFile(filepath.Join(dir, "a.js"), []byte("print hello\nprint more\nexit 4"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out := compatRun(t, dir)
	for _, part := range []string{"exit code 4, expected 3", "+ more", "- oops", "a.js"} {
		if code != 1 || !strings.Contains(out, part) {
			t.Fatalf("exit code %d, no %q in:\n%s", code, part, out)
		}
	}
}

func TestRecordRefusesChangingOutput(t *testing.T) {
	dir := tree(t, map[string]string{"a.js": "pid"})
	wantRun(t, 1, "not recorded", "--record", "--against", os.Args[0], dir)
	if _, err := os.Stat(filepath.Join(dir, "a.expect")); !os.IsNotExist(err) {
		t.Errorf("an expectation was written: %v", err)
	}
}

func TestFolderSettings(t *testing.T) {
	dir := tree(t, map[string]string{
		"a.js":        "args",
		"b.js":        "args\nstdin",
		"compat.json": `{"flags": ["-r", "x"], "cases": {"b.js": {"flags": [], "args": ["b.js"], "stdin": "fed"}}}`,
	})
	wantRun(t, 0, "", "--record", "--against", os.Args[0], dir)
	for name, want := range map[string]string{"a": "[-r x a.js]\n", "b": "[b.js b.js]\nfed\n"} {
		e, err := readExpectation(filepath.Join(dir, name+".expect"))
		if err != nil || e.Stdout != want {
			t.Errorf("%s: %v: %q, want %q", name, err, e.Stdout, want)
		}
	}
}

func TestSettingsErrors(t *testing.T) {
	for name, text := range map[string]string{
		"unknown field": `{"flag": []}`,
		"unknown case":  `{"cases": {"nope.js": {}}}`,
		"stderr":        `{"cases": {"a.js": {"stderr": "ignore"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			wantRun(t, 2, "compat.json", tree(t, map[string]string{"a.js": "", "compat.json": text}))
		})
	}
}

func TestWholeModulesAreRefused(t *testing.T) {
	dir := tree(t, map[string]string{"tree/go.mod": "module x", "tree/scripts/a.js": "print a"})
	wantRun(t, 2, "whole module", "--record", "--against", os.Args[0], dir)
	if _, err := os.Stat(filepath.Join(dir, "tree/scripts/a.expect")); !os.IsNotExist(err) {
		t.Errorf("an expectation was written: %v", err)
	}
	wantRun(t, 0, "", "--record", "--against", os.Args[0], filepath.Join(dir, "tree/scripts"))
}

func TestSharedExpectationIsAnError(t *testing.T) {
	wantRun(t, 2, "share an expectation", tree(t, map[string]string{"a.js": "", "a.args": ""}))
}

func TestEnvironmentIsClean(t *testing.T) {
	t.Setenv("NODE_OPTIONS", "--no-warnings")
	t.Setenv("FORCE_COLOR", "1")
	dir := tree(t, map[string]string{"a.js": "env NODE_OPTIONS\nenv FORCE_COLOR\nenv TZ"})
	wantRun(t, 0, "", "--record", "--against", os.Args[0], dir)
	if e, err := readExpectation(filepath.Join(dir, "a.expect")); err != nil || e.Stdout != "\n\nUTC\n" {
		t.Errorf("%v: %q", err, e.Stdout)
	}
}

func TestTimeoutEndsTheWholeGroup(t *testing.T) {
	dir := tree(t, map[string]string{"child.txt": "hang", "a.js": "spawn child.txt\nhang", "a.expect": "reference: x\nexit: 0\n"})
	file := filepath.Join(t.TempDir(), "out.json")
	wantRun(t, 1, "still running after", "--timeout", "300ms", "--json", file, dir)
	assertChildGone(t, file)
}

func TestChildrenDoNotOutliveTheProgram(t *testing.T) {
	dir := tree(t, map[string]string{"child.txt": "hang", "a.js": "spawn child.txt\nexit 1", "a.expect": "reference: x\nexit: 0\n"})
	file := filepath.Join(t.TempDir(), "out.json")
	wantRun(t, 1, "exit code 1", "--json", file, dir)
	assertChildGone(t, file)
}

// assertChildGone reads the child's number from the only result's detail.
func assertChildGone(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var report jsonReport
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	var pid int
	for _, word := range strings.Fields(report.Results[0].Detail) {
		if n, err := strconv.Atoi(word); err == nil && n > 1 {
			pid = n
		}
	}
	if pid == 0 {
		t.Fatalf("no child in %q", report.Results[0].Detail)
	}
	// It is killed, but its new parent may not have collected it yet.
	for deadline := time.Now().Add(10 * time.Second); ; {
		stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil || strings.Contains(string(stat), ") Z ") {
			if syscall.Kill(pid, 0) == nil && err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("child %d is alive: %s", pid, stat)
		}
		time.Sleep(time.Millisecond)
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{
		{"--record", "x"}, {"--group", "http"}, {"--suite", ".", "x"}, {"--update-expected"}, {"-j", "0"},
		{"--program", "/no/such/program"}, {"--nonsense"}, {"/no/such/path"}, {"--suite", ".", "--against", "x"},
	} {
		if code, out := compatRun(t, args...); code != 2 {
			t.Errorf("%q: exit code %d\n%s", args, code, out)
		}
	}
}

func TestLineDiff(t *testing.T) {
	tests := []struct{ name, want, got, diff string }{
		{"added", "a\nb\n", "a\nx\nb\n", "  a\n+ x\n  b"},
		{"removed", "a\nx\nb\n", "a\nb\n", "  a\n- x\n  b"},
		{"far", "1\n2\n3\n4\n5\nx\n", "1\n2\n3\n4\n5\ny\n", "  4\n  5\n- x\n+ y"},
		{"newline", "a\n", "a", "- a\n+ a⏎ missing"},
		{"nothing", "", "a\n", "+ a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := lineDiff(test.want, test.got); got != test.diff {
				t.Errorf("got\n%s\nwant\n%s", got, test.diff)
			}
		})
	}
	if got := lineDiff(strings.Repeat("a\n", 3000), strings.Repeat("a\n", 2500)+"b\n"); !strings.Contains(got, "line 2501") {
		t.Errorf("long texts: %s", got)
	}
}
