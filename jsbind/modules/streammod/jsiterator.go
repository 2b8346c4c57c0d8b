package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/stream"
)

// jsIterator is a sync or async iterable of a program as the machine iterates
// it: as for await does, or as Readable.from does.
type jsIterator struct {
	m        *module
	iterable goja.Value
	it       *goja.Object // nil until opened
	next     bind.Method
	async    bool
	// from is Readable.from: values of a sync iterator are passed on at once,
	// thenables are waited for, and an error is thrown into the iterator.
	from bool
}

// iteratorMethod returns the method that makes an iterator of v, nil if v is
// not iterable.
func (m *module) iteratorMethod(v goja.Value) (method goja.Value, async bool) {
	if bind.IsNullish(v) {
		return nil, false
	}
	o, ok := v.(*goja.Object)
	if !ok {
		o = v.ToObject(m.rt.VM)
	}
	if f := o.GetSymbol(lang.SymAsyncIterator); bind.IsCallable(f) {
		return f, true
	}
	if f := o.GetSymbol(goja.SymIterator); bind.IsCallable(f) {
		return f, false
	}
	return nil, false
}

func (m *module) isIterable(v goja.Value) bool { f, _ := m.iteratorMethod(v); return f != nil }

// iterate returns the iteration of an iterable: a stream of ours is read by the
// machine itself.
func (m *module) iterate(v goja.Value) stream.Iterator {
	if f, _ := m.iteratorMethod(v); f != nil && f == m.asyncIteratorMethod {
		if r, ok := m.peer(v).(stream.Readables); ok {
			return stream.Iterate(r, false)
		}
	}
	return &jsIterator{m: m, iterable: v}
}

// open gets the iterator; it throws what that throws.
func (it *jsIterator) open() {
	if it.it != nil {
		return
	}
	rt := it.m.rt
	f, async := it.m.iteratorMethod(it.iterable)
	if f == nil {
		panic(rt.VM.NewTypeError("%s is not async iterable", it.iterable))
	}
	o, ok := rt.Call(f, it.iterable).(*goja.Object)
	if !ok {
		panic(rt.VM.NewTypeError("Result of the Symbol.asyncIterator method is not an object"))
	}
	it.next = rt.Callable(bind.Get(o, "next"))
	it.it, it.async = o, async
}

// Next implements stream.Iterator.
func (it *jsIterator) Next(done func(c buffer.Chunk, end bool, err error)) {
	m, rt := it.m, it.m.rt
	fail := func(e goja.Value) { done(none, false, rt.Rejection(e)) }
	var result goja.Value
	if ex := rt.VM.Try(func() {
		it.open()
		result = it.next(goja.FunctionCall{This: it.it})
	}); ex != nil {
		fail(ex.Value())
		return
	}
	if it.async {
		m.await(result, func(r goja.Value) { it.result(r, done) }, fail)
		return
	}
	it.result(result, done)
}

// result takes the iterator's result object apart.
func (it *jsIterator) result(r goja.Value, done func(c buffer.Chunk, end bool, err error)) {
	m, rt := it.m, it.m.rt
	fail := func(e goja.Value) { done(none, false, rt.Rejection(e)) }
	var value goja.Value
	var ended bool
	if ex := rt.VM.Try(func() {
		o, ok := r.(*goja.Object)
		if !ok {
			panic(rt.VM.NewTypeError("Iterator result %s is not an object", r))
		}
		ended = bind.Get(o, "done").ToBoolean()
		if !ended {
			value = bind.Get(o, "value")
		}
	}); ex != nil {
		fail(ex.Value())
		return
	}
	pass := func(v goja.Value) { done(toChunk(v), false, nil) }
	switch {
	case ended:
		done(none, true, nil)
	case it.from && !m.thenable(value), !it.from && it.async:
		pass(value)
	default:
		m.await(value, pass, fail)
	}
}

// Return implements stream.Iterator.
func (it *jsIterator) Return(err error, done func(error)) {
	if it.it == nil {
		done(nil)
		return
	}
	m, rt := it.m, it.m.rt
	// An error of the clean-up counts only where there was none before.
	fail := func(e goja.Value) {
		if err != nil && !it.from {
			done(nil)
			return
		}
		done(rt.Rejection(e))
	}
	call := func(name string, then func(r *goja.Object), args ...goja.Value) {
		var r goja.Value
		if ex := rt.VM.Try(func() { r = rt.Call(it.it.Get(name), it.it, args...) }); ex != nil {
			fail(ex.Value())
			return
		}
		m.await(r, func(r goja.Value) {
			o, _ := r.(*goja.Object)
			m.await(bind.Get(o, "value"), func(goja.Value) { then(o) }, fail)
		}, fail)
	}
	leave := func() {
		if !bind.IsCallable(bind.Get(it.it, "return")) {
			done(nil)
			return
		}
		call("return", func(*goja.Object) { done(nil) })
	}
	if err != nil && it.from && bind.IsCallable(bind.Get(it.it, "throw")) {
		call("throw", func(r *goja.Object) {
			if bind.Get(r, "done").ToBoolean() {
				done(nil)
				return
			}
			leave()
		}, rt.ErrorValue(err))
		return
	}
	leave()
}

// thenable reports whether v has a then method.
func (m *module) thenable(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && bind.IsCallable(bind.Get(o, "then"))
}

// await calls one of the functions, as a promise job, when v has settled.
func (m *module) await(v goja.Value, then, fail func(goja.Value)) {
	rt := m.rt
	if m.promiseResolve == nil {
		m.promise = rt.VM.Get("Promise").(*goja.Object)
		m.promiseResolve = rt.Callable(m.promise.Get("resolve"))
		m.promiseThen = rt.Callable(m.promise.Get("prototype").(*goja.Object).Get("then"))
	}
	var p goja.Value
	if ex := rt.VM.Try(func() {
		p = m.promiseResolve(goja.FunctionCall{This: m.promise, Arguments: []goja.Value{v}})
	}); ex != nil {
		e := ex.Value()
		p = m.settled(func(_, reject func(any) error) { _ = reject(e) })
	}
	on := func(f func(goja.Value)) goja.Value {
		return rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
			f(c.Argument(0))
			return goja.Undefined()
		})
	}
	m.promiseThen(goja.FunctionCall{This: p, Arguments: []goja.Value{on(then), on(fail)}})
}

// settled makes a promise that f settles, now or later.
func (m *module) settled(f func(resolve, reject func(any) error)) goja.Value {
	p, resolve, reject := engine.NewPromise(m.rt.VM)
	v := m.rt.VM.ToValue(p)
	if ex := m.rt.VM.Try(func() { f(resolve, reject) }); ex != nil {
		_ = reject(ex.Value())
	}
	return v
}

// promised is a thenable as the last stage of a pipeline returns it.
type promised struct {
	m   *module
	obj *goja.Object
}

// Then implements stream.Promise.
func (p promised) Then(ok func(v buffer.Chunk), fail func(error)) {
	rt := p.m.rt
	on := func(f func(goja.Value)) goja.Value {
		return rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
			f(c.Argument(0))
			return goja.Undefined()
		})
	}
	rt.Call(p.obj.Get("then"), p.obj, on(func(v goja.Value) {
		if bind.IsNullish(v) {
			ok(none)
			return
		}
		ok(toChunk(v))
	}), on(func(e goja.Value) { fail(rt.Rejection(e)) }))
}
