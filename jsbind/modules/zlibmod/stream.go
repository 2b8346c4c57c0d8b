package zlibmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
	"github.com/spindle-js/spindle/zlib"
)

// engine is the Go side of an object of one of the classes.
type engine struct {
	zlib.Stream
	obj  *goja.Object
	mode zlib.Mode
	// handle is the one that was made with the object.
	handle *handle
	out    *byte // of the _outBuffer that the object shows
}

// define makes the classes: ZlibBase, which has the methods, Zlib and Zstd
// below it, and the exported ones.
func (m *module) define() {
	rt := m.rt
	parent := streammod.Define(rt).Transform
	abstract := func(name string, parent *bind.Class, length int) *bind.Class {
		return rt.NewClass(bind.ClassDef{Name: name, Parent: parent, Length: length,
			New: func(this *goja.Object, a []goja.Value) *goja.Object {
				rt.Throw(nodeerr.MethodNotImplemented(name))
				return nil
			}})
	}
	base := abstract("ZlibBase", parent, 4)
	m.methods(base)
	zl := abstract("Zlib", base, 2)
	zl.Method("params", 3, m.params3)
	zl.Seal()
	brotli := abstract("Brotli", zl, 2).Seal()
	zstd := abstract("Zstd", base, 4).Seal()
	for _, c := range classes {
		parent := zl
		if c.mode.IsBrotli() {
			parent = brotli
		} else if c.mode.IsZstd() {
			parent = zstd
		}
		var cl *bind.Class
		cl = rt.NewClass(bind.ClassDef{Name: c.name, Key: "zlib." + c.name, Parent: parent, Length: 1,
			New: func(this *goja.Object, a []goja.Value) *goja.Object {
				var opts goja.Value = goja.Undefined()
				if len(a) > 0 {
					opts = a[0]
				}
				m.construct(cl, c.mode, this, opts)
				return nil
			},
			Called: func() { m.deprecate(c.name) },
		})
		cl.Seal()
		m.classes[c.mode] = cl
	}
	for kind := 0; kind <= zlib.Block; kind++ {
		b := rt.MakeBuffer([]byte{})
		m.flushes = append(m.flushes, b)
		m.kinds[b] = kind
	}
}

// deprecate warns of a call without new, once a class.
func (m *module) deprecate(name string) {
	if m.rt.Warn != nil && !m.warned["DEP0184"] {
		m.warned["DEP0184"] = true
		m.rt.Warn("Instantiating "+name+" without the 'new' keyword has been deprecated.", "DeprecationWarning", map[string]any{"code": "DEP0184"})
	}
}

