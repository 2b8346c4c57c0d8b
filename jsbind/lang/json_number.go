package lang

import (
	"math"
	"strconv"

	"github.com/dop251/goja"
)

// number reads a number (RFC 8259 section 6).
func (p *jsonParser) number() goja.Value {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
		if c := p.peek(); c < '0' || c > '9' {
			p.at("No number after minus sign in JSON")
		}
	}
	if p.peek() == '0' {
		p.pos++
		if c := p.peek(); c >= '0' && c <= '9' {
			p.at("Unexpected number in JSON")
		}
	} else {
		p.digits()
	}
	integer := true
	if p.peek() == '.' {
		integer = false
		p.pos++
		if c := p.peek(); c < '0' || c > '9' {
			p.at("Unterminated fractional number in JSON")
		}
		p.digits()
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		integer = false
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		if c := p.peek(); c < '0' || c > '9' {
			p.at("Exponent part is missing a number in JSON")
		}
		p.digits()
	}
	text := p.src[start:p.pos]
	if integer && len(text) <= 15 && text != "-0" {
		n, neg := 0, false
		for i := range len(text) {
			if text[i] == '-' {
				neg = true
				continue
			}
			n = n*10 + int(text[i]-'0')
		}
		if neg {
			n = -n
		}
		return goInt(n)
	}
	f, ok := shortDecimal(text)
	if !ok {
		f, _ = strconv.ParseFloat(text, 64)
	}
	if f != math.Trunc(f) { // neither an integer nor infinite
		return p.numbers.Float(f)
	}
	return converter.ToValue(f)
}

// shortDecimal reads a fraction without exponent of at most 15 digits: its digits
// and the power of ten are exact, so that their quotient is rounded once.
func shortDecimal(text string) (f float64, ok bool) {
	if len(text) > 16 {
		return 0, false
	}
	digits, point := 0, -1
	negative := text[0] == '-'
	if negative {
		text = text[1:]
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '.':
			point = i
		case c >= '0' && c <= '9':
			digits = digits*10 + int(c-'0')
		default:
			return 0, false
		}
	}
	if point < 0 {
		return 0, false
	}
	f = float64(digits) / powersOfTen[len(text)-1-point]
	if negative {
		f = -f
	}
	return f, true
}

var powersOfTen = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

func (p *jsonParser) digits() {
	for p.pos < len(p.src) && p.src[p.pos] >= '0' && p.src[p.pos] <= '9' {
		p.pos++
	}
}
