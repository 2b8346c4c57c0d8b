package glob

import "strings"

// node is the syntax of a pattern: a sequence of literal texts and extglobs, or
// an extglob of sequences.
type node struct {
	op     byte // 0 for a sequence, else one of ?*+@!
	text   string
	isText bool
	nodes  []*node
	empty  bool // an extglob without any content
}

func isExtglob(s string, i int) bool {
	return i+1 < len(s) && s[i+1] == '(' && strings.IndexByte("?*+@!", s[i]) >= 0
}

// scanner reads a pattern.
type scanner struct {
	s string
	i int
}

// bracket tells whether the scanner is in a class.
type bracket struct {
	in, negated bool
	start       int
}

// step notes c, which is at index i.
func (b *bracket) step(c byte, i int) {
	switch {
	case !b.in:
		if c == '[' {
			*b = bracket{in: true, start: i}
		}
	case i == b.start+1:
		b.negated = c == '^' || c == '!'
	case c == ']' && !(i == b.start+2 && b.negated):
		b.in = false
	}
}

func textNode(s string) *node { return &node{text: s, isText: true} }

// appendText appends a text to a sequence, unless it is empty.
func (n *node) appendText(s string) {
	if s != "" {
		n.nodes = append(n.nodes, textNode(s))
	}
}

// parseTop reads a whole segment.
func parseTop(pattern string) *node {
	sc := scanner{s: pattern}
	top := &node{}
	start := 0
	var b bracket
	for sc.i < len(sc.s) {
		if !b.in && isExtglob(sc.s, sc.i) {
			top.appendText(sc.s[start:sc.i])
			top.nodes = append(top.nodes, sc.extglob())
			start = sc.i
			continue
		}
		b.step(sc.s[sc.i], sc.i)
		sc.i++
	}
	top.appendText(sc.s[start:])
	return top
}

// extglob reads the extglob at the scanner's place. One that is not closed is a
// sequence of its text.
func (sc *scanner) extglob() *node {
	begin := sc.i
	ext := &node{op: sc.s[begin]}
	sc.i += 2
	start := sc.i
	var done []*node
	part := &node{}
	var b bracket
	for sc.i < len(sc.s) {
		if !b.in && isExtglob(sc.s, sc.i) {
			part.appendText(sc.s[start:sc.i])
			part.nodes = append(part.nodes, sc.extglob())
			start = sc.i
			continue
		}
		c := sc.s[sc.i]
		if !b.in && (c == '|' || c == ')') {
			text := sc.s[start:sc.i]
			part.appendText(text)
			done = append(done, part)
			sc.i++
			start = sc.i
			if c == ')' {
				ext.empty = text == ""
				ext.nodes = done
				return ext
			}
			part = &node{}
			continue
		}
		b.step(c, sc.i)
		sc.i++
	}
	return &node{nodes: []*node{textNode(sc.s[begin:])}}
}

// String returns the text that n was read from.
func (n *node) String() string {
	if n.isText {
		return n.text
	}
	parts := make([]string, len(n.nodes))
	for i := range n.nodes {
		parts[i] = n.nodes[i].String()
	}
	if n.op == 0 {
		return strings.Join(parts, "")
	}
	return string(n.op) + "(" + strings.Join(parts, "|") + ")"
}
