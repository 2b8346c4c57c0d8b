package stream

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// PipelineOptions are the options of Pipeline.
type PipelineOptions struct {
	Signal Signal
	// KeepOpen is end: false: the last stream is not ended.
	KeepOpen bool
}

// Pipeline is stream.pipeline for streams
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streampipelinesource-transforms-destination-callback):
// each is piped into the next; cb gets nil when all are done, or the first
// error, after which all are destroyed. The first must have Source's Pipe, the
// others be Destinations. It returns the last; or, to be thrown,
// ERR_MISSING_ARGS for less than two, ERR_INVALID_ARG_TYPE for what cannot be
// piped, ERR_STREAM_UNABLE_TO_PIPE for a closed destination.
func Pipeline(stages []Peer, o PipelineOptions, cb func(error)) (Peer, error) {
	if len(stages) < 2 {
		return nil, nodeerr.MissingArgs("streams")
	}
	p := newPipeline(stages[0].StreamLoop(), o, cb)
	for i, st := range stages {
		first, last := i == 0, i == len(stages)-1
		if !last {
			if f := stages[i+1].Facts(); f.closed() || f.destroyed() {
				return nil, nodeerr.StreamUnableToPipe()
			}
		}
		p.guard(st, !last, !first, last)
		if first {
			continue
		}
		src, ok := stages[i-1].(Source)
		if !ok {
			return nil, nodeerr.InvalidArgType("source", "of type function or an instance of Stream, Iterable, or AsyncIterable", "an instance of Object")
		}
		dst, ok := st.(PeerDestination)
		if !ok {
			return nil, nodeerr.InvalidArgType("destination", "of type function or an instance of Stream", "an instance of Object")
		}
		p.pipe(src, dst, !last || !o.KeepOpen, last)
	}
	p.start()
	return stages[len(stages)-1], nil
}

// Source is a Peer that data can be piped from.
type Source interface {
	Peer
	Pipe(dst Destination, o PipeOptions)
}

// PeerDestination is a Peer that data can be piped into.
type PeerDestination interface {
	Peer
	Destination
}

// pipeline is what the stages of a Pipeline share.
type pipeline struct {
	loop     *loop.Loop
	opts     PipelineOptions
	cb       func(error)
	err      error
	count    int // parts that must finish
	destroys []func(error)
	cleanups []func() // of the last stream, which may go on being read
	stop     func()
	aborted  func() // the inner signal, for stages that are functions
	inner    *abort
}

// abort is the AbortSignal that a pipeline gives its function stages.
type abort struct {
	done      bool
	reason    error
	listeners []func()
}

func (a *abort) Aborted() bool { return a.done }
func (a *abort) Reason() error { return a.reason }
func (a *abort) OnAbort(f func()) func() {
	a.listeners = append(a.listeners, f)
	i := len(a.listeners) - 1
	return func() { a.listeners[i] = nil }
}

func (a *abort) abort() {
	if a.done {
		return
	}
	a.done, a.reason = true, nodeerr.Abort(nil)
	for _, f := range a.listeners {
		if f != nil {
			f()
		}
	}
}

func newPipeline(l *loop.Loop, o PipelineOptions, cb func(error)) *pipeline {
	p := &pipeline{loop: l, opts: o, cb: cb, inner: &abort{}}
	if o.Signal != nil && !o.Signal.Aborted() {
		p.stop = o.Signal.OnAbort(p.abort)
	}
	return p
}

// start is the end of the set-up.
func (p *pipeline) start() {
	if s := p.opts.Signal; p.inner.done || s != nil && s.Aborted() {
		p.loop.NextTickFunc(p.abort)
	}
}

func (p *pipeline) abort() {
	var reason error
	if p.opts.Signal != nil {
		reason = p.opts.Signal.Reason()
	}
	p.finishWith(nodeerr.Abort(reason), false)
}