// construct makes the engine of this, an object of class c.
func (m *module) construct(c *bind.Class, mode zlib.Mode, this *goja.Object, v goja.Value) *engine {
	rt := m.rt
	o, opts := m.read(mode, v)
	codec, err := zlib.NewCodec(mode, o.codec)
	if err != nil {
		rt.Throw(err)
	}
	so := stream.TransformOptions()
	if opts != nil {
		streammod.ReadOptions(rt, &so, opts)
		so.Encoding, so.ReadableObjectMode, so.WritableObjectMode = "", false, false
	}
	e := &engine{obj: this, mode: mode}
	e.Bind(c.Host(), e)
	c.Adopt(this, e)
	e.FlushKind = func(c buffer.Chunk) (int, bool) {
		b, _ := c.Value.(*goja.Object)
		k, ok := m.kinds[b]
		return k, ok
	}
	e.FlushChunk = func(kind int) buffer.Chunk {
		return buffer.Chunk{Kind: buffer.KindBytes, Bytes: []byte{}, Value: m.flushes[kind]}
	}
	e.CodecOf = func() zlib.Codec {
		if h := handleOf(this.Get("_handle")); h != nil && !h.closed {
			return h.codec
		}
		return nil
	}
	e.OnChanged = func() { m.show(e) }
	e.OnClosed = func() { m.close(e) }
	h := &handle{codec: codec, engine: e}
	e.handle = h
	state := m.uint32s(2)
	h.state = state
	if !mode.IsZstd() {
		_ = this.Set("_writeState", state)
	}
	e.Init(rt.Loop, c.Host(), e, codec, o.stream, so)
	_ = this.Set("bytesWritten", 0)
	_ = this.Set("_handle", m.newHandle(h, mode))
	_ = this.Set("_outBuffer", goja.Undefined())
	_ = this.Set("_outOffset", 0)
	_ = this.Set("_chunkSize", o.stream.ChunkSize)
	_ = this.Set("_defaultFlushFlag", o.stream.Flush)
	_ = this.Set("_finishFlushFlag", o.stream.FinishFlush)
	_ = this.Set("_defaultFullFlushFlag", o.stream.FullFlush)
	_ = this.Set("_info", o.info)
	_ = this.Set("_maxOutputLength", o.maxOutput)
	_ = this.Set("_rejectGarbageAfterEnd", o.stream.RejectGarbage)
	switch {
	case mode.IsZstd():
		_ = this.Set("_writeState", state)
	case !mode.IsBrotli():
		_ = this.Set("_level", o.codec.Level)
		_ = this.Set("_strategy", o.codec.Strategy)
		_ = this.Set("_mode", int(mode))
	}
	m.show(e)
	return e
}

// uint32s makes a Uint32Array of zeros.
func (m *module) uint32s(n int) *goja.Object {
	a, err := m.rt.VM.New(m.rt.VM.Get("Uint32Array"), m.rt.VM.ToValue(n))
	if err != nil {
		panic(err)
	}
	return a
}

// show copies what changed to the object's own properties.
func (m *module) show(e *engine) {
	_ = e.obj.Set("bytesWritten", e.BytesWritten)
	_ = e.obj.Set("_outOffset", e.Offset)
	if p := &e.Out[0]; p != e.out {
		e.out = p
		_ = e.obj.Set("_outBuffer", m.rt.MakeBuffer(e.Out))
	}
}

// close closes the handle, as a program sees it.
func (m *module) close(e *engine) {
	if h, ok := e.obj.Get("_handle").(*goja.Object); ok {
		if f := h.Get("close"); f != nil && bind.IsCallable(f) {
			m.rt.Call(f, h)
		}
	}
	_ = e.obj.Set("_handle", goja.Null())
	if h := e.handle; h != nil && h.closed && h.codec != nil && !e.Busy() {
		zlib.Release(h.codec)
		h.codec = nil
	}
}

// of returns the engine behind this or throws.
func (m *module) of(v goja.Value) *engine {
	e, ok := bind.From(v).(*engine)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be a zlib stream"))
	}
	return e
}

// methods adds the methods of ZlibBase.
func (m *module) methods(c *bind.Class) {
	rt := m.rt
	c.Accessor("_closed", func(this goja.Value) goja.Value {
		return rt.VM.ToValue(bind.IsNullish(this.ToObject(rt.VM).Get("_handle")))
	}, nil, true)
	c.Method("reset", 0, func(call goja.FunctionCall) goja.Value {
		if !m.of(call.This).ResetCodec() {
			m.assert("zlib binding closed")
		}
		return goja.Undefined()
	})
	c.Method("_flush", 1, func(call goja.FunctionCall) goja.Value {
		this := call.This.ToObject(rt.VM)
		rt.Call(this.Get("_transform"), this, rt.MakeBuffer([]byte{}), rt.VM.ToValue(""), call.Argument(0))
		return goja.Undefined()
	})
	c.Method("_final", 1, func(call goja.FunctionCall) goja.Value {
		rt.Call(call.Argument(0), goja.Undefined())
		return goja.Undefined()
	})
	c.Method("flush", 2, m.flush)
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).Close(rt.Callback(call.Argument(0)))
		return goja.Undefined()
	})
	c.Method("_destroy", 2, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(1))
		m.of(call.This).BaseUnderDestroy(rt.GoError(call.Argument(0)), func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	c.Method("_transform", 3, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).BaseUnderTransform(m.chunk(call.Argument(0)), "", m.done(call.Argument(2)))
		return goja.Undefined()
	})
	c.Method("_processChunk", 3, m.processChunk)
	c.Seal()
}

