package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// feed is the iterator of what is written to a DuplexFunc. A write is called
// back once its value is taken.
type feed struct {
	l       *loop.Loop
	sig     *abort
	want    func(c buffer.Chunk, end bool, err error)
	pending *fed
}

type fed struct {
	c    buffer.Chunk
	end  bool
	done func(error)
}

func (f *feed) Next(done func(c buffer.Chunk, end bool, err error)) {
	f.want = done
	f.match()
}

// Return leaves what is written from now on without a reader.
func (f *feed) Return(_ error, done func(error)) { done(nil) }

func (f *feed) put(c buffer.Chunk, end bool, done func(error)) {
	f.pending = &fed{c, end, done}
	f.match()
}

func (f *feed) match() {
	if f.want == nil || f.pending == nil {
		return
	}
	want, p := f.want, f.pending
	f.want, f.pending = nil, nil
	f.l.NextTickFunc(func() { p.done(nil) })
	switch {
	case p.end:
		want(none, true, nil)
	case f.sig.done:
		want(none, false, nodeerr.Abort(f.sig.reason))
	default:
		want(p.c, false, nil)
	}
}

// duplexFunc is a Duplex around a function.
type duplexFunc struct {
	iterated
	feed    *feed
	settled func(f func(error))
}

// DuplexFunc is Duplex.from of a function
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamduplexfromsrc):
// what is written is iterated by fn, what the Iterator that fn returns yields
// is read. If fn returns a Promise, the Duplex is only writable and finishes
// with it; its value must be nothing.
func DuplexFunc(l *loop.Loop, host events.Host, fn Func) (*Stream, error) {
	f := &feed{l: l, sig: &abort{}}
	d := &duplexFunc{feed: f}
	d.s = &Stream{}
	o := DuplexOptions()
	o.ReadableObjectMode, o.WritableObjectMode = true, true
	switch v := fn(f, f.sig).(type) {
	case Iterator:
		d.it = v
		o.ReadableHighWaterMark = 1
	case Readables:
		d.it = Iterate(v, false)
		o.ReadableHighWaterMark = 1
	case Promise:
		o.ReadableFalse = true
		d.await(l, v)
	default:
		return nil, nodeerr.InvalidReturnValue("Iterable, AsyncIterable or AsyncFunction", "body", describe(host, v))
	}
	d.s.Init(l, host, d.s, d, o)
	return d.s, nil
}

// await keeps the outcome of a promise for _final, and fails with it at once.
func (d *duplexFunc) await(l *loop.Loop, p Promise) {
	var waiting func(error)
	var outcome error
	over := false
	settle := func(err error) {
		outcome, over = err, true
		if err != nil {
			d.s.Destroy(err)
		}
		if waiting != nil {
			call(&waiting, err)
		}
	}
	p.Then(func(v buffer.Chunk) {
		if v.Kind == buffer.KindNone {
			settle(nil)
		} else {
			settle(nodeerr.InvalidReturnValue("nully", "body", describe(d.s.Host(), v.Value)))
		}
	}, settle)
	d.settled = func(f func(error)) {
		if over {
			l.NextTickFunc(func() { f(outcome) })
		} else {
			waiting = f
		}
	}
}

// WriteImpl hands the chunk to the function.
func (d *duplexFunc) WriteImpl(c buffer.Chunk, _ string, done func(error)) {
	d.feed.put(c, false, done)
}

// FinalImpl ends what the function iterates.
func (d *duplexFunc) FinalImpl(done func(error)) {
	d.feed.put(none, true, func(err error) {
		if d.settled != nil {
			d.settled(done)
		} else {
			done(err)
		}
	})
}

// DestroyImpl aborts the function's signal and ends what it returned.
func (d *duplexFunc) DestroyImpl(err error, done func(error)) {
	d.feed.sig.abort()
	if d.it != nil {
		d.iterated.DestroyImpl(err, done)
		return
	}
	done(err)
}
