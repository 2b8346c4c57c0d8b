package streammod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// operators adds the iterator helpers of Readable
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#iterator-helper-methods).
func (m *module) operators(c *bind.Class) {
	rt := m.rt
	add := func(name string, n int, f bind.Method) {
		_ = c.Proto.DefineDataProperty(name, rt.Func(name, n, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	readable := func(name string, n int, f func(c goja.FunctionCall) stream.Iterator) {
		add(name, n, func(c goja.FunctionCall) goja.Value { return m.fromIterator(f(c), goja.Undefined()) })
	}
	promise := func(name string, n int, f func(c goja.FunctionCall, resolve func(goja.Value), fail func(error))) {
		add(name, n, func(c goja.FunctionCall) goja.Value {
			return m.settled(func(resolve, reject func(any) error) {
				f(c, func(v goja.Value) { _ = resolve(v) }, func(err error) { _ = reject(rt.ErrorValue(err)) })
			})
		})
	}
	readable("drop", 1, func(c goja.FunctionCall) stream.Iterator { return m.limited(c, stream.Drop) })
	readable("filter", 2, m.filtered)
	readable("flatMap", 2, func(c goja.FunctionCall) stream.Iterator {
		return &flat{m: m, src: m.mapped(c, c.Argument(0), m.mapper)}
	})
	readable("map", 2, func(c goja.FunctionCall) stream.Iterator { return m.mapped(c, c.Argument(0), m.mapper) })
	readable("take", 1, func(c goja.FunctionCall) stream.Iterator { return m.limited(c, stream.Take) })
	add("compose", 2, m.composeMethod)
	promise("every", 1, func(c goja.FunctionCall, resolve func(goja.Value), fail func(error)) {
		m.find(c, true, func(_ buffer.Chunk, found bool) { resolve(rt.VM.ToValue(!found)) }, fail)
	})
	promise("forEach", 2, m.forEach)
	promise("reduce", 3, m.reduce)
	promise("toArray", 1, m.toArray)
	promise("some", 1, func(c goja.FunctionCall, resolve func(goja.Value), fail func(error)) {
		m.find(c, false, func(_ buffer.Chunk, found bool) { resolve(rt.VM.ToValue(found)) }, fail)
	})
	promise("find", 2, func(c goja.FunctionCall, resolve func(goja.Value), fail func(error)) {
		m.find(c, false, func(v buffer.Chunk, found bool) {
			if !found {
				resolve(goja.Undefined())
				return
			}
			resolve(rt.ChunkValue(v))
		}, fail)
	})
}

// signalOption validates an options argument and returns its signal.
func (m *module) signalOption(v goja.Value) (opts *goja.Object, sig stream.Signal) {
	if bind.IsNullish(v) {
		return nil, nil
	}
	opts = m.rt.Object(v, "options")
	if s := bind.Get(opts, "signal"); !bind.IsNullish(s) {
		sig = m.signal(s, "options.signal")
	}
	return opts, sig
}

// mapper calls fn(value, {signal}) and awaits the result.
func (m *module) mapper(fn bind.Method, opts goja.Value) stream.Mapper {
	return m.caller(fn, opts, func(_ buffer.Chunk, r goja.Value) (buffer.Chunk, bool) { return toChunk(r), true })
}

// caller is a mapper whose result is made of the value and of what fn's result
// settled to.
func (m *module) caller(fn bind.Method, opts goja.Value, result func(c buffer.Chunk, r goja.Value) (buffer.Chunk, bool)) stream.Mapper {
	rt := m.rt
	return func(c buffer.Chunk, done func(r buffer.Chunk, keep bool, err error)) {
		fail := func(e goja.Value) { done(none, false, rt.Rejection(e)) }
		var v goja.Value
		if ex := rt.VM.Try(func() {
			v = fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{rt.ChunkValue(c), opts}})
		}); ex != nil {
			e := ex.Value()
			v = m.settled(func(_, reject func(any) error) { _ = reject(e) })
		}
		m.await(v, func(r goja.Value) {
			r2, keep := result(c, r)
			done(r2, keep, nil)
		}, fail)
	}
}

// mapped is map, with the kind of mapper that an operator built on it has.
func (m *module) mapped(c goja.FunctionCall, fn goja.Value, mapper func(fn bind.Method, opts goja.Value) stream.Mapper) stream.Iterator {
	rt := m.rt
	f := rt.Callable(rt.Function(fn, "fn"))
	opts, sig := m.signalOption(c.Argument(1))
	concurrency := 1.0
	if v := bind.Get(opts, "concurrency"); !bind.IsNullish(v) {
		concurrency = math.Floor(v.ToFloat())
	}
	hwm := concurrency - 1
	if v := bind.Get(opts, "highWaterMark"); !bind.IsNullish(v) {
		hwm = math.Floor(v.ToFloat())
	}
	n := rt.Integer(rt.VM.ToValue(concurrency), "options.concurrency", 1, bind.MaxSafe)
	queue := rt.Integer(rt.VM.ToValue(hwm), "options.highWaterMark", 0, bind.MaxSafe)
	return stream.Map(m.iterate(c.This), mapper(f, m.callOptions(sig)), stream.MapOptions{Concurrency: int(n), Queue: int(queue + n), Signal: sig})
}

// callOptions is the second argument of an operator's function: {signal}.
func (m *module) callOptions(sig stream.Signal) goja.Value {
	o := m.rt.NewObject(1)
	switch s, ok := sig.(*abortSignal); {
	case ok:
		o.Put("signal", s.obj)
	default:
		if c := m.controller(); c != nil {
			o.Put("signal", c.Get("signal"))
		}
	}
	return o.Object()
}

func (m *module) filtered(c goja.FunctionCall) stream.Iterator {
	return m.mapped(c, c.Argument(0), m.keeper(false))
}

// keeper makes mappers that keep the values for which fn says so, or with not
// set those for which it does not.
func (m *module) keeper(not bool) func(fn bind.Method, opts goja.Value) stream.Mapper {
	return func(fn bind.Method, opts goja.Value) stream.Mapper {
		return m.caller(fn, opts, func(c buffer.Chunk, r goja.Value) (buffer.Chunk, bool) { return c, r.ToBoolean() != not })
	}
}

// limited is take and drop.
func (m *module) limited(c goja.FunctionCall, limit func(stream.Iterator, float64, stream.Signal) stream.Iterator) stream.Iterator {
	_, sig := m.signalOption(c.Argument(1))
	n := c.Argument(0).ToNumber().ToFloat()
	if n < 0 {
		m.rt.OutOfRange("number", ">= 0", c.Argument(0))
	}
	if n != n {
		n = 0
	}
	return limit(m.iterate(c.This), n, sig)
}

// forAwait is for await: step gets each value and what to call for the next
// one; end gets the error, nil at the end. A step that stops calls leave.
func forAwait(it stream.Iterator, step func(c buffer.Chunk, next func()), end func(error)) {
	var turn func()
	turn = func() {
		for {
			answered, again, within := false, false, true
			it.Next(func(c buffer.Chunk, ended bool, err error) {
				answered = true
				if ended || err != nil {
					end(err)
					return
				}
				step(c, func() {
					again = true
					if !within {
						turn()
					}
				})
			})
			within = false
			if !answered || !again {
				return
			}
		}
	}
	turn()
}

func (m *module) forEach(c goja.FunctionCall, resolve func(goja.Value), fail func(error)) {
	it := m.mapped(c, c.Argument(0), func(fn bind.Method, opts goja.Value) stream.Mapper {
		return m.caller(fn, opts, func(buffer.Chunk, goja.Value) (buffer.Chunk, bool) { return none, false })
	})
	forAwait(it, func(_ buffer.Chunk, next func()) { next() }, func(err error) {
		if err != nil {
			fail(err)
			return
		}
		resolve(goja.Undefined())
	})
}

// find looks for the first value that fn accepts, or with not set does not.
func (m *module) find(c goja.FunctionCall, not bool, found func(v buffer.Chunk, ok bool), fail func(error)) {
	it := m.mapped(c, c.Argument(0), m.keeper(not))
	forAwait(it, func(v buffer.Chunk, _ func()) {
		it.Return(nil, func(err error) {
			if err != nil {
				fail(err)
				return
			}
			found(v, true)
		})
	}, func(err error) {
		if err != nil {
			fail(err)
			return
		}
		found(none, false)
	})
}

func (m *module) toArray(c goja.FunctionCall, resolve func(goja.Value), fail func(error)) {
	_, sig := m.signalOption(c.Argument(0))
	it := m.iterate(c.This)
	var items []any
	forAwait(it, func(v buffer.Chunk, next func()) {
		if sig != nil && sig.Aborted() {
			err := nodeerr.Abort(sig.Reason())
			it.Return(err, func(error) { fail(err) })
			return
		}
		items = append(items, m.rt.ChunkValue(v))
		next()
	}, func(err error) {
		if err != nil {
			fail(err)
			return
		}
		resolve(m.rt.VM.NewArray(items...))
	})
}

func (m *module) reduce(c goja.FunctionCall, resolve func(goja.Value), fail func(error)) {
	rt := m.rt
	fn := rt.Callable(rt.Function(c.Argument(0), "reducer"))
	_, sig := m.signalOption(c.Argument(2))
	value, has := c.Argument(1), len(c.Arguments) > 1
	if sig != nil && sig.Aborted() {
		err := nodeerr.Abort(sig.Reason())
		if s := streamOf(c.This); s != nil {
			s.Once("error", func(...any) {})
			s.Destroy(err)
			stream.Finished(s, stream.FinishedOptions{}, func(error) { fail(err) })
			return
		}
		fail(err)
		return
	}
	inner := m.controller()
	opts := rt.NewObject(1)
	release := func() {}
	over := func() { release() }
	if inner != nil {
		opts.Put("signal", inner.Get("signal"))
		abort := func() { rt.Call(inner.Get("abort"), inner) }
		if sig != nil {
			release = sig.OnAbort(abort)
		}
		over = func() { release(); abort() }
	}
	it := m.iterate(c.This)
	leave := func(err error) {
		it.Return(err, func(error) { over(); fail(err) })
	}
	forAwait(it, func(v buffer.Chunk, next func()) {
		switch {
		case sig != nil && sig.Aborted():
			leave(nodeerr.Abort(nil))
			return
		case !has:
			value, has = rt.ChunkValue(v), true
			next()
			return
		}
		var r goja.Value
		if ex := rt.VM.Try(func() {
			r = fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{value, rt.ChunkValue(v), opts.Object()}})
		}); ex != nil {
			leave(rt.Rejection(ex.Value()))
			return
		}
		m.await(r, func(r goja.Value) {
			value = r
			next()
		}, func(e goja.Value) { leave(rt.Rejection(e)) })
	}, func(err error) {
		over()
		switch {
		case err != nil:
			fail(err)
		case !has:
			fail(nodeerr.New(nodeerr.KindType, "ERR_MISSING_ARGS", "Reduce of an empty stream requires an initial value"))
		default:
			resolve(value)
		}
	})
}

// flat is flatMap: the values of what the mapper returned, one after another.
type flat struct {
	m     *module
	src   stream.Iterator
	inner stream.Iterator
}

// Next implements stream.Iterator.
func (f *flat) Next(done func(c buffer.Chunk, end bool, err error)) {
	if f.inner == nil {
		f.src.Next(func(c buffer.Chunk, end bool, err error) {
			if end || err != nil {
				done(c, end, err)
				return
			}
			f.inner = &jsIterator{m: f.m, iterable: f.m.rt.ChunkValue(c)}
			f.Next(done)
		})
		return
	}
	f.inner.Next(func(c buffer.Chunk, end bool, err error) {
		switch {
		case err != nil:
			f.src.Return(err, func(error) { done(none, false, err) })
		case end:
			f.inner = nil
			f.Next(done)
		default:
			done(c, false, nil)
		}
	})
}

// Return implements stream.Iterator.
func (f *flat) Return(err error, done func(error)) {
	if f.inner == nil {
		f.src.Return(err, done)
		return
	}
	f.inner.Return(err, func(e error) {
		f.src.Return(err, func(e2 error) {
			if e == nil {
				e = e2
			}
			done(e)
		})
	})
}
