package buffermod

import (
	"bytes"
	"reflect"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// statics adds the constructor's functions.
func (m *module) statics() {
	rt := m.rt
	m.static("from", 3, func(c goja.FunctionCall) goja.Value { return m.from(c) })
	m.static("of", 0, func(c goja.FunctionCall) goja.Value {
		p := make([]byte, len(c.Arguments))
		for i, a := range c.Arguments {
			p[i] = byte(toInt32(a))
		}
		return m.make(p)
	})
	m.static("alloc", 3, func(c goja.FunctionCall) goja.Value {
		n := m.size(c.Argument(0))
		o := m.alloc(n)
		if fill := c.Argument(1); !goja.IsUndefined(fill) && n > 0 {
			if !(goja.IsNumber(fill) && fill.ToInteger() == 0) {
				m.fillWith(o, m.self(o), fill, goja.Undefined(), goja.Undefined(), c.Argument(2))
			}
		}
		return o
	})
	unsafe := func(c goja.FunctionCall) goja.Value { return m.alloc(m.size(c.Argument(0))) }
	m.static("allocUnsafe", 1, unsafe)
	m.static("allocUnsafeSlow", 1, unsafe)
	m.static("isBuffer", 1, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.isBuffer(c.Argument(0))) })
	m.static("isEncoding", 1, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if !goja.IsString(v) || v.String() == "" {
			return rt.VM.ToValue(false)
		}
		_, ok := buffer.ParseEncoding(v.String())
		return rt.VM.ToValue(ok)
	})
	m.static("byteLength", 2, m.byteLength)
	m.static("compare", 2, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(bytes.Compare(m.arg(c.Argument(0), "buf1"), m.arg(c.Argument(1), "buf2")))
	})
	m.static("concat", 2, m.concat)
	m.static("copyBytesFrom", 3, m.copyBytesFrom)
	rt.Accessor(m.ctor, "poolSize", func(goja.Value) goja.Value { return m.poolSize }, func(_, v goja.Value) { m.poolSize = v }, true)
}

func (m *module) isBuffer(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		if p == m.proto {
			return true
		}
	}
	return false
}

// arg returns the bytes of an argument that must be a Uint8Array.
func (m *module) arg(v goja.Value, name string) []byte {
	b, ok := bind.BytesOf(v)
	if !ok {
		m.rt.ArgType(name, v, "Buffer", "Uint8Array")
	}
	return b
}

func toInt32(v goja.Value) int32 { return int32(v.ToInteger()) }

// from is Buffer.from for all it takes: strings, array buffers, views, arrays,
// boxed strings and objects with valueOf or toPrimitive.
func (m *module) from(c goja.FunctionCall) *goja.Object {
	v := c.Argument(0)
	if goja.IsString(v) {
		return m.make(Encode(v, m.encodingOrUTF8(c.Argument(1))))
	}
	if o, ok := v.(*goja.Object); ok && !bind.IsCallable(v) {
		if r := m.fromObject(o, c.Argument(1), c.Argument(2)); r != nil {
			return r
		}
	}
	m.rt.ArgType("first argument", v, "string", "Buffer", "ArrayBuffer", "Array", "Array-like Object")
	return nil
}

func (m *module) fromObject(o *goja.Object, second, third goja.Value) *goja.Object {
	if ab, ok := o.Export().(goja.ArrayBuffer); ok {
		return m.fromArrayBuffer(o, ab, second, third)
	}
	if vo, ok := o.Get("valueOf").(*goja.Object); ok && bind.IsCallable(vo) {
		if pv := m.rt.Call(vo, o); !bind.IsNullish(pv) && pv != goja.Value(o) {
			if goja.IsString(pv) || isObject(pv) {
				return m.from(goja.FunctionCall{Arguments: []goja.Value{pv, second, third}})
			}
		}
	}
	if r := m.fromArrayLike(o); r != nil {
		return r
	}
	if tp := o.GetSymbol(goja.SymToPrimitive); tp != nil && bind.IsCallable(tp) {
		pv := m.rt.Call(tp, o, m.rt.VM.ToValue("string"))
		if goja.IsString(pv) {
			return m.make(Encode(pv, m.encodingOrUTF8(second)))
		}
	}
	return nil
}

func isObject(v goja.Value) bool { _, ok := v.(*goja.Object); return ok }

func (m *module) fromArrayBuffer(o *goja.Object, ab goja.ArrayBuffer, offset, length goja.Value) *goja.Object {
	n := len(ab.Bytes())
	off := 0
	if !goja.IsUndefined(offset) {
		f := offset.ToFloat()
		if f == f {
			off = int(offset.ToInteger())
		}
	}
	if off < 0 || off > n {
		m.outOfBounds("offset")
	}
	max := n - off
	cnt := max
	if !goja.IsUndefined(length) {
		f := length.ToFloat()
		switch {
		case f > 0 && f > float64(max):
			m.outOfBounds("length")
		case f > 0:
			cnt = int(length.ToInteger())
		default:
			cnt = 0
		}
	}
	return m.view(o, m.rt.VM.ToValue(off), m.rt.VM.ToValue(cnt))
}

