package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// iterable returns v if it is an object to iterate over and neither text nor
// bytes.
func (m *module) iterable(v goja.Value) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if _, bytes := view(v); bytes {
		return nil
	}
	if m.iteratorOf(o, "asyncIterator") == nil && m.iteratorOf(o, "iterator") == nil {
		return nil
	}
	return o
}

func (m *module) iteratorOf(o *goja.Object, name string) goja.Value {
	sym, ok := m.rt.VM.Get("Symbol").(*goja.Object).Get(name).(*goja.Symbol)
	if !ok {
		return nil
	}
	if f := o.GetSymbol(sym); f != nil && bind.IsCallable(f) {
		return f
	}
	return nil
}

// forEach is for await (const v of o): step handles one value and calls next,
// with an exception to stop; end gets that, an exception of the iterator, or
// nil.
func (m *module) forEach(o *goja.Object, step func(v goja.Value, next func(goja.Value)), end func(goja.Value)) {
	fn := m.iteratorOf(o, "asyncIterator")
	if fn == nil {
		fn = m.iteratorOf(o, "iterator")
	}
	it := m.rt.Call(fn, o).(*goja.Object)
	var turn func()
	stop := func(failure goja.Value) {
		if ret := it.Get("return"); ret != nil && bind.IsCallable(ret) {
			m.await(func() goja.Value { return m.rt.Call(ret, it) }, func(goja.Value) { end(failure) }, func(goja.Value) { end(failure) })
			return
		}
		end(failure)
	}
	got := func(v goja.Value) {
		r, ok := v.(*goja.Object)
		if !ok {
			end(m.rt.VM.NewTypeError("Iterator result " + v.String() + " is not an object"))
			return
		}
		if bind.Get(r, "done").ToBoolean() {
			end(nil)
			return
		}
		m.await(func() goja.Value { return bind.Get(r, "value") }, func(v goja.Value) {
			if ex := m.rt.VM.Try(func() {
				step(v, func(failure goja.Value) {
					if failure != nil {
						stop(failure)
						return
					}
					turn()
				})
			}); ex != nil {
				stop(ex.Value())
			}
		}, end)
	}
	turn = func() {
		m.await(func() goja.Value { return m.rt.Call(it.Get("next"), it) }, got, end)
	}
	turn()
}

// await calls then with the value that f's result settles to, or fail with what
// f threw or the rejection.
func (m *module) await(f func() goja.Value, then, fail func(goja.Value)) {
	rt := m.rt
	var v goja.Value
	if ex := rt.VM.Try(func() { v = f() }); ex != nil {
		fail(ex.Value())
		return
	}
	ctor := rt.VM.Get("Promise").(*goja.Object)
	p := rt.Call(ctor.Get("resolve"), ctor, v).(*goja.Object)
	on := func(g func(goja.Value)) goja.Value {
		return rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
			g(c.Argument(0))
			return goja.Undefined()
		})
	}
	rt.Call(p.Get("then"), p, on(then), on(fail))
}
