package lang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// rewritten is a pattern as goja has to be given it.
type rewritten struct {
	pattern, flags string
	// special says that matching needs regexp_exec.go: the flag d, or groups
	// that share a name.
	special bool
}

// mustRewrite says whether goja would misread the pattern.
func (p *rxPattern) mustRewrite() bool {
	return p.property || p.modifiers || p.duplicates || strings.ContainsAny(p.flags, "dv")
}

// rewrite prints the pattern in terms that goja's engine knows.
func (p *rxPattern) rewrite() rewritten {
	r := rewritten{special: p.duplicates || strings.Contains(p.flags, "d")}
	e := &rxEmitter{p: p, unicode: strings.ContainsAny(p.flags, "uv")}
	flags := p.flags
	if p.modifiers {
		// The flags that some group changes are spelt out in the pattern.
		toggled := ""
		eachNode(p.root, func(n *rxNode) { toggled += n.add + n.remove })
		for _, f := range "ims" {
			if strings.ContainsRune(toggled, f) {
				e.explicit += string(f)
				if strings.ContainsRune(flags, f) {
					e.on += string(f)
				}
				flags = strings.ReplaceAll(flags, string(f), "")
			}
		}
	}
	flags = strings.ReplaceAll(strings.ReplaceAll(flags, "d", ""), "v", "u")
	e.numbered = r.special
	e.node(p.root)
	r.pattern, r.flags = e.b.String(), flags
	return r
}

func eachNode(n *rxNode, f func(*rxNode)) {
	f(n)
	for _, c := range n.list {
		if c != nil {
			eachNode(c, f)
		}
	}
}

// rxEmitter prints a tree.
type rxEmitter struct {
	p       *rxPattern
	b       strings.Builder
	unicode bool
	// explicit are the flags among i, m and s that are spelt out, on those of
	// them that are in force.
	explicit, on string
	// numbered leaves the names of groups out.
	numbered bool
}

func (e *rxEmitter) has(flag string) (explicit, on bool) {
	return strings.Contains(e.explicit, flag), strings.Contains(e.on, flag)
}

const (
	lineStart  = `(?<![^\n\r\u2028\u2029])`
	lineEnd    = `(?![^\n\r\u2028\u2029])`
	notNewline = `[^\n\r\u2028\u2029]`
)

func (e *rxEmitter) node(n *rxNode) {
	switch n.kind {
	case rxSequence:
		for _, c := range n.list {
			e.node(c)
		}
	case rxAlternatives:
		for i, c := range n.list {
			if i > 0 {
				e.b.WriteByte('|')
			}
			e.node(c)
		}
	case rxStart, rxEnd:
		explicit, on := e.has("m")
		switch {
		case !explicit || !on:
			e.text(n)
		case n.kind == rxStart:
			e.b.WriteString(lineStart)
		default:
			e.b.WriteString(lineEnd)
		}
	case rxAny:
		explicit, on := e.has("s")
		switch {
		case !explicit:
			e.text(n)
		case on:
			e.b.WriteString(`[\s\S]`)
		default:
			e.b.WriteString(notNewline)
		}
	case rxChar:
		if explicit, on := e.has("i"); explicit && on {
			if set := foldSet(runeSet{{n.char, n.char}}, e.unicode); len(set) > 1 || set[0].lo != set[0].hi {
				e.class(set, false)
				return
			}
		}
		if e.numbered {
			e.literal(n.char)
			return
		}
		e.text(n)
	case rxClass:
		e.classNode(n)
	case rxGroup, rxCapture, rxLook:
		e.group(n)
	case rxBackref:
		e.backref(n)
	case rxQuantifer:
		e.node(n.list[0])
		e.b.WriteString(e.p.src[n.list[0].end:n.end])
	default: // \b, \B
		e.text(n)
	}
}

// text copies the node's own text.
func (e *rxEmitter) text(n *rxNode) { e.b.WriteString(e.p.src[n.start:n.end]) }

func (e *rxEmitter) group(n *rxNode) {
	was := e.on
	switch {
	case n.kind == rxGroup:
		for _, f := range n.add {
			if strings.ContainsRune(e.explicit, f) && !strings.ContainsRune(e.on, f) {
				e.on += string(f)
			}
		}
		for _, f := range n.remove {
			e.on = strings.ReplaceAll(e.on, string(f), "")
		}
		e.b.WriteString("(?:")
	case n.kind == rxCapture && n.name != "" && !e.numbered:
		e.b.WriteString("(?<" + n.name + ">")
	case n.kind == rxCapture:
		e.b.WriteByte('(')
	default:
		e.b.WriteString("(?")
		if n.behind {
			e.b.WriteByte('<')
		}
		if n.negate {
			e.b.WriteByte('!')
		} else {
			e.b.WriteByte('=')
		}
	}
	e.node(n.list[0])
	e.b.WriteByte(')')
	e.on = was
}

// backref prints a reference. One by a name that several groups have matches
// what the one that took part did: the others match the empty string.
func (e *rxEmitter) backref(n *rxNode) {
	if !e.numbered || n.name == "" {
		e.text(n)
		return
	}
	e.b.WriteString("(?:")
	for i, name := range e.p.names {
		if name == n.name {
			e.b.WriteString(`(?:\` + strconv.Itoa(i) + `)`)
		}
	}
	e.b.WriteByte(')')
}

func (e *rxEmitter) classNode(n *rxNode) {
	explicit, on := e.has("i")
	if n.raw && !(explicit && on) && !e.numbered {
		e.text(n)
		return
	}
	set := n.set
	if explicit && on {
		set = foldSet(set, e.unicode)
	}
	if len(n.strs)+len(n.sequences) == 0 {
		e.class(set, n.negate)
		return
	}
	// The longest string is tried first (22.2.2.7.1).
	strs := slices.Clone(n.strs)
	slices.SortStableFunc(strs, func(a, b string) int { return len(b) - len(a) })
	e.b.WriteString("(?:")
	for _, s := range n.sequences {
		e.b.WriteString(s + "|")
	}
	empty := false
	for _, s := range strs {
		if s == "" {
			empty = true
			continue
		}
		for _, c := range s {
			e.literal(c)
		}
		e.b.WriteByte('|')
	}
	e.class(set, false)
	if empty {
		e.b.WriteByte('|')
	}
	e.b.WriteByte(')')
}

func (e *rxEmitter) literal(c rune) {
	if explicit, on := e.has("i"); explicit && on {
		e.class(foldSet(runeSet{{c, c}}, e.unicode), false)
		return
	}
	switch {
	case strings.ContainsRune(`^$\.*+?()[]{}|/`, c):
		e.b.WriteByte('\\')
		e.b.WriteRune(c)
	case c > 0xffff && !e.unicode:
		hi, lo := utf16.EncodeRune(c)
		fmt.Fprintf(&e.b, `\u%04x\u%04x`, hi, lo)
	case c < ' ' || c >= 0xd800 && c < 0xe000:
		fmt.Fprintf(&e.b, `\u%04x`, c)
	default:
		e.b.WriteRune(c)
	}
}

func (e *rxEmitter) class(set runeSet, negate bool) {
	if len(set) == 0 && !negate {
		e.b.WriteString("[]")
		return
	}
	if negate {
		e.b.WriteString("[^")
	} else {
		e.b.WriteByte('[')
	}
	set.writeClassBody(&e.b, e.unicode)
	e.b.WriteByte(']')
}
