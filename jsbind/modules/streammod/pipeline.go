package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

// pipeline is stream.pipeline(...streams, callback).
func (m *module) pipeline(c goja.FunctionCall) goja.Value {
	rt, args := m.rt, c.Arguments
	var last goja.Value = goja.Undefined()
	if n := len(args); n > 0 {
		last, args = args[n-1], args[:n-1]
	}
	fn := rt.Callable(rt.Function(last, "streams[stream.length - 1]"))
	return m.rt.ToValue(m.runPipeline(args, stream.PipelineOptions{}, func(err error, v goja.Value) {
		var e goja.Value = goja.Undefined()
		if err != nil {
			e = rt.ErrorValue(err)
		}
		fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{e, v}})
	}))
}

// runPipeline connects the stages given to one of the pipelines, a list or an
// array, and returns what the function returns.
func (m *module) runPipeline(args []goja.Value, o stream.PipelineOptions, cb func(err error, v goja.Value)) any {
	rt := m.rt
	if len(args) == 1 && bind.IsArray(args[0]) {
		args = elements(args[0].(*goja.Object))
	}
	o.Host = m.passThrough.Host()
	stages := make([]any, len(args))
	for i, v := range args {
		stages[i] = m.stage(v, i, len(args))
	}
	p, err := stream.Pipeline(rt.Loop, stages, o, func(err error, c buffer.Chunk) {
		var v goja.Value = goja.Undefined()
		if c.Kind != buffer.KindNone {
			v = rt.ChunkValue(c)
		}
		cb(err, v)
	})
	rt.Must(err)
	if p == nil {
		return bind.Undefined
	}
	return p
}

func elements(a *goja.Object) []goja.Value {
	out := make([]goja.Value, int(bind.Get(a, "length").ToInteger()))
	for i := range out {
		out[i] = bind.Get(a, bind.FormatNumber(float64(i)))
	}
	return out
}

// stage makes what the machine takes of the i'th of n stages. What is none is
// left as it is, and refused.
func (m *module) stage(v goja.Value, i, n int) any {
	v = m.nodeOf(v)
	if bind.IsCallable(v) {
		if p := m.nodeStream(v); p != nil {
			return p
		}
		return m.stageFunc(v, i, n)
	}
	if p := m.nodeStream(v); p != nil {
		return p
	}
	if i > 0 || n < 2 {
		return v
	}
	if m.isIterable(v) {
		return &jsIterator{m: m, iterable: v}
	}
	return m.peer(m.duplexFrom(v, "body"))
}

// stageFunc makes a stage of a function.
func (m *module) stageFunc(fn goja.Value, i, n int) stream.Func {
	return func(prev any, sig stream.Signal) any {
		opts := m.rt.NewObject(1)
		opts.Put("signal", m.signalValue(sig))
		var r goja.Value
		if prev == nil {
			r = m.rt.Call(fn, goja.Undefined(), opts.Object())
		} else {
			r = m.rt.Call(fn, goja.Undefined(), m.iterableValue(prev), opts.Object())
		}
		return m.returned(r, i > 0, i > 0 && i == n-1)
	}
}

// iterableValue is what a function stage gets to iterate over.
func (m *module) iterableValue(prev any) goja.Value {
	v := m.rt.ToValue(prev)
	if f, ok := prev.(*foreign); ok && !m.isIterable(v) {
		return m.asyncIteratorOf(stream.Iterate(m.readerOf(f), false))
	}
	return v
}

// readerOf is what to read a stream of a program from: itself, or a Readable
// around one of the old kind.
func (m *module) readerOf(f *foreign) stream.Readables {
	if f.has("read") {
		return f
	}
	return m.wrapped(f.obj)
}

// returned sorts what a function stage returned; promise says that a promise
// counts, async that only async iterables do.
func (m *module) returned(r goja.Value, async, promise bool) any {
	if promise && m.thenable(r) {
		return promised{m, r.(*goja.Object)}
	}
	f, isAsync := m.iteratorMethod(r)
	if f == nil || async && !isAsync {
		if p, ok := m.peer(r).(*foreign); ok && stream.IsReadableNode(p) && !async {
			return m.readerOf(p)
		}
		return r
	}
	if f == m.asyncIteratorMethod {
		if p, ok := m.peer(r).(stream.Readables); ok {
			return p
		}
	}
	return &jsIterator{m: m, iterable: r}
}

// signalValue is the AbortSignal of a Signal.
func (m *module) signalValue(sig stream.Signal) goja.Value {
	if s, ok := sig.(*abortSignal); ok {
		return s.obj
	}
	c := m.controller()
	if c == nil {
		return goja.Undefined()
	}
	abort := func() { m.rt.Call(c.Get("abort"), c) }
	if sig.Aborted() {
		abort()
	} else {
		sig.OnAbort(abort)
	}
	return c.Get("signal")
}

// controller makes an AbortController.
func (m *module) controller() *goja.Object {
	class, ok := m.rt.VM.Get("AbortController").(*goja.Object)
	if !ok {
		return nil
	}
	c, err := m.rt.VM.New(class)
	if err != nil {
		panic(err)
	}
	return c
}
