package buffermod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) fill() {
	m.method("fill", 4, func(c goja.FunctionCall) goja.Value {
		m.fillWith(c.This, m.self(c.This), c.Argument(0), c.Argument(1), c.Argument(2), c.Argument(3))
		return c.This
	})
}

// fillWith is buf.fill(value[, offset[, end]][, encoding]).
func (m *module) fillWith(this goja.Value, p []byte, value, offset, end, encoding goja.Value) {
	rt := m.rt
	var pattern []byte
	text := goja.IsString(value)
	if text {
		switch {
		case goja.IsString(offset):
			encoding, offset, end = offset, goja.Undefined(), goja.Undefined()
		case goja.IsString(end):
			encoding, end = end, goja.Undefined()
		}
		if !goja.IsUndefined(encoding) && !goja.IsString(encoding) {
			rt.ArgType("encoding", encoding, "string")
		}
		e := buffer.UTF8
		if goja.IsString(encoding) && encoding.String() != "" {
			e = m.encoding(encoding)
		}
		pattern = Encode(value, e)
		if value.String() == "" {
			pattern = []byte{0}
		}
	} else if b, ok := bind.BytesOf(value); ok {
		pattern = b
	} else if goja.IsUndefined(value) || goja.IsNull(value) {
		pattern = []byte{0}
	} else {
		pattern = []byte{byte(toInt32(value.ToNumber()))}
	}
	from, to := 0, len(p)
	if !goja.IsUndefined(offset) {
		from = int(rt.NumberIn(offset, "offset", 0, maxLength))
		if !goja.IsUndefined(end) {
			to = int(rt.NumberIn(end, "end", 0, float64(len(p))))
		}
		if from >= to {
			return
		}
	}
	if to > len(p) || from > len(p) {
		m.outOfBounds("")
	}
	if len(pattern) == 0 {
		text := value.String()
		if !goja.IsString(value) {
			text = rt.Inspect(value, 2)
		} else {
			text = "'" + text + "'"
		}
		rt.Throw(nodeerr.InvalidArgValue("value", text, ""))
	}
	dst := p[from:to]
	n := copy(dst, pattern)
	for n < len(dst) {
		n += copy(dst[n:], dst[:n])
	}
}
