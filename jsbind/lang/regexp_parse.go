package lang

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A parser of ECMAScript's regular expressions (ECMA-262 22.2.1, B.1.2), for
// V8's error messages and for the patterns that goja's engine misreads.

type rxKind int

const (
	rxChar      rxKind = iota
	rxAny              // .
	rxClass            // [...], \d, \p{...}
	rxStart            // ^
	rxEnd              // $
	rxWord             // \b
	rxNotWord          // \B
	rxLook             // (?=...) and its kin
	rxCapture          // (...)
	rxGroup            // (?:...), perhaps with modifiers
	rxBackref          // \1, \k<n>
	rxQuantifer        // x*
	rxSequence
	rxAlternatives
)

type rxNode struct {
	kind rxKind
	// start and end are the byte offsets of the node's text.
	start, end int
	list       []*rxNode // rxSequence, rxAlternatives; one node in groups and quantifiers

	char      rune
	set       runeSet  // rxClass
	strs      []string // rxClass with the flag v: its strings of other than one character
	sequences []string // rxClass with the flag v: patterns of properties of strings
	negate    bool     // rxClass, rxLook
	raw       bool     // rxClass: its text is fine for goja as it is

	behind      bool // rxLook
	index       int  // rxCapture, rxBackref by number
	name        string
	add, remove string // rxGroup: modifiers

	min, max int // rxQuantifer; max < 0 means no limit
	lazy     bool
}

type rxPattern struct {
	src   string
	flags string
	root  *rxNode
	// names are the group names by index, "" for groups without one.
	names []string

	property   bool // has \p or \P that goja has to be told about
	modifiers  bool // has (?i:...)
	duplicates bool // two groups share a name
}

type rxParser struct {
	*rxPattern
	pos      int
	unicode  bool // u or v
	sets     bool // v
	named    bool // \k is a reference: u, or there is a named group
	depth    int
	backrefs []*rxNode
	groupEnd int // how many captures the pattern has
	// sequences collects the patterns of a class's properties of strings.
	sequences []string
}

// rxError carries a message out of the parser.
type rxError struct{ msg string }

func (p *rxParser) fail(msg string) { panic(rxError{msg}) }

// validFlags checks the flags as RegExp's constructor does.
func validFlags(flags string) bool {
	for i, c := range flags {
		if !strings.ContainsRune("dgimsuvy", c) || strings.ContainsRune(flags[i+1:], c) {
			return false
		}
	}
	return !(strings.Contains(flags, "u") && strings.Contains(flags, "v"))
}

// parseRegExp parses a pattern. The error's text is what V8 puts behind
// "Invalid regular expression: /pattern/flags: ".
func parseRegExp(src, flags string) (pat *rxPattern, err error) {
	p := &rxParser{rxPattern: &rxPattern{src: src, flags: flags, names: []string{""}}}
	p.sets = strings.Contains(flags, "v")
	p.unicode = p.sets || strings.Contains(flags, "u")
	p.named = p.unicode || strings.Contains(src, "(?<") && hasGroupName(src)
	defer func() {
		if x := recover(); x != nil {
			e, ok := x.(rxError)
			if !ok {
				panic(x)
			}
			pat, err = nil, errors.New(e.msg)
		}
	}()
	p.groupEnd = countCaptures(src)
	p.root = p.alternatives()
	if p.pos < len(src) {
		p.fail("Unmatched ')'")
	}
	p.checkNames()
	return p.rxPattern, nil
}

// hasGroupName says whether some (?< begins a group's name.
func hasGroupName(src string) bool {
	for i := 0; i+3 < len(src); i++ {
		if src[i] == '\\' {
			i++
		} else if strings.HasPrefix(src[i:], "(?<") && src[i+3] != '=' && src[i+3] != '!' {
			return true
		}
	}
	return false
}

func countCaptures(src string) int {
	n, class := 0, false
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '(':
			if !class && (!strings.HasPrefix(src[i+1:], "?") || strings.HasPrefix(src[i+1:], "?<") && i+3 < len(src) && src[i+3] != '=' && src[i+3] != '!') {
				n++
			}
		}
	}
	return n
}

func (p *rxParser) more() bool { return p.pos < len(p.src) }

