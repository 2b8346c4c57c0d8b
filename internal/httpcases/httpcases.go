// Package httpcases reads a corpus of HTTP cases: Markdown files of which each
// section is a title, sometimes a line of options, an input, and the events that
// a parser reports for it. The notation is described in
// http/parser/testdata/README.md. What the options and events mean is the
// caller's: the package has no state and knows no parser.
package httpcases

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Case is one section.
type Case struct {
	Name    string   // file and title: "chunked/No chunks"
	Options []string // "response", "lenient headers"; none for an ordinary request
	Input   []byte
	Events  []string
}

// Has reports whether the case has an option.
func (c *Case) Has(option string) bool {
	for _, o := range c.Options {
		if o == option {
			return true
		}
	}
	return false
}

var (
	form    = regexp.MustCompile("(?s)^(.*?)\n\n(?:Options: (.*?)\n\n)?```http\n(.*?)\n?```\n\n```events\n(.*?)\n?```\n*$")
	runForm = regexp.MustCompile(`\{([a-z])\*(\d+)\}`)
)

// expand writes out the notation for runs of one letter.
func expand(s string) string {
	return runForm.ReplaceAllStringFunc(s, func(m string) string {
		p := runForm.FindStringSubmatch(m)
		n, _ := strconv.Atoi(p[2])
		return strings.Repeat(p[1], n)
	})
}

// Read returns the cases of all *.md files of a folder, in their order. A folder
// without cases is an error, and so is a section that is not in the notation.
func Read(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(filepath.Base(file), ".md")
		for _, section := range strings.Split(string(text), "\n## ")[1:] {
			c, err := parse(section)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			c.Name = base + "/" + c.Name
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%s: no cases", dir)
	}
	return cases, nil
}

// parse reads one section.
func parse(section string) (Case, error) {
	m := form.FindStringSubmatch(section)
	if m == nil {
		return Case{}, fmt.Errorf("malformed case: %.60q", section)
	}
	c := Case{Name: m[1]}
	if m[2] != "" {
		c.Options = strings.Split(m[2], ", ")
	}
	lines := strings.ReplaceAll(expand(m[3]), "\n", "")
	in, err := strconv.Unquote(`"` + strings.ReplaceAll(lines, `"`, `\"`) + `"`)
	if err != nil {
		return Case{}, fmt.Errorf("%s: input: %w", c.Name, err)
	}
	c.Input = []byte(in)
	if m[4] != "" {
		c.Events = strings.Split(expand(m[4]), "\n")
	}
	return c, nil
}
