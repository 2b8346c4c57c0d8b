// Package jsonmod is JSON.parse in Go: one pass over the text, with V8's error
// messages (ECMA-262, section 25.5.1).
package jsonmod

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// maxDepth bounds nesting; past it a RangeError is thrown.
const maxDepth = 20000

// Install replaces JSON.parse. A reviver's walk is the engine's own.
func Install(rt *bind.Runtime) {
	json := rt.VM.Get("JSON").(*goja.Object)
	engine := rt.Callable(json.Get("parse"))
	names := map[string]unistring.String{}
	fn := rt.Func("parse", 2, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if !goja.IsString(v) {
			v = v.ToString()
		}
		p := parser{rt: rt, s: v.String(), names: names}
		out := p.document()
		if bind.IsCallable(c.Argument(1)) {
			return engine(goja.FunctionCall{This: c.This, Arguments: []goja.Value{v, c.Argument(1)}})
		}
		return out
	})
	_ = json.DefineDataProperty("parse", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

type parser struct {
	rt    *bind.Runtime
	s     string
	i     int
	depth int
	names map[string]unistring.String // property names seen before
}

func (p *parser) document() goja.Value {
	v := p.value()
	p.blank()
	if p.i < len(p.s) {
		p.failAfter()
	}
	return v
}

func (p *parser) blank() {
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case ' ', '\t', '\n', '\r':
			p.i++
		default:
			return
		}
	}
}

func (p *parser) value() goja.Value {
	p.blank()
	if p.i >= len(p.s) {
		p.fail()
	}
	switch c := p.s[p.i]; {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.text()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c == 't':
		return p.word("true", p.rt.VM.ToValue(true))
	case c == 'f':
		return p.word("false", p.rt.VM.ToValue(false))
	case c == 'n':
		return p.word("null", goja.Null())
	}
	p.fail()
	return nil
}

func (p *parser) word(w string, v goja.Value) goja.Value {
	for j := 0; j < len(w); j++ {
		if p.i >= len(p.s) || p.s[p.i] != w[j] {
			p.fail()
		}
		p.i++
	}
	return v
}

func (p *parser) enter() {
	p.i++
	if p.depth++; p.depth > maxDepth {
		p.rt.Throw(nodeerr.New(nodeerr.KindRange, "", "Maximum call stack size exceeded"))
	}
}

func (p *parser) object() goja.Value {
	p.enter()
	o := p.rt.NewObject(4)
	p.blank()
	if p.peek() == '}' {
		p.i++
		p.depth--
		return o.Object()
	}
	for {
		p.blank()
		if p.peek() != '"' {
			p.failName()
		}
		name := p.name()
		p.blank()
		if p.peek() != ':' {
			p.expected("Expected ':' after property name in JSON")
		}
		p.i++
		o.Put(name, p.value())
		p.blank()
		switch p.peek() {
		case ',':
			p.i++
			p.blank()
			if p.peek() != '"' {
				p.expected("Expected double-quoted property name in JSON")
			}
		case '}':
			p.i++
			p.depth--
			return o.Object()
		default:
			p.expected("Expected ',' or '}' after property value in JSON")
		}
	}
}

func (p *parser) array() goja.Value {
	p.enter()
	p.blank()
	if p.peek() == ']' {
		p.i++
		p.depth--
		return p.rt.VM.NewArray()
	}
	var items []any
	for {
		items = append(items, p.value())
		p.blank()
		switch p.peek() {
		case ',':
			p.i++
		case ']':
			p.i++
			p.depth--
			return p.rt.VM.NewArray(items...)
		default:
			p.expected("Expected ',' or ']' after array element in JSON")
		}
	}
}

func (p *parser) peek() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

// span finds the end of a string that has no escape; ok is false if it has one.
func (p *parser) span() (s string, ok bool) {
	start := p.i + 1
	for j := start; j < len(p.s); j++ {
		switch c := p.s[j]; {
		case c == '"':
			p.i = j + 1
			return p.s[start:j], true
		case c == '\\':
			return "", false
		case c < 0x20:
			p.i = j
			p.expected("Bad control character in string literal in JSON")
		}
	}
	p.i = len(p.s)
	p.expected("Unterminated string in JSON")
	return "", false
}

