package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

func isEncoding(s string) bool { _, ok := buffer.ParseEncoding(s); return ok && s != "" }

func (m *module) defineReadable() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Readable", Key: "stream.Readable", Parent: m.legacy, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			m.construct(m.readable, this, args, stream.ReadableOptions(), "read", "destroy", "construct")
			return nil
		}})
	m.readable = c
	m.destroyMethods(c)
	c.Method("push", 2, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.of(call.This).BasePush(toChunk(call.Argument(0)), encodingArg(call.Argument(1))))
	})
	c.Method("unshift", 2, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.of(call.This).Unshift(toChunk(call.Argument(0)), encodingArg(call.Argument(1))))
	})
	c.Method("isPaused", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.of(call.This).IsPaused()) })
	c.Method("setEncoding", 1, func(call goja.FunctionCall) goja.Value {
		enc := "utf8"
		if v := call.Argument(0); v.ToBoolean() {
			enc = v.String()
		}
		rt.Must(m.of(call.This).SetEncoding(enc))
		return call.This
	})
	c.Method("read", 1, func(call goja.FunctionCall) goja.Value {
		return rt.ChunkValue(m.of(call.This).BaseRead(ReadSize(call.Argument(0))))
	})
	c.Method("_read", 1, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).BaseUnderRead(int(call.Argument(0).ToInteger()))
		return goja.Undefined()
	})
	c.Method("pipe", 2, func(call goja.FunctionCall) goja.Value {
		var o stream.PipeOptions
		if opts, ok := call.Argument(1).(*goja.Object); ok {
			if e := opts.Get("end"); e != nil && bind.TypeOf(e) == "boolean" && !e.ToBoolean() {
				o.KeepOpen = true
			}
		}
		m.of(call.This).BasePipe(m.destination(call.Argument(0)), o)
		return call.Argument(0)
	})
	c.Method("unpipe", 1, func(call goja.FunctionCall) goja.Value {
		if v := call.Argument(0); v.ToBoolean() {
			m.of(call.This).BaseUnpipe(m.destination(v))
		} else {
			m.of(call.This).BaseUnpipe(nil)
		}
		return call.This
	})
	c.Method("on", 2, func(call goja.FunctionCall) goja.Value {
		fn := rt.Function(call.Argument(1), "listener")
		m.of(call.This).BaseAddListener(rt.ToKey(call.Argument(0)), listenerFor(rt, fn), false)
		return call.This
	})
	c.Alias("addListener", "on")
	c.Method("removeListener", 2, func(call goja.FunctionCall) goja.Value {
		fn := rt.Function(call.Argument(1), "listener")
		s, key := m.of(call.This), rt.ToKey(call.Argument(0))
		if l := bind.FindListener(&s.Emitter, key, fn); l != nil {
			s.BaseRemoveListener(key, l)
		}
		return call.This
	})
	c.Alias("off", "removeListener")
	c.Method("removeAllListeners", 1, func(call goja.FunctionCall) goja.Value {
		if len(call.Arguments) == 0 {
			m.of(call.This).RemoveEvery()
		} else {
			m.of(call.This).RemoveAll(rt.ToKey(call.Argument(0)))
		}
		return call.This
	})
	c.Method("resume", 0, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).BaseResume()
		return call.This
	})
	c.Method("pause", 0, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).BasePause()
		return call.This
	})
	m.readableProps(c)
	m.iteratorMethods(c)
	m.operators(c)
}

// listenerFor makes a registration of a function; a function that stands for a
// Go listener stays one.
func listenerFor(_ *bind.Runtime, fn *goja.Object) *events.Listener {
	return events.NewHostListener(fn, false)
}

func triValue(rt *bind.Runtime, t stream.Tri) goja.Value {
	if t == stream.Null {
		return goja.Null()
	}
	return rt.VM.ToValue(t == stream.True)
}

func toTri(v goja.Value) stream.Tri {
	switch {
	case bind.IsNullish(v):
		return stream.Null
	case v.ToBoolean():
		return stream.True
	}
	return stream.False
}

// absent are the properties of objects whose constructor has not run yet; the
// others are undefined.
var absent = map[string]any{
	"readable": false, "readableObjectMode": false, "readableEncoding": nil, "readableEnded": false,
	"writable": false, "writableFinished": false, "writableObjectMode": false, "writableEnded": false,
	"writableNeedDrain": false, "writableCorked": 0,
	"errored": nil, "closed": false, "destroyed": false,
}

