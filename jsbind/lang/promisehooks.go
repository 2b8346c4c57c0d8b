package lang

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// PromiseTrace watches the life of promises
// (https://nodejs.org/docs/latest-v24.x/api/v8.html#promise-hooks). The engine
// tells of async functions; the functions that make promises are replaced when a
// program first asks. It is the engine's tracker of asynchronous contexts, too,
// and passes on to Inner what it is told as that.
type PromiseTrace struct {
	// Inner tracks asynchronous contexts; nil for nobody.
	Inner goja.AsyncContextTracker
	// Again is told of resolve and reject ("resolve", "reject") of a promise that
	// has been resolved; it may be nil.
	Again func(kind string, promise *goja.Object, v goja.Value)

	vm    *goja.Runtime
	hooks []*engine.PromiseHooks
	all   *engine.PromiseHooks // all hooks as one; nil where there are none
}

// TracePromises returns the trace of the runtime's promises.
func (h *Hooks) TracePromises() *PromiseTrace {
	if h.promises == nil {
		t := &PromiseTrace{vm: h.loader.vm}
		h.promises = t
		t.Inner = engine.Tracker(t.vm)
		t.vm.SetAsyncContextTracker(t)
		t.install()
	}
	return h.promises
}

// SetAsyncTracker makes tracker that of asynchronous contexts.
func (h *Hooks) SetAsyncTracker(tracker goja.AsyncContextTracker) {
	if h.promises != nil {
		h.promises.Inner = tracker
		return
	}
	h.loader.vm.SetAsyncContextTracker(tracker)
}

// Add has hooks told of promises until the result is called.
func (t *PromiseTrace) Add(h *engine.PromiseHooks) (remove func()) {
	t.hooks = append(slices.Clip(t.hooks), h)
	t.join()
	return func() {
		if i := slices.Index(t.hooks, h); i >= 0 {
			t.hooks = slices.Delete(slices.Clone(t.hooks), i, i+1)
		}
		t.join()
	}
}

func (t *PromiseTrace) join() {
	switch len(t.hooks) {
	case 0:
		t.all = nil
		return
	case 1:
		t.all = t.hooks[0]
		return
	}
	event := func(of func(*engine.PromiseHooks) func(*goja.Object)) func(*goja.Object) {
		return func(p *goja.Object) {
			for _, h := range t.hooks {
				if f := of(h); f != nil {
					f(p)
				}
			}
		}
	}
	t.all = &engine.PromiseHooks{
		Init: func(p, parent *goja.Object) {
			for _, h := range t.hooks {
				if h.Init != nil {
					h.Init(p, parent)
				}
			}
		},
		Before:  event(func(h *engine.PromiseHooks) func(*goja.Object) { return h.Before }),
		After:   event(func(h *engine.PromiseHooks) func(*goja.Object) { return h.After }),
		Settled: event(func(h *engine.PromiseHooks) func(*goja.Object) { return h.Settled }),
	}
}

// PromiseHooks is the engine's question for all hooks.
func (t *PromiseTrace) PromiseHooks() *engine.PromiseHooks { return t.all }

// Tell, Grab, Resumed and Exited are those of the inner tracker.
func (t *PromiseTrace) Tell(on bool) {
	if inner, ok := t.Inner.(interface{ Tell(bool) }); ok {
		inner.Tell(on)
	}
}

func (t *PromiseTrace) Grab() any {
	if t.Inner == nil {
		return nil
	}
	return t.Inner.Grab()
}

func (t *PromiseTrace) Resumed(context any) {
	if t.Inner != nil {
		t.Inner.Resumed(context)
	}
}

func (t *PromiseTrace) Exited() {
	if t.Inner != nil {
		t.Inner.Exited()
	}
}

func (t *PromiseTrace) active() bool { return t.all != nil || t.Again != nil }

