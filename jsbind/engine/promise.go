package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// PromiseHooks are told of the life of promises, as V8's promise hooks are
// (https://nodejs.org/docs/latest-v24.x/api/v8.html#promise-hooks). Each function
// may be nil.
type PromiseHooks struct {
	// Init is told of a new promise; parent is the one that it was derived from,
	// or nil.
	Init func(promise, parent *goja.Object)
	// Before and After are called around what a promise waits for.
	Before, After func(promise *goja.Object)
	// Settled is told of a promise that was fulfilled or rejected.
	Settled func(promise *goja.Object)
}

// PromiseTracker is a tracker of asynchronous contexts that has promise hooks:
// nil while nobody asks. The reactions that hooks are told of are grabbed between
// Tell(true) and Tell(false), and the tracker's Resumed and Exited are called
// around their handlers like around others.
type PromiseTracker interface {
	goja.AsyncContextTracker
	PromiseHooks() *PromiseHooks
	Tell(on bool)
}

// Tracker returns the tracker of vm's asynchronous contexts, nil for none.
func Tracker(vm *goja.Runtime) goja.AsyncContextTracker {
	return *(*goja.AsyncContextTracker)(unsafe.Add(unsafe.Pointer(vm), learnt.tracker))
}

// hooksOf returns the promise hooks of vm, nil while nobody asks.
func hooksOf(vm *goja.Runtime) *PromiseHooks {
	if t := Tracker(vm); t != nil {
		if p, ok := t.(PromiseTracker); ok {
			return p.PromiseHooks()
		}
	}
	return nil
}

func tellInit(vm *goja.Runtime, promise, parent *goja.Object) {
	if h := hooksOf(vm); h != nil && h.Init != nil {
		h.Init(promise, parent)
	}
}

func tellBefore(vm *goja.Runtime, promise *goja.Object) {
	if h := hooksOf(vm); h != nil && h.Before != nil {
		h.Before(promise)
	}
}

func tellAfter(vm *goja.Runtime, promise *goja.Object) {
	if h := hooksOf(vm); h != nil && h.After != nil {
		h.After(promise)
	}
}

func tellSettled(vm *goja.Runtime, promise *goja.Object) {
	if h := hooksOf(vm); h != nil && h.Settled != nil {
		h.Settled(promise)
	}
}

// PendingPromise makes a promise with a prototype, nil for the built-in one.
// Hooks are told of it.
func PendingPromise(vm *goja.Runtime, prototype, parent *goja.Object) *goja.Object {
	p := &asyncPromise{}
	obj := p.init(vm)
	if prototype != nil {
		p.promise.prototype = prototype
	}
	tellInit(vm, obj, parent)
	return obj
}

// NewPromise is goja's Runtime.NewPromise, hooks being told.
func NewPromise(vm *goja.Runtime) (p *goja.Promise, resolve, reject func(any) error) {
	if hooksOf(vm) == nil {
		return vm.NewPromise()
	}
	o := PendingPromise(vm, nil, nil)
	done := false
	once := func(settle func(*goja.Runtime, *goja.Object, goja.Value)) func(any) error {
		return func(v any) error {
			if !done {
				done = true
				settle(vm, o, vm.ToValue(v))
			}
			return nil
		}
	}
	return promiseOf(o), once(ResolvePromise), once(RejectPromise)
}

func (p *asyncPromise) init(vm *goja.Runtime) *goja.Object {
	obj := (*goja.Object)(unsafe.Pointer(&p.object))
	p.self = iface{learnt.promise, unsafe.Pointer(&p.promise)}
	p.runtime = vm
	p.promise.baseObject = baseObject{class: "Object", val: obj, prototype: intrinsicPromisePrototype(vm), extensible: true}
	p.promise.values = make(map[unistring.String]goja.Value)
	return obj
}

func promiseOf(o *goja.Object) *goja.Promise {
	return (*goja.Promise)((*object)(unsafe.Pointer(o)).self.data)
}

