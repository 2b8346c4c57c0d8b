package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

func (m *module) defineWritable() {
	c := m.rt.NewClass(bind.ClassDef{Name: "Writable", Key: "stream.Writable", Parent: m.legacy, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			m.construct(m.writable, this, args, stream.WritableOptions(), "write", "writev", "destroy", "final", "construct")
			return nil
		}})
	m.writable = c
	m.destroyMethods(c)
	m.writableMethods(c)
	m.prop(c, "errored", func(s *stream.Stream) any { return m.errValue(s.Errored()) }, nil)
	m.prop(c, "closed", func(s *stream.Stream) any { return s.Closed() }, nil)
	m.prop(c, "destroyed", func(s *stream.Stream) any { return s.Destroyed() },
		func(s *stream.Stream, v goja.Value) { s.SetDestroyed(v.ToBoolean()) })
	// x instanceof Writable holds for every stream with a writable half.
	plain := m.rt.Callable(m.rt.VM.Get("Function").(*goja.Object).Get("prototype").(*goja.Object).GetSymbol(goja.SymHasInstance))
	_ = c.Ctor.DefineDataPropertySymbol(goja.SymHasInstance, m.rt.Func("[Symbol.hasInstance]", 1, func(call goja.FunctionCall) goja.Value {
		if plain(goja.FunctionCall{This: call.This, Arguments: call.Arguments}).ToBoolean() {
			return m.rt.VM.ToValue(true)
		}
		if call.This != goja.Value(c.Ctor) {
			return m.rt.VM.ToValue(false)
		}
		s := streamOf(call.Argument(0))
		return m.rt.VM.ToValue(s != nil && s.HasWritable())
	}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	c.Method("pipe", 0, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).BasePipe(nil, stream.PipeOptions{})
		return goja.Undefined()
	})
}

// writeArgs sorts the arguments of write and end, of which the encoding may be
// left out.
func (m *module) writeArgs(call goja.FunctionCall) (enc string, cb func(error)) {
	e, f := call.Argument(1), call.Argument(2)
	if bind.IsCallable(e) {
		return "", m.rt.Callback(e)
	}
	if e.ToBoolean() {
		if s := streamOf(call.This); s != nil && s.WritableObjectMode() {
			enc = e.String()
		} else {
			enc = m.encoding(e)
		}
	}
	return enc, m.rt.Callback(f)
}

// encoding is an encoding argument: what is no text is no encoding.
func (m *module) encoding(v goja.Value) string {
	if !goja.IsString(v) {
		m.rt.Throw(nodeerr.UnknownEncoding(m.rt.Inspect(v, 0)))
	}
	return v.String()
}

func (m *module) writableMethods(c *bind.Class) {
	rt := m.rt
	c.Method("write", 3, func(call goja.FunctionCall) goja.Value {
		enc, cb := m.writeArgs(call)
		return rt.VM.ToValue(m.of(call.This).BaseWrite(toChunk(call.Argument(0)), enc, cb))
	})
	c.Method("end", 3, func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if bind.IsCallable(v) {
			m.of(call.This).BaseEnd(none, "", rt.Callback(v))
			return call.This
		}
		enc, cb := m.writeArgs(call)
		chunk := none
		if !bind.IsNullish(v) {
			chunk = toChunk(v)
		}
		m.of(call.This).BaseEnd(chunk, enc, cb)
		return call.This
	})
	c.Method("cork", 0, func(call goja.FunctionCall) goja.Value { m.of(call.This).Cork(); return goja.Undefined() })
	c.Method("uncork", 0, func(call goja.FunctionCall) goja.Value { m.of(call.This).Uncork(); return goja.Undefined() })
	c.Method("setDefaultEncoding", 1, func(call goja.FunctionCall) goja.Value {
		rt.Must(m.of(call.This).SetDefaultEncoding(m.encoding(call.Argument(0))))
		return call.This
	})
	c.Method("_write", 3, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(2))
		m.of(call.This).BaseUnderWrite(toChunk(call.Argument(0)), encodingArg(call.Argument(1)), func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	_ = c.Proto.Set("_writev", goja.Null())
	m.prop(c, "writable", func(s *stream.Stream) any { return s.Writable() }, func(s *stream.Stream, v goja.Value) {
		if s.HasWritable() {
			s.SetWritable(v.ToBoolean())
		}
	})
	m.prop(c, "writableFinished", func(s *stream.Stream) any { return s.WritableFinished() }, nil)
	m.prop(c, "writableObjectMode", func(s *stream.Stream) any { return s.WritableObjectMode() }, nil)
	m.prop(c, "writableBuffer", func(s *stream.Stream) any { return m.requests(s.WritableBuffer()) }, nil)
	m.prop(c, "writableEnded", func(s *stream.Stream) any { return s.WritableEnded() }, nil)
	m.prop(c, "writableNeedDrain", func(s *stream.Stream) any { return s.WritableNeedDrain() }, nil)
	m.prop(c, "writableHighWaterMark", func(s *stream.Stream) any { return s.WritableHighWaterMark() }, nil)
	m.prop(c, "writableCorked", func(s *stream.Stream) any { return s.WritableCorked() }, nil)
	m.prop(c, "writableLength", func(s *stream.Stream) any { return s.WritableLength() }, nil)
	m.prop(c, "writableAborted", func(s *stream.Stream) any { return s.WritableAborted() }, nil)
	m.prop(c, "_writableState", func(s *stream.Stream) any { return m.stateView(s, false) }, nil)
}

func (m *module) defineDuplex() {
	c := m.rt.NewClass(bind.ClassDef{Name: "Duplex", Key: "stream.Duplex", Parent: m.readable, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			m.construct(m.duplex, this, args, stream.DuplexOptions(), "read", "write", "writev", "destroy", "final", "construct")
			return nil
		}})
	m.duplex = c
	m.writableMethods(c)
	m.prop(c, "allowHalfOpen", func(s *stream.Stream) any { return s.AllowHalfOpen() },
		func(s *stream.Stream, v goja.Value) { s.SetAllowHalfOpen(v.ToBoolean()) })
}

func (m *module) defineTransform() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Transform", Key: "stream.Transform", Parent: m.duplex, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			m.construct(m.transform, this, args, stream.TransformOptions(), "read", "write", "writev", "destroy", "final", "construct", "transform", "flush")
			return nil
		}})
	m.transform = c
	c.Method("_final", 1, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(0))
		m.of(call.This).BaseUnderFinal(func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	c.Method("_transform", 3, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).BaseUnderTransform(toChunk(call.Argument(0)), encodingArg(call.Argument(1)), nil)
		return goja.Undefined()
	})
	c.Method("_write", 3, c.Proto.Get("_write").Export().(func(goja.FunctionCall) goja.Value))
	c.Method("_read", 1, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).BaseUnderRead(int(call.Argument(0).ToInteger()))
		return goja.Undefined()
	})
	p := rt.NewClass(bind.ClassDef{Name: "PassThrough", Key: "stream.PassThrough", Parent: c, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			m.construct(m.passThrough, this, args, stream.PassThroughOptions(), "read", "write", "writev", "destroy", "final", "construct", "transform", "flush")
			return nil
		}})
	m.passThrough = p
	p.Method("_transform", 3, func(call goja.FunctionCall) goja.Value {
		rt.Call(call.Argument(2), goja.Undefined(), goja.Null(), call.Argument(0))
		return goja.Undefined()
	})
}

var _ events.Object = (*stream.Stream)(nil)
