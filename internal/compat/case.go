package compat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// settingsFile holds a folder's settings; see settings.
const settingsFile = "compat.json"

// settings are one folder's, and not its sub-folders'.
type settings struct {
	// Flags come before the script's name ("-r", "./preload.js").
	Flags []string `json:"flags"`
	// Helpers are scripts that are no cases.
	Helpers []string `json:"helpers"`
	// Cases are settings by the case's file name.
	Cases map[string]caseSettings `json:"cases"`
}

// caseSettings override a folder's settings for one case.
type caseSettings struct {
	Flags []string `json:"flags"` // instead of the folder's
	Args  []string `json:"args"`  // after the script's name
	Stdin string   `json:"stdin"` // fed to the program; "" is the null device
	// Stderr says how the error stream is compared: "" to the letter, "engine"
	// when its message is the JavaScript engine's own (see engineRules).
	Stderr string `json:"stderr"`
	// Timeout in seconds; 0 is the runner's.
	Timeout int `json:"timeout"`
}

// testCase is one script, or one argument list, with an expectation.
type testCase struct {
	Name    string // path as the user gave it or as found below it
	Dir     string // folder it runs in, absolute, links resolved
	Args    []string
	Stdin   string
	Engine  bool
	Timeout time.Duration
}

// expectFile is where the expectation lies: hello.js has hello.expect.
func (c testCase) expectFile() string {
	return strings.TrimSuffix(c.Name, filepath.Ext(c.Name)) + ".expect"
}

// module is the heading in the table: the folder.
func (c testCase) module() string { return filepath.Base(filepath.Dir(c.Name)) }

var caseSuffixes = []string{".js", ".cjs", ".mjs", ".args"}

// otherFolders hold no cases: what cases load, packages, and the data of Go
// tests, whose scripts are generators that must not be run by the way.
var otherFolders = []string{"fixtures", "node_modules", "testdata"}

// findCases returns the cases at and below the given paths, sorted by name.
// otherFolders and names that begin with "_" or "." hold none. A
// path that holds a whole Go module is an error: its scripts are to be named.
func findCases(paths []string, timeout time.Duration) ([]testCase, error) {
	var cases []testCase
	folders := map[string]settings{}
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			name := entry.Name()
			if name == "go.mod" {
				return fmt.Errorf("%s: %s is a whole module: name its scripts instead", root, filepath.Dir(path))
			}
			if entry.IsDir() {
				if path != root && (slices.Contains(otherFolders, name) || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".")) {
					return fs.SkipDir
				}
				return nil
			}
			if !slices.Contains(caseSuffixes, filepath.Ext(name)) || path != root && (strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".")) {
				return nil
			}
			dir := filepath.Dir(path)
			folder, known := folders[dir]
			if !known {
				if folder, err = readSettings(dir); err != nil {
					return err
				}
				folders[dir] = folder
			}
			if slices.Contains(folder.Helpers, name) {
				return nil
			}
			c, err := folder.newCase(path, timeout)
			if err == nil {
				cases = append(cases, c)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(cases, func(a, b testCase) int { return strings.Compare(a.Name, b.Name) })
	cases = slices.CompactFunc(cases, func(a, b testCase) bool { return a.Name == b.Name })
	for i := 1; i < len(cases); i++ {
		if cases[i].expectFile() == cases[i-1].expectFile() {
			return nil, fmt.Errorf("%s and %s share an expectation: rename one", cases[i-1].Name, cases[i].Name)
		}
	}
	return cases, nil
}

func readSettings(dir string) (settings, error) {
	var s settings
	file := filepath.Join(dir, settingsFile)
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return s, fmt.Errorf("%s: %w", file, err)
	}
	for name, one := range s.Cases {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return s, fmt.Errorf("%s: settings of a case that does not exist: %w", file, err)
		}
		if one.Stderr != "" && one.Stderr != "engine" {
			return s, fmt.Errorf("%s: %s: stderr is %q, not \"engine\"", file, name, one.Stderr)
		}
	}
	return s, nil
}

// newCase makes the case of one file. An .args file holds the whole argument
// list, one argument a line, and runs without a script of its own.
func (s settings) newCase(path string, timeout time.Duration) (testCase, error) {
	name := filepath.Base(path)
	one := s.Cases[name]
	dir, err := filepath.Abs(filepath.Dir(path))
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return testCase{}, err
	}
	c := testCase{Name: path, Dir: dir, Stdin: one.Stdin, Engine: one.Stderr == "engine", Timeout: timeout}
	if one.Timeout != 0 {
		c.Timeout = time.Duration(one.Timeout) * time.Second
	}
	flags := s.Flags
	if one.Flags != nil {
		flags = one.Flags
	}
	if filepath.Ext(name) == ".args" {
		text, err := os.ReadFile(path)
		if err != nil {
			return c, err
		}
		c.Args = strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		return c, nil
	}
	c.Args = slices.Concat(flags, []string{name}, one.Args)
	return c, nil
}