// IsPromise reports whether v is a promise of the engine's own.
func IsPromise(v goja.Value) bool {
	o := isObject(v)
	return o != nil && o.self.tab == learnt.promise
}

// ResolvePromise is what the resolve function of a promise does when it is called
// first (ECMA-262 27.2.1.3.2).
func ResolvePromise(vm *goja.Runtime, promise *goja.Object, v goja.Value) {
	o := isObject(v)
	if o == nil {
		fulfill(vm, promise, v)
		return
	}
	if (*goja.Object)(unsafe.Pointer(o)) == promise {
		RejectPromise(vm, promise, vm.NewTypeError("Promise self-resolution"))
		return
	}
	then, ex := thenOf(vm, o)
	switch {
	case ex != nil:
		RejectPromise(vm, promise, ex.Value())
	case then == nil:
		fulfill(vm, promise, v)
	default:
		enqueueThenable(vm, promise, v, then)
	}
}

// enqueueThenable queues the call of a then that settles a promise.
func enqueueThenable(vm *goja.Runtime, promise *goja.Object, v goja.Value, then func(goja.FunctionCall) goja.Value) {
	if hooksOf(vm) == nil {
		Microtask(vm, newThenableJob(vm, promiseOf(promise), v, &jobCallback{then}))
		return
	}
	enqueue(vm, func() {
		tellBefore(vm, promise)
		thenableJob(vm, promise, v, then)
		tellAfter(vm, promise)
	})
}

func fulfill(vm *goja.Runtime, promise *goja.Object, v goja.Value) {
	tellSettled(vm, promise)
	promiseFulfill(promiseOf(promise), v)
}

// RejectPromise rejects a pending promise.
func RejectPromise(vm *goja.Runtime, promise *goja.Object, reason goja.Value) {
	tellSettled(vm, promise)
	promiseReject(promiseOf(promise), reason)
}

// thenableJob is NewPromiseResolveThenableJob.
func thenableJob(vm *goja.Runtime, promise *goja.Object, thenable goja.Value, then func(goja.FunctionCall) goja.Value) {
	resolve, reject := ResolvingFunctions(vm, promise, nil)
	if ex := vm.Try(func() {
		then(goja.FunctionCall{This: thenable, Arguments: []goja.Value{resolve, reject}})
	}); ex != nil {
		(*object)(unsafe.Pointer(reject)).callable()(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{ex.Value()}})
	}
}

