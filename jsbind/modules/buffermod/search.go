package buffermod

import (
	"bytes"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// search adds indexOf, lastIndexOf, includes and the swaps.
func (m *module) search() {
	rt := m.rt
	m.method("indexOf", 3, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.index(c, true)) })
	last := m.method("lastIndexOf", 3, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.index(c, false)) })
	lang.MakeConstructor(rt.VM, last)
	m.method("includes", 3, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.index(c, true) >= 0) })
	for _, w := range []int{2, 4, 8} {
		bits := bind.FormatNumber(float64(8 * w))
		m.method("swap"+bits, 0, func(c goja.FunctionCall) goja.Value {
			p := m.self(c.This)
			if len(p)%w != 0 {
				rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_INVALID_BUFFER_SIZE", "Buffer size must be a multiple of "+bits+"-bits"))
			}
			for i := 0; i < len(p); i += w {
				for a, b := i, i+w-1; a < b; a, b = a+1, b-1 {
					p[a], p[b] = p[b], p[a]
				}
			}
			return c.This
		})
	}
}

// index is indexOf and lastIndexOf(value[, byteOffset][, encoding]).
func (m *module) index(c goja.FunctionCall, forward bool) int {
	p := m.searched(c.This)
	val, off, enc := c.Argument(0), c.Argument(1), c.Argument(2)
	if goja.IsString(off) {
		enc, off = off, goja.Undefined()
	}
	start := 0.0
	switch f := off.ToFloat(); {
	case goja.IsUndefined(off) || f != f:
		if !forward {
			start = float64(len(p))
		}
	case f > 1<<31-1:
		start = 1<<31 - 1
	case f < -(1 << 31):
		start = -(1 << 31)
	default:
		start = float64(int64(f))
	}
	if goja.IsNumber(val) {
		return find(p, []byte{byte(val.ToInteger())}, int(start), forward, 1)
	}
	e := buffer.UTF8
	if goja.IsString(val) {
		if !goja.IsUndefined(enc) {
			e = m.encoding(enc)
		}
		step := 1
		if e == buffer.UTF16LE {
			step = 2
		}
		return find(p, Encode(val, e), int(start), forward, step)
	}
	b, ok := bind.BytesOf(val)
	if !ok {
		m.rt.ArgType("value", val, "number", "string", "Buffer", "Uint8Array")
	}
	step := 1
	if goja.IsString(enc) {
		if x, ok := buffer.ParseEncoding(enc.String()); ok && x == buffer.UTF16LE {
			step = 2
		}
	}
	return find(p, b, int(start), forward, step)
}

// find searches needle in p from start, which counts from the end when
// negative; step is the width of an alignment.
func find(p, needle []byte, start int, forward bool, step int) int {
	n := len(p)
	if start < 0 {
		start += n
		if start < 0 {
			if !forward {
				return -1
			}
			start = 0
		}
	}
	if start > n {
		if forward {
			start = n
			if len(needle) > 0 {
				return -1
			}
		} else {
			start = n
		}
	}
	if len(needle) == 0 {
		return start
	}
	if n < len(needle) {
		return -1
	}
	if forward {
		for at := start; at+len(needle) <= n; {
			i := bytes.Index(p[at:], needle)
			if i < 0 {
				return -1
			}
			if (at+i)%step == 0 {
				return at + i
			}
			at += i + 1
		}
		return -1
	}
	for at := min(start, n-len(needle)); at >= 0; at-- {
		i := bytes.LastIndex(p[:at+len(needle)], needle)
		if i < 0 || i%step == 0 {
			return i
		}
		at = i
	}
	return -1
}

// searched is self for the searches, which word its absence otherwise.
func (m *module) searched(v goja.Value) []byte {
	b, ok := bind.BytesOf(v)
	if !ok {
		m.rt.ArgType("buffer", v, "Buffer", "TypedArray", "DataView")
	}
	return b
}
