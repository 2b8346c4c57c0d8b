// Package scripts_test runs every script of this folder under Spindle and
// compares what it prints, and its exit code, with what Node printed.
package scripts_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/spindle-js/spindle/internal/compat"
)

// expectedFailures lists the scripts that Spindle does not pass yet. Refresh it
// from this folder with
//
//	spindle compat --expected expected-failures.txt --update-expected .
const expectedFailures = "expected-failures.txt"

// spindle is the path of the program under test, built once.
var spindle string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "spindle-scripts-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	spindle = filepath.Join(dir, "spindle")
	build := exec.Command("go", "build", "-o", spindle, "../cmd/spindle")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

func TestScripts(t *testing.T) {
	cases, err := compat.Cases(".")
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) == 0 {
		t.Fatal("no scripts found")
	}
	expected, err := compat.Expected(expectedFailures)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		how, listed := expected[c.Name()]
		delete(expected, c.Name())
		t.Run(c.Name(), func(t *testing.T) {
			t.Parallel()
			err := c.Check(t.Context(), spindle)
			switch {
			case err != nil && listed:
				t.Skipf("expected to fail (%s), listed in %s", how, expectedFailures)
			case err != nil:
				t.Error(err)
			case listed:
				t.Logf("passes now: take it off %s", expectedFailures)
			}
		})
	}
	for name := range expected {
		t.Errorf("%s lists %s, which does not exist", expectedFailures, name)
	}
}
