package engine

import (
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// Async functions. goja makes two function objects to settle each promise of an
// async function, and a promise for each value that is awaited: about eighty
// objects for a call with one await. Here the call settles its promise itself,
// and waits for a value that is no promise, or for one that is settled, by a job
// of its own. The order of jobs and what the program can see are the same.
//
// goja's counterparts are asyncRunner and createResolvingFunctions.

// asyncCall is a call of an async function until it returns.
type asyncCall struct {
	runner asyncRunner // what goja sees of it, for the stacks of errors
	cap    capability

	// Waiting for a pending promise.
	onFulfilled, onRejected promiseReaction
	fulfilled, rejected     jobCallback

	// Waiting for its turn in the queue of jobs.
	job       func()
	value     goja.Value
	threw     bool
	tracked   any // of goja's AsyncContextTracker
	suspended bool
}

// asyncPromise is a promise and its implementation, in one allocation.
type asyncPromise struct {
	object
	promise promise
}

var asyncCalls = sync.Pool{New: func() any { return &asyncCall{} }}

var gojaCall func(unsafe.Pointer, *machine)

// call is the instruction of a call; data points to the number of arguments.
func call(data unsafe.Pointer, m *machine) {
	n := int(*(*uint32)(data))
	if o := isObject(m.stack[m.sp-n-1]); o != nil && isAsync(o.self.tab) {
		p := startAsync(m, o, n)
		m.stack[m.sp] = p
		m.sp++
		m.pc++
		return
	}
	gojaCall(data, m)
}

func isAsync(tab unsafe.Pointer) bool {
	return tab == learnt.asyncFunction || tab == learnt.asyncArrow || tab == learnt.asyncMethod
}

// startAsync calls an async function whose receiver, itself and n arguments are
// on the stack, takes them off and returns its promise.
func startAsync(m *machine, f *object, n int) goja.Value {
	c := asyncCalls.Get().(*asyncCall)
	obj := (&asyncPromise{}).init(m.r)
	tellInit(m.r, obj, nil)
	c.cap.promise = obj
	c.runner = asyncRunner{promiseCap: &c.cap, f: (*goja.Object)(unsafe.Pointer(f))}
	c.runner.gen.vm = m
	sp := m.sp
	generatorEnter(&c.runner.gen)
	m.enterFunction(f, n)
	res, kind, ex := generatorStep(&c.runner.gen)
	c.step(res, kind, ex)
	if ex != nil {
		m.sp = sp - n - 2
	}
	machinePopTryFrame(m)
	machinePopCtx(m)
	if !c.suspended {
		c.cap, c.runner = capability{}, asyncRunner{}
		asyncCalls.Put(c)
	}
	return obj
}

// enterFunction makes the function's code the next to run (vmCall).
func (m *machine) enterFunction(o *object, n int) {
	machinePushCtx(m)
	f := (*jsFunction)(o.self.data)
	m.args, m.prg, m.stash, m.privEnv, m.pc = n, f.prg, f.stash, f.privEnv, 0
	this, callee := &m.stack[m.sp-n-2], &m.stack[m.sp-n-1]
	*this, *callee = *callee, *this
	if o.self.tab == learnt.asyncArrow {
		*callee = nil
		*(*goja.Value)(unsafe.Add(unsafe.Pointer(m), learnt.newTarget)) = (*arrowFunction)(o.self.data).newTarget
	}
}

// step goes on after the function returned, threw or reached an await.
func (c *asyncCall) step(res goja.Value, kind uint8, ex *goja.Exception) {
	switch {
	case ex != nil:
		RejectPromise(c.vm(), c.cap.promise, ex.Value())
	case kind == 0:
		ResolvePromise(c.vm(), c.cap.promise, res)
	default:
		c.await(res)
	}
}

func (c *asyncCall) vm() *goja.Runtime { return c.runner.gen.vm.r }

// thenOf returns the then method of an object, nil if it has none.
func thenOf(vm *goja.Runtime, o *object) (then func(goja.FunctionCall) goja.Value, ex *goja.Exception) {
	ex = vm.Try(func() {
		if m := isObject(o.getStr("then", nil)); m != nil {
			then = m.callable()
		}
	})
	return then, ex
}

// await suspends the call until v is settled (ECMA-262 27.7.5.3).
func (c *asyncCall) await(v goja.Value) {
	c.suspended = true
	vm := c.vm()
	if hooksOf(vm) != nil {
		c.awaitTold(v)
		return
	}
	if o := isObject(v); o != nil {
		if o.self.tab == learnt.promise && c.isBuiltin(o) {
			c.awaitPromise(o)
			return
		}
		then, ex := thenOf(vm, o)
		if ex != nil {
			c.enqueue(ex.Value(), true)
			return
		}
		if then != nil {
			inner := PendingPromise(vm, nil, nil)
			enqueueThenable(vm, inner, v, then)
			c.awaitPromise((*object)(unsafe.Pointer(inner)))
			return
		}
	}
	c.enqueue(v, false)
}

// isBuiltin reports whether await takes the promise as it is: its constructor is
// Promise.
func (c *asyncCall) isBuiltin(o *object) bool {
	ctor := isObject(o.getStr("constructor", nil))
	return ctor != nil && (*goja.Object)(unsafe.Pointer(ctor)) == intrinsicPromise(c.vm())
}

func (c *asyncCall) awaitPromise(o *object) {
	p := (*promise)(o.self.data)
	if p.state == goja.PromiseStateFulfilled {
		p.handled = true
		c.enqueue(p.result, false)
		return
	}
	if c.fulfilled.callback == nil {
		c.fulfilled.callback = func(call goja.FunctionCall) goja.Value { c.resume(call.Argument(0), false); return goja.Undefined() }
		c.rejected.callback = func(call goja.FunctionCall) goja.Value { c.resume(call.Argument(0), true); return goja.Undefined() }
		c.onFulfilled = promiseReaction{typ: 0, handler: &c.fulfilled, asyncRunner: &c.runner}
		c.onRejected = promiseReaction{typ: 1, handler: &c.rejected, asyncRunner: &c.runner}
	}
	promiseAddReactions((*goja.Promise)(o.self.data), &c.onFulfilled, &c.onRejected)
}

func (c *asyncCall) tracker() goja.AsyncContextTracker { return Tracker(c.vm()) }

// enqueue resumes the call in its turn.
func (c *asyncCall) enqueue(v goja.Value, threw bool) {
	if c.job == nil {
		c.job = c.runJob
	}
	c.value, c.threw = v, threw
	if t := c.tracker(); t != nil {
		c.tracked = t.Grab()
	}
	enqueue(c.vm(), c.job)
}

func enqueue(vm *goja.Runtime, job func()) {
	queue := jobQueue(vm)
	*queue = append(*queue, job)
}

func (c *asyncCall) runJob() {
	v, ctx := c.value, c.tracked
	c.value, c.tracked = nil, nil
	if t := c.tracker(); t != nil {
		t.Resumed(ctx)
	}
	c.resume(v, c.threw)
	if t := c.tracker(); t != nil {
		t.Exited()
	}
}

// resume goes on with the function: await gives v, or throws it.
func (c *asyncCall) resume(v goja.Value, threw bool) {
	current := (**asyncRunner)(unsafe.Add(unsafe.Pointer(c.runner.gen.vm), learnt.curAsync))
	*current = &c.runner
	defer func() { *current = nil }()
	if threw {
		c.step(generatorNextThrow(&c.runner.gen, v))
	} else {
		c.step(generatorNext(&c.runner.gen, v))
	}
}

// Callable returns the function that calls fn from Go without draining any
// queue; exceptions panic. It is nil if fn cannot be called.
func Callable(fn *goja.Object) func(goja.FunctionCall) goja.Value {
	o := (*object)(unsafe.Pointer(fn))
	if !isAsync(o.self.tab) {
		return o.callable()
	}
	return func(c goja.FunctionCall) goja.Value {
		m := machineOf(o.runtime)
		machineExpand(&m.stack, m.sp+len(c.Arguments)+1)
		m.stack[m.sp] = c.This
		m.stack[m.sp+1] = fn
		m.sp += 2
		for _, v := range c.Arguments {
			if v == nil {
				v = goja.Undefined()
			}
			m.stack[m.sp] = v
			m.sp++
		}
		return startAsync(m, o, len(c.Arguments))
	}
}

// callable is the engine's own callable of an object, nil if it has none.
func (o *object) callable() func(goja.FunctionCall) goja.Value {
	f := funcAt[func(unsafe.Pointer) (func(goja.FunctionCall) goja.Value, bool)](o.method(learnt.assertCallable))
	if call, ok := f(o.self.data); ok {
		return call
	}
	return nil
}
