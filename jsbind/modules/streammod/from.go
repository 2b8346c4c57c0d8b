package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

// statics adds the functions of Readable, Writable and Duplex themselves.
func (m *module) statics() {
	rt, c := m.rt, m.readable
	_ = c.Ctor.Set("ReadableState", m.rstate.Ctor)
	_ = m.writable.Ctor.Set("WritableState", m.wstate.Ctor)
	c.Static("from", 2, func(call goja.FunctionCall) goja.Value {
		return m.readableFrom(call.Argument(0), call.Argument(1))
	})
	m.webStatics()
	c.Static("wrap", 2, func(call goja.FunctionCall) goja.Value {
		src, ok := call.Argument(0).(*goja.Object)
		if !ok {
			panic(rt.VM.NewTypeError("Cannot read properties of %s (reading 'readableObjectMode')", call.Argument(0)))
		}
		opts, _ := call.Argument(1).(*goja.Object)
		return rt.Wrap(m.wrap(src, opts))
	})
	_ = c.Proto.Set("wrap", rt.Func("", 1, func(call goja.FunctionCall) goja.Value {
		m.wrapInto(m.of(call.This), call.This.(*goja.Object), call.Argument(0).ToObject(rt.VM))
		return call.This
	}))
	m.duplex.Static("from", 1, func(call goja.FunctionCall) goja.Value { return m.duplexFrom(call.Argument(0), "body") })
	m.disposer(m.readable, (*stream.Stream).ReadableEnded)
	m.disposer(m.writable, (*stream.Stream).WritableFinished)
}

// fromOptions reads options over those of Readable.from.
func (m *module) fromOptions(opts goja.Value) stream.Options {
	o := stream.FromOptions()
	given, ok := opts.(*goja.Object)
	if !ok {
		return o
	}
	all := m.rt.VM.NewObject()
	_ = all.Set("objectMode", true)
	_ = all.Set("highWaterMark", 1)
	for _, k := range given.Keys() {
		_ = all.Set(k, given.Get(k))
	}
	m.readOptions(&o, all)
	return o
}

// readableFrom is Readable.from.
func (m *module) readableFrom(v, opts goja.Value) goja.Value {
	rt := m.rt
	_, isBytes := v.Export().([]byte)
	if goja.IsString(v) || isBytes && m.isBuffer(v) {
		o := m.fromOptions(opts)
		if g, ok := opts.(*goja.Object); !ok || bind.IsNullish(g.Get("highWaterMark")) {
			o.ReadableHighWaterMark = stream.DefaultHighWaterMark(rt.Loop, o.ReadableObjectMode)
		}
		return rt.Wrap(stream.FromOne(rt.Loop, m.readable.Host(), toChunk(v), o))
	}
	f, _ := m.iteratorMethod(v)
	if f == nil {
		rt.ArgType("iterable", v, "Iterable")
	}
	it := &jsIterator{m: m, iterable: v, from: true}
	it.open()
	return m.fromIterator(it, opts)
}

func (m *module) fromIterator(it stream.Iterator, opts goja.Value) goja.Value {
	return m.rt.Wrap(stream.From(m.rt.Loop, m.readable.Host(), it, m.fromOptions(opts)))
}

// isBuffer reports whether bytes are a Buffer.
func (m *module) isBuffer(v goja.Value) bool {
	o := v.(*goja.Object)
	class, ok := m.rt.Require("buffer").(*goja.Object).Get("Buffer").(*goja.Object)
	return ok && m.rt.VM.InstanceOf(o, class)
}

// wrapped is a Readable around an old stream, in object mode.
func (m *module) wrapped(src *goja.Object) *stream.Stream { return m.wrap(src, nil) }

// wrap is Readable.wrap.
func (m *module) wrap(src, opts *goja.Object) *stream.Stream {
	o := stream.ReadableOptions()
	o.ReadableObjectMode = true
	for _, name := range []string{"readableObjectMode", "objectMode"} {
		if v := bind.Get(src, name); !bind.IsNullish(v) {
			o.ReadableObjectMode = v.ToBoolean()
			break
		}
	}
	if opts != nil {
		all := m.rt.VM.NewObject()
		_ = all.Set("objectMode", o.ReadableObjectMode)
		for _, k := range opts.Keys() {
			_ = all.Set(k, opts.Get(k))
		}
		m.readOptions(&o, all)
	}
	s := &stream.Stream{}
	s.Init(m.rt.Loop, m.readable.Host(), s, &stream.Methods{}, o)
	m.wrapInto(s, m.rt.Wrap(s).(*goja.Object), src)
	_ = m.rt.Wrap(s).(*goja.Object).Set("_destroy", m.rt.Func("destroy", 2, func(c goja.FunctionCall) goja.Value {
		stream.DestroyPeer(m.foreign(src), m.rt.GoError(c.Argument(0)))
		m.rt.Call(c.Argument(1), goja.Undefined(), c.Argument(0))
		return goja.Undefined()
	}))
	return s
}

// wrapInto is readable.wrap: this reads from src, and has the methods of src
// that it lacks itself.
func (m *module) wrapInto(s *stream.Stream, this, src *goja.Object) {
	f := m.foreign(src)
	var from stream.Emitting = f
	if f.has("pause") {
		from = legacySource{f}
	}
	w := s.Wrap(from)
	_ = this.Set("_read", m.rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		w.ReadImpl(0)
		return goja.Undefined()
	}))
	for i, k := range src.Keys() {
		if i == 0 {
			continue
		}
		fn, ok := src.Get(k).(*goja.Object)
		if !ok || !bind.IsCallable(fn) || !goja.IsUndefined(bind.Get(this, k)) {
			continue
		}
		_ = this.Set(k, m.rt.Call(fn.Get("bind"), fn, src))
	}
}
