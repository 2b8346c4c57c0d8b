package compat

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
)

// expectedFailures is a recorded list of tests that do not pass yet: name to
// how each ends. Its file form is a line per test, "fail parallel/test-x.js",
// sorted by name; "#" begins a comment.
type expectedFailures map[string]status

func readExpected(file string) (expectedFailures, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list := expectedFailures{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(line)
		switch len(fields) {
		case 0:
		case 2:
			if !slices.Contains(statuses, status(fields[0])) {
				return nil, fmt.Errorf("%s: unknown status %q", file, fields[0])
			}
			list[fields[1]] = status(fields[0])
		default:
			return nil, fmt.Errorf("%s: not \"status name\": %q", file, lines.Text())
		}
	}
	return list, lines.Err()
}

// update replaces the entries of the tests that ran and keeps the others.
func (l expectedFailures) update(results []result) {
	for _, r := range results {
		delete(l, r.Name)
		if r.Status != pass {
			l[r.Name] = r.Status
		}
	}
}

func (l expectedFailures) write(file, heading string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n# Written by --update-expected.\n", heading)
	names := make([]string, 0, len(l))
	for name := range l {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&b, "%-7s %s\n", l[name], name)
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

// sortOut splits results by what was expected of them.
func (l expectedFailures) sortOut(results []result) (regressions, fixes, known []result) {
	for _, r := range results {
		_, listed := l[r.Name]
		switch {
		case r.Status == pass && listed:
			fixes = append(fixes, r)
		case r.Status == pass:
		case listed:
			known = append(known, r)
		default:
			regressions = append(regressions, r)
		}
	}
	return regressions, fixes, known
}