// prop adds an accessor over a Stream.
func (m *module) prop(c *bind.Class, name string, get func(*stream.Stream) any, set func(*stream.Stream, goja.Value)) {
	rt := m.rt
	var setter func(this, v goja.Value)
	if set != nil {
		setter = func(this, v goja.Value) {
			if s := streamOf(this); s != nil {
				set(s, v)
			}
		}
	}
	c.Accessor(name, func(this goja.Value) goja.Value {
		s := streamOf(this)
		if s == nil {
			if v, ok := absent[name]; ok {
				return rt.ToValue(v)
			}
			return goja.Undefined()
		}
		return rt.ToValue(get(s))
	}, setter)
}

func (m *module) readableProps(c *bind.Class) {
	m.prop(c, "readable", func(s *stream.Stream) any { return s.Readable() }, func(s *stream.Stream, v goja.Value) {
		if s.HasReadable() {
			s.SetReadable(v.ToBoolean())
		}
	})
	m.prop(c, "readableDidRead", func(s *stream.Stream) any { return s.ReadableDidRead() }, nil)
	m.prop(c, "readableAborted", func(s *stream.Stream) any { return s.ReadableAborted() }, nil)
	m.prop(c, "readableHighWaterMark", func(s *stream.Stream) any { return s.ReadableHighWaterMark() }, nil)
	m.prop(c, "readableBuffer", func(s *stream.Stream) any { return m.queue(s) }, nil)
	m.prop(c, "readableFlowing", func(s *stream.Stream) any { return triValue(m.rt, s.ReadableFlowing()) },
		func(s *stream.Stream, v goja.Value) { s.SetReadableFlowing(toTri(v)) })
	m.prop(c, "readableLength", func(s *stream.Stream) any { return s.ReadableLength() }, nil)
	m.prop(c, "readableObjectMode", func(s *stream.Stream) any { return s.ReadableObjectMode() }, nil)
	m.prop(c, "readableEncoding", func(s *stream.Stream) any {
		if e := s.ReadableEncoding(); e != "" {
			return e
		}
		return goja.Null()
	}, nil)
	m.prop(c, "errored", func(s *stream.Stream) any { return m.errValue(s.Errored()) }, nil)
	m.prop(c, "closed", func(s *stream.Stream) any { return s.Closed() }, nil)
	m.prop(c, "destroyed", func(s *stream.Stream) any { return s.Destroyed() },
		func(s *stream.Stream, v goja.Value) { s.SetDestroyed(v.ToBoolean()) })
	m.prop(c, "readableEnded", func(s *stream.Stream) any { return s.ReadableEnded() }, nil)
	m.prop(c, "_readableState", func(s *stream.Stream) any { return m.stateView(s, true) }, nil)
}

func (m *module) errValue(err error) any {
	if err == nil {
		return goja.Null()
	}
	return err
}

// queue is readableBuffer: the chunks that wait.
func (m *module) queue(s *stream.Stream) goja.Value {
	var items []any
	for _, c := range s.ReadableBuffer() {
		items = append(items, m.rt.ChunkValue(c))
	}
	return m.rt.VM.NewArray(items...)
}

// destroyMethods adds what Readable and Writable both have.
func (m *module) destroyMethods(c *bind.Class) {
	rt := m.rt
	c.Method("destroy", 2, func(call goja.FunctionCall) goja.Value {
		s, cb := m.of(call.This), call.Argument(1)
		if bind.IsCallable(cb) {
			if f := s.Facts(); f.R.Destroyed || f.W.Destroyed {
				rt.Call(cb, goja.Undefined())
				return call.This
			}
		}
		s.BaseDestroy(rt.GoError(call.Argument(0)), rt.Callback(cb))
		return call.This
	})
	c.Method("_undestroy", 0, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).Undestroy()
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
	c.SymbolMethod(rt.SymbolFor("nodejs.rejection"), "", 1, func(call goja.FunctionCall) goja.Value {
		m.of(call.This).Destroy(rt.GoError(call.Argument(0)))
		return goja.Undefined()
	})
}
