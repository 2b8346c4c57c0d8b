package typestrip

import (
	"strings"
	"unicode/utf8"
)

// Kind says what an Error is about.
type Kind int

const (
	// Unsupported is TypeScript that cannot be erased.
	Unsupported Kind = iota
	// Invalid is text that is no TypeScript.
	Invalid
)

// Error says where and why a text cannot be stripped.
type Error struct {
	Kind       Kind
	Message    string
	Start, End int // byte offsets of what is wrong
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Strip returns the JavaScript of a TypeScript text, of the same length in
// bytes but for a byte order mark, which goes. The error is an *Error.
func Strip(src string) (out string, err error) {
	src = strings.TrimPrefix(src, "\ufeff")
	p := &parser{scanner: scanner{src: src}, notArrow: map[int]bool{}, patch: map[int]byte{}}
	defer func() {
		if x := recover(); x != nil {
			e, ok := x.(*Error)
			if !ok {
				panic(x)
			}
			out, err = "", e
		}
	}()
	p.next()
	for p.tok.kind != kindEOF {
		p.statement()
	}
	return p.result(), nil
}

// span is a range of bytes.
type span struct{ start, end int }

// result writes the text with its blanks.
func (p *parser) result() string {
	if len(p.blanks) == 0 && len(p.patch) == 0 {
		return p.src
	}
	erased := make([]bool, len(p.src))
	for _, s := range p.blanks {
		for i := s.start; i < s.end && i < len(erased); i++ {
			erased[i] = true
		}
	}
	var b strings.Builder
	b.Grow(len(p.src))
	for i := 0; i < len(p.src); {
		if c, ok := p.patch[i]; ok {
			b.WriteByte(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(p.src[i:])
		switch {
		case !erased[i] || r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			b.WriteString(p.src[i : i+n])
		case n == 2:
			b.WriteString("\u00a0")
		case n == 3:
			b.WriteString("\u2002")
		case n == 4:
			b.WriteString(" \ufeff")
		default:
			b.WriteByte(' ')
		}
		i += n
	}
	return b.String()
}
