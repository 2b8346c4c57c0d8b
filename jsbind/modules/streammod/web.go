package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// webStatics adds fromWeb and toWeb, which load node:stream/web when they are
// called.
func (m *module) webStatics() {
	add := func(c *bind.Class, name string, length int, adapter string) {
		c.Static(name, length, func(call goja.FunctionCall) goja.Value {
			return m.rt.Call(webstreamsmod.Adapter(m.rt, adapter), goja.Undefined(), call.Arguments...)
		})
	}
	add(m.readable, "fromWeb", 2, "readableFromWeb")
	add(m.readable, "toWeb", 2, "readableToWeb")
	add(m.writable, "fromWeb", 2, "writableFromWeb")
	add(m.writable, "toWeb", 1, "writableToWeb")
	add(m.duplex, "fromWeb", 2, "duplexFromWeb")
	add(m.duplex, "toWeb", 2, "pairFromDuplex")
}

// webPredicate answers a predicate about a web stream; ok is false for other
// values.
func (m *module) webPredicate(name string, v goja.Value) (answer goja.Value, ok bool) {
	if webstreamsmod.Kind(m.rt, v) == "" {
		return nil, false
	}
	switch name {
	case "isErrored", "isReadable", "isWritable", "isDisturbed":
		return webstreamsmod.End(m.rt, name, v), true
	}
	return goja.Null(), true
}

// nodeOf returns a Node stream over a web stream, for what works on Node's; any
// other value comes back as it is.
func (m *module) nodeOf(v goja.Value) goja.Value {
	adapter := ""
	switch webstreamsmod.Kind(m.rt, v) {
	case "ReadableStream":
		adapter = "readableFromWeb"
	case "WritableStream":
		adapter = "writableFromWeb"
	case "TransformStream":
		adapter = "duplexFromWeb"
	default:
		return v
	}
	opts := m.rt.VM.NewObject()
	_ = opts.Set("objectMode", true)
	return m.rt.Call(webstreamsmod.Adapter(m.rt, adapter), goja.Undefined(), v, opts)
}

// finishedWeb is stream.finished of a web stream.
func (m *module) finishedWeb(v, opts goja.Value, fn bind.Method) goja.Value {
	rt := m.rt
	o, _ := opts.(*goja.Object)
	done := false
	end := func(args ...goja.Value) {
		if !done {
			done = true
			fn(goja.FunctionCall{This: v, Arguments: args})
		}
	}
	if s := bind.Get(o, "signal"); !goja.IsUndefined(s) {
		sig := m.signal(s, "options.signal")
		abort := func() { end(rt.ErrorValue(nodeerr.Abort(sig.Reason()))) }
		if sig.Aborted() {
			rt.Loop.NextTickFunc(abort)
		} else {
			sig.OnAbort(abort)
		}
	}
	webstreamsmod.End(rt, "whenDone", v, rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
		err := c.Argument(0)
		rt.Loop.NextTickFunc(func() {
			if goja.IsUndefined(err) {
				end()
			} else {
				end(err)
			}
		})
		return goja.Undefined()
	}))
	return rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		done = true
		return goja.Undefined()
	})
}

// abortWeb is addAbortSignal of a web stream.
func (m *module) abortWeb(sig stream.Signal, v goja.Value) {
	abort := func() { webstreamsmod.End(m.rt, "abort", v, m.rt.ErrorValue(nodeerr.Abort(sig.Reason()))) }
	if sig.Aborted() {
		abort()
	} else {
		sig.OnAbort(abort)
	}
}
