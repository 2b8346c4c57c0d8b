package compat

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spindle-js/spindle/internal/lazyregexp"
)

// suite is a tree of Node's own tests: DIR/parallel, DIR/sequential, and the
// DIR/common that they load.
type suite struct {
	Dir     string
	Program program
	Timeout time.Duration
}

// suiteFile is one test file.
type suiteFile struct {
	Group string
	Path  string // below the suite's folder: "parallel/test-http-agent.js"
}

// firstPort is common.PORT of the first worker; each worker has its own, so
// that tests that use it do not meet.
const firstPort = 12346

// files are the tests of the given groups, all groups when none is given. With
// a list file (JSON: group to paths) they are exactly those of the list; else a
// group is what parallel/ and sequential/ hold of the name test-GROUP-*.
func (s suite) files(groups []string, list string) ([]suiteFile, error) {
	byGroup := map[string][]string{}
	if list != "" {
		text, err := os.ReadFile(list)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &byGroup); err != nil {
			return nil, fmt.Errorf("%s: %w", list, err)
		}
	} else if err := s.scan(byGroup); err != nil {
		return nil, err
	}
	if len(groups) == 0 {
		for group := range byGroup {
			groups = append(groups, group)
		}
		slices.Sort(groups)
	}
	var files []suiteFile
	for _, group := range groups {
		paths, ok := byGroup[group]
		if !ok {
			return nil, fmt.Errorf("no group %q in %s", group, cmp.Or(list, s.Dir))
		}
		slices.Sort(paths)
		for _, path := range paths {
			files = append(files, suiteFile{group, path})
		}
	}
	return files, nil
}

var testName = lazyregexp.New(`^test-([a-z0-9]+).*\.m?js$`)

func (s suite) scan(byGroup map[string][]string) error {
	for _, folder := range []string{"parallel", "sequential"} {
		entries, err := os.ReadDir(filepath.Join(s.Dir, folder))
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		for _, entry := range entries {
			if m := testName().FindStringSubmatch(entry.Name()); m != nil {
				byGroup[m[1]] = append(byGroup[m[1]], folder+"/"+entry.Name())
			}
		}
	}
	return nil
}

func (s suite) job(f suiteFile) job {
	return job{
		Name: f.Path, Module: f.Group,
		Alone: strings.HasPrefix(f.Path, "sequential/"),
		Run:   func(ctx context.Context, worker int) result { return s.run(ctx, f, worker) },
	}
}

// run runs one file as Node's own runner does: from the suite's parent folder,
// with the flags that the file asks for. The file passes when it exits 0 in
// time and does not print "1..0 # Skipped", which is how Node's tests skip.
func (s suite) run(ctx context.Context, f suiteFile, worker int) result {
	path := filepath.Join(s.Dir, f.Path)
	flags, err := testFlags(path)
	if os.IsNotExist(err) {
		return result{Status: missing, Detail: "no such file below the suite"}
	}
	if err != nil {
		return result{Status: fail, Detail: err.Error()}
	}
	scratch, err := os.MkdirTemp("", "spindle-compat-")
	if err != nil {
		return result{Status: fail, Detail: err.Error()}
	}
	defer removeAll(scratch)
	out, err := run(ctx, command{
		Path: s.Program.Path,
		Args: append(flags, path),
		Dir:  s.Dir,
		Env: environment(
			"NODE_TEST_KNOWN_GLOBALS=0",
			"NODE_SKIP_FLAG_CHECK=1",
			"NODE_TEST_DIR="+scratch,
			fmt.Sprintf("NODE_COMMON_PORT=%d", firstPort+worker),
		),
		Timeout: s.Timeout,
	})
	tail := "stdout:\n" + lastLines(out.Stdout) + "\nstderr:\n" + lastLines(out.Stderr)
	switch {
	case err != nil:
		return result{Status: fail, Detail: err.Error()}
	case out.TimedOut:
		return result{Status: timeout, Detail: fmt.Sprintf("still running after %v\n%s", s.Timeout, tail)}
	case out.Signal != "":
		return result{Status: crash, Detail: out.Signal + "\n" + tail}
	case out.Exit != 0:
		return result{Status: fail, Detail: fmt.Sprintf("exit code %d\n%s", out.Exit, tail)}
	case strings.Contains(out.Stdout, "1..0 # Skipped"):
		return result{Status: skip, Detail: lastLines(out.Stdout)}
	}
	return result{Status: pass}
}

// lastLines keeps the end of an output, where a failing test says why.
func lastLines(text string) string {
	lines := textLines(text)
	return strings.Join(lines[max(0, len(lines)-30):], "\n")
}

// testFlags are the options in the file's "// Flags:" lines, all of them: what
// an option means is the program's affair.
func testFlags(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var flags []string
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "// Flags:"); ok {
			flags = append(flags, strings.Fields(rest)...)
		}
	}
	return flags, lines.Err()
}

// removeAll removes a tree that a test may have made unreadable.
func removeAll(dir string) {
	if os.RemoveAll(dir) == nil {
		return
	}
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, _ error) error {
		if entry != nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	_ = os.RemoveAll(dir)
}
