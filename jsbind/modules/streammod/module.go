package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

type module struct {
	rt *bind.Runtime

	legacy, readable, writable, duplex, transform, passThrough *bind.Class
	rstate, wstate                                             *bind.Class
	exports                                                    *goja.Object
	loaded                                                     bool

	promise                     *goja.Object
	promiseResolve, promiseThen bind.Method
	generators                  *goja.Object // prototype of the async iterators
	asyncIteratorMethod         goja.Value   // Readable.prototype[Symbol.asyncIterator]
	promises, consumers         *goja.Object
}

type moduleKey struct{}

// Classes are the stream classes, for the modules that derive from them.
type Classes struct{ Legacy, Readable, Writable, Duplex, Transform *bind.Class }

// Define makes the classes.
func Define(rt *bind.Runtime) Classes {
	m := get(rt)
	return Classes{m.legacy, m.readable, m.writable, m.duplex, m.transform}
}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	m.convert()
	m.states()
	m.defineLegacy()
	m.defineReadable()
	m.defineWritable()
	m.defineDuplex()
	m.defineTransform()
	m.ownKeys()
	m.statics()
	for _, c := range []*bind.Class{m.legacy, m.readable, m.writable, m.duplex, m.transform, m.passThrough} {
		c.Seal()
	}
	return m
}

// Load returns the exports of node:stream: the legacy Stream class, which
// carries the rest.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.loaded {
		return m.legacy.Ctor
	}
	m.loaded = true
	m.exports = m.legacy.Ctor
	m.functions()
	return m.exports
}

// streamOf returns the Stream behind this, nil if there is none.
func streamOf(v goja.Value) *stream.Stream {
	if s, ok := bind.From(v).(stream.Streamer); ok {
		return s.AsStream()
	}
	return nil
}

// of returns the Stream behind this or throws.
func (m *module) of(v goja.Value) *stream.Stream {
	s := streamOf(v)
	if s == nil {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be a stream"))
	}
	return s
}

// convert teaches the runtime the machine's own types.
func (m *module) convert() {
	rt := m.rt
	rt.Convert(func(a any) (goja.Value, bool) {
		switch v := a.(type) {
		case *stream.Done:
			if f, ok := v.Host.(goja.Value); ok {
				return f, true
			}
			f := rt.Func("bound onwrite", 1, func(c goja.FunctionCall) goja.Value {
				v.Call(rt.GoError(c.Argument(0)))
				return goja.Undefined()
			})
			v.Host = f
			return f, true
		case *stream.ChunkDone:
			if f, ok := v.Host.(goja.Value); ok {
				return f, true
			}
			f := rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
				data := c.Argument(1)
				chunk := none
				if !bind.IsNullish(data) {
					chunk = toChunk(data)
				}
				v.Call(rt.GoError(c.Argument(0)), chunk)
				return goja.Undefined()
			})
			v.Host = f
			return f, true
		case *stream.UnpipeInfo:
			if o, ok := v.Host.(*goja.Object); ok {
				return o, true
			}
			o := rt.VM.NewObject()
			_ = o.Set("hasUnpiped", v.HasUnpiped)
			rt.Attach(o, v)
			v.Host, v.Changed = o, func() { _ = o.Set("hasUnpiped", v.HasUnpiped) }
			return o, true
		case stream.PipeOptions:
			o := rt.VM.NewObject()
			_ = o.Set("end", !v.KeepOpen)
			return o, true
		case []stream.WriteRequest:
			items := make([]any, len(v))
			all := true
			for i := range v {
				all = all && v[i].Encoding == "buffer"
				items[i] = m.request(&v[i])
			}
			a := rt.VM.NewArray(items...)
			_ = a.Set("allBuffers", all)
			return a, true
		case stream.NoEncoding:
			return goja.Undefined(), true
		case *foreign:
			return v.obj, true
		case legacySource:
			return v.obj, true
		case *jsIterator:
			return v.iterable, true
		case promised:
			return v.obj, true
		case stream.Iterator:
			return m.asyncIteratorOf(v), true
		}
		return nil, false
	})
}

// request is a write that waits, as _writev and getBuffer show it.
func (m *module) request(w *stream.WriteRequest) goja.Value {
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.Set("chunk", rt.ChunkValue(w.Chunk))
	if w.Encoding == "" {
		_ = o.Set("encoding", goja.Undefined())
	} else {
		_ = o.Set("encoding", w.Encoding)
	}
	if cb := w.Callback; cb != nil {
		_ = o.Set("callback", rt.ToValue(cb))
	} else {
		_ = o.Set("callback", rt.Func("nop", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() }))
	}
	return o
}
