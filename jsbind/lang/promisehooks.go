package lang

import "github.com/dop251/goja"

// PromiseTrace watches the life of promises
// (https://nodejs.org/docs/latest-v24.x/api/v8.html#promise-hooks). The engine
// tells nobody of it, so the functions that make promises are replaced when a
// program first asks; those of async functions are not seen.
type PromiseTrace struct {
	// Init, Before, After and Settled are called when a promise is made, around
	// the reaction that it waits for, and when it is resolved or rejected. parent
	// is undefined or the promise that the new one was derived from. Each may be
	// nil.
	Init                   func(promise *goja.Object, parent goja.Value)
	Before, After, Settled func(promise *goja.Object)
	// Again is told of resolve and reject ("resolve", "reject") of a promise that
	// has been resolved; it may be nil.
	Again func(kind string, promise *goja.Object, v goja.Value)

	vm      *goja.Runtime
	current *goja.Object // whose reaction runs
}

// TracePromises returns the trace of the runtime's promises.
func (h *Hooks) TracePromises() *PromiseTrace {
	if h.promises == nil {
		h.promises = &PromiseTrace{vm: h.loader.vm}
		h.promises.install()
	}
	return h.promises
}

func (t *PromiseTrace) active() bool {
	return t.Init != nil || t.Before != nil || t.After != nil || t.Settled != nil || t.Again != nil
}

func (t *PromiseTrace) made(p *goja.Object, parent goja.Value) {
	if t.Init != nil {
		t.Init(p, parent)
	}
}

// settled tells of a promise if it is not pending.
func (t *PromiseTrace) settled(p *goja.Object) {
	if pr, ok := p.Export().(*goja.Promise); ok && t.Settled != nil && pr.State() != goja.PromiseStatePending {
		t.Settled(p)
	}
}

// JobEnded is called when a promise job has ended.
func (t *PromiseTrace) JobEnded() {
	p := t.current
	if p == nil {
		return
	}
	t.current = nil
	t.settled(p)
	if t.After != nil {
		t.After(p)
	}
}

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
	for _, name := range []string{"resolve", "reject"} {
		t.wrap(ctor, name, func(f native, c goja.FunctionCall) goja.Value {
			v := f(c)
			if p, ok := v.(*goja.Object); ok && v != c.Argument(0) && isPromise(p) {
				t.made(p, goja.Undefined())
				t.settled(p)
			}
			return v
		})
	}
	t.wrap(ctor.Get("prototype").(*goja.Object), "then", t.then)
}

func isPromise(o *goja.Object) bool {
	_, ok := o.Export().(*goja.Promise)
	return ok
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
	pr, resolve, reject := t.vm.NewPromise()
	p := t.vm.ToValue(pr).(*goja.Object)
	if newTarget != nil && newTarget != ctor {
		_ = p.SetPrototype(prototypeFor(newTarget, p.Prototype()))
	}
	t.made(p, goja.Undefined())
	resolved := false
	settle := func(kind string, do func(any) error) goja.Value {
		return newNative(t.vm, "", 1, func(c goja.FunctionCall) goja.Value {
			if resolved {
				if t.Again != nil {
					t.Again(kind, p, c.Argument(0))
				}
				return goja.Undefined()
			}
			resolved = true
			rethrow(do(c.Argument(0)))
			t.settled(p)
			return goja.Undefined()
		})
	}
	rejectFunction := settle("reject", reject)
	if ex := t.vm.Try(func() {
		executor(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{settle("resolve", resolve), rejectFunction}})
	}); ex != nil {
		f, _ := callable(rejectFunction)
		f(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{ex.Value()}})
	}
	return p
}

// then is Promise.prototype.then: what it returns is told of, and around the
// reactions.
func (t *PromiseTrace) then(f native, c goja.FunctionCall) goja.Value {
	parent, ok := c.This.(*goja.Object)
	if !ok || !isPromise(parent) {
		return f(c)
	}
	var derived *goja.Object
	around := func(v goja.Value, otherwise func(goja.Value) goja.Value) goja.Value {
		run, ok := callable(v)
		if !ok {
			run = func(c goja.FunctionCall) goja.Value { return otherwise(c.Argument(0)) }
		}
		return newNative(t.vm, "", 1, func(c goja.FunctionCall) goja.Value {
			if derived != nil && t.active() {
				t.current = derived
				if t.Before != nil {
					t.Before(derived)
				}
			}
			return run(goja.FunctionCall{This: goja.Undefined(), Arguments: c.Arguments})
		})
	}
	v := f(goja.FunctionCall{This: c.This, Arguments: []goja.Value{
		around(c.Argument(0), func(v goja.Value) goja.Value { return v }),
		around(c.Argument(1), func(v goja.Value) goja.Value { panic(v) }),
	}})
	if derived, ok = v.(*goja.Object); ok {
		t.made(derived, parent)
	}
	return v
}
