package eventsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
)

// iterator is the async iterator of events.on: events that arrive before they
// are asked for wait in events, requests that wait for an event in waiting.
type iterator struct {
	m        *module
	obj      *goja.Object
	target   *goja.Object
	events   []goja.Value
	waiting  []deferred
	failure  goja.Value
	finished bool
	removals []func()
	high     int
	low      int
	paused   bool
}

type deferred struct{ resolve, reject func(any) error }

// on is events.on(emitter, name[, options])
// (https://nodejs.org/docs/latest-v24.x/api/events.html#eventsonemitter-eventname-options).
func (m *module) on(c goja.FunctionCall) goja.Value {
	rt := m.rt
	target, ok := c.Argument(0).(*goja.Object)
	if !ok {
		rt.ArgType("emitter", c.Argument(0), "EventEmitter")
	}
	it := &iterator{m: m, target: target, high: int(bind.MaxSafe), low: 1}
	options, _ := c.Argument(2).(*goja.Object)
	if opt := c.Argument(2); !goja.IsUndefined(opt) {
		options = rt.Object(opt, "options")
	}
	sig := m.signalOf(c.Argument(2))
	if sig != nil && sig.Get("aborted").ToBoolean() {
		panic(m.abortError(sig))
	}
	if v := pick(options, "highWaterMark", "highWatermark"); !goja.IsUndefined(v) {
		it.high = int(rt.Integer(v, "options.highWaterMark", 1, bind.MaxSafe))
	}
	if v := pick(options, "lowWaterMark", "lowWatermark"); !goja.IsUndefined(v) {
		it.low = int(rt.Integer(v, "options.lowWaterMark", 1, bind.MaxSafe))
	}
	it.obj = it.object()

	fn := rt.Func("eventHandler", 0, func(c goja.FunctionCall) goja.Value {
		items := make([]any, len(c.Arguments))
		for i, a := range c.Arguments {
			items[i] = a
		}
		it.push(rt.VM.NewArray(items...))
		return goja.Undefined()
	})
	it.removals = append(it.removals, m.listen(target, c.Argument(1), fn, false))
	if c.Argument(1).String() != "error" && isEmitter(target) {
		onErr := rt.Func("errorHandler", 1, func(c goja.FunctionCall) goja.Value {
			it.fail(c.Argument(0))
			return goja.Undefined()
		})
		it.removals = append(it.removals, m.listen(target, rt.VM.ToValue("error"), onErr, false))
	}
	if list, ok := bind.Get(options, "close").(*goja.Object); ok && isEmitter(target) {
		rt.VM.ForOf(list, func(name goja.Value) bool {
			closer := rt.Func("closeHandler", 0, func(goja.FunctionCall) goja.Value { it.close(); return goja.Undefined() })
			it.removals = append(it.removals, m.listen(target, name, closer, false))
			return true
		})
	}
	if sig != nil {
		onAbort := rt.Func("abortListener", 0, func(goja.FunctionCall) goja.Value {
			it.fail(m.abortError(sig))
			return goja.Undefined()
		})
		it.removals = append(it.removals, m.listen(sig, rt.VM.ToValue("abort"), onAbort, true))
	}
	return it.obj
}

// watermarks is what the iterator tells of its limits.
func (it *iterator) watermarks() *goja.Object {
	rt := it.m.rt
	o := rt.VM.NewObject()
	show := func(name string, get func() any) {
		rt.Accessor(o, name, func(goja.Value) goja.Value { return rt.VM.ToValue(get()) }, nil, true)
	}
	show("size", func() any { return len(it.events) })
	show("low", func() any { return it.low })
	show("high", func() any { return it.high })
	show("isPaused", func() any { return it.paused })
	return o
}

func pick(o *goja.Object, names ...string) goja.Value {
	for _, n := range names {
		if v := bind.Get(o, n); !goja.IsUndefined(v) {
			return v
		}
	}
	return goja.Undefined()
}

func (it *iterator) object() *goja.Object {
	rt := it.m.rt
	obj := rt.VM.NewObject()
	method := func(name string, n int, f bind.Method) { _ = obj.Set(name, rt.Func(name, n, f)) }
	method("next", 0, func(goja.FunctionCall) goja.Value { return it.next() })
	method("return", 0, func(goja.FunctionCall) goja.Value {
		it.close()
		return it.settled(goja.Undefined(), true)
	})
	method("throw", 1, func(c goja.FunctionCall) goja.Value {
		if !rt.IsError(c.Argument(0)) {
			rt.ArgType("EventEmitter.AsyncIterator", c.Argument(0), "Error")
		}
		it.fail(c.Argument(0))
		return goja.Undefined()
	})
	_ = obj.SetSymbol(rt.SymbolFor("nodejs.watermarkData"), it.watermarks())
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("asyncIterator").(*goja.Symbol); ok {
		_ = obj.SetSymbol(sym, rt.Func("[Symbol.asyncIterator]", 0, func(c goja.FunctionCall) goja.Value { return c.This }))
	}
	return obj
}

func (it *iterator) result(v goja.Value, done bool) goja.Value {
	o := it.m.rt.VM.NewObject()
	_ = o.Set("value", v)
	_ = o.Set("done", done)
	return o
}

func (it *iterator) settled(v goja.Value, done bool) goja.Value {
	p, resolve, _ := engine.NewPromise(it.m.rt.VM)
	_ = resolve(it.result(v, done))
	return it.m.rt.VM.ToValue(p)
}

func (it *iterator) next() goja.Value {
	if len(it.events) > 0 {
		v := it.events[0]
		it.events = it.events[1:]
		if it.paused && len(it.events) < it.low {
			it.paused = false
			it.m.rt.Call(it.target.Get("resume"), it.target)
		}
		return it.settled(v, false)
	}
	p, resolve, reject := engine.NewPromise(it.m.rt.VM)
	switch {
	case it.failure != nil:
		_ = reject(it.failure)
		it.failure = nil
	case it.finished:
		it.close()
		_ = resolve(it.result(goja.Undefined(), true))
	default:
		it.waiting = append(it.waiting, deferred{resolve, reject})
	}
	return it.m.rt.VM.ToValue(p)
}

func (it *iterator) push(v goja.Value) {
	if len(it.waiting) > 0 {
		d := it.waiting[0]
		it.waiting = it.waiting[1:]
		_ = d.resolve(it.result(v, false))
		return
	}
	it.events = append(it.events, v)
	if !it.paused && len(it.events) > it.high && bind.IsCallable(bind.Get(it.target, "pause")) {
		it.paused = true
		it.m.rt.Call(it.target.Get("pause"), it.target)
	}
}

func (it *iterator) fail(v goja.Value) {
	if len(it.waiting) > 0 {
		d := it.waiting[0]
		it.waiting = it.waiting[1:]
		_ = d.reject(v)
	} else {
		it.failure = v
	}
	it.close()
}

func (it *iterator) close() {
	for _, r := range it.removals {
		r()
	}
	it.removals = nil
	it.finished = true
	for _, d := range it.waiting {
		_ = d.resolve(it.result(goja.Undefined(), true))
	}
	it.waiting = nil
}
