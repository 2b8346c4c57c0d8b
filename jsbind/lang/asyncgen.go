package lang

import "github.com/dop251/goja"

// Async generator objects (ECMA-262 27.6). esbuild lowers an async generator to
// a generator that yields at every await and every yield; lowered.go makes its
// output say which is which, and this is the machine that drives it.

// asyncGenerators is the part that all of a runtime's generators share.
type asyncGenerators struct {
	vm    *goja.Runtime
	flag  yieldKind // what the yield that comes next means
	ready bool

	promise              *goja.Object
	promiseResolve, then native

	iteratorPrototype  *goja.Object // %AsyncIteratorPrototype%
	generatorPrototype *goja.Object // %AsyncGeneratorPrototype%
	functionPrototype  *goja.Object // %AsyncGeneratorFunction.prototype%
}

type yieldKind int

const (
	yieldValue yieldKind = iota
	yieldAwait
	yieldDelegate
)

type resumeKind int

const (
	resumeNext resumeKind = iota
	resumeThrow
	resumeReturn
)

var resumeNames = [...]string{"next", "throw", "return"}

// setUp makes the intrinsic objects; it runs when a program first needs them.
func (a *asyncGenerators) setUp() {
	if a.ready {
		return
	}
	a.ready = true
	vm := a.vm
	a.promise = vm.Get("Promise").(*goja.Object)
	a.promiseResolve, _ = callable(a.promise.Get("resolve"))
	a.then, _ = callable(a.promise.Get("prototype").(*goja.Object).Get("then"))

	a.iteratorPrototype = vm.NewObject()
	methodSymbol(vm, a.iteratorPrototype, SymAsyncIterator, "[Symbol.asyncIterator]", 0, func(c goja.FunctionCall) goja.Value { return c.This })
	methodSymbol(vm, a.iteratorPrototype, SymAsyncDispose, "[Symbol.asyncDispose]", 0, func(c goja.FunctionCall) goja.Value {
		p, resolve, reject := vm.NewPromise()
		if ex := vm.Try(func() {
			ret := toObject(vm, c.This).Get("return")
			if isNullish(ret) {
				_ = resolve(goja.Undefined())
				return
			}
			f, ok := callable(ret)
			if !ok {
				panic(vm.NewTypeError("%s is not a function", describe(ret)))
			}
			result := f(goja.FunctionCall{This: c.This, Arguments: []goja.Value{goja.Undefined()}})
			a.await(result, func(goja.Value) { _ = resolve(goja.Undefined()) }, func(e goja.Value) { _ = reject(e) })
		}); ex != nil {
			_ = reject(ex.Value())
		}
		return vm.ToValue(p)
	})

	a.generatorPrototype = vm.CreateObject(a.iteratorPrototype)
	for kind, name := range resumeNames {
		method(vm, a.generatorPrototype, name, 1, func(c goja.FunctionCall) goja.Value {
			p, resolve, reject := vm.NewPromise()
			g, ok := hostState[*asyncGenerator](c.This)
			if !ok {
				_ = reject(vm.NewTypeError("%s method called on incompatible receiver %s", name, describe(c.This)))
				return vm.ToValue(p)
			}
			g.queue = append(g.queue, agRequest{resumeKind(kind), c.Argument(0), resolve, reject})
			g.drain()
			return vm.ToValue(p)
		})
	}
	tag(a.generatorPrototype, "AsyncGenerator")

	function := vm.Get("Function").(*goja.Object)
	ctor := newNative(vm, "AsyncGeneratorFunction", 1, func(c goja.FunctionCall) goja.Value {
		return dynamicFunction(vm, "async function*", c.Arguments)
	})
	_ = ctor.SetPrototype(function)
	a.functionPrototype = vm.CreateObject(function.Get("prototype").(*goja.Object))
	readOnly := func(o *goja.Object, name string, v goja.Value) {
		_ = o.DefineDataProperty(name, v, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	readOnly(a.functionPrototype, "constructor", ctor)
	readOnly(a.functionPrototype, "prototype", a.generatorPrototype)
	tag(a.functionPrototype, "AsyncGeneratorFunction")
	_ = ctor.DefineDataProperty("prototype", a.functionPrototype, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	readOnly(a.generatorPrototype, "constructor", a.functionPrototype)
}

// AsyncIteratorPrototype returns %AsyncIteratorPrototype%.
func (h *Hooks) AsyncIteratorPrototype() *goja.Object {
	h.generators.setUp()
	return h.generators.iteratorPrototype
}

// function marks a lowered function as an async generator function; the second
// argument is the name that the program's text gives it.
func (a *asyncGenerators) function(c goja.FunctionCall) goja.Value {
	a.setUp()
	fn, ok := c.Argument(0).(*goja.Object)
	if !ok {
		return c.Argument(0)
	}
	_ = fn.SetPrototype(a.functionPrototype)
	_ = fn.DefineDataProperty("prototype", a.vm.CreateObject(a.generatorPrototype), goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	if name, ok := c.Argument(1).(goja.String); ok {
		_ = fn.DefineDataProperty("name", name, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return fn
}

// markAwait and markDelegate are called right before a yield, and return what
// it is to yield.
func (a *asyncGenerators) markAwait(c goja.FunctionCall) goja.Value {
	a.flag = yieldAwait
	return c.Argument(0)
}

func (a *asyncGenerators) markDelegate(c goja.FunctionCall) goja.Value {
	a.flag = yieldDelegate
	return c.Argument(0)
}

// start answers " asyncGenerator"(this, arguments, function*): a new generator.
func (a *asyncGenerators) start(c goja.FunctionCall) goja.Value {
	a.setUp()
	body, _ := callable(c.Argument(2))
	var args []goja.Value
	if list, ok := c.Argument(1).(*goja.Object); ok {
		n := int(list.Get("length").ToInteger())
		for i := range n {
			v := list.Get(goInt(i).String())
			if v == nil {
				v = goja.Undefined()
			}
			args = append(args, v)
		}
	}
	inner := body(goja.FunctionCall{This: c.Argument(0), Arguments: args}).(*goja.Object)
	g := &asyncGenerator{shared: a, inner: inner}
	for kind, name := range resumeNames {
		g.resumeInner[kind], _ = callable(inner.Get(name))
	}
	return newHost(a.vm, a.generatorPrototype, g)
}

// await calls one of the functions, as a promise job, when v has settled.
func (a *asyncGenerators) await(v goja.Value, ok, fail func(goja.Value)) {
	p := a.promiseResolve(goja.FunctionCall{This: a.promise, Arguments: []goja.Value{v}})
	wrap := func(f func(goja.Value)) goja.Value {
		return a.vm.ToValue(func(c goja.FunctionCall) goja.Value {
			f(c.Argument(0))
			return goja.Undefined()
		})
	}
	a.then(goja.FunctionCall{This: p, Arguments: []goja.Value{wrap(ok), wrap(fail)}})
}

type agState int

const (
	agStart agState = iota
	agSuspended
	agExecuting // also while it waits for a promise
	agCompleted
)

type agRequest struct {
	kind            resumeKind
	value           goja.Value
	resolve, reject func(any) error
}

type asyncGenerator struct {
	shared      *asyncGenerators
	inner       *goja.Object
	resumeInner [3]native
	state       agState
	queue       []agRequest
	delegate    *asyncDelegate
}

func (g *asyncGenerator) pop() agRequest {
	r := g.queue[0]
	g.queue = g.queue[1:]
	return r
}

func (g *asyncGenerator) settle(v goja.Value, done bool) {
	r := g.pop()
	_ = r.resolve(iteratorResult(g.shared.vm, v, done))
}

func iteratorResult(vm *goja.Runtime, v goja.Value, done bool) *goja.Object {
	o := vm.NewObject()
	_ = o.Set("value", v)
	_ = o.Set("done", done)
	return o
}

// drain starts the next request if nothing runs.
func (g *asyncGenerator) drain() {
	for len(g.queue) > 0 && g.state != agExecuting {
		r := g.queue[0]
		if g.state == agStart && r.kind != resumeNext {
			g.state = agCompleted
		}
		if g.state == agCompleted {
			switch r.kind {
			case resumeNext:
				g.settle(goja.Undefined(), true)
			case resumeThrow:
				_ = g.pop().reject(r.value)
			case resumeReturn:
				g.state = agExecuting
				g.awaitSafely(r.value, func(v goja.Value) {
					g.state = agCompleted
					g.settle(v, true)
					g.drain()
				}, func(e goja.Value) {
					g.state = agCompleted
					_ = g.pop().reject(e)
					g.drain()
				})
			}
			continue
		}
		g.state = agExecuting
		if r.kind == resumeReturn {
			g.awaitSafely(r.value,
				func(v goja.Value) { g.resume(resumeReturn, v) },
				func(e goja.Value) { g.resume(resumeThrow, e) })
			continue
		}
		g.resume(r.kind, r.value)
	}
}

// awaitSafely is await; if v cannot even be made a promise, fail gets why.
func (g *asyncGenerator) awaitSafely(v goja.Value, ok, fail func(goja.Value)) {
	if ex := g.shared.vm.Try(func() { g.shared.await(v, ok, fail) }); ex != nil {
		fail(ex.Value())
	}
}

// resume continues the body, or the iterator that it delegates to.
func (g *asyncGenerator) resume(kind resumeKind, v goja.Value) {
	if g.delegate != nil {
		g.delegate.resume(kind, v)
		return
	}
	g.run(kind, v)
}

// run continues the body until it yields, awaits or ends.
func (g *asyncGenerator) run(kind resumeKind, v goja.Value) {
	a := g.shared
	var value goja.Value
	done := false
	a.flag = yieldValue
	ex := a.vm.Try(func() {
		r := g.resumeInner[kind](goja.FunctionCall{This: g.inner, Arguments: []goja.Value{v}}).(*goja.Object)
		value, done = r.Get("value"), r.Get("done").ToBoolean()
	})
	flag := a.flag
	a.flag = yieldValue
	if ex != nil {
		g.state = agCompleted
		_ = g.pop().reject(ex.Value())
		g.drain()
		return
	}
	if value == nil {
		value = goja.Undefined()
	}
	switch {
	case done:
		g.state = agCompleted
		g.settle(value, true)
		g.drain()
	case flag == yieldAwait:
		g.awaitSafely(value, func(v goja.Value) { g.run(resumeNext, v) }, func(e goja.Value) { g.run(resumeThrow, e) })
	case flag == yieldDelegate:
		g.startDelegate(value)
	default:
		g.awaitSafely(value, g.yielded, func(e goja.Value) { g.run(resumeThrow, e) })
	}
}

// yielded hands a value to the oldest request.
func (g *asyncGenerator) yielded(v goja.Value) {
	g.state = agSuspended
	g.settle(v, false)
	g.drain()
}

// asyncDelegate is the iterator of a yield* (15.5.5).
type asyncDelegate struct {
	g    *asyncGenerator
	it   *goja.Object
	next native
	sync bool // an ordinary iterator, whose values are awaited
}

func (g *asyncGenerator) startDelegate(iterable goja.Value) {
	vm := g.shared.vm
	d := &asyncDelegate{g: g}
	if ex := vm.Try(func() {
		o := toObject(vm, iterable)
		m := o.GetSymbol(SymAsyncIterator)
		if isNullish(m) {
			m = o.GetSymbol(goja.SymIterator)
			d.sync = true
		}
		f, ok := callable(m)
		if !ok {
			panic(vm.NewTypeError("%s is not async iterable", kindOf(iterable)))
		}
		if d.it, ok = f(goja.FunctionCall{This: iterable}).(*goja.Object); !ok {
			panic(vm.NewTypeError("Result of the Symbol.asyncIterator method is not an object"))
		}
		if d.next, ok = callable(d.it.Get("next")); !ok {
			panic(vm.NewTypeError("%s is not a function", describe(d.it.Get("next"))))
		}
	}); ex != nil {
		g.run(resumeThrow, ex.Value())
		return
	}
	g.delegate = d
	d.resume(resumeNext, goja.Undefined())
}

// leave ends the delegation and continues the body.
func (d *asyncDelegate) leave(kind resumeKind, v goja.Value) {
	d.g.delegate = nil
	d.g.run(kind, v)
}

func (d *asyncDelegate) resume(kind resumeKind, v goja.Value) {
	g, vm := d.g, d.g.shared.vm
	var result goja.Value
	missing := false
	if ex := vm.Try(func() {
		f := d.next
		if kind != resumeNext {
			m := d.it.Get(resumeNames[kind])
			if missing = isNullish(m); missing {
				return
			}
			var ok bool
			if f, ok = callable(m); !ok {
				panic(vm.NewTypeError("%s is not a function", describe(m)))
			}
		}
		result = f(goja.FunctionCall{This: d.it, Arguments: []goja.Value{v}})
	}); ex != nil {
		d.leave(resumeThrow, ex.Value())
		return
	}
	switch {
	case missing && kind == resumeReturn:
		d.leave(resumeReturn, v)
		return
	case missing:
		// No throw method: close the iterator, then complain.
		d.g.delegate = nil
		complain := func(goja.Value) {
			g.run(resumeThrow, vm.NewTypeError("The iterator does not provide a 'throw' method"))
		}
		closed := goja.Undefined()
		if ex := vm.Try(func() {
			if f, ok := callable(d.it.Get("return")); ok {
				closed = f(goja.FunctionCall{This: d.it})
			}
		}); ex != nil {
			complain(nil)
			return
		}
		g.awaitSafely(closed, complain, complain)
		return
	}
	received := func(r goja.Value) { d.received(kind, r) }
	if d.sync {
		received(result)
		return
	}
	g.awaitSafely(result, received, func(e goja.Value) { d.leave(resumeThrow, e) })
}

// received takes a result object of the iterator.
func (d *asyncDelegate) received(kind resumeKind, r goja.Value) {
	g, vm := d.g, d.g.shared.vm
	var value goja.Value
	done := false
	if ex := vm.Try(func() {
		o, ok := r.(*goja.Object)
		if !ok {
			panic(vm.NewTypeError("Iterator result %s is not an object", r.String()))
		}
		if v := o.Get("done"); v != nil {
			done = v.ToBoolean()
		}
		if value = o.Get("value"); value == nil {
			value = goja.Undefined()
		}
	}); ex != nil {
		d.leave(resumeThrow, ex.Value())
		return
	}
	finish := func(v goja.Value) {
		switch {
		case !done:
			g.yielded(v)
		case kind == resumeReturn:
			d.leave(resumeReturn, v)
		default:
			d.leave(resumeNext, v)
		}
	}
	if d.sync {
		g.awaitSafely(value, finish, func(e goja.Value) { d.leave(resumeThrow, e) })
		return
	}
	finish(value)
}
