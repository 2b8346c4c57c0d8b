package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/stream"
)

// asyncIterator is the JavaScript side of an Iterator: an async generator
// object, whose requests are answered one after the other.
type asyncIterator struct {
	m     *module
	it    stream.Iterator
	queue []iterRequest
	busy  bool
	begun bool
	over  bool
}

type iterRequest struct {
	kind            string
	value           goja.Value
	resolve, reject func(any) error
}

// generatorPrototype is the prototype of the asyncIterators, below that of all
// async generators.
func (m *module) generatorPrototype() *goja.Object {
	if m.generators != nil {
		return m.generators
	}
	rt := m.rt
	prg, err := lang.Compile("node:internal/streams/readable", "return (async function* () {}).prototype", lang.CommonJS)
	rt.Must(err)
	wrapper, err := prg.Run(rt.VM)
	rt.Must(err)
	proto := rt.Call(wrapper, goja.Undefined()).(*goja.Object)
	m.generators = rt.VM.CreateObject(proto.Prototype())
	for _, name := range []string{"next", "return", "throw"} {
		_ = m.generators.DefineDataProperty(name, rt.Func(name, 1, func(c goja.FunctionCall) goja.Value {
			return m.settled(func(resolve, reject func(any) error) {
				a, ok := bind.From(c.This).(*asyncIterator)
				if !ok {
					panic(rt.VM.NewTypeError("%s method called on incompatible receiver %s", name, c.This))
				}
				a.queue = append(a.queue, iterRequest{name, c.Argument(0), resolve, reject})
				a.drain()
			})
		}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return m.generators
}

// asyncIteratorOf makes the async generator object of an Iterator.
func (m *module) asyncIteratorOf(it stream.Iterator) *goja.Object {
	o := m.rt.VM.CreateObject(m.generatorPrototype())
	m.rt.Attach(o, &asyncIterator{m: m, it: it})
	return o
}

func (a *asyncIterator) result(v goja.Value, done bool) goja.Value {
	o := a.m.rt.NewObject(2)
	o.Put("value", v)
	o.Put("done", a.m.rt.VM.ToValue(done))
	return o.Object()
}

// answer settles the oldest request and goes on with the next.
func (a *asyncIterator) answer(f func(r iterRequest)) {
	r := a.queue[0]
	a.queue = a.queue[1:]
	a.busy = false
	f(r)
	a.drain()
}

func (a *asyncIterator) yield(v goja.Value, done bool) {
	a.answer(func(r iterRequest) { _ = r.resolve(a.result(v, done)) })
}

func (a *asyncIterator) fail(e goja.Value) {
	a.over = true
	a.answer(func(r iterRequest) { _ = r.reject(e) })
}

// drain starts on the oldest request.
func (a *asyncIterator) drain() {
	if a.busy || len(a.queue) == 0 {
		return
	}
	a.busy = true
	r, rt := a.queue[0], a.m.rt
	if !a.begun && r.kind != "next" {
		a.over = true
	}
	switch {
	case r.kind == "next" && a.over:
		a.yield(goja.Undefined(), true)
	case r.kind == "next":
		a.begun = true
		if ex := rt.VM.Try(func() { a.it.Next(a.received) }); ex != nil {
			e := ex.Value()
			a.over = true
			a.it.Return(rt.Rejection(e), func(error) { a.fail(e) })
		}
	case r.kind == "throw" && a.over:
		a.fail(r.value)
	case r.kind == "throw":
		a.over = true
		a.it.Return(rt.Rejection(r.value), func(error) { a.fail(r.value) })
	default:
		a.m.await(r.value, func(v goja.Value) {
			if a.over {
				a.yield(v, true)
				return
			}
			a.over = true
			a.it.Return(nil, func(err error) {
				if err != nil {
					a.fail(rt.ErrorValue(err))
					return
				}
				a.yield(v, true)
			})
		}, a.fail)
	}
}

// received is the outcome of a next.
func (a *asyncIterator) received(c buffer.Chunk, end bool, err error) {
	switch {
	case err != nil:
		a.fail(a.m.rt.ErrorValue(err))
	case end:
		a.over = true
		a.yield(goja.Undefined(), true)
	default:
		// yield waits for the value, which may be a promise.
		a.m.await(a.m.rt.ChunkValue(c), func(v goja.Value) { a.yield(v, false) }, func(e goja.Value) {
			a.over = true
			a.it.Return(a.m.rt.Rejection(e), func(error) { a.fail(e) })
		})
	}
}

// iteratorMethods adds the async iteration of readables.
func (m *module) iteratorMethods(c *bind.Class) {
	rt := m.rt
	iterate := func(this goja.Value, keep bool) goja.Value {
		r, ok := m.peer(this).(stream.Readables)
		if f, isForeign := r.(*foreign); isForeign && !f.has("read") {
			r, ok = m.wrapped(f.obj), true
		}
		if !ok {
			panic(rt.VM.NewTypeError("Value of \"this\" must be a stream"))
		}
		o := m.asyncIteratorOf(stream.Iterate(r, keep))
		_ = o.Set("stream", this)
		return o
	}
	method := rt.Func("", 0, func(call goja.FunctionCall) goja.Value { return iterate(call.This, false) })
	m.asyncIteratorMethod = method
	_ = c.Proto.DefineDataPropertySymbol(lang.SymAsyncIterator, method, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	_ = c.Proto.Set("iterator", rt.Func("", 1, func(call goja.FunctionCall) goja.Value {
		keep := false
		if v := call.Argument(0); !goja.IsUndefined(v) {
			d := bind.Get(rt.Object(v, "options"), "destroyOnReturn")
			keep = bind.TypeOf(d) == "boolean" && !d.ToBoolean()
		}
		return iterate(call.This, keep)
	}))
}
