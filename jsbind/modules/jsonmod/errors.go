package jsonmod

import (
	"fmt"
	"unicode/utf8"

	"github.com/spindle-js/spindle/nodeerr"
)

func (p *parser) throw(msg string) {
	p.rt.Throw(nodeerr.New(nodeerr.KindSyntax, "", msg))
}

// position is a place in UTF-16 units, with line and column from 1.
func (p *parser) position(at int) string {
	units, line, col := 0, 1, 1
	for _, r := range p.s[:min(at, len(p.s))] {
		n := 1
		if r > 0xffff {
			n = 2
		}
		units += n
		if r == '\n' {
			line, col = line+1, 1
		} else {
			col += n
		}
	}
	return fmt.Sprintf("at position %d (line %d column %d)", units, line, col)
}

// expected throws msg with the place.
func (p *parser) expected(msg string) { p.throw(msg + " " + p.position(p.i)) }

// fail throws for a character that begins no value.
func (p *parser) fail() {
	if p.i >= len(p.s) {
		p.throw("Unexpected end of JSON input")
	}
	r, _ := utf8.DecodeRuneInString(p.s[p.i:])
	switch {
	case p.s == "undefined" || p.s == "[object Object]":
		p.throw(`"` + p.s + `" is not valid JSON`)
	case r >= '0' && r <= '9' || r == '-':
		p.throw("Unexpected number in JSON " + p.position(p.i))
	case r == '"':
		p.throw("Unexpected string in JSON " + p.position(p.i))
	}
	p.throw(fmt.Sprintf("Unexpected token '%c', %s is not valid JSON", r, p.excerpt()))
}

// failAfter throws for what follows the document.
func (p *parser) failAfter() {
	p.throw("Unexpected non-whitespace character after JSON " + p.position(p.i))
}

func (p *parser) failName() {
	p.expected("Expected property name or '}' in JSON")
}

// excerpt quotes the text around the failure: all of a short text, else ten
// characters to each side.
func (p *parser) excerpt() string {
	const side = 10
	rs := []rune(p.s)
	at := len([]rune(p.s[:p.i]))
	switch {
	case len(rs) <= 4*side:
		return `"` + p.s + `"`
	case at < side:
		return `"` + string(rs[:at+side]) + `"...`
	case at >= len(rs)-side:
		return `..."` + string(rs[at-side:]) + `"`
	}
	return `..."` + string(rs[at-side:at+side]) + `"...`
}
