package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// defineLegacy makes the old Stream class: an emitter whose pipe knows only
// 'data' and pause.
func (m *module) defineLegacy() {
	rt := m.rt
	emitter := rt.ClassOf("events.EventEmitter")
	m.legacy = rt.NewClass(bind.ClassDef{Name: "Stream", Key: "stream.Stream", Parent: emitter, Length: 1, AnyThis: true,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			rt.Call(emitter.Ctor, this, args...)
			return nil
		}})
	m.legacy.Method("pipe", 2, func(c goja.FunctionCall) goja.Value {
		m.legacyPipe(c.This.(*goja.Object), c.Argument(0).(*goja.Object), c.Argument(1))
		return c.Argument(0)
	})
}

func (m *module) legacyPipe(src, dst *goja.Object, options goja.Value) {
	rt := m.rt
	on := func(o *goja.Object, name string, fn goja.Value) { rt.Call(o.Get("on"), o, rt.VM.ToValue(name), fn) }
	off := func(o *goja.Object, name string, fn goja.Value) {
		rt.Call(o.Get("removeListener"), o, rt.VM.ToValue(name), fn)
	}
	fn := func(name string, f func(c goja.FunctionCall)) goja.Value {
		return rt.Func(name, 0, func(c goja.FunctionCall) goja.Value { f(c); return goja.Undefined() })
	}
	method := func(o *goja.Object, name string, args ...goja.Value) goja.Value {
		return rt.Call(o.Get(name), o, args...)
	}
	onData := fn("ondata", func(c goja.FunctionCall) {
		if bind.Get(dst, "writable").ToBoolean() && method(dst, "write", c.Argument(0)) == rt.VM.ToValue(false) && bind.IsCallable(bind.Get(src, "pause")) {
			method(src, "pause")
		}
	})
	onDrain := fn("ondrain", func(goja.FunctionCall) {
		if bind.Get(src, "readable").ToBoolean() && bind.IsCallable(bind.Get(src, "resume")) {
			method(src, "resume")
		}
	})
	on(src, "data", onData)
	on(dst, "drain", onDrain)
	keep := false
	if o, ok := options.(*goja.Object); ok {
		e := bind.Get(o, "end")
		keep = bind.TypeOf(e) == "boolean" && !e.ToBoolean()
	}
	var onEnd, onClose, onError, cleanup goja.Value
	ended := false
	onEnd = fn("onend", func(goja.FunctionCall) {
		if !ended {
			ended = true
			method(dst, "end")
		}
	})
	onClose = fn("onclose", func(goja.FunctionCall) {
		if !ended {
			ended = true
			if bind.IsCallable(bind.Get(dst, "destroy")) {
				method(dst, "destroy")
			}
		}
	})
	if stdio := bind.Get(dst, "_isStdio"); !stdio.ToBoolean() && !keep {
		on(src, "end", onEnd)
		on(src, "close", onClose)
	}
	onError = rt.Func("onerror", 1, func(c goja.FunctionCall) goja.Value {
		rt.Call(cleanup, goja.Undefined())
		this := c.This.(*goja.Object)
		if e, ok := bind.From(this).(events.Object); !ok || e.Base().ListenerCount("error") == 0 {
			method(this, "emit", rt.VM.ToValue("error"), c.Argument(0))
		}
		return goja.Undefined()
	})
	for _, o := range []*goja.Object{src, dst} {
		e, ours := bind.From(o).(events.Object)
		switch {
		case bind.IsCallable(bind.Get(o, "prependListener")):
			method(o, "prependListener", rt.VM.ToValue("error"), onError)
		case ours:
			e.Base().AddListener(events.Name("error"), events.NewHostListener(onError, false), true)
		default:
			on(o, "error", onError)
		}
	}
	cleanup = fn("cleanup", func(goja.FunctionCall) {
		off(src, "data", onData)
		off(dst, "drain", onDrain)
		off(src, "end", onEnd)
		off(src, "close", onClose)
		off(src, "error", onError)
		off(dst, "error", onError)
		off(src, "end", cleanup)
		off(src, "close", cleanup)
		off(dst, "close", cleanup)
	})
	on(src, "end", cleanup)
	on(src, "close", cleanup)
	on(dst, "close", cleanup)
	method(dst, "emit", rt.VM.ToValue("pipe"), src)
}