// ResolvingFunctions makes the functions that settle a promise. again, which may
// be nil, is told of their calls after the first.
func ResolvingFunctions(vm *goja.Runtime, promise *goja.Object, again func(kind string, v goja.Value)) (resolve, reject *goja.Object) {
	done := false
	make1 := func(kind string, settle func(*goja.Runtime, *goja.Object, goja.Value)) *goja.Object {
		o := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			switch {
			case !done:
				done = true
				settle(vm, promise, c.Argument(0))
			case again != nil:
				again(kind, c.Argument(0))
			}
			return goja.Undefined()
		}).(*goja.Object)
		_ = o.DefineDataProperty("length", vm.ToValue(1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		_ = o.DefineDataProperty("name", vm.ToValue(""), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return o
	}
	return make1("resolve", ResolvePromise), make1("reject", RejectPromise)
}

// Then is Promise.prototype.then of a promise of the engine's own, hooks being
// told of what is derived and of its reaction.
func Then(vm *goja.Runtime, promise *goja.Object, onFulfilled, onRejected goja.Value) goja.Value {
	ctor := speciesConstructor(vm, promise, intrinsicPromise(vm))
	made := &capability{}
	if ctor == intrinsicPromise(vm) {
		made.promise = PendingPromise(vm, nil, promise)
		made.resolveObj, made.rejectObj = ResolvingFunctions(vm, made.promise, nil)
	} else {
		made = newCapability(vm, ctor)
	}
	derived := made.promise
	ended := func(settle *goja.Object) *goja.Object {
		run := (*object)(unsafe.Pointer(settle)).callable()
		return vm.ToValue(func(c goja.FunctionCall) goja.Value {
			defer tellAfter(vm, derived)
			return run(c)
		}).(*goja.Object)
	}
	around := &capability{derived, ended(made.resolveObj), ended(made.rejectObj)}
	react(vm, promise, derived, around, handlerOf(onFulfilled), handlerOf(onRejected))
	return derived
}

func handlerOf(v goja.Value) func(goja.FunctionCall) goja.Value {
	if o := isObject(v); o != nil {
		return o.callable()
	}
	return nil
}

// react adds reactions of which hooks are told as of derived's; nil passes on
// what promise is settled with.
func react(vm *goja.Runtime, promise, derived *goja.Object, around *capability, onFulfilled, onRejected func(goja.FunctionCall) goja.Value) {
	if onFulfilled == nil {
		onFulfilled = func(c goja.FunctionCall) goja.Value { return c.Argument(0) }
	}
	if onRejected == nil {
		onRejected = func(c goja.FunctionCall) goja.Value { panic(c.Argument(0)) }
	}
	begun := func(f func(goja.FunctionCall) goja.Value) *jobCallback {
		return &jobCallback{func(c goja.FunctionCall) goja.Value {
			tellBefore(vm, derived)
			return f(c)
		}}
	}
	t, _ := Tracker(vm).(PromiseTracker)
	if t != nil {
		t.Tell(true)
		defer t.Tell(false)
	}
	promiseAddReactions(promiseOf(promise),
		&promiseReaction{capability: around, typ: 0, handler: begun(onFulfilled)},
		&promiseReaction{capability: around, typ: 1, handler: begun(onRejected)})
}

// awaitTold suspends the call until v is settled, telling hooks what V8 tells
// them: of a promise for a value that is none, derived from the call's, and of
// one that stands for the reaction.
func (c *asyncCall) awaitTold(v goja.Value) {
	vm := c.vm()
	var promise *goja.Object
	if o := isObject(v); o != nil && o.self.tab == learnt.promise && c.isBuiltin(o) {
		promise = (*goja.Object)(unsafe.Pointer(o))
	} else {
		promise = PendingPromise(vm, nil, c.cap.promise)
		ResolvePromise(vm, promise, v)
	}
	reaction := PendingPromise(vm, nil, promise)
	resumed := func(threw bool) func(goja.FunctionCall) goja.Value {
		return func(call goja.FunctionCall) goja.Value {
			c.resume(call.Argument(0), threw)
			tellSettled(vm, reaction)
			tellAfter(vm, reaction)
			return goja.Undefined()
		}
	}
	t, _ := Tracker(vm).(PromiseTracker)
	if t != nil {
		t.Tell(true)
		defer t.Tell(false)
	}
	handler := func(threw bool) *jobCallback {
		run := resumed(threw)
		return &jobCallback{func(call goja.FunctionCall) goja.Value {
			tellBefore(vm, reaction)
			return run(call)
		}}
	}
	promiseAddReactions(promiseOf(promise),
		&promiseReaction{typ: 0, handler: handler(false), asyncRunner: &c.runner},
		&promiseReaction{typ: 1, handler: handler(true), asyncRunner: &c.runner})
}

// Microtask queues a job in the present asynchronous context.
func Microtask(vm *goja.Runtime, run func()) {
	t := Tracker(vm)
	if t == nil {
		enqueue(vm, run)
		return
	}
	ctx := t.Grab()
	enqueue(vm, func() {
		t.Resumed(ctx)
		run()
		t.Exited()
	})
}

// Enqueue queues a job that sets its asynchronous context itself.
func Enqueue(vm *goja.Runtime, run func()) { enqueue(vm, run) }