func (p *rxParser) peek() byte {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

func (p *rxParser) accept(s string) bool {
	if strings.HasPrefix(p.src[p.pos:], s) {
		p.pos += len(s)
		return true
	}
	return false
}

func (p *rxParser) rune() rune {
	r, n := utf8.DecodeRuneInString(p.src[p.pos:])
	p.pos += n
	return r
}

func (p *rxParser) alternatives() *rxNode {
	if p.depth++; p.depth > 1000 {
		p.fail("Regular expression too large")
	}
	n := &rxNode{kind: rxAlternatives, start: p.pos}
	for {
		n.list = append(n.list, p.sequence())
		if !p.accept("|") {
			break
		}
	}
	p.depth--
	n.end = p.pos
	return n
}

func (p *rxParser) sequence() *rxNode {
	n := &rxNode{kind: rxSequence, start: p.pos}
	for p.more() && p.peek() != '|' && p.peek() != ')' {
		n.list = append(n.list, p.term())
	}
	n.end = p.pos
	return n
}

func (p *rxParser) term() *rxNode {
	start := p.pos
	n := p.atom()
	n.start, n.end = start, p.pos
	return p.quantified(n)
}

// quantified reads the quantifier behind n, if there is one.
func (p *rxParser) quantified(n *rxNode) *rxNode {
	lo, hi := -1, -1
	switch p.peek() {
	case '*':
		lo = 0
	case '+':
		lo = 1
	case '?':
		lo, hi = 0, 1
	case '{':
		at := p.pos
		var ok bool
		if lo, hi, ok = p.braces(); !ok {
			if p.unicode {
				p.fail("Incomplete quantifier")
			}
			p.pos = at
			return n
		}
		p.pos--
	}
	if lo < 0 {
		return n
	}
	p.pos++
	switch n.kind {
	case rxStart, rxEnd, rxWord, rxNotWord:
		p.fail("Nothing to repeat")
	case rxLook:
		if n.behind || p.unicode {
			p.fail("Invalid quantifier")
		}
	}
	q := &rxNode{kind: rxQuantifer, start: n.start, list: []*rxNode{n}, min: lo, max: hi}
	q.lazy = p.accept("?")
	q.end = p.pos
	if hi >= 0 && lo > hi {
		p.fail("numbers out of order in {} quantifier")
	}
	return q
}

// braces reads {n}, {n,} or {n,m}.
func (p *rxParser) braces() (lo, hi int, ok bool) {
	rest := p.src[p.pos:]
	end := strings.IndexByte(rest, '}')
	if end < 0 {
		return 0, 0, false
	}
	first, second, comma := strings.Cut(rest[1:end], ",")
	if lo, ok = count(first); !ok {
		return 0, 0, false
	}
	switch {
	case !comma:
		hi = lo
	case second == "":
		hi = -1
	default:
		if hi, ok = count(second); !ok {
			return 0, 0, false
		}
	}
	p.pos += end + 1
	return lo, hi, true
}

func count(s string) (int, bool) {
	if s == "" {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		n = 1 << 31
	}
	return n, true
}

func (p *rxParser) atom() *rxNode {
	switch c := p.peek(); c {
	case '^':
		p.pos++
		return &rxNode{kind: rxStart}
	case '$':
		p.pos++
		return &rxNode{kind: rxEnd}
	case '.':
		p.pos++
		return &rxNode{kind: rxAny}
	case '(':
		p.pos++
		return p.group()
	case '[':
		p.pos++
		if p.sets {
			return p.setClass()
		}
		return p.class()
	case '\\':
		p.pos++
		return p.escape()
	case '*', '+', '?':
		p.fail("Nothing to repeat")
	case '{':
		if p.unicode {
			p.fail("Lone quantifier brackets")
		}
		at := p.pos
		if _, _, ok := p.braces(); ok {
			p.fail("Nothing to repeat")
		}
		p.pos = at
	case '}', ']':
		if p.unicode {
			p.fail("Lone quantifier brackets")
		}
	}
	return &rxNode{kind: rxChar, char: p.rune()}
}

func (p *rxParser) close(n *rxNode) *rxNode {
	n.list = []*rxNode{p.alternatives()}
	if !p.accept(")") {
		p.fail("Unterminated group")
	}
	return n
}

func (p *rxParser) group() *rxNode {
	switch {
	case p.accept("?:"):
		return p.close(&rxNode{kind: rxGroup})
	case p.accept("?="):
		return p.close(&rxNode{kind: rxLook})
	case p.accept("?!"):
		return p.close(&rxNode{kind: rxLook, negate: true})
	case p.accept("?<="):
		return p.close(&rxNode{kind: rxLook, behind: true})
	case p.accept("?<!"):
		return p.close(&rxNode{kind: rxLook, behind: true, negate: true})
	case p.accept("?<"):
		name, ok := p.groupName()
		if !ok {
			p.fail("Invalid capture group name")
		}
		p.names = append(p.names, name)
		return p.close(&rxNode{kind: rxCapture, index: len(p.names) - 1, name: name})
	case p.accept("?"):
		return p.modifierGroup()
	}
	p.names = append(p.names, "")
	return p.close(&rxNode{kind: rxCapture, index: len(p.names) - 1})
}

// groupName reads a name and the > behind it.
func (p *rxParser) groupName() (string, bool) {
	var b strings.Builder
	for p.more() {
		c := p.rune()
		if c == '>' {
			return b.String(), b.Len() > 0
		}
		if c == '\\' {
			r, ok := p.unicodeEscape()
			if !ok {
				return "", false
			}
			c = r
		}
		start := c == '$' || c == '_' || unicode.IsLetter(c) || unicode.Is(unicode.Nl, c)
		if !start && (b.Len() == 0 || !(unicode.IsDigit(c) || unicode.Is(unicode.M, c) || unicode.Is(unicode.Pc, c) || c == '\u200c' || c == '\u200d')) {
			return "", false
		}
		b.WriteRune(c)
	}
	return "", false
}

// unicodeEscape reads uXXXX, a pair of them, or u{X}.
func (p *rxParser) unicodeEscape() (rune, bool) {
	if !p.accept("u") {
		return 0, false
	}
	if p.accept("{") {
		end := strings.IndexByte(p.src[p.pos:], '}')
		if end <= 0 {
			return 0, false
		}
		v, err := strconv.ParseUint(p.src[p.pos:p.pos+end], 16, 64)
		if err != nil || v > unicode.MaxRune {
			return 0, false
		}
		p.pos += end + 1
		return rune(v), true
	}
	r, ok := p.hex(4)
	if !ok {
		return 0, false
	}
	if r >= 0xd800 && r < 0xdc00 && strings.HasPrefix(p.src[p.pos:], `\u`) {
		at := p.pos
		p.pos += 2
		if low, ok := p.hex(4); ok && low >= 0xdc00 && low < 0xe000 {
			return (r-0xd800)<<10 + (low - 0xdc00) + 0x10000, true
		}
		p.pos = at
	}
	return r, true
}

func (p *rxParser) hex(digits int) (rune, bool) {
	if p.pos+digits > len(p.src) {
		return 0, false
	}
	v, err := strconv.ParseUint(p.src[p.pos:p.pos+digits], 16, 32)
	if err != nil {
		return 0, false
	}
	p.pos += digits
	return rune(v), true
}

// modifierGroup reads (?i-s:...).
func (p *rxParser) modifierGroup() *rxNode {
	n := &rxNode{kind: rxGroup}
	minus := false
	for p.more() && p.peek() != ':' {
		c := p.peek()
		switch {
		case c == '-' && !minus:
			minus = true
		case c == 'i' || c == 'm' || c == 's':
			if strings.IndexByte(n.add+n.remove, c) >= 0 {
				p.fail("Repeated flag in flag group")
			}
			if minus {
				n.remove += string(c)
			} else {
				n.add += string(c)
			}
		default:
			p.fail("Invalid group")
		}
		p.pos++
	}
	if n.add == "" && n.remove == "" {
		if minus {
			p.fail("Invalid flag group")
		}
		p.fail("Invalid group")
	}
	if !p.accept(":") {
		p.fail("Invalid group")
	}
	p.modifiers = true
	return p.close(n)
}

// checkNames looks for duplicate group names and references to none.
func (p *rxParser) checkNames() {
	seen := make(map[string]bool)
	for _, name := range p.names {
		if name == "" {
			continue
		}
		p.duplicates = p.duplicates || seen[name]
		seen[name] = true
	}
	for _, b := range p.backrefs {
		if b.name != "" && !seen[b.name] {
			p.fail("Invalid named capture referenced")
		}
	}
	if p.duplicates {
		p.participants(p.root)
	}
}

// participants returns the names below n that can take part in a match
// together, and fails if one of them does twice.
func (p *rxParser) participants(n *rxNode) map[string]bool {
	all := make(map[string]bool)
	merge := func(names map[string]bool, exclusive bool) {
		for name := range names {
			if all[name] && !exclusive {
				p.fail("Duplicate capture group name")
			}
		}
		for name := range names {
			all[name] = true
		}
	}
	if n.name != "" && n.kind == rxCapture {
		all[n.name] = true
	}
	for _, c := range n.list {
		merge(p.participants(c), n.kind == rxAlternatives)
	}
	return all
}
