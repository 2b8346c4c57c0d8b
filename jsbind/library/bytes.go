package library

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

// View describes a view of a buffer.
type View struct {
	Buffer         goja.ArrayBuffer
	Object         *goja.Object // the buffer's object
	Offset, Length int          // in bytes
}

// ViewOf returns what a typed array or DataView shows; ok is false for other
// values.
func ViewOf(rt *bind.Runtime, v goja.Value) (w View, ok bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return w, false
	}
	var owner goja.Value
	switch rt.Mirror.Kind(o) {
	case mirror.TypedArray:
		w.Length, w.Offset, owner = rt.Mirror.TypedArrayExtent(o)
	case mirror.DataView:
		w.Length, w.Offset, owner = rt.Mirror.DataViewExtent(o)
	default:
		return w, false
	}
	w.Object = owner.(*goja.Object)
	w.Buffer, ok = w.Object.Export().(goja.ArrayBuffer)
	return w, ok
}

// bytes adds functions over buffers and views.
func (h *host) bytes() {
	rt := h.rt
	h.set("isView", func(c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		if ok {
			k := rt.Mirror.Kind(o)
			ok = k == mirror.TypedArray || k == mirror.DataView
		}
		return rt.VM.ToValue(ok)
	})
	h.set("isAnyBuffer", func(c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		return rt.VM.ToValue(ok && rt.Mirror.Kind(o) == mirror.ArrayBuffer)
	})
	h.set("viewBuffer", func(c goja.FunctionCall) goja.Value {
		if w, ok := ViewOf(rt, c.Argument(0)); ok {
			return w.Object
		}
		return goja.Undefined()
	})
	h.set("viewOffset", func(c goja.FunctionCall) goja.Value {
		w, _ := ViewOf(rt, c.Argument(0))
		return rt.VM.ToValue(w.Offset)
	})
	h.set("viewLength", func(c goja.FunctionCall) goja.Value {
		w, _ := ViewOf(rt, c.Argument(0))
		return rt.VM.ToValue(w.Length)
	})
	buffer := func(v goja.Value) (goja.ArrayBuffer, bool) {
		o, ok := v.(*goja.Object)
		if !ok {
			return goja.ArrayBuffer{}, false
		}
		b, ok := o.Export().(goja.ArrayBuffer)
		return b, ok
	}
	h.set("bufferLength", func(c goja.FunctionCall) goja.Value {
		b, _ := buffer(c.Argument(0))
		return rt.VM.ToValue(len(b.Bytes()))
	})
	h.set("isDetached", func(c goja.FunctionCall) goja.Value {
		b, ok := buffer(c.Argument(0))
		return rt.VM.ToValue(ok && b.Detached())
	})
	// transfer moves the memory of a buffer to a new one.
	h.set("transfer", func(c goja.FunctionCall) goja.Value {
		b, _ := buffer(c.Argument(0))
		p := b.Bytes()
		out := rt.VM.NewArrayBuffer(p)
		b.Detach()
		return rt.VM.ToValue(out)
	})
	h.set("copyBytes", func(c goja.FunctionCall) goja.Value { // to, at, from, at, n
		to, _ := buffer(c.Argument(0))
		from, _ := buffer(c.Argument(2))
		i, j, n := int(c.Argument(1).ToInteger()), int(c.Argument(3).ToInteger()), int(c.Argument(4).ToInteger())
		copy(to.Bytes()[i:i+n], from.Bytes()[j:j+n])
		return goja.Undefined()
	})
	h.set("sliceBuffer", func(c goja.FunctionCall) goja.Value { // buffer, offset, length
		b, _ := buffer(c.Argument(0))
		i, n := int(c.Argument(1).ToInteger()), int(c.Argument(2).ToInteger())
		return rt.VM.ToValue(rt.VM.NewArrayBuffer(append(make([]byte, 0, n), b.Bytes()[i:i+n]...)))
	})
	h.set("newBytes", func(c goja.FunctionCall) goja.Value { return Bytes(rt, make([]byte, c.Argument(0).ToInteger())) })
	h.set("encode", func(c goja.FunctionCall) goja.Value { // a string's UTF-8
		return Bytes(rt, []byte(c.Argument(0).ToString().String()))
	})
	h.set("copyOf", func(c goja.FunctionCall) goja.Value { // the bytes of a buffer or view, copied
		p, ok := rt.BufferSource(c.Argument(0))
		if !ok {
			return goja.Undefined()
		}
		return Bytes(rt, append(make([]byte, 0, len(p)), p...))
	})
	h.set("concat", func(c goja.FunctionCall) goja.Value { // views, joined in a Uint8Array
		var out []byte
		rt.VM.ForOf(c.Argument(0), func(v goja.Value) bool {
			p, _ := rt.BufferSource(v)
			out = append(out, p...)
			return true
		})
		return Bytes(rt, out)
	})
}

type uint8Key struct{}

// Bytes makes a Uint8Array over p, which is not copied.
func Bytes(rt *bind.Runtime, p []byte) *goja.Object {
	ctor, ok := rt.Value(uint8Key{}).(goja.Value)
	if !ok {
		ctor = rt.VM.Get("Uint8Array")
		rt.SetValue(uint8Key{}, ctor)
	}
	if p == nil {
		p = []byte{}
	}
	o, err := rt.VM.New(ctor, rt.VM.ToValue(rt.VM.NewArrayBuffer(p[:len(p):len(p)])))
	if err != nil {
		panic(err)
	}
	return o
}