// fromArrayLike copies an array, a typed array, the JSON form of a Buffer, or
// any object with a length.
func (m *module) fromArrayLike(o *goja.Object) *goja.Object {
	if p, ok := bind.BytesOf(o); ok {
		return m.make(append([]byte(nil), p...))
	}
	if n := o.Get("length"); n != nil && !goja.IsUndefined(n) || holdsArrayBuffer(o) {
		if !goja.IsNumber(n) {
			return m.alloc(0)
		}
		return m.make(m.items(o, int(n.ToInteger())))
	}
	if t := o.Get("type"); t != nil && t.String() == "Buffer" {
		if d, ok := o.Get("data").(*goja.Object); ok && bind.IsArray(d) {
			return m.make(m.items(d, int(d.Get("length").ToInteger())))
		}
	}
	return nil
}

// holdsArrayBuffer reports whether o.buffer is an ArrayBuffer, as that of a view
// is.
func holdsArrayBuffer(o *goja.Object) bool {
	b, ok := o.Get("buffer").(*goja.Object)
	if !ok || b.ExportType() != arrayBufferType {
		return false
	}
	return true
}

var arrayBufferType = reflect.TypeFor[goja.ArrayBuffer]()

func (m *module) items(o *goja.Object, n int) []byte {
	if n < 0 {
		n = 0
	}
	p := make([]byte, n)
	for i := range p {
		if v := o.Get(bind.FormatNumber(float64(i))); v != nil {
			p[i] = byte(toInt32(v))
		}
	}
	return p
}

func (m *module) byteLength(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if !goja.IsString(v) {
		if o, ok := v.(*goja.Object); ok {
			if n := o.Get("byteLength"); n != nil && goja.IsNumber(n) {
				return n
			}
		}
		m.rt.ArgType("string", v, "string", "Buffer", "ArrayBuffer")
	}
	e := buffer.UTF8
	if enc := c.Argument(1); goja.IsString(enc) {
		if x, ok := buffer.ParseEncoding(enc.String()); ok {
			e = x
		}
	}
	switch e {
	case buffer.UTF8:
		return m.rt.VM.ToValue(len(v.String()))
	case buffer.UTF16LE:
		return m.rt.VM.ToValue(2 * v.(goja.String).Length())
	case buffer.Latin1, buffer.ASCII:
		return m.rt.VM.ToValue(v.(goja.String).Length())
	}
	return m.rt.VM.ToValue(buffer.ByteLength(v.String(), e))
}

func (m *module) concat(c goja.FunctionCall) goja.Value {
	list, ok := c.Argument(0).(*goja.Object)
	if !ok || !bind.IsArray(list) {
		m.rt.ArgType("list", c.Argument(0), "Array")
	}
	n := int(list.Get("length").ToInteger())
	parts := make([][]byte, n)
	total := 0
	for i := range parts {
		v := list.Get(bind.FormatNumber(float64(i)))
		b, ok := bind.BytesOf(v)
		if !ok {
			m.rt.ArgType("list["+bind.FormatNumber(float64(i))+"]", v, "Buffer", "Uint8Array")
		}
		parts[i] = b
		total += len(b)
	}
	if n == 0 {
		return m.alloc(0)
	}
	if l := c.Argument(1); !goja.IsUndefined(l) {
		total = int(m.rt.Integer(l, "length", 0, maxLength))
		if total > maxAlloc {
			m.size(l)
		}
	}
	out := make([]byte, total)
	at := 0
	for _, b := range parts {
		at += copy(out[at:], b)
	}
	return m.make(out)
}

// copyBytesFrom is Buffer.copyBytesFrom(view[, offset[, length]]), counted in
// the view's elements.
func (m *module) copyBytesFrom(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	var per, n goja.Value
	if ok {
		per, n = o.Get("BYTES_PER_ELEMENT"), o.Get("length")
	}
	if !ok || per == nil || n == nil {
		m.rt.ArgType("view", c.Argument(0), "TypedArray")
	}
	length, off := int(n.ToInteger()), 0
	if v := c.Argument(1); !goja.IsUndefined(v) {
		off = int(m.rt.Integer(v, "offset", 0, bind.MaxSafe))
		if off >= length {
			return m.alloc(0)
		}
	}
	end := length
	if v := c.Argument(2); !goja.IsUndefined(v) {
		if e := off + int(m.rt.Integer(v, "length", 0, bind.MaxSafe)); e < end {
			end = e
		}
	}
	all, _ := o.Get("buffer").Export().(goja.ArrayBuffer)
	start := int(o.Get("byteOffset").ToInteger())
	size := int(per.ToInteger())
	return m.make(append([]byte(nil), all.Bytes()[start+off*size:start+end*size]...))
}