func (p *parser) name() unistring.String {
	s, ok := p.span()
	if !ok {
		return unistring.FromUtf16(p.units())
	}
	if n, ok := p.names[s]; ok {
		return n
	}
	key := strings.Clone(s)
	n := unistring.NewFromString(key)
	if len(p.names) < 4096 && len(key) <= 64 {
		p.names[key] = n
	}
	return n
}

func (p *parser) text() goja.Value {
	s, ok := p.span()
	if ok {
		return p.rt.VM.ToValue(s)
	}
	return goja.StringFromUTF16(trimBOM(p.units()))
}

// trimBOM takes off the mark that units begins with.
func trimBOM(u []uint16) []uint16 { return u[1:] }

// units reads a string with escapes as UTF-16, after a byte order mark, which
// unistring wants.
func (p *parser) units() []uint16 {
	out := []uint16{unistring.BOM}
	j := p.i + 1
	for j < len(p.s) {
		switch c := p.s[j]; {
		case c == '"':
			p.i = j + 1
			return out
		case c == '\\':
			p.i = j
			var u uint16
			u, j = p.escape(j)
			out = append(out, u)
		case c < 0x20:
			p.i = j
			p.expected("Bad control character in string literal in JSON")
		case c < utf8.RuneSelf:
			out = append(out, uint16(c))
			j++
		default:
			r, n := utf8.DecodeRuneInString(p.s[j:])
			out = utf16.AppendRune(out, r)
			j += n
		}
	}
	p.i = len(p.s)
	p.expected("Unterminated string in JSON")
	return nil
}

func (p *parser) escape(j int) (uint16, int) {
	if j+1 >= len(p.s) {
		p.i = len(p.s)
		p.expected("Unterminated string in JSON")
	}
	switch c := p.s[j+1]; c {
	case '"', '\\', '/':
		return uint16(c), j + 2
	case 'b':
		return '\b', j + 2
	case 'f':
		return '\f', j + 2
	case 'n':
		return '\n', j + 2
	case 'r':
		return '\r', j + 2
	case 't':
		return '\t', j + 2
	case 'u':
		if j+6 <= len(p.s) {
			if n, err := strconv.ParseUint(p.s[j+2:j+6], 16, 16); err == nil {
				return uint16(n), j + 6
			}
		}
		p.i = j + 2
		for p.i < len(p.s) && isHex(p.s[p.i]) {
			p.i++
		}
		p.expected("Bad Unicode escape in JSON")
	}
	p.i = j + 1
	p.expected("Bad escaped character in JSON")
	return 0, 0
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func (p *parser) number() goja.Value {
	start := p.i
	if p.s[p.i] == '-' {
		p.i++
		if c := p.peek(); c < '0' || c > '9' {
			p.expected("No number after minus sign in JSON")
		}
	}
	if p.peek() == '0' {
		p.i++
		if c := p.peek(); c >= '0' && c <= '9' {
			p.fail()
		}
	} else {
		p.digits()
	}
	whole := true
	if p.peek() == '.' {
		whole = false
		p.i++
		if c := p.peek(); c < '0' || c > '9' {
			p.expected("Unterminated fractional number in JSON")
		}
		p.digits()
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		whole = false
		p.i++
		if c := p.peek(); c == '+' || c == '-' {
			p.i++
		}
		if c := p.peek(); c < '0' || c > '9' {
			p.expected("Exponent part is missing a number in JSON")
		}
		p.digits()
	}
	s := p.s[start:p.i]
	if whole && len(s) < 16 && s != "-0" {
		n, _ := strconv.ParseInt(s, 10, 64)
		return p.rt.VM.ToValue(n)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		p.fail()
	}
	return p.rt.VM.ToValue(f)
}

func (p *parser) digits() {
	for p.i < len(p.s) && p.s[p.i] >= '0' && p.s[p.i] <= '9' {
		p.i++
	}
}
