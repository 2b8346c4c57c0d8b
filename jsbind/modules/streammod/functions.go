package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// functions fills the module's exports
// (https://nodejs.org/docs/latest-v24.x/api/stream.html).
func (m *module) functions() {
	rt, e := m.rt, m.exports
	put := func(name string, v goja.Value) { _ = e.Set(name, v) }
	set := func(name string, n int, f bind.Method) { put(name, rt.Func(name, n, f)) }
	m.predicates(set)
	put("Readable", m.readable.Ctor)
	put("Writable", m.writable.Ctor)
	put("Duplex", m.duplex.Ctor)
	put("Transform", m.transform.Ctor)
	put("PassThrough", m.passThrough.Ctor)
	set("duplexPair", 1, m.duplexPair)
	set("pipeline", 0, m.pipeline)
	set("addAbortSignal", 2, m.addAbortSignal)
	put("finished", rt.Func("eos", 3, m.finished))
	put("destroy", rt.Func("destroyer", 2, func(c goja.FunctionCall) goja.Value {
		if p := m.peer(c.Argument(0)); p != nil {
			stream.DestroyPeer(p, rt.GoError(c.Argument(1)))
		}
		return goja.Undefined()
	}))
	set("compose", 0, m.compose)
	set("setDefaultHighWaterMark", 2, func(c goja.FunctionCall) goja.Value {
		n := rt.Integer(c.Argument(1), "value", 0, bind.MaxSafe)
		stream.SetDefaultHighWaterMark(rt.Loop, c.Argument(0).ToBoolean(), int(n))
		return goja.Undefined()
	})
	set("getDefaultHighWaterMark", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(stream.DefaultHighWaterMark(rt.Loop, c.Argument(0).ToBoolean()))
	})
	get := rt.Func("get", 0, func(goja.FunctionCall) goja.Value { return LoadPromises(rt) })
	_ = e.DefineAccessorProperty("promises", get, nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
	put("Stream", e)
	put("_isArrayBufferView", rt.VM.Get("ArrayBuffer").(*goja.Object).Get("isView"))
	put("_isUint8Array", rt.Func("isUint8Array", 1, func(c goja.FunctionCall) goja.Value {
		_, ok := bind.BytesOf(c.Argument(0))
		return rt.VM.ToValue(ok)
	}))
	set("_uint8ArrayToBuffer", 1, func(c goja.FunctionCall) goja.Value {
		b, ok := bind.BytesOf(c.Argument(0))
		if !ok {
			rt.ArgType("chunk", c.Argument(0), "Uint8Array")
		}
		return rt.MakeBuffer(b)
	})
	custom := rt.SymbolFor("nodejs.util.promisify.custom")
	for _, name := range []string{"pipeline", "finished"} {
		getter := rt.Func("get", 0, func(goja.FunctionCall) goja.Value { return LoadPromises(rt).(*goja.Object).Get(name) })
		_ = e.Get(name).(*goja.Object).DefineAccessorPropertySymbol(custom, getter, nil, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
}

func (m *module) predicates(set func(string, int, bind.Method)) {
	vm := m.rt.VM
	tri := func(name string, f func(stream.Peer) stream.Tri) {
		set(name, 1, func(c goja.FunctionCall) goja.Value {
			if v, ok := m.webPredicate(name, c.Argument(0)); ok {
				return v
			}
			p := m.peer(c.Argument(0))
			if p == nil {
				return goja.Null()
			}
			return triValue(m.rt, f(p))
		})
	}
	boolean := func(name string, f func(stream.Peer) bool) {
		set(name, 1, func(c goja.FunctionCall) goja.Value {
			if v, ok := m.webPredicate(name, c.Argument(0)); ok {
				return v
			}
			p := m.peer(c.Argument(0))
			return vm.ToValue(p != nil && f(p))
		})
	}
	tri("isDestroyed", stream.IsDestroyed)
	boolean("isDisturbed", stream.IsDisturbed)
	boolean("isErrored", stream.IsErrored)
	tri("isReadable", stream.IsReadable)
	tri("isWritable", stream.IsWritable)
}

// stream returns the Peer of a stream argument or throws.
func (m *module) streamArg(v goja.Value) stream.Peer {
	p := m.nodeStream(v)
	if p == nil {
		m.rt.ArgType("stream", v, "ReadableStream", "WritableStream", "Stream")
	}
	return p
}

func (m *module) duplexPair(c goja.FunctionCall) goja.Value {
	o := stream.DuplexOptions()
	opts, _ := c.Argument(0).(*goja.Object)
	m.readOptions(&o, opts)
	a, b := stream.NewDuplexPair(m.rt.Loop, m.duplex.Host(), m.duplex.Host(), o)
	return m.rt.VM.NewArray(m.rt.Wrap(a), m.rt.Wrap(b))
}

func (m *module) addAbortSignal(c goja.FunctionCall) goja.Value {
	sig := m.signal(c.Argument(0), "signal")
	if webstreamsmod.Kind(m.rt, c.Argument(1)) != "" {
		m.abortWeb(sig, c.Argument(1))
		return c.Argument(1)
	}
	stream.AddAbortSignal(sig, m.streamArg(c.Argument(1)))
	return c.Argument(1)
}

// finishedOptions reads the options of finished.
func (m *module) finishedOptions(v goja.Value) (o stream.FinishedOptions) {
	if bind.IsNullish(v) {
		return o
	}
	opts := m.rt.Object(v, "options")
	half := func(name string) stream.Tri { return toTri(bind.Get(opts, name)) }
	o.Readable, o.Writable = half("readable"), half("writable")
	o.IgnoreError = boolean(opts, "error") == stream.False
	if s := bind.Get(opts, "signal"); !goja.IsUndefined(s) {
		o.Signal = m.signal(s, "options.signal")
	}
	return o
}

// finished is stream.finished.
func (m *module) finished(c goja.FunctionCall) goja.Value {
	rt := m.rt
	opts, cb := c.Argument(1), c.Argument(2)
	if len(c.Arguments) == 2 {
		opts, cb = goja.Undefined(), opts
	}
	var fn bind.Method
	if !bind.IsNullish(opts) {
		rt.Object(opts, "options")
	}
	fn = rt.Callable(rt.Function(cb, "callback"))
	this := c.Argument(0)
	if webstreamsmod.Kind(rt, this) != "" {
		return m.finishedWeb(this, opts, fn)
	}
	o := m.finishedOptions(opts)
	p := m.streamArg(this)
	cleanup := stream.Finished(p, o, func(err error) {
		call := goja.FunctionCall{This: this}
		if err != nil {
			call.Arguments = []goja.Value{rt.ErrorValue(err)}
		}
		fn(call)
	})
	return rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		cleanup()
		return goja.Undefined()
	})
}

// disposer is Symbol.asyncDispose of both halves: the stream is destroyed, with
// an AbortError if it had more to do.
func (m *module) disposer(c *bind.Class, over func(*stream.Stream) bool) {
	c.SymbolMethod(lang.SymAsyncDispose, "", 0, func(call goja.FunctionCall) goja.Value {
		s := m.of(call.This)
		var err error
		if !s.Destroyed() {
			if !over(s) {
				err = nodeerr.Abort(nil)
			}
			s.Destroy(err)
		}
		return m.settled(func(resolve, reject func(any) error) {
			stream.Finished(s, stream.FinishedOptions{}, func(e error) {
				if e != nil && e != err {
					_ = reject(m.rt.ErrorValue(e))
					return
				}
				_ = resolve(goja.Null())
			})
		})
	})
}
