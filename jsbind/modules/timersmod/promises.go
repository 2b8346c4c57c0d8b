package timersmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// promises adds util.promisify.custom and the lazy timers.promises.
func (m *module) promises(setTimeout, setImmediate *goja.Object) {
	custom := m.rt.SymbolFor("nodejs.util.promisify.custom")
	lazy := func(fn *goja.Object, name string) {
		getter := m.rt.Func("get", 0, func(goja.FunctionCall) goja.Value { return LoadPromises(m.rt).(*goja.Object).Get(name) })
		_ = fn.DefineAccessorPropertySymbol(custom, getter, nil, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	lazy(setTimeout, "setTimeout")
	lazy(setImmediate, "setImmediate")
	m.rt.Accessor(m.exports, "promises", func(goja.Value) goja.Value { return LoadPromises(m.rt) }, nil, true)
}

type promisesKey struct{}

// LoadPromises returns the exports of node:timers/promises.
func LoadPromises(rt *bind.Runtime) goja.Value {
	if v, ok := rt.Value(promisesKey{}).(*goja.Object); ok {
		return v
	}
	m := get(rt)
	out := rt.VM.NewObject()
	rt.SetValue(promisesKey{}, out)
	_ = out.Set("setTimeout", rt.Func("setTimeout", 2, func(c goja.FunctionCall) goja.Value {
		return m.promise(c.Argument(0), c.Argument(1), c.Argument(2), true)
	}))
	_ = out.Set("setImmediate", rt.Func("setImmediate", 1, func(c goja.FunctionCall) goja.Value {
		return m.promise(nil, c.Argument(0), c.Argument(1), false)
	}))
	_ = out.Set("setInterval", rt.Func("setInterval", 2, m.interval))
	_ = out.Set("scheduler", m.scheduler())
	return out
}

// options reads {signal, ref} and throws for wrong types.
func (m *module) options(v goja.Value) (sig *goja.Object, ref bool) {
	ref = true
	if v == nil || goja.IsUndefined(v) {
		return nil, true
	}
	o := m.rt.Object(v, "options")
	if s := bind.Get(o, "signal"); !goja.IsUndefined(s) {
		obj, ok := s.(*goja.Object)
		if !ok || obj.Get("aborted") == nil {
			m.rt.ArgType("options.signal", s, "AbortSignal")
		}
		sig = obj
	}
	if r := bind.Get(o, "ref"); !goja.IsUndefined(r) {
		ref = m.rt.Bool(r, "options.ref")
	}
	return sig, ref
}

func (m *module) abortError(sig *goja.Object) goja.Value {
	v := m.rt.ErrorValue(nodeerr.New(nodeerr.KindAbort, "ABORT_ERR", "The operation was aborted")).(*goja.Object)
	if r := bind.Get(sig, "reason"); !goja.IsUndefined(r) {
		_ = v.DefineDataProperty("cause", r, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return v
}

// onAbort listens for abort once and returns the removal.
func (m *module) onAbort(sig *goja.Object, f func()) func() {
	if sig == nil {
		return func() {}
	}
	fn := m.rt.Func("onabort", 0, func(goja.FunctionCall) goja.Value { f(); return goja.Undefined() })
	m.rt.Call(sig.Get("addEventListener"), sig, m.rt.VM.ToValue("abort"), fn)
	return func() { m.rt.Call(sig.Get("removeEventListener"), sig, m.rt.VM.ToValue("abort"), fn) }
}

// waited is the task of a promise of timers/promises.
type waited struct {
	timed bool
	run   func()
}

// Run resolves the promise; the loop calls it.
func (w waited) Run() { w.run() }

// AsyncType names the task for async_hooks.
func (w waited) AsyncType() string {
	if w.timed {
		return "Timeout"
	}
	return "Immediate"
}

// promise is timersPromises.setTimeout (timed) and setImmediate.
func (m *module) promise(delay, value, options goja.Value, timed bool) goja.Value {
	p, resolve, reject := engine.NewPromise(m.rt.VM)
	ret := m.rt.VM.ToValue(p)
	if ex := m.rt.VM.Try(func() {
		if delay != nil && !goja.IsUndefined(delay) {
			m.rt.Number(delay, "delay")
		}
		sig, ref := m.options(options)
		if sig != nil && sig.Get("aborted").ToBoolean() {
			_ = reject(m.abortError(sig))
			return
		}
		if value == nil {
			value = goja.Undefined()
		}
		remove := func() {}
		done := waited{timed, func() { remove(); _ = resolve(value) }}
		var cancel func()
		if timed {
			t := m.rt.Loop.SetTimer(int64(m.delay(delay)), 0, done)
			if !ref {
				t.Unref()
			}
			cancel = t.Close
		} else {
			im := m.rt.Loop.SetImmediate(done)
			if !ref {
				im.Unref()
			}
			cancel = im.Clear
		}
		remove = m.onAbort(sig, func() { cancel(); _ = reject(m.abortError(sig)) })
	}); ex != nil {
		_ = reject(ex.Value())
	}
	return ret
}

// ticker is the async iterator of timersPromises.setInterval.
type ticker struct {
	m       *module
	value   goja.Value
	timer   *loop.Timer
	missed  int
	waiting []func(any) error
	rejects []func(any) error
	failure goja.Value
	done    bool
	remove  func()
}

func (m *module) interval(c goja.FunctionCall) goja.Value {
	rt := m.rt
	if d := c.Argument(0); !goja.IsUndefined(d) {
		rt.Number(d, "delay")
	}
	sig, ref := m.options(c.Argument(2))
	k := &ticker{m: m, value: c.Argument(1), remove: func() {}}
	if sig != nil && sig.Get("aborted").ToBoolean() {
		k.failure, k.done = m.abortError(sig), true
	} else {
		ms := int64(m.delay(c.Argument(0)))
		k.timer = rt.Loop.SetTimer(ms, ms, loop.Func(k.tick))
		if !ref {
			k.timer.Unref()
		}
		k.remove = m.onAbort(sig, func() { k.fail(m.abortError(sig)) })
	}
	obj := rt.VM.NewObject()
	_ = obj.Set("next", rt.Func("next", 0, func(goja.FunctionCall) goja.Value { return k.next() }))
	_ = obj.Set("return", rt.Func("return", 1, func(c goja.FunctionCall) goja.Value {
		k.stop()
		p, resolve, _ := engine.NewPromise(rt.VM)
		_ = resolve(k.result(c.Argument(0), true))
		return rt.VM.ToValue(p)
	}))
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("asyncIterator").(*goja.Symbol); ok {
		_ = obj.SetSymbol(sym, rt.Func("[Symbol.asyncIterator]", 0, func(c goja.FunctionCall) goja.Value { return c.This }))
	}
	return obj
}

func (k *ticker) result(v goja.Value, done bool) goja.Value {
	o := k.m.rt.VM.NewObject()
	_ = o.Set("value", v)
	_ = o.Set("done", done)
	return o
}

func (k *ticker) tick() {
	if len(k.waiting) > 0 {
		resolve := k.waiting[0]
		k.waiting, k.rejects = k.waiting[1:], k.rejects[1:]
		_ = resolve(k.result(k.value, false))
		return
	}
	k.missed++
}

func (k *ticker) next() goja.Value {
	p, resolve, reject := engine.NewPromise(k.m.rt.VM)
	switch {
	case k.missed > 0:
		k.missed--
		_ = resolve(k.result(k.value, false))
	case k.failure != nil:
		_ = reject(k.failure)
		k.failure = nil
	case k.done:
		_ = resolve(k.result(goja.Undefined(), true))
	default:
		k.waiting = append(k.waiting, resolve)
		k.rejects = append(k.rejects, reject)
	}
	return k.m.rt.VM.ToValue(p)
}

func (k *ticker) fail(v goja.Value) {
	k.stop()
	if len(k.rejects) > 0 {
		_ = k.rejects[0](v)
		k.waiting, k.rejects = nil, nil
		return
	}
	k.failure = v
}

func (k *ticker) stop() {
	k.done = true
	if k.timer != nil {
		k.timer.Close()
	}
	k.remove()
}

// queueMicrotask is the global function: a promise job.
func (m *module) queueMicrotask(g *goja.Object) {
	rt := m.rt
	_ = g.Set("queueMicrotask", rt.Func("queueMicrotask", 1, func(c goja.FunctionCall) goja.Value {
		fn := rt.Callable(rt.Function(c.Argument(0), "callback"))
		run := func() {
			if ex := rt.VM.Try(func() { fn(goja.FunctionCall{This: goja.Undefined()}) }); ex != nil {
				rt.UncaughtLater(ex.Value())
			}
		}
		if rt.AsyncWork != nil {
			if within := rt.AsyncWork("Microtask"); within != nil {
				engine.Enqueue(rt.VM, func() { within(loop.Func(run)) })
				return goja.Undefined()
			}
		}
		engine.Microtask(rt.VM, run)
		return goja.Undefined()
	}))
}
