package glob

import (
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
)

// maxLength is the length, in UTF-16 units, of the longest pattern.
const maxLength = 64 * 1024

// Options are how to read patterns.
type Options struct {
	// Windows reads backslashes in paths as separators, and drives without
	// regard to case.
	Windows bool
	// NoCase compares the segments that are no literals without regard to case.
	NoCase bool
}

// Pattern is a compiled pattern.
type Pattern struct {
	opts         Options
	alternatives []Segments
	empty        bool
}

// Segments is one alternative of a pattern that has braces.
type Segments []Segment

// Compile reads a pattern. Its only error is a TypeError for one that is longer
// than 65536 units.
func Compile(pattern string, opts Options) (*Pattern, error) {
	if len(pattern) > maxLength && len(units(pattern, false)) > maxLength {
		return nil, nodeerr.New(nodeerr.KindType, "", "pattern is too long")
	}
	p := &Pattern{opts: opts, empty: pattern == ""}
	if p.empty {
		return p, nil
	}
	var split [][]string
	seen := make(map[string]bool)
	for _, s := range expandBraces(strings.ReplaceAll(pattern, `\`, "/")) {
		if !seen[s] {
			seen[s] = true
			split = append(split, splitSlashes(s, opts.Windows))
		}
	}
	for _, parts := range resolvePattern(split) {
		segments := make(Segments, len(parts))
		for i, part := range parts {
			segments[i] = parseSegment(part, opts.NoCase)
		}
		if opts.Windows && len(parts) > 3 && parts[0] == "" && parts[1] == "" && parts[2] == "?" && isDrive(parts[3]) {
			segments[2] = literalSegment("?")
		}
		p.alternatives = append(p.alternatives, segments)
	}
	return p, nil
}

// Alternatives returns the alternatives, for walking directories segment by
// segment. The caller must not change them.
func (p *Pattern) Alternatives() []Segments { return p.alternatives }

// Match reports whether path matches.
func (p *Pattern) Match(path string) bool {
	if p.empty {
		return path == ""
	}
	if p.opts.Windows {
		path = strings.ReplaceAll(path, `\`, "/")
	}
	file := splitSlashes(path, p.opts.Windows)
	for _, segments := range p.alternatives {
		if p.matchPath(file, segments) {
			return true
		}
	}
	return false
}

// matchPath compares a path with one alternative.
func (p *Pattern) matchPath(file []string, pattern Segments) bool {
	if p.opts.Windows {
		file, pattern = alignDrives(file, pattern)
	}
	file = resolvePath(file)
	for i := range pattern {
		if len(file) == 0 {
			return false
		}
		if pattern[i].Globstar() {
			return p.matchGlobstar(file, pattern[i+1:])
		}
		if !pattern[i].Match(file[0]) {
			return false
		}
		file = file[1:]
	}
	return len(file) == 0 || len(file) == 1 && file[0] == ""
}

// matchGlobstar compares segments with a pattern that follows "**", which
// stands for any of the first ones that do not begin with a dot.
func (p *Pattern) matchGlobstar(file []string, pattern Segments) bool {
	if len(pattern) == 0 {
		for _, name := range file {
			if strings.HasPrefix(name, ".") {
				return false
			}
		}
		return true
	}
	for len(file) > 0 {
		if p.matchPath(file, pattern) {
			return true
		}
		if strings.HasPrefix(file[0], ".") {
			return false
		}
		file = file[1:]
	}
	return false
}

// splitSlashes splits at runs of slashes. The two that begin a share of Windows
// make two empty segments.
func splitSlashes(s string, windows bool) []string {
	var parts []string
	if windows && len(s) > 2 && strings.HasPrefix(s, "//") && s[2] != '/' {
		parts = append(parts, "")
	}
	for {
		i := strings.IndexByte(s, '/')
		if i < 0 {
			return append(parts, s)
		}
		parts = append(parts, s[:i])
		s = strings.TrimLeft(s[i:], "/")
	}
}

func isDrive(s string) bool {
	return len(s) == 2 && 'a' <= s[0]|0x20 && s[0]|0x20 <= 'z' && s[1] == ':'
}

// driveAt returns where a list of segments has its drive: at 0 in "C:/x", at 3
// in "//?/C:/x", else -1.
func driveAt(n int, at func(int) string) int {
	switch {
	case n > 0 && isDrive(at(0)):
		return 0
	case n > 3 && at(0) == "" && at(1) == "" && at(2) == "?" && isDrive(at(3)):
		return 3
	}
	return -1
}

// alignDrives makes the drives of a path and a pattern equal where they are but
// for case, and drops a "//?/" that only one of them has.
func alignDrives(file []string, pattern Segments) ([]string, Segments) {
	f := driveAt(len(file), func(i int) string { return file[i] })
	p := driveAt(len(pattern), func(i int) string {
		text, ok := pattern[i].Literal()
		if !ok {
			return "*"
		}
		return text
	})
	if f < 0 || p < 0 || !strings.EqualFold(file[f], pattern[p].text) {
		return file, pattern
	}
	drive := file[f]
	pattern = append(Segments(nil), pattern...)
	pattern[p] = literalSegment(drive)
	switch {
	case p > f:
		pattern = pattern[p:]
	case f > p:
		file = file[f:]
	}
	return file, pattern
}