// install replaces what the functions that make promises do, while somebody
// asks.
func (t *PromiseTrace) install() {
	ctor := t.vm.Get("Promise").(*goja.Object)
	if n := nativeParts(ctor); n != nil {
		construct := n.construct
		n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			executor, ok := callable(arg(args, 0))
			if !ok || !t.active() {
				return construct(args, newTarget)
			}
			return t.construct(executor, newTarget, ctor)
		}
	}
	t.wrap(ctor, "resolve", func(f native, c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		if c.This != goja.Value(ctor) || ok && engine.IsPromise(o) && o.Get("constructor") == c.This {
			return f(c)
		}
		p := engine.PendingPromise(t.vm, nil, nil)
		engine.ResolvePromise(t.vm, p, c.Argument(0))
		return p
	})
	t.wrap(ctor, "reject", func(f native, c goja.FunctionCall) goja.Value {
		if c.This != goja.Value(ctor) {
			return f(c)
		}
		p := engine.PendingPromise(t.vm, nil, nil)
		engine.RejectPromise(t.vm, p, c.Argument(0))
		return p
	})
	for _, name := range []string{"all", "allSettled", "any", "race"} {
		t.wrap(ctor, name, func(f native, c goja.FunctionCall) goja.Value {
			if c.This != goja.Value(ctor) {
				return f(c)
			}
			return f(goja.FunctionCall{This: t.standIn(ctor), Arguments: c.Arguments})
		})
	}
	prototype := ctor.Get("prototype").(*goja.Object)
	t.wrap(prototype, "finally", func(f native, c goja.FunctionCall) goja.Value {
		p, ok := c.This.(*goja.Object)
		run, callable := callable(c.Argument(0))
		if !ok || !callable || !engine.IsPromise(p) || p.Get("constructor") != goja.Value(ctor) {
			return f(c)
		}
		return t.finally(ctor, p, run)
	})
	t.wrap(prototype, "then", func(f native, c goja.FunctionCall) goja.Value {
		if t.all == nil || !engine.IsPromise(c.This) {
			return f(c)
		}
		return engine.Then(t.vm, c.This.(*goja.Object), c.Argument(0), c.Argument(1))
	})
}

// finally is Promise.prototype.finally.
func (t *PromiseTrace) finally(ctor, p *goja.Object, run native) goja.Value {
	invoke := func(o *goja.Object, name string, args ...goja.Value) goja.Value {
		f, ok := callable(o.Get(name))
		if !ok {
			panic(t.vm.NewTypeError("%s is not a function", name))
		}
		return f(goja.FunctionCall{This: o, Arguments: args})
	}
	after := func(settle func(v goja.Value) goja.Value) goja.Value {
		return newNative(t.vm, "", 1, func(c goja.FunctionCall) goja.Value {
			result := run(goja.FunctionCall{This: goja.Undefined()})
			waited := invoke(ctor, "resolve", result).(*goja.Object)
			return invoke(waited, "then", newNative(t.vm, "", 0, func(goja.FunctionCall) goja.Value { return settle(c.Argument(0)) }))
		})
	}
	return invoke(p, "then", after(func(v goja.Value) goja.Value { return v }), after(func(v goja.Value) goja.Value { panic(v) }))
}

// standIn is a constructor for the functions that make a promise of several:
// they would make one of the engine's Promise unseen.
func (t *PromiseTrace) standIn(ctor *goja.Object) *goja.Object {
	o := t.vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		executor, _ := callable(c.Argument(0))
		return t.construct(executor, ctor, ctor)
	}).(*goja.Object)
	_ = o.DefineDataProperty("resolve", newNative(t.vm, "resolve", 1, func(c goja.FunctionCall) goja.Value {
		f, ok := callable(ctor.Get("resolve"))
		if !ok {
			panic(t.vm.NewTypeError("Promise resolve or reject function is not callable"))
		}
		return f(goja.FunctionCall{This: ctor, Arguments: c.Arguments})
	}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return o
}

// wrap puts a function around a native one, which stays the same object.
func (t *PromiseTrace) wrap(o *goja.Object, name string, around func(f native, c goja.FunctionCall) goja.Value) {
	n := nativeParts(o.Get(name))
	if n == nil {
		return
	}
	f := n.f
	n.f = func(c goja.FunctionCall) goja.Value {
		if !t.active() {
			return f(c)
		}
		return around(f, c)
	}
}

// construct is new Promise(executor).
func (t *PromiseTrace) construct(executor native, newTarget, ctor *goja.Object) *goja.Object {
	var prototype *goja.Object
	if newTarget != nil && newTarget != ctor {
		prototype = prototypeFor(newTarget, ctor.Get("prototype").(*goja.Object))
	}
	p := engine.PendingPromise(t.vm, prototype, nil)
	var again func(kind string, v goja.Value)
	if t.Again != nil {
		again = func(kind string, v goja.Value) { t.Again(kind, p, v) }
	}
	resolve, reject := engine.ResolvingFunctions(t.vm, p, again)
	if ex := t.vm.Try(func() {
		executor(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{resolve, reject}})
	}); ex != nil {
		f, _ := callable(reject)
		f(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{ex.Value()}})
	}
	return p
}
