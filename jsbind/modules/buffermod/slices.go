package buffermod

import (
	"bytes"
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) outOfBounds(name string) {
	if name == "" {
		m.rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_BUFFER_OUT_OF_BOUNDS", "Attempt to access memory outside buffer bounds"))
	}
	m.rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_BUFFER_OUT_OF_BOUNDS", `"`+name+`" is outside of buffer bounds`))
}

// slices adds what makes text, copies and views.
func (m *module) slices() {
	rt := m.rt
	_ = m.proto.Set("toLocaleString", m.method("toString", 3, m.toString))
	m.method("toJSON", 0, func(c goja.FunctionCall) goja.Value {
		p := m.self(c.This)
		items := make([]any, len(p))
		for i, b := range p {
			items[i] = rt.VM.ToValue(int(b))
		}
		o := rt.VM.NewObject()
		_ = o.Set("type", "Buffer")
		_ = o.Set("data", rt.VM.NewArray(items...))
		return o
	})
	m.method("subarray", 2, m.subarray)
	m.method("slice", 2, m.subarray)
	m.method("copy", 4, m.copy)
	m.method("equals", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(bytes.Equal(m.self(c.This), m.arg(c.Argument(0), "otherBuffer")))
	})
	m.method("compare", 5, m.compare)
	m.method("write", 4, m.write)
	for _, e := range []struct {
		name string
		enc  buffer.Encoding
	}{{"utf8", buffer.UTF8}, {"ucs2", buffer.UTF16LE}, {"utf16le", buffer.UTF16LE}, {"latin1", buffer.Latin1}, {"ascii", buffer.ASCII}, {"base64", buffer.Base64}, {"base64url", buffer.Base64URL}, {"hex", buffer.Hex}} {
		m.method(e.name+"Slice", 2, func(c goja.FunctionCall) goja.Value {
			p := m.self(c.This)
			start, end := m.sliceArg(c.Argument(0), 0, len(p)), m.sliceArg(c.Argument(1), len(p), len(p))
			if end < start {
				end = start
			}
			return m.text(p[start:end], e.enc)
		})
		m.method(e.name+"Write", 3, func(c goja.FunctionCall) goja.Value {
			p := m.self(c.This)
			m.rt.String(c.Argument(0), "argument")
			off, n := 0, len(p)
			if v := c.Argument(1); !goja.IsUndefined(v) {
				off = int(v.ToInteger())
			}
			if off < 0 || off > len(p) {
				m.outOfBounds("offset")
			}
			n -= off
			if v := c.Argument(2); !goja.IsUndefined(v) {
				l := int(v.ToInteger())
				if l < 0 || l > n {
					m.outOfBounds("length")
				}
				n = l
			}
			return rt.VM.ToValue(m.put(p[off:off+n], c.Argument(0), e.enc))
		})
	}
	for _, name := range []string{"parent", "offset"} {
		rt.Accessor(m.proto, name, func(this goja.Value) goja.Value {
			o, ok := this.(*goja.Object)
			if !ok || !m.isBuffer(o) {
				return goja.Undefined()
			}
			if name == "parent" {
				return o.Get("buffer")
			}
			return o.Get("byteOffset")
		}, nil, true)
	}
	inspect := rt.Inspector.BufferFunction()
	rt.InspectMaxBytes = m.inspectMaxBytes
	_ = m.proto.DefineDataProperty("inspect", inspect, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	_ = m.proto.DefineDataPropertySymbol(rt.SymbolFor("nodejs.util.inspect.custom"), inspect, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (m *module) sliceArg(v goja.Value, def, length int) int {
	if v == nil || goja.IsUndefined(v) {
		return def
	}
	n := v.ToInteger()
	if n < 0 || n > int64(length) {
		m.outOfBounds("")
	}
	return int(n)
}

func (m *module) toString(c goja.FunctionCall) goja.Value {
	p := m.self(c.This)
	if len(c.Arguments) == 0 {
		return m.text(p, buffer.UTF8)
	}
	clamp := func(v goja.Value, def int) int {
		if goja.IsUndefined(v) {
			return def
		}
		f := v.ToFloat()
		if f != f || f <= 0 {
			return 0
		}
		if f >= float64(len(p)) {
			return len(p)
		}
		return int(f)
	}
	start, end := clamp(c.Argument(1), 0), clamp(c.Argument(2), len(p))
	if end <= start {
		return m.rt.VM.ToValue("")
	}
	enc := c.Argument(0)
	if goja.IsUndefined(enc) {
		return m.text(p[start:end], buffer.UTF8)
	}
	if goja.IsNull(enc) {
		m.rt.Throw(nodeerr.UnknownEncoding("null"))
	}
	return m.text(p[start:end], m.encoding(enc))
}

// subarray shares memory; negative bounds count from the end.
func (m *module) subarray(c goja.FunctionCall) goja.Value {
	p := m.self(c.This)
	o := c.This.(*goja.Object)
	n := float64(len(p))
	bound := func(v goja.Value, def float64) float64 {
		if v == nil || goja.IsUndefined(v) {
			return def
		}
		f := math.Trunc(v.ToFloat())
		switch {
		case f != f:
			return 0
		case f < 0:
			return math.Max(0, f+n)
		}
		return math.Min(f, n)
	}
	start, end := bound(c.Argument(0), 0), bound(c.Argument(1), n)
	if end < start {
		end = start
	}
	base := o.Get("byteOffset").ToInteger()
	return m.view(o.Get("buffer"), m.rt.VM.ToValue(base+int64(start)), m.rt.VM.ToValue(int64(end-start)))
}

func (m *module) copy(c goja.FunctionCall) goja.Value {
	src := m.arg(c.This, "source")
	dst := m.arg(c.Argument(0), "target")
	num := func(v goja.Value, name string, def int, check func(f float64) bool, want string) int {
		if goja.IsUndefined(v) {
			return def
		}
		f := v.ToFloat()
		if f != f {
			return def
		}
		f = math.Trunc(f)
		if !check(f) {
			m.rt.OutOfRange(name, want, v)
		}
		if f > math.MaxInt32 {
			return math.MaxInt32
		}
		return int(f)
	}
	ts := num(c.Argument(1), "targetStart", 0, func(f float64) bool { return f >= 0 }, ">= 0")
	ss := num(c.Argument(2), "sourceStart", 0, func(f float64) bool { return f >= 0 && f <= float64(len(src)) }, ">= 0 && <= "+bind.FormatNumber(float64(len(src))))
	se := num(c.Argument(3), "sourceEnd", len(src), func(f float64) bool { return f >= 0 }, ">= 0")
	if ts >= len(dst) || ss >= se {
		return m.rt.VM.ToValue(0)
	}
	return m.rt.VM.ToValue(copy(dst[ts:], src[ss:min(se, len(src))]))
}

func (m *module) compare(c goja.FunctionCall) goja.Value {
	p, q := m.self(c.This), m.arg(c.Argument(0), "target")
	rng := func(i int, name string, def, max int) int {
		v := c.Argument(i)
		if goja.IsUndefined(v) {
			return def
		}
		return int(m.rt.Integer(v, name, 0, float64(max)))
	}
	ts := rng(1, "targetStart", 0, bind.MaxSafe)
	te := rng(2, "targetEnd", len(q), len(q))
	ss := rng(3, "sourceStart", 0, bind.MaxSafe)
	se := rng(4, "sourceEnd", len(p), len(p))
	if ss >= se {
		if ts >= te {
			return m.rt.VM.ToValue(0)
		}
		return m.rt.VM.ToValue(-1)
	}
	if ts >= te {
		return m.rt.VM.ToValue(1)
	}
	return m.rt.VM.ToValue(bytes.Compare(p[ss:se], q[ts:te]))
}

// write is buf.write(string[, offset[, length]][, encoding]).
func (m *module) write(c goja.FunctionCall) goja.Value {
	p := m.self(c.This)
	str := c.Argument(0)
	if !goja.IsString(str) {
		m.rt.ArgType("argument", str, "string")
	}
	off, length, enc := c.Argument(1), c.Argument(2), c.Argument(3)
	switch {
	case goja.IsUndefined(off):
		return m.rt.VM.ToValue(m.put(p, str, buffer.UTF8))
	case goja.IsUndefined(length) && goja.IsString(off):
		return m.rt.VM.ToValue(m.put(p, str, m.encodingOrUTF8(off)))
	}
	o := int(m.rt.Integer(off, "offset", 0, float64(len(p))))
	n := len(p) - o
	switch {
	case goja.IsUndefined(length):
	case goja.IsString(length):
		enc = length
	default:
		n = min(int(m.rt.Integer(length, "length", 0, float64(len(p)))), n)
	}
	return m.rt.VM.ToValue(m.put(p[o:o+n], str, m.encodingOrUTF8(enc)))
}

// put encodes str into dst as far as whole characters fit.
func (m *module) put(dst []byte, str goja.Value, e buffer.Encoding) int {
	b := Encode(str, e)
	n := min(len(b), len(dst))
	if n < len(b) {
		switch e {
		case buffer.UTF8:
			for n > 0 && b[n]&0xc0 == 0x80 {
				n--
			}
		case buffer.UTF16LE:
			n &^= 1
		}
	}
	return copy(dst, b[:n])
}

// inspectMaxBytes is the exported INSPECT_MAX_BYTES, which a program may change.
func (m *module) inspectMaxBytes() int {
	if v := m.exports.Get("INSPECT_MAX_BYTES"); v != nil {
		return int(min(v.ToFloat(), math.MaxInt32))
	}
	return 50
}
