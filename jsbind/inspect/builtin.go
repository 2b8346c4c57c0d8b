package inspect

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// noLimit is the depth of a value that is printed without one. What lies below
// it has no depth either, so it is never cut off and never put on one line.
var noLimit = math.NaN()

// regExp shapes a regular expression.
func (s *state) regExp(p *shape, c *class, depth float64) (t text, done bool) {
	if c.known {
		p.base = s.mirror.RegExpString(c.object)
	} else {
		p.base = s.mirror.RegExpLiteral(c.object)
	}
	if prefix := c.prefix("RegExp", ""); prefix != "RegExp " {
		p.base = prefix + p.base
	}
	if p.bare() || depth > s.opts.Depth {
		return str(s.style(p.base, styleRegExp)), true
	}
	return t, false
}

// date shapes a Date.
func (s *state) date(p *shape, c *class, depth float64) (t text, done bool) {
	if math.IsNaN(s.mirror.DateTime(c.object)) {
		p.base = "Invalid Date"
	} else {
		p.base = isoDate(s.mirror.DateTime(c.object))
	}
	if prefix := c.prefix("Date", ""); prefix != "Date " {
		p.base = prefix + p.base
	}
	if p.bare() {
		return str(s.style(p.base, styleDate)), true
	}
	return t, false
}

// isoDate is Date.prototype.toISOString for a time value.
func isoDate(ms float64) string {
	t := time.UnixMilli(int64(ms)).UTC()
	if y := t.Year(); y < 0 {
		return fmt.Sprintf("-%06d", -y) + t.Format("-01-02T15:04:05.000Z")
	} else if y > 9999 {
		return fmt.Sprintf("+%06d", y) + t.Format("-01-02T15:04:05.000Z")
	}
	return t.Format("2006-01-02T15:04:05.000Z")
}

// promise prints the state of a Promise.
func (s *state) promise(o *goja.Object, depth float64) []text {
	promise, ok := o.Export().(*goja.Promise)
	if !ok || promise.State() == goja.PromiseStatePending {
		return []text{str(s.style("<pending>", styleSpecial))}
	}
	s.indent += 2
	t := s.value(orUndefined(promise.Result()), depth)
	s.indent -= 2
	if promise.State() == goja.PromiseStateRejected {
		t = concat(str(s.style("<rejected>", styleSpecial)+" "), t)
	}
	return []text{t}
}

// boxed returns the text for a wrapped primitive: [Number: 1].
func (s *state) boxed(p *shape, c *class) string {
	v := s.mirror.Unbox(c.object)
	var name string
	var st style
	switch mirror.TypeOf(v) {
	case mirror.TypeString:
		name, st = "String", styleString
		// The characters are not shown again as properties.
		n, fields := v.(goja.String).Length(), p.fields[:0]
		for _, f := range p.fields {
			if f.key.Symbol != nil || !indexBelow(f.key.Name(), n) {
				fields = append(fields, f)
			}
		}
		p.fields = fields
	case mirror.TypeNumber:
		name, st = "Number", styleNumber
	case mirror.TypeBoolean:
		name, st = "Boolean", styleBoolean
	case mirror.TypeBigInt:
		name, st = "BigInt", styleBigInt
	default:
		name, st = "Symbol", styleSymbol
	}
	text := "[" + name
	if name != c.name {
		if c.known {
			text += " (" + c.name + ")"
		} else {
			text += " (null prototype)"
		}
	}
	plain := *s
	plain.opts.Colors, plain.opts.stylize = false, nil
	text += ": " + plain.primitive(v) + "]"
	if c.tag != "" && c.tag != c.name {
		text += " [" + c.tag + "]"
	}
	if !p.bare() {
		return text
	}
	return s.style(text, st)
}

// indexBelow reports whether name is an array index less than n.
func indexBelow(name string, n int) bool {
	if !mirror.IsIndex(name) {
		return false
	}
	i, err := strconv.Atoi(name)
	return err == nil && i < n
}

// module shapes the namespace object of a module. An export that is not
// initialised yet throws when it is read.
func (s *state) module(p *shape, c *class, depth float64) {
	p.open = c.prefix("Module", "") + "{"
	fields := p.fields
	p.fields = nil
	p.parts = func() []text {
		parts := make([]text, len(fields))
		for i, f := range fields {
			var v goja.Value
			if ex := s.vm.Try(func() { v = s.mirror.Get(c.object, f.key) }); ex != nil {
				parts[i] = str(s.name(f.key, true) + ": " + s.style("<uninitialized>", styleSpecial))
				continue
			}
			own, _ := s.mirror.Own(c.object, f.key)
			prop := mirror.Property{Value: orUndefined(v), Enumerable: own.Enumerable}
			parts[i] = s.propertyOf(c.object, f, prop, false, depth+1)
		}
		return parts
	}
}

// toTextLenient is String(v): it takes symbols, too.
func (in *Inspector) toTextLenient(v goja.Value) string {
	if sym, ok := v.(*goja.Symbol); ok {
		return symbolText(sym)
	}
	return in.toText(v)
}

// indentLines indents every line after the first by the current columns.
func (s *state) indentLines(text string) string {
	if s.indent == 0 || !strings.Contains(text, "\n") {
		return text
	}
	return strings.ReplaceAll(text, "\n", s.newline(0))
}
