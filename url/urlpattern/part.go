package urlpattern

import (
	"strconv"
	"strings"
)

type partKind uint8

const (
	fixedText partKind = iota
	customRegexp
	segmentWildcard
	fullWildcard
)

// part is a piece of a component's pattern.
type part struct {
	kind           partKind
	value          string // the text, or the regular expression
	modifier       string // "", "?", "*" or "+"
	name           string // of the group; digits if the pattern gives none
	prefix, suffix string
}

// options say how a component's pattern is read.
type options struct {
	delimiter string // what ends a segment
	prefix    string // what belongs to the group that follows it
}

var (
	defaultOptions  = options{}
	hostnameOptions = options{delimiter: "."}
	pathnameOptions = options{delimiter: "/", prefix: "/"}
)

const anything = ".*"

// segment is the regular expression of a segment.
func (o options) segment() string { return "[^" + escapeRegexp(o.delimiter) + "]+?" }

// partParser reads a pattern (https://urlpattern.spec.whatwg.org/#parsing-patterns).
type partParser struct {
	opts    options
	encode  func(string) (string, bool)
	tokens  []token
	parts   []part
	pending strings.Builder // text that is not a part yet
	numbers int             // names given to groups without one
	failed  bool
}

// parseParts reads a component's pattern. encode brings its texts into the form
// they have in a URL.
func parseParts(in string, opts options, encode func(string) (string, bool)) ([]part, bool) {
	tokens, ok := tokenize(in, true)
	if !ok {
		return nil, false
	}
	p := &partParser{opts: opts, encode: encode, tokens: tokens}
	p.parse()
	return p.parts, !p.failed
}

// take consumes the next token if it is of that kind.
func (p *partParser) take(kind tokenKind) *token {
	if t := &p.tokens[0]; t.kind == kind && kind != tokenEnd {
		p.tokens = p.tokens[1:]
		return t
	}
	return nil
}

func (p *partParser) parse() {
	for !p.failed {
		char := p.take(tokenChar)
		name := p.take(tokenName)
		group := p.takeGroup(name)
		if name != nil || group != nil {
			prefix := ""
			if char != nil {
				prefix = char.value
			}
			if prefix != "" && prefix != p.opts.prefix {
				p.pending.WriteString(prefix)
				prefix = ""
			}
			p.flush()
			p.add(prefix, name, group, "", p.takeModifier())
			continue
		}
		if char == nil {
			char = p.take(tokenEscapedChar)
		}
		if char != nil {
			p.pending.WriteString(char.value)
			continue
		}
		if p.take(tokenOpen) != nil {
			prefix := p.takeText()
			name := p.take(tokenName)
			group := p.takeGroup(name)
			suffix := p.takeText()
			if p.take(tokenClose) == nil {
				p.failed = true
				return
			}
			p.add(prefix, name, group, suffix, p.takeModifier())
			continue
		}
		p.flush()
		p.failed = p.failed || p.tokens[0].kind != tokenEnd
		return
	}
}

// takeGroup consumes a regular expression, or a "*" unless a name came before.
func (p *partParser) takeGroup(name *token) *token {
	t := p.take(tokenRegexp)
	if t == nil && name == nil {
		t = p.take(tokenAsterisk)
	}
	return t
}

func (p *partParser) takeModifier() string {
	t := p.take(tokenModifier)
	if t == nil {
		t = p.take(tokenAsterisk)
	}
	if t == nil {
		return ""
	}
	return t.value
}

func (p *partParser) takeText() string {
	var b strings.Builder
	for {
		t := p.take(tokenChar)
		if t == nil {
			t = p.take(tokenEscapedChar)
		}
		if t == nil {
			return b.String()
		}
		b.WriteString(t.value)
	}
}

// encoded returns the encoded form of a text, or notes that there is none.
func (p *partParser) encoded(s string) string {
	s, ok := p.encode(s)
	p.failed = p.failed || !ok
	return s
}

// flush makes a part of the pending text.
func (p *partParser) flush() {
	if p.pending.Len() == 0 {
		return
	}
	p.parts = append(p.parts, part{kind: fixedText, value: p.encoded(p.pending.String())})
	p.pending.Reset()
}

// add adds a part that may be a group.
func (p *partParser) add(prefix string, name, group *token, suffix, modifier string) {
	if name == nil && group == nil && modifier == "" {
		p.pending.WriteString(prefix)
		return
	}
	p.flush()
	if name == nil && group == nil {
		if prefix != "" {
			p.parts = append(p.parts, part{kind: fixedText, value: p.encoded(prefix), modifier: modifier})
		}
		return
	}
	out := part{kind: segmentWildcard, modifier: modifier}
	switch {
	case group == nil || group.value == p.opts.segment():
	case group.kind == tokenAsterisk || group.value == anything:
		out.kind = fullWildcard
	default:
		out.kind, out.value = customRegexp, group.value
	}
	if name != nil {
		out.name = name.value
	} else {
		out.name = strconv.Itoa(p.numbers)
		p.numbers++
	}
	for i := range p.parts {
		p.failed = p.failed || p.parts[i].name == out.name && p.parts[i].kind != fixedText
	}
	out.prefix, out.suffix = p.encoded(prefix), p.encoded(suffix)
	p.parts = append(p.parts, out)
}