// chunk makes a chunk of a view.
func (m *module) chunk(v goja.Value) buffer.Chunk {
	p, ok := m.view(v)
	if !ok {
		m.rt.ArgType("chunk", v, "string", "Buffer", "TypedArray", "DataView")
	}
	return buffer.Chunk{Kind: buffer.KindBytes, Bytes: p, Value: v}
}

// done makes a Go completion of the callback of _transform.
func (m *module) done(v goja.Value) func(error, buffer.Chunk) {
	return func(err error, _ buffer.Chunk) {
		if !bind.IsCallable(v) {
			return
		}
		if err != nil {
			m.rt.Call(v, goja.Undefined(), m.rt.ErrorValue(err))
			return
		}
		m.rt.Call(v, goja.Undefined())
	}
}

func (m *module) assert(message string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INTERNAL_ASSERTION", message+
		"\nThis is caused by either a bug in Node.js or incorrect usage of Node.js internals."+
		"\nPlease open an issue with this stack trace at https://github.com/nodejs/node/issues\n"))
}

// flush is zlibBase.flush([kind, ]callback).
func (m *module) flush(call goja.FunctionCall) goja.Value {
	e := m.of(call.This)
	kind, cb := call.Argument(0), call.Argument(1)
	if bind.IsCallable(kind) || goja.IsUndefined(kind) && !cb.ToBoolean() {
		kind, cb = m.rt.VM.ToValue(e.FullFlush), kind
	}
	k := -1
	if goja.IsNumber(kind) {
		k = int(kind.ToInteger())
	}
	if k < 0 || k >= len(m.flushes) {
		if !e.WritableEnded() {
			m.rt.ArgType("chunk", goja.Undefined(), "string", "Buffer", "TypedArray", "DataView")
		}
		k = 0
	}
	var done func(error)
	if bind.IsCallable(cb) {
		done = func(err error) {
			if err != nil {
				m.rt.Call(cb, goja.Undefined(), m.rt.ErrorValue(err))
				return
			}
			m.rt.Call(cb, goja.Undefined())
		}
	}
	e.Flush(k, done)
	return goja.Undefined()
}

// params3 is zlib.params(level, strategy, callback).
func (m *module) params3(call goja.FunctionCall) goja.Value {
	rt := m.rt
	e := m.of(call.This)
	level := m.required(call.Argument(0), "level", -1, 9)
	strategy := m.required(call.Argument(1), "strategy", 0, 4)
	cb := call.Argument(2)
	if bind.Get(e.obj, "_level").StrictEquals(call.Argument(0)) && bind.Get(e.obj, "_strategy").StrictEquals(call.Argument(1)) {
		rt.Function(cb, "callback")
		rt.Loop.NextTickFunc(func() { rt.Call(cb, goja.Undefined()) })
		return goja.Undefined()
	}
	e.Stream.Params(level, strategy, func(err error) {
		if err != nil {
			m.assert(err.Error())
		}
		if e.Destroyed() {
			return
		}
		_ = e.obj.Set("_level", level)
		_ = e.obj.Set("_strategy", strategy)
		if cb.ToBoolean() {
			rt.Call(cb, goja.Undefined())
		}
	})
	return goja.Undefined()
}

// required reads an argument that may be out of range but not of another kind;
// what is not a number at all is passed on as it is, and changes nothing.
func (m *module) required(v goja.Value, name string, low, high float64) int {
	return int(m.ranged(v, name, low, high, low))
}
