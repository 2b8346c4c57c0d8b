package stream

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// FinishedOptions are the options of Finished. Null leaves it to what the
// object is.
type FinishedOptions struct {
	Readable, Writable Tri  // wait for that half
	IgnoreError        bool // error: false
	Signal             Signal
}

// finish watches one object until it is done.
type finish struct {
	p        Peer
	loop     *loop.Loop
	cb       func(error)
	opts     FinishedOptions
	readable bool
	writable bool

	willEmitClose    bool
	readableFinished bool
	writableFinished bool

	installed []installed
	onFinish  *events.Listener
	onClose   *events.Listener
	stop      func() // of the signal
}

type installed struct {
	on   Emitting
	name string
	l    *events.Listener
}

// Finished is stream.finished
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamfinishedstream-options-callback):
// cb runs once, when p is no longer readable or writable, with nil or with the
// error (ERR_STREAM_PREMATURE_CLOSE for a close before the end). The listeners
// stay until cleanup is called.
func Finished(p Peer, o FinishedOptions, cb func(error)) (cleanup func()) {
	l := p.StreamLoop()
	f := p.Facts()
	var context loop.Async
	context.Begin(l, "STREAM_END_OF_STREAM", nil)
	if context.Tracked() {
		told := cb
		cb = func(err error) { context.Run(loop.Func(func() { told(err) })) }
	}
	e := &finish{
		p: p, loop: l, cb: cb, opts: o,
		readable: o.Readable == True || o.Readable == Null && f.readableNode(false),
		writable: o.Writable == True || o.Writable == Null && f.writableNode(),
	}
	e.willEmitClose = f.willEmitClose() && f.readableNode(false) == e.readable && f.writableNode() == e.writable
	e.writableFinished = f.writableFinished()
	e.readableFinished = f.readableFinished(false) == True
	closed := f.closed()

	e.onFinish = listener("onfinish", false, func(...any) { e.finish() })
	e.onClose = listener("onclose", false, func(...any) { e.closed() })
	if f.Request {
		e.add(p, "complete", e.onFinish)
		if !e.willEmitClose {
			e.add(p, "abort", e.onClose)
		}
		if f.Req != nil {
			e.add(f.Req, "finish", e.onFinish)
		} else {
			e.add(p, "request", listener("onrequest", false, func(...any) {
				if req := p.Facts().Req; req != nil {
					e.add(req, "finish", e.onFinish)
				}
			}))
		}
	} else if e.writable && !f.W.Present {
		legacy := listener("onlegacyfinish", false, func(...any) {
			if p.Facts().Writable != True {
				e.finish()
			}
		})
		e.add(p, "end", legacy)
		e.add(p, "close", legacy)
	}
	if !e.willEmitClose && f.Aborted != Null {
		e.add(p, "aborted", e.onClose)
	}
	e.add(p, "end", listener("onend", false, func(...any) { e.end() }))
	e.add(p, "finish", e.onFinish)
	if !o.IgnoreError {
		e.add(p, "error", listener("onerror", false, func(args ...any) {
			var err error
			if len(args) > 0 {
				err = toError(p, args[0])
			}
			e.call(err)
		}))
	}
	e.add(p, "close", e.onClose)

	f = p.Facts()
	switch {
	case closed:
		l.NextTickFunc(e.closed)
	case f.W.ErrorEmitted || f.R.ErrorEmitted:
		if !e.willEmitClose {
			l.NextTickFunc(e.over)
		}
	case !e.readable && (!e.willEmitClose || f.readable() == True) && (e.writableFinished || f.writable() == False) && f.W.Pending == 0,
		!e.writable && (!e.willEmitClose || f.writable() == True) && (e.readableFinished || f.readable() == False),
		f.R.Present && f.Req != nil && f.Aborted == True:
		l.NextTickFunc(e.over)
	}

	if o.Signal != nil && !closed {
		e.watch(o.Signal)
	}
	return e.cleanup
}

func (e *finish) add(on Emitting, name string, l *events.Listener) {
	e.installed = append(e.installed, installed{on, name, l})
	add(on, name, l)
}

// call runs the callback once.
func (e *finish) call(err error) {
	cb := e.cb
	e.cb = nil
	if cb == nil {
		return
	}
	if e.stop != nil {
		e.stop()
	}
	cb(err)
}

func (e *finish) cleanup() {
	e.cb = nil
	for _, i := range e.installed {
		remove(i.on, i.name, i.l)
	}
	e.installed = nil
}

func (e *finish) finish() {
	e.writableFinished = true
	f := e.p.Facts()
	if f.Destroyed {
		e.willEmitClose = false
	}
	if e.willEmitClose && (f.Readable != True || e.readable) {
		return
	}
	if !e.readable || e.readableFinished {
		e.call(nil)
	}
}

func (e *finish) end() {
	e.readableFinished = true
	f := e.p.Facts()
	if f.Destroyed {
		e.willEmitClose = false
	}
	if e.willEmitClose && (f.Writable != True || e.writable) {
		return
	}
	if !e.writable || e.writableFinished {
		e.call(nil)
	}
}

// closed is 'close': the error, or whether it came too early.
func (e *finish) closed() {
	f := e.p.Facts()
	if err := f.erroredWith(); err != nil {
		e.call(err)
		return
	}
	if e.readable && !e.readableFinished && f.readableNode(true) && f.readableFinished(false) != True ||
		e.writable && !e.writableFinished && !f.writableFinished() {
		e.call(nodeerr.StreamPrematureClose())
		return
	}
	e.call(nil)
}

// over is for an object that was done when the watch began.
func (e *finish) over() {
	f := e.p.Facts()
	e.call(f.erroredWith())
}

func (e *finish) watch(sig Signal) {
	abort := func() {
		cb := e.cb
		e.cleanup()
		if cb != nil {
			cb(nodeerr.Abort(sig.Reason()))
		}
	}
	if sig.Aborted() {
		e.loop.NextTickFunc(abort)
		return
	}
	e.stop = sig.OnAbort(abort)
}
