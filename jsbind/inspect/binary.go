package inspect

import (
	"strings"

	"github.com/dop251/goja"
)

// typedArray prints the elements of a TypedArray and, with showHidden, what it
// is a view of.
func (s *state) typedArray(c *class, length int, depth float64) []text {
	o := c.object
	shown, left := limitOf(float64(length), s.opts.MaxArrayLength)
	parts := make([]text, 0, shown+1)
	for i := range shown {
		v := o.Get(itoa(i))
		if v == nil {
			v = goja.Undefined()
		}
		parts = append(parts, str(s.primitive(v)))
	}
	if left > 0 {
		parts = append(parts, str(more(left, "item")))
	}
	if s.opts.ShowHidden {
		s.indent += 2
		for _, name := range []string{"BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"} {
			parts = append(parts, concat(str(s.style("["+name+"]", styleString)+": "), s.valueAs(orUndefined(o.Get(name)), depth, true)))
		}
		s.indent -= 2
	}
	return parts
}

// arrayBuffer shapes an ArrayBuffer. One that a typed array shows has only a
// length.
func (s *state) arrayBuffer(p *shape, c *class, viewed bool) (t text, done bool) {
	p.open = c.prefix("ArrayBuffer", "") + "{"
	if viewed && p.bare() {
		length := s.value(orUndefined(c.object.Get("byteLength")), 0)
		return concat(str(p.open+" [byteLength]: "), length, str(" }")), true
	}
	p.parts = func() []text {
		length := s.pseudo(c.object, "byteLength", 0)
		if viewed {
			return []text{length}
		}
		return []text{str(s.bytes(c.object)), length}
	}
	return t, false
}

// bytes prints the contents of an ArrayBuffer in hexadecimal.
func (s *state) bytes(o *goja.Object) string {
	buffer, _ := o.Export().(goja.ArrayBuffer)
	if buffer.Detached() {
		return s.style("(detached)", styleSpecial)
	}
	data := buffer.Bytes()
	shown, left := limitOf(float64(len(data)), s.opts.MaxArrayLength)
	text := hexBytes(data[:shown])
	if left > 0 {
		text += " " + more(left, "byte")
	}
	return s.style("[Uint8Contents]", styleSpecial) + ": <" + text + ">"
}

// hexBytes returns bytes as pairs of hexadecimal digits with spaces between.
func hexBytes(data []byte) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	b.Grow(3 * len(data))
	for i, c := range data {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

// dataView shapes a DataView: its extent and its buffer.
func (s *state) dataView(p *shape, c *class, depth float64) {
	p.open = c.prefix("DataView", "") + "{"
	p.parts = func() []text {
		return []text{
			s.pseudo(c.object, "byteLength", depth+1),
			s.pseudo(c.object, "byteOffset", depth+1),
			s.pseudo(c.object, "buffer", depth+1),
		}
	}
}

// pseudo prints what is no own property as if it were a hidden one. Where the
// buffer has been detached a length is 0 and anything else undefined, and the
// indentation stays, as it does in Node.
func (s *state) pseudo(o *goja.Object, name string, depth float64) text {
	s.indent += 2
	var v goja.Value
	if s.vm.Try(func() { v = orUndefined(o.Get(name)) }) != nil {
		v = goja.Undefined()
		if name == "byteLength" {
			v = s.vm.ToValue(0)
		}
		return concat(str(s.style("["+name+"]", styleString)+": "), s.value(v, depth))
	}
	t := s.value(v, depth)
	s.indent -= 2
	return concat(str(s.style("["+name+"]", styleString)+": "), t)
}
