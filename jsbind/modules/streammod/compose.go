package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

// compose is stream.compose.
func (m *module) compose(c goja.FunctionCall) goja.Value {
	if len(c.Arguments) == 1 {
		return m.duplexFrom(c.Argument(0), "body")
	}
	return m.rt.Wrap(m.composed(c.Arguments))
}

func (m *module) composed(args []goja.Value) *stream.Stream {
	n := len(args)
	stages := make([]any, n)
	for i, v := range args {
		v = m.nodeOf(v)
		p := m.nodeStream(v)
		switch {
		case p != nil:
			stages[i] = p
		case bind.IsCallable(v) && (i == 0 || i == n-1):
			if made, s := m.duplexOfFunction(v); made != nil {
				stages[i] = m.nodeStream(made)
			} else {
				stages[i] = s
			}
		default:
			stages[i] = m.stage(v, i, n)
		}
	}
	for i := range stages {
		p, ok := stages[i].(stream.Peer)
		if ok && i < n-1 && stream.IsReadable(p) != stream.True {
			m.rt.ArgValue("streams["+bind.FormatNumber(float64(i))+"]", args[i], "must be readable")
		}
		if ok && i > 0 && stream.IsWritable(p) != stream.True {
			m.rt.ArgValue("streams["+bind.FormatNumber(float64(i))+"]", args[i], "must be writable")
		}
	}
	s, err := stream.Compose(m.rt.Loop, m.duplex.Host(), stages)
	m.rt.Must(err)
	return s
}

// composeMethod is readable.compose(stream, options).
func (m *module) composeMethod(c goja.FunctionCall) goja.Value {
	_, sig := m.signalOption(c.Argument(1))
	if p := m.nodeStream(c.Argument(0)); p != nil && stream.IsWritable(p) != stream.True {
		m.rt.ArgValue("stream", c.Argument(0), "must be writable")
	}
	s := m.composed([]goja.Value{c.This, c.Argument(0)})
	if sig != nil {
		stream.AddAbortSignal(sig, s)
	}
	return m.rt.Wrap(s)
}

// duplexOfFunction is Duplex.from of a function; made is the Duplex that it has
// returned, as a constructor does, else s is the stream over what it returned.
func (m *module) duplexOfFunction(fn goja.Value) (made goja.Value, s *stream.Stream) {
	body := m.bodyFunc(fn)
	s, err := stream.DuplexFunc(m.rt.Loop, m.duplex.Host(), func(prev any, sig stream.Signal) any {
		r := body(prev, sig)
		if v, ok := r.(goja.Value); ok {
			if p := m.nodeStream(v); p != nil {
				if f := p.Facts(); f.R.Present && f.W.Present && f.CanPipe && f.CanWrite {
					made = v
				}
			}
		}
		return r
	})
	if made == nil {
		m.rt.Must(err)
	}
	return made, s
}

// bodyFunc makes the function of a DuplexFunc.
func (m *module) bodyFunc(fn goja.Value) stream.Func {
	return func(prev any, sig stream.Signal) any {
		opts := m.rt.NewObject(1)
		opts.Put("signal", m.signalValue(sig))
		r := m.rt.Call(fn, goja.Undefined(), m.rt.ToValue(prev), opts.Object())
		if m.nodeStream(r) == nil && m.isIterable(r) {
			return m.returned(r, false, false)
		}
		if m.thenable(r) {
			return promised{m, r.(*goja.Object)}
		}
		return r
	}
}

// duplexFrom is Duplex.from.
func (m *module) duplexFrom(v goja.Value, name string) goja.Value {
	rt := m.rt
	l, host := rt.Loop, m.duplex.Host()
	v = m.nodeOf(v)
	if p := m.nodeStream(v); p != nil {
		f := p.Facts()
		r, w := stream.IsReadableNode(p), stream.IsWritableNode(p)
		switch {
		case f.R.Present && f.W.Present && f.CanPipe && f.CanWrite:
			return v
		case r:
			return rt.Wrap(stream.Join(l, host, m.reader(v), nil))
		case w:
			return rt.Wrap(stream.Join(l, host, nil, p.(stream.PeerDestination)))
		}
		return rt.Wrap(stream.Join(l, host, nil, nil))
	}
	if bind.IsCallable(v) {
		made, s := m.duplexOfFunction(v)
		if made != nil {
			return made
		}
		return rt.Wrap(s)
	}
	o, _ := v.(*goja.Object)
	if blob, ok := rt.VM.Get("Blob").(*goja.Object); ok && o != nil && rt.VM.InstanceOf(o, blob) {
		return m.duplexFrom(rt.Call(o.Get("arrayBuffer"), o), name)
	}
	if m.isIterable(v) {
		it := &jsIterator{m: m, iterable: v, from: true}
		it.open()
		d := stream.DuplexOptions()
		d.ReadableObjectMode, d.WritableObjectMode, d.ReadableHighWaterMark = true, true, 1
		d.WritableHighWaterMark, d.WritableFalse = 1, true
		return rt.Wrap(stream.From(l, host, it, d))
	}
	if o != nil {
		readable, r := bind.Get(o, "readable").(*goja.Object)
		writable, w := bind.Get(o, "writable").(*goja.Object)
		if r || w {
			return m.duplexPairOf(readable, writable)
		}
	}
	if m.thenable(v) {
		return m.duplexPromise(promised{m, o})
	}
	rt.ArgType(name, v, "Blob", "ReadableStream", "WritableStream", "Stream", "Iterable", "AsyncIterable", "Function", "{ readable, writable } pair", "Promise")
	return nil
}

// reader is what to read a stream from.
func (m *module) reader(v goja.Value) stream.Readables {
	switch p := m.peer(v).(type) {
	case *foreign:
		return m.readerOf(p)
	case stream.Readables:
		return p
	}
	return m.wrapped(v.(*goja.Object))
}

// duplexPairOf is Duplex.from({readable, writable}).
func (m *module) duplexPairOf(readable, writable *goja.Object) goja.Value {
	var r stream.Readables
	var w stream.PeerDestination
	if readable != nil {
		if p := m.nodeStream(readable); p == nil || !stream.IsReadableNode(p) {
			readable = m.duplexFrom(readable, "body").(*goja.Object)
		}
		r = m.reader(readable)
	}
	if writable != nil {
		if p := m.nodeStream(writable); p == nil || !stream.IsWritableNode(p) {
			writable = m.duplexFrom(writable, "body").(*goja.Object)
		}
		w = m.peer(writable).(stream.PeerDestination)
	}
	return m.rt.Wrap(stream.Join(m.rt.Loop, m.duplex.Host(), r, w))
}

// duplexPromise is Duplex.from(promise): its value is read.
func (m *module) duplexPromise(p promised) goja.Value {
	o := stream.DuplexOptions()
	o.ReadableObjectMode, o.WritableObjectMode, o.WritableFalse = true, true, true
	s := &stream.Stream{}
	s.Init(m.rt.Loop, m.duplex.Host(), s, &stream.Methods{Read: func(int) {}}, o)
	p.Then(func(c buffer.Chunk) {
		if c.Kind != buffer.KindNone {
			s.Push(c)
		}
		s.Push(none)
	}, func(err error) { stream.DestroyPeer(s, err) })
	return m.rt.Wrap(s)
}
