package lang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Escapes and character classes.

var (
	digits     = runeSet{{'0', '9'}}
	wordChars  = runeSet{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
	whiteSpace = runeSet{{'\t', '\r'}, {' ', ' '}, {0xa0, 0xa0}, {0x1680, 0x1680}, {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}, {0xfeff, 0xfeff}}
)

// escape reads what follows a backslash outside of classes.
func (p *rxParser) escape() *rxNode {
	if !p.more() {
		p.fail(`\ at end of pattern`)
	}
	at := p.pos
	switch c := p.peek(); {
	case c == 'b':
		p.pos++
		return &rxNode{kind: rxWord}
	case c == 'B':
		p.pos++
		return &rxNode{kind: rxNotWord}
	case c >= '1' && c <= '9':
		end := at
		for end < len(p.src) && p.src[end] >= '0' && p.src[end] <= '9' {
			end++
		}
		n, _ := count(p.src[at:end])
		if n <= p.groupEnd {
			p.pos = end
			b := &rxNode{kind: rxBackref, index: n}
			p.backrefs = append(p.backrefs, b)
			return b
		}
		if p.unicode {
			p.fail("Invalid escape")
		}
	case c == 'k' && p.named:
		p.pos++
		if !p.accept("<") {
			p.fail("Invalid named reference")
		}
		name, ok := p.groupName()
		if !ok {
			p.fail("Invalid named reference")
		}
		b := &rxNode{kind: rxBackref, name: name}
		p.backrefs = append(p.backrefs, b)
		return b
	}
	if set, strs, ok := p.classEscape(false); ok {
		sequences := p.sequences
		p.sequences = nil
		return &rxNode{kind: rxClass, set: set, strs: strs, sequences: sequences, raw: p.src[at] != 'p' && p.src[at] != 'P'}
	}
	return &rxNode{kind: rxChar, char: p.charEscape(false)}
}

// classEscape reads \d, \D, \s, \S, \w, \W, \p{...} or \P{...}.
func (p *rxParser) classEscape(inClass bool) (set runeSet, strs []string, ok bool) {
	switch p.peek() {
	case 'd':
		set = digits
	case 'D':
		set = digits.complement()
	case 's':
		set = whiteSpace
	case 'S':
		set = whiteSpace.complement()
	case 'w':
		set = wordChars
	case 'W':
		set = wordChars.complement()
	case 'p', 'P':
		if !p.unicode {
			return nil, nil, false
		}
		set, strs := p.propertyEscape(inClass)
		return set, strs, true
	default:
		return nil, nil, false
	}
	p.pos++
	return set, nil, true
}

func (p *rxParser) propertyEscape(inClass bool) (runeSet, []string) {
	message := "Invalid property name"
	if inClass {
		message = "Invalid property name in character class"
	}
	negate := p.peek() == 'P'
	p.pos++
	end := strings.IndexByte(p.src[p.pos:], '}')
	if !p.accept("{") || end < 0 {
		p.fail(message)
	}
	name := p.src[p.pos : p.pos+end-1]
	p.pos += end
	p.property = true
	if p.sets && !negate {
		if set, pattern, ok := stringProperty(name); ok {
			p.sequences = append(p.sequences, pattern)
			return set, nil
		}
	}
	set, err := property(name)
	if err != nil {
		p.fail(message)
	}
	if negate {
		set = set.complement()
	}
	return set, nil
}

// charEscape reads an escape that stands for one character.
func (p *rxParser) charEscape(inClass bool) rune {
	c := p.rune()
	switch c {
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'v':
		return '\v'
	case 'c':
		if l := p.peek(); l >= 'a' && l <= 'z' || l >= 'A' && l <= 'Z' || !p.unicode && inClass && (l >= '0' && l <= '9' || l == '_') {
			p.pos++
			return rune(l % 32)
		}
		if p.unicode {
			p.fail("Invalid Unicode escape")
		}
		p.pos-- // \c is a backslash and a c
		return '\\'
	case '0':
		if d := p.peek(); d < '0' || d > '9' {
			return 0
		}
		if p.unicode {
			if inClass {
				p.fail("Invalid class escape")
			}
			p.fail("Invalid decimal escape")
		}
		p.pos--
		return p.octal()
	case '1', '2', '3', '4', '5', '6', '7':
		if p.unicode {
			if inClass {
				p.fail("Invalid class escape")
			}
			p.fail("Invalid escape")
		}
		p.pos--
		return p.octal()
	case 'x':
		if r, ok := p.hex(2); ok {
			return r
		}
		if p.unicode {
			p.fail("Invalid escape")
		}
		return 'x'
	case 'u':
		at := p.pos
		p.pos--
		if p.unicode {
			r, ok := p.unicodeEscape()
			if !ok {
				p.fail("Invalid Unicode escape")
			}
			return r
		}
		p.pos = at
		if r, ok := p.hex(4); ok {
			return r
		}
		return 'u'
	}
	if p.unicode {
		if strings.ContainsRune(`^$\.*+?()[]{}|/`, c) || inClass && c == '-' {
			return c
		}
		if p.sets && inClass && strings.ContainsRune("&-!#%,:;<=>@`~", c) {
			return c
		}
		p.fail("Invalid escape")
	}
	if c == 'k' && p.named {
		p.fail("Invalid escape")
	}
	return c
}

// octal reads a legacy octal escape of up to three digits.
func (p *rxParser) octal() rune {
	v := rune(0)
	for i := 0; i < 3 && p.peek() >= '0' && p.peek() <= '7' && v*8 < 256; i++ {
		v = v*8 + rune(p.peek()-'0')
		p.pos++
	}
	return v
}

// class reads a class without the flag v; the [ is behind.
func (p *rxParser) class() *rxNode {
	n := &rxNode{kind: rxClass, raw: true}
	n.negate = p.accept("^")
	for {
		if !p.more() {
			p.fail("Unterminated character class")
		}
		if p.accept("]") {
			break
		}
		lo, loSet, loIsSet := p.classAtom(n)
		if p.peek() != '-' || p.pos+1 >= len(p.src) || p.src[p.pos+1] == ']' {
			n.set = append(n.set, classItem(lo, loSet, loIsSet)...)
			continue
		}
		p.pos++
		hi, hiSet, hiIsSet := p.classAtom(n)
		if loIsSet || hiIsSet {
			if p.unicode {
				p.fail("Invalid character class")
			}
			n.set = append(n.set, classItem(lo, loSet, loIsSet)...)
			n.set = append(n.set, runeRange{'-', '-'})
			n.set = append(n.set, classItem(hi, hiSet, hiIsSet)...)
			continue
		}
		if lo > hi {
			p.fail("Range out of order in character class")
		}
		n.set = append(n.set, runeRange{lo, hi})
	}
	n.set = n.set.normal()
	return n
}

func classItem(r rune, set runeSet, isSet bool) runeSet {
	if isSet {
		return set
	}
	return runeSet{{r, r}}
}

func (p *rxParser) classAtom(n *rxNode) (r rune, set runeSet, isSet bool) {
	if !p.more() {
		p.fail("Unterminated character class")
	}
	if p.peek() != '\\' {
		r := p.rune()
		if r > 0xffff && !p.unicode {
			hi, lo := utf16.EncodeRune(r)
			return 0, runeSet{{hi, hi}, {lo, lo}}.normal(), true
		}
		return r, nil, false
	}
	p.pos++
	if !p.more() {
		p.fail(`\ at end of pattern`)
	}
	switch c := p.peek(); {
	case c == 'b':
		p.pos++
		return '\b', nil, false
	case c == '-' && p.unicode:
		p.pos++
		return '-', nil, false
	case c == 'p' || c == 'P':
		n.raw = n.raw && !p.unicode
	}
	if set, _, ok := p.classEscape(true); ok {
		return 0, set, true
	}
	return p.charEscape(true), nil, false
}

// operand is part of a class with the flag v.
type operand struct {
	set  runeSet
	strs []string
	char rune // when single
	// single says that the operand is one character, which may begin a range.
	single bool
}

// setClass reads a class with the flag v (22.2.1, ClassSetExpression); the [ is
// behind.
func (p *rxParser) setClass() *rxNode {
	n := &rxNode{kind: rxClass}
	outer := p.sequences
	p.sequences = nil
	negate := p.accept("^")
	var set runeSet
	var strs []string
	op := ""
	first := true
	for {
		if !p.more() {
			p.fail("Unterminated character class")
		}
		if p.accept("]") {
			break
		}
		if !first {
			got := ""
			switch {
			case p.accept("&&"):
				if got = "&&"; p.peek() == '&' {
					p.fail("Invalid character in character class")
				}
			case p.accept("--"):
				got = "--"
			}
			if got != "" && op == "" && len(n.list) > 1 || got != op && op != "" {
				p.fail("Invalid set operation in character class")
			}
			op = got
		}
		a := p.setOperand()
		if op == "" && a.single && strings.HasPrefix(p.src[p.pos:], "-") && !strings.HasPrefix(p.src[p.pos:], "--") {
			p.pos++
			b := p.setOperand()
			if !b.single {
				p.fail("Invalid character class")
			}
			if a.char > b.char {
				p.fail("Range out of order in character class")
			}
			a = operand{set: runeSet{{a.char, b.char}}}
		}
		n.list = append(n.list, nil) // counts the operands
		switch {
		case first || op == "":
			set = set.union(a.set)
			strs = append(strs, a.strs...)
		case op == "&&":
			set = set.intersect(a.set)
			strs = slices.DeleteFunc(strs, func(s string) bool { return !slices.Contains(a.strs, s) })
		default:
			set = set.minus(a.set)
			strs = slices.DeleteFunc(strs, func(s string) bool { return slices.Contains(a.strs, s) })
		}
		first = false
	}
	n.list = nil
	if negate {
		if len(strs)+len(p.sequences) > 0 {
			p.fail("Negated character class may contain strings")
		}
		set = set.complement()
	}
	n.set, n.strs, n.sequences = set, strs, p.sequences
	p.sequences = append(outer, p.sequences...)
	return n
}

func (p *rxParser) setOperand() operand {
	if !p.more() {
		p.fail("Unterminated character class")
	}
	if p.accept("[") {
		n := p.setClass()
		return operand{set: n.set, strs: n.strs}
	}
	if p.accept(`\`) {
		switch {
		case !p.more():
			p.fail(`\ at end of pattern`)
		case p.accept("q{"):
			return p.quotedStrings()
		case p.accept("b"):
			return singleOperand('\b')
		}
		if set, strs, ok := p.classEscape(true); ok {
			return operand{set: set, strs: strs}
		}
		return singleOperand(p.charEscape(true))
	}
	rest := p.src[p.pos:]
	if len(rest) >= 2 && rest[0] == rest[1] && strings.IndexByte("&!#$%*+,.:;<=>?@^`~-", rest[0]) >= 0 {
		p.fail("Invalid set operation in character class")
	}
	c := p.rune()
	if strings.ContainsRune("()[]{}/-|", c) {
		p.fail("Invalid character in character class")
	}
	return singleOperand(c)
}

func singleOperand(c rune) operand {
	return operand{set: runeSet{{c, c}}, char: c, single: true}
}

// quotedStrings reads the rest of \q{abc|d}.
func (p *rxParser) quotedStrings() operand {
	var o operand
	var s []rune
	end := func() {
		if len(s) == 1 {
			o.set = o.set.union(runeSet{{s[0], s[0]}})
		} else {
			o.strs = append(o.strs, string(s))
		}
		s = nil
	}
	for {
		switch {
		case !p.more():
			p.fail("Invalid escape")
		case p.accept("}"):
			end()
			return o
		case p.accept("|"):
			end()
		case p.accept(`\`):
			s = append(s, p.charEscape(true))
		default:
			s = append(s, p.rune())
		}
	}
}

// foldSet adds the other cases of the set's characters. Without the flag u
// or v, a character outside of ASCII has no other case in ASCII (22.2.2.7.3).
func foldSet(s runeSet, unicodeMode bool) runeSet {
	var extra runeSet
	for _, r := range s {
		if r.hi-r.lo > 0x3000 {
			// Whole scripts at once hold both cases.
			continue
		}
		for c := r.lo; c <= r.hi; c++ {
			for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
				if unicodeMode || (f < 0x80) == (c < 0x80) {
					extra = append(extra, runeRange{f, f})
				}
			}
		}
	}
	if extra == nil {
		return s
	}
	return s.union(extra)
}
