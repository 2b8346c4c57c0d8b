package eventsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/nodeerr"
)

// statics adds the module's functions to the class.
func (m *module) statics() {
	rt, ctor := m.rt, m.class.Ctor
	_ = ctor.Set("EventEmitter", ctor)
	_ = ctor.Set("usingDomains", false)
	_ = ctor.Set("captureRejectionSymbol", m.captureSymbol)
	_ = ctor.Set("errorMonitor", m.errorMonitor)
	rt.Accessor(ctor, "EventEmitterAsyncResource", func(goja.Value) goja.Value { return m.asyncResource() }, nil, true)
	rt.Accessor(ctor, "captureRejections", func(goja.Value) goja.Value {
		return rt.VM.ToValue(m.rt.CaptureRejections)
	}, func(_, v goja.Value) {
		m.rt.CaptureRejections = rt.Bool(v, "EventEmitter.captureRejections")
	}, true)
	rt.Accessor(ctor, "defaultMaxListeners", func(goja.Value) goja.Value {
		return m.limitValue(rt.DefaultMaxListeners)
	}, func(_, v goja.Value) {
		rt.DefaultMaxListeners = m.limit(v, "defaultMaxListeners")
	}, true)
	m.class.Static("init", 1, func(c goja.FunctionCall) goja.Value {
		if o, ok := c.This.(*goja.Object); ok {
			m.construct(o, c.Arguments)
		}
		return goja.Undefined()
	})
	m.class.Static("listenerCount", 2, func(c goja.FunctionCall) goja.Value {
		target := c.Argument(0)
		if o, ok := target.(*goja.Object); ok {
			if f := o.Get("listenerCount"); f != nil && bind.IsCallable(f) {
				return rt.Call(f, target, c.Argument(1))
			}
		}
		return m.count(target, c.Argument(1), goja.Undefined())
	})
	m.class.Static("once", 2, m.once)
	m.class.Static("on", 2, m.on)
	m.class.Static("getEventListeners", 2, m.getEventListeners)
	m.class.Static("getMaxListeners", 1, m.getMaxListeners)
	m.class.Static("setMaxListeners", 0, m.setMaxListeners)
	m.class.Static("addAbortListener", 2, m.addAbortListener)
}

// isEmitter reports whether v has an emitter's on method.
func isEmitter(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && bind.IsCallable(bind.Get(o, "on"))
}

func isEventTarget(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && bind.IsCallable(bind.Get(o, "addEventListener"))
}

func (m *module) getEventListeners(c goja.FunctionCall) goja.Value {
	target := c.Argument(0)
	if o, ok := target.(*goja.Object); ok {
		if f := bind.Get(o, "listeners"); bind.IsCallable(f) {
			return m.rt.Call(f, o, c.Argument(1))
		}
		if l, ok := bind.From(o).(interface{ EventListeners(string) []goja.Value }); ok {
			var out []any
			for _, v := range l.EventListeners(c.Argument(1).String()) {
				out = append(out, v)
			}
			return m.rt.VM.NewArray(out...)
		}
	}
	m.rt.ArgType("emitter", target, "EventEmitter", "EventTarget")
	return nil
}

func (m *module) getMaxListeners(c goja.FunctionCall) goja.Value {
	if o, ok := c.Argument(0).(*goja.Object); ok {
		if f := bind.Get(o, "getMaxListeners"); bind.IsCallable(f) {
			return m.rt.Call(f, o)
		}
		if l, ok := bind.From(o).(interface{ MaxListeners() int }); ok {
			return m.limitValue(l.MaxListeners())
		}
	}
	m.rt.ArgType("emitter", c.Argument(0), "EventEmitter", "EventTarget")
	return nil
}

func (m *module) setMaxListeners(c goja.FunctionCall) goja.Value {
	var n = m.rt.DefaultMaxListeners
	if len(c.Arguments) > 0 && !goja.IsUndefined(c.Arguments[0]) {
		n = m.limit(c.Arguments[0], "setMaxListeners")
	}
	if len(c.Arguments) < 2 {
		m.rt.DefaultMaxListeners = n
		return goja.Undefined()
	}
	for _, t := range c.Arguments[1:] {
		o, ok := t.(*goja.Object)
		if ok {
			if f := bind.Get(o, "setMaxListeners"); bind.IsCallable(f) {
				m.rt.Call(f, o, m.limitValue(n))
				continue
			}
			if l, isTarget := bind.From(o).(interface{ SetMaxListeners(int) }); isTarget {
				l.SetMaxListeners(n)
				continue
			}
		}
		m.rt.ArgType("eventTargets", t, "EventEmitter", "EventTarget")
	}
	return goja.Undefined()
}

// signalOf reads options.signal and validates it.
func (m *module) signalOf(options goja.Value) *goja.Object {
	o, ok := options.(*goja.Object)
	if !ok {
		return nil
	}
	s := bind.Get(o, "signal")
	if goja.IsUndefined(s) {
		return nil
	}
	sig, ok := s.(*goja.Object)
	if !ok || sig.Get("aborted") == nil {
		m.rt.ArgType("options.signal", s, "AbortSignal")
	}
	return sig
}

