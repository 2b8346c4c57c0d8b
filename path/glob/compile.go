package glob

import "github.com/spindle-js/spindle/internal/wtf8"

// sequence is a list of items to match one after another.
type sequence []item

// item matches one piece of a name.
type item struct {
	op    op
	char  rune
	class *class
	// group is the alternatives of an extglob. rest is those of the repetitions
	// after the first, if they differ: they may begin with a dot.
	group, rest []sequence
	noDot       bool // not: what it stands for must not begin with a dot
}

type op uint8

const (
	opChar     op = iota
	opAny         // ?
	opStar        // *
	opPlus        // *, where it is all there is: at least one unit
	opClass       // [...]
	opFail        // a class without members
	opNoDot       // the name must not go on with a dot
	opNotDots     // the name must not be "." or ".."
	opEnd         // the name must end
	opOnce        // @(...)
	opOptional    // ?(...)
	opMany        // *(...)
	opSome        // +(...)
	opNot         // !(...)
)

var extglobOps = map[byte]op{'@': opOnce, '?': opOptional, '*': opMany, '+': opSome, '!': opNot}

// compiler turns syntax into items. It notes whether the pattern is more than a
// literal, and whether it has classes of Unicode properties, for which code
// points are compared: then it must be run again.
type compiler struct {
	magic, wide bool
}

// position says where in the whole pattern a sequence stands.
type position struct {
	start, end bool // nothing can come before it, or after it
	dot        bool // it may begin with a dot all the same
	negated    bool // it is an alternative of "!(...)"
	tail       []*node
}

// sequence compiles nodes.
func (c *compiler) sequence(nodes []*node, at position) sequence {
	var out sequence
	for i, n := range nodes {
		if n.isText {
			out = c.text(out, n.text, at.start && at.end)
			continue
		}
		if n.op == 0 { // an extglob that is not closed
			out = append(out, c.sequence(n.nodes, position{start: at.start && i == 0, end: at.end && i == len(nodes)-1})...)
			continue
		}
		inner := position{
			start: at.start && allNegations(nodes[:i]),
			end:   at.end && i == len(nodes)-1,
			dot:   at.dot,
			tail:  append(append([]*node(nil), nodes[i+1:]...), at.tail...),
		}
		out = c.extglob(out, n, inner)
	}
	if at.start && len(nodes) > 0 && nodes[0].isText {
		out = protectStart(out, len(nodes) == 1, at.dot)
	}
	if at.negated {
		out = append(out, item{op: opEnd})
	}
	return out
}

func allNegations(nodes []*node) bool {
	for _, n := range nodes {
		if n.op != '!' {
			return false
		}
	}
	return true
}

// protectStart keeps a sequence that begins with a text from matching a leading
// dot, or all of "." and "..", which only a text does.
func protectStart(seq sequence, only, dot bool) sequence {
	dots := 0
	for dots < len(seq) && seq[dots].op == opChar && seq[dots].char == '.' {
		dots++
	}
	if only && dots == len(seq) && dots <= 2 {
		return seq
	}
	wild := dots < len(seq) && seq[dots].wild()
	switch {
	case wild && (dots == 0 && dot || dots == 1 || dots == 2):
		return append(sequence{{op: opNotDots}}, seq...)
	case wild && dots == 0:
		return append(sequence{{op: opNoDot}}, seq...)
	}
	return seq
}

// wild reports whether it is a "?", a "*" or a class. (A class that joins
// members and non-members is not protected in Node.)
func (it *item) wild() bool {
	switch it.op {
	case opAny, opStar, opPlus:
		return true
	case opClass:
		return !it.class.mixed()
	}
	return false
}

// text compiles a literal text with "*", "?" and classes. whole says that it is
// the whole pattern, or an alternative that is.
func (c *compiler) text(out sequence, text string, whole bool) sequence {
	if whole && text == "*" {
		c.magic = true
		return append(out, item{op: opPlus})
	}
	in := c.units(text)
	for i := 0; i < len(in); i++ {
		switch in[i] {
		case '[':
			it, n := c.class(in[i:])
			if n > 0 {
				out = append(out, it)
				i += n - 1
				continue
			}
			out = append(out, item{op: opChar, char: '['})
		case '*':
			c.magic = true
			out = append(out, item{op: opStar})
		case '?':
			c.magic = true
			out = append(out, item{op: opAny})
		default:
			out = append(out, item{op: opChar, char: in[i]})
		}
	}
	return out
}

func (c *compiler) units(s string) []rune { return units(s, c.wide) }

// extglob compiles n and appends it to out.
func (c *compiler) extglob(out sequence, n *node, at position) sequence {
	it := item{op: extglobOps[n.op]}
	if n.op == '!' && n.empty {
		c.magic = true
		if at.start && !at.dot {
			out = append(out, item{op: opNoDot})
		}
		return append(out, item{op: opPlus})
	}
	it.group = c.alternatives(n, at)
	if n.op != '!' && at.start && at.end && emptyGroup(it.group) {
		for _, r := range c.units(n.String()) {
			out = append(out, item{op: opChar, char: r})
		}
		return out
	}
	c.magic = true
	if (n.op == '*' || n.op == '+') && !at.dot {
		at.dot = true
		it.rest = c.alternatives(n, at)
		at.dot = false
	}
	it.noDot = at.start && !at.dot
	return append(out, it)
}

// alternatives compiles the alternatives of n. Those that match nothing are
// left out where something must be matched. Those of a negation go on to the
// end of the name.
func (c *compiler) alternatives(n *node, at position) []sequence {
	var group []sequence
	for _, alt := range n.nodes {
		nodes, inner := alt.nodes, at
		if n.op == '!' {
			nodes = append(append([]*node(nil), nodes...), copies(at.tail)...)
			inner.end, inner.negated, inner.tail = true, true, nil
		}
		seq := c.sequence(nodes, inner)
		if len(seq) == 0 && at.start && at.end {
			continue
		}
		group = append(group, seq)
	}
	return group
}

// copies returns nodes as they are copied into a negation, where "!()" is an
// ordinary one.
func copies(nodes []*node) []*node {
	out := make([]*node, len(nodes))
	for i, n := range nodes {
		c := *n
		c.empty = false
		c.nodes = copies(n.nodes)
		out[i] = &c
	}
	return out
}

// emptyGroup reports whether no alternative matches anything.
func emptyGroup(group []sequence) bool {
	for _, seq := range group {
		if len(seq) > 0 {
			return false
		}
	}
	return len(group) <= 1
}

// text returns the text of a sequence of nothing but characters.
func (s sequence) text() string {
	units := make([]uint16, len(s))
	for i := range s {
		units[i] = uint16(s[i].char)
	}
	return wtf8.FromUTF16(units)
}
