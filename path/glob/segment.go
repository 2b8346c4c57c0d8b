package glob

import "strings"

// Segment is a compiled pattern of one name.
type Segment struct {
	kind kind
	text string // literal, or what the name ends with
	n    int    // length in UTF-16 units, for questions
	seq  sequence
	// wide compares code points rather than UTF-16 units, and fold without
	// regard to case.
	wide, fold bool
}

type kind uint8

const (
	literal   kind = iota // text
	globstar              // "**"
	stars                 // "*" and a text
	questions             // "???" and a text
	dotted                // "*.*"
	hidden                // ".*"
	general
)

func literalSegment(text string) Segment { return Segment{kind: literal, text: text} }

// Globstar reports whether s is "**".
func (s *Segment) Globstar() bool { return s.kind == globstar }

// Literal returns the one name that s matches, if that is all it does.
func (s *Segment) Literal() (string, bool) { return s.text, s.kind == literal }

// Match reports whether s, which is not "**", matches name.
func (s *Segment) Match(name string) bool {
	switch s.kind {
	case literal:
		return name == s.text
	case stars:
		if s.text == "" && name == "" || strings.HasPrefix(name, ".") {
			return false
		}
		return hasSuffix(name, s.text, s.fold)
	case questions:
		return !strings.HasPrefix(name, ".") && unitLength(name) == s.n && hasSuffix(name, s.text, s.fold)
	case dotted:
		return !strings.HasPrefix(name, ".") && strings.Contains(name, ".")
	case hidden:
		return strings.HasPrefix(name, ".") && name != "." && name != ".."
	}
	m := matcher{text: units(name, s.wide), fold: s.fold}
	return m.sequence(s.seq, 0, func(end int) bool { return end == len(m.text) })
}

func hasSuffix(name, suffix string, fold bool) bool {
	if fold {
		return strings.HasSuffix(strings.ToLower(name), strings.ToLower(suffix))
	}
	return strings.HasSuffix(name, suffix)
}

func unitLength(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// parseSegment compiles a name, which has no slash.
func parseSegment(pattern string, fold bool) Segment {
	if pattern == "**" {
		return Segment{kind: globstar}
	}
	c := compiler{}
	top := parseTop(pattern)
	seq := c.sequence(top.nodes, position{start: true, end: true})
	if !c.magic {
		return literalSegment(seq.text())
	}
	if c.wide {
		seq = c.sequence(top.nodes, position{start: true, end: true})
	}
	s := Segment{kind: general, seq: seq, wide: c.wide, fold: fold}
	rest := strings.TrimLeft(pattern, "*")
	switch n := len(pattern) - len(rest); {
	case n > 0 && !strings.ContainsAny(rest, "+@!?*[("):
		s.kind, s.text = stars, rest
	case n > 0 && strings.HasPrefix(rest, ".") && strings.Trim(rest[1:], "*") == "" && len(rest) > 1:
		s.kind = dotted
	case pattern[0] == '.' && len(pattern) > 1 && strings.Trim(pattern[1:], "*") == "":
		s.kind = hidden
	case pattern[0] == '?':
		if rest := strings.TrimLeft(pattern, "?"); !strings.ContainsAny(rest, "+@!?*[(") {
			s.kind, s.text, s.n = questions, rest, unitLength(pattern)
		}
	}
	return s
}

// units returns the units of s that "?" matches one of: code points if wide,
// else UTF-16 units.
func units(s string, wide bool) []rune {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r >= 0x10000 && !wide {
			out = append(out, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
			continue
		}
		out = append(out, r)
	}
	return out
}