func (m *module) abortError(sig *goja.Object) goja.Value {
	err := nodeerr.New(nodeerr.KindAbort, "ABORT_ERR", "The operation was aborted")
	v := m.rt.ErrorValue(err).(*goja.Object)
	if r := bind.Get(sig, "reason"); !goja.IsUndefined(r) {
		_ = v.DefineDataProperty("cause", r, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return v
}

// listen adds fn to an EventEmitter or EventTarget and returns the removal.
func (m *module) listen(target *goja.Object, name goja.Value, fn *goja.Object, once bool) func() {
	rt := m.rt
	if bind.IsCallable(bind.Get(target, "on")) {
		method := "on"
		if once {
			method = "once"
		}
		rt.Call(target.Get(method), target, name, fn)
		return func() { rt.Call(target.Get("removeListener"), target, name, fn) }
	}
	if isEventTarget(target) {
		opts := rt.VM.NewObject()
		_ = opts.Set("once", once)
		rt.Call(target.Get("addEventListener"), target, name, fn, opts)
		return func() { rt.Call(target.Get("removeEventListener"), target, name, fn) }
	}
	rt.ArgType("emitter", target, "EventEmitter")
	return nil
}

// once is events.once(emitter, name[, options]): a promise of the next
// arguments.
func (m *module) once(c goja.FunctionCall) goja.Value {
	rt := m.rt
	promise, resolve, reject := engine.NewPromise(rt.VM)
	ret := rt.VM.ToValue(promise)
	fail := func(v goja.Value) goja.Value { _ = reject(v); return ret }
	if ex := rt.VM.Try(func() { m.startOnce(c, resolve, reject) }); ex != nil {
		return fail(ex.Value())
	}
	return ret
}

func (m *module) startOnce(c goja.FunctionCall, resolve, reject func(any) error) {
	rt := m.rt
	target, ok := c.Argument(0).(*goja.Object)
	if !ok || !isEmitter(target) && !isEventTarget(target) {
		rt.ArgType("emitter", c.Argument(0), "EventEmitter")
	}
	if opt := c.Argument(2); !goja.IsUndefined(opt) {
		rt.Object(opt, "options")
	}
	sig := m.signalOf(c.Argument(2))
	if sig != nil && sig.Get("aborted").ToBoolean() {
		_ = reject(m.abortError(sig))
		return
	}
	name := c.Argument(1)
	var removals []func()
	done := func() {
		for _, r := range removals {
			r()
		}
		removals = nil
	}
	fn := rt.Func("resolver", 0, func(c goja.FunctionCall) goja.Value {
		done()
		items := make([]any, len(c.Arguments))
		for i, a := range c.Arguments {
			items[i] = a
		}
		_ = resolve(rt.VM.NewArray(items...))
		return goja.Undefined()
	})
	removals = append(removals, m.listen(target, name, fn, true))
	if name.String() != "error" && isEmitter(target) {
		onErr := rt.Func("errorListener", 1, func(c goja.FunctionCall) goja.Value {
			done()
			_ = reject(c.Argument(0))
			return goja.Undefined()
		})
		removals = append(removals, m.listen(target, rt.VM.ToValue("error"), onErr, true))
	}
	if sig != nil {
		onAbort := rt.Func("abortListener", 0, func(goja.FunctionCall) goja.Value {
			done()
			_ = reject(m.abortError(sig))
			return goja.Undefined()
		})
		removals = append(removals, m.listen(sig, rt.VM.ToValue("abort"), onAbort, true))
	}
}

// addAbortListener is events.addAbortListener(signal, listener): a disposable.
func (m *module) addAbortListener(c goja.FunctionCall) goja.Value {
	rt := m.rt
	sig, ok := c.Argument(0).(*goja.Object)
	if !ok || sig.Get("aborted") == nil {
		rt.ArgType("signal", c.Argument(0), "AbortSignal")
	}
	fn := rt.Function(c.Argument(1), "listener")
	remove := func() {}
	if sig.Get("aborted").ToBoolean() {
		rt.Loop.NextTickFunc(func() { rt.Call(fn, goja.Undefined()) })
	} else {
		name, opts := rt.VM.ToValue("abort"), rt.VM.NewObject()
		_ = opts.Set("once", true)
		_ = opts.SetSymbol(bind.ResistStop, rt.VM.ToValue(true))
		rt.Call(sig.Get("addEventListener"), sig, name, fn, opts)
		remove = func() { rt.Call(sig.Get("removeEventListener"), sig, name, fn) }
	}
	out := rt.VM.NewObject()
	dispose, ok := rt.VM.Get("Symbol").(*goja.Object).Get("dispose").(*goja.Symbol)
	if ok {
		_ = out.SetSymbol(dispose, rt.Func("[Symbol.dispose]", 0, func(goja.FunctionCall) goja.Value {
			remove()
			return goja.Undefined()
		}))
	}
	return out
}

var _ events.Object = (*emitter)(nil)