func (p *pipeline) finish(err error) {
	p.count--
	p.finishWith(err, p.count == 0)
}

func (p *pipeline) onlyError(err error) { p.finishWith(err, false) }

func premature(err error) bool { return nodeerr.Code(err) == "ERR_STREAM_PREMATURE_CLOSE" }

func (p *pipeline) finishWith(err error, final bool) {
	if err != nil && (p.err == nil || premature(p.err)) {
		p.err = err
	}
	if p.err == nil && !final {
		return
	}
	for len(p.destroys) > 0 {
		d := p.destroys[0]
		p.destroys = p.destroys[1:]
		d(p.err)
	}
	if p.stop != nil {
		p.stop()
	}
	p.inner.abort()
	if final {
		if p.err == nil {
			for _, f := range p.cleanups {
				f()
			}
		}
		err := p.err
		p.loop.NextTickFunc(func() { p.cb(err) })
	}
}

// guard watches a stream and destroys it when another one fails.
func (p *pipeline) guard(st Peer, reading, writing, last bool) {
	if reading || !p.opts.KeepOpen {
		p.destroys = append(p.destroys, p.destroyer(st, reading, writing))
	}
	l := listener("onError", false, func(args ...any) {
		if len(args) == 0 {
			return
		}
		// Errors after the pipes are through must not go unheard.
		if err := toError(st, args[0]); err != nil && !isAbort(err) && !premature(err) {
			p.onlyError(err)
		}
	})
	add(st, "error", l)
	if last && IsReadable(st) == True {
		p.cleanups = append(p.cleanups, func() { remove(st, "error", l) })
	}
}

func isAbort(err error) bool {
	switch e := err.(type) {
	case *nodeerr.Error:
		return e.Kind == nodeerr.KindAbort
	case interface{ ErrorName() string }:
		return e.ErrorName() == "AbortError"
	}
	return false
}

func (p *pipeline) destroyer(st Peer, reading, writing bool) func(error) {
	finished := false
	add(st, "close", events.NewListener(func(...any) { finished = true }, false))
	Finished(st, FinishedOptions{Readable: boolTri(reading), Writable: boolTri(writing)}, func(err error) { finished = err == nil })
	return func(err error) {
		if finished {
			return
		}
		finished = true
		if err == nil {
			err = nodeerr.StreamDestroyed("pipe")
		}
		DestroyPeer(st, err)
	}
}

// pipe connects two stages.
func (p *pipeline) pipe(src Source, dst PeerDestination, end, last bool) {
	p.count += 2
	ended := false
	add(dst, "close", events.NewListener(func(...any) {
		if !ended {
			p.onlyError(nodeerr.StreamPrematureClose())
		}
	}, false))
	src.Pipe(dst, PipeOptions{KeepOpen: true})
	if end {
		endFn := func(...any) {
			ended = true
			dst.End(none, "", nil)
		}
		if f := src.Facts(); f.readableFinished(true) == True {
			p.loop.NextTickFunc(func() { endFn() })
		} else {
			add(src, "end", listener("endFn", true, endFn))
		}
	} else {
		p.finish(nil)
	}
	Finished(src, FinishedOptions{Readable: True, Writable: False}, func(err error) {
		f := src.Facts()
		if premature(err) && f.R.Ended == True && f.R.Errored == nil && !f.R.ErrorEmitted {
			// Some streams emit 'close' before 'end'; the end may still come.
			add(src, "end", events.NewListener(func(...any) { p.finish(nil) }, true))
			add(src, "error", events.NewListener(func(args ...any) {
				var err error
				if len(args) > 0 {
					err = toError(src, args[0])
				}
				p.finish(err)
			}, true))
			return
		}
		p.finish(err)
	})
	cleanup := Finished(dst, FinishedOptions{Readable: False, Writable: True}, p.finish)
	if last && IsReadable(dst) == True {
		p.cleanups = append(p.cleanups, cleanup)
	}
}
