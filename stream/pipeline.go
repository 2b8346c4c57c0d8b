package stream

import (
	"fmt"
	"strconv"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// PipelineOptions are the options of Pipeline.
type PipelineOptions struct {
	Signal Signal
	// KeepOpen is end: false: the last stream is not ended.
	KeepOpen bool
	// Host is that of the PassThrough which stands for a last Func.
	Host events.Host
}

// Promise is what a Func as the last stage may return: its value goes to the
// callback.
type Promise interface {
	Then(ok func(v buffer.Chunk), fail func(error))
}

// Func is a stage that is a function: prev is nil, or what came before as
// something to iterate (an Iterator or a Peer), sig is aborted when the
// pipeline fails. It returns an Iterator or a Peer, or as the last stage a
// Promise or an Iterator. A host may return anything else, which is refused.
type Func func(prev any, sig Signal) any

// Pipeline is stream.pipeline
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streampipelinesource-transforms-destination-callback).
// A stage is a Peer (a Source unless it is the last, a PeerDestination unless
// it is the first), an Iterator as the first, or a Func. Each feeds the next;
// cb gets nil and the value of a last Func when all are done, or the first
// error, after which all are destroyed. The result is the last stream: of a
// last Func, a PassThrough with what it yields. An error returned is one that
// Node throws.
func Pipeline(l *loop.Loop, stages []any, o PipelineOptions, cb func(err error, v buffer.Chunk)) (Peer, error) {
	if len(stages) < 2 {
		return nil, nodeerr.MissingArgs("streams")
	}
	p := newPipeline(l, o, cb)
	var ret any
	for i, st := range stages {
		var err error
		if ret, err = p.stage(stages, i, st, ret); err != nil {
			return nil, err
		}
	}
	if s := o.Signal; p.inner.done || s != nil && s.Aborted() {
		l.NextTickFunc(p.abort)
	}
	last, _ := ret.(Peer)
	return last, nil
}

// stage connects the i'th stage to prev and returns what the next one reads.
func (p *pipeline) stage(stages []any, i int, st, prev any) (any, error) {
	first, last := i == 0, i == len(stages)-1
	peer, isPeer := st.(Peer)
	if isPeer {
		if !last {
			if next, ok := stages[i+1].(Peer); ok {
				if f := next.Facts(); f.closed() || f.destroyed() {
					return nil, nodeerr.StreamUnableToPipe()
				}
			}
		}
		p.guard(peer, !last, !first, last)
	}
	fn, isFunc := st.(Func)
	switch {
	case isFunc:
		return p.call(fn, i, last, prev)
	case first:
		if _, ok := st.(Iterator); !ok && !isPeer {
			return nil, nodeerr.InvalidArgType("source", "of type function or an instance of Stream, Iterable, or AsyncIterable", p.describe(st))
		}
		return st, nil
	}
	dst, ok := st.(PeerDestination)
	if !ok {
		return nil, nodeerr.InvalidArgType("destination", "of type function or an instance of Stream", p.describe(st))
	}
	return dst, p.connect(prev, dst, !last || !p.opts.KeepOpen, last)
}

// call runs a stage that is a function.
func (p *pipeline) call(fn Func, i int, last bool, prev any) (any, error) {
	ret := fn(prev, p.inner)
	_, iterable := ret.(Iterator)
	if src, ok := ret.(Readables); ok {
		ret, iterable = src, true
	}
	switch {
	case i == 0 && !iterable:
		return nil, nodeerr.InvalidReturnValue("Iterable, AsyncIterable or Stream", "source", p.describe(ret))
	case i == 0 || !last && iterable:
		return ret, nil
	case !last:
		return nil, nodeerr.InvalidReturnValue("AsyncIterable", "transform["+strconv.Itoa(i-1)+"]", p.describe(ret))
	}
	o := PassThroughOptions()
	o.ReadableObjectMode, o.WritableObjectMode = true, true
	pt := &Stream{}
	pt.Init(p.loop, p.opts.Host, pt, nil, o)
	end := !p.opts.KeepOpen
	if pr, ok := ret.(Promise); ok {
		p.count++
		pr.Then(func(v buffer.Chunk) {
			p.value = v
			if v.Kind != buffer.KindNone {
				pt.Write(v, "", nil)
			}
			if end {
				pt.End(none, "", nil)
			}
			p.loop.NextTickFunc(func() { p.finish(nil) })
		}, func(err error) {
			pt.Destroy(err)
			p.loop.NextTickFunc(func() { p.finish(err) })
		})
	} else if iterable {
		p.count++
		startPump(iteratorOf(ret), pt, end, p.finish)
	} else {
		return nil, nodeerr.InvalidReturnValue("AsyncIterable or Promise", "destination", p.describe(ret))
	}
	destroy, cleanup := p.destroyer(pt, false, true)
	p.destroys = append(p.destroys, destroy)
	p.cleanups = append(p.cleanups, cleanup)
	return pt, nil
}

func iteratorOf(v any) Iterator {
	if it, ok := v.(Iterator); ok {
		return it
	}
	return Iterate(v.(Readables), false)
}

// connect makes dst read from prev.
func (p *pipeline) connect(prev any, dst PeerDestination, end, last bool) error {
	if src, ok := prev.(Source); ok {
		if f := src.Facts(); f.readableNode(false) {
			p.pipe(src, dst, end, last)
			return nil
		}
	}
	_, isIterator := prev.(Iterator)
	if _, ok := prev.(Readables); !ok && !isIterator {
		return nodeerr.InvalidArgType("val", "an instance of Readable, Iterable, AsyncIterable, ReadableStream, or TransformStream", p.describe(prev))
	}
	p.count++
	startPump(iteratorOf(prev), dst, end, p.finish)
	return nil
}

func (p *pipeline) describe(v any) string {
	if d, ok := p.opts.Host.(events.Describer); ok {
		return d.Describe(v)
	}
	return fmt.Sprintf("an instance of %T", v)
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
	cb       func(error, buffer.Chunk)
	err      error
	value    buffer.Chunk
	count    int // parts that must finish
	destroys []func(error)
	cleanups []func() // of the last stream, which may go on being read
	stop     func()
	inner    *abort // the signal for stages that are functions
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

func newPipeline(l *loop.Loop, o PipelineOptions, cb func(error, buffer.Chunk)) *pipeline {
	p := &pipeline{loop: l, opts: o, cb: cb, inner: &abort{}}
	if o.Signal != nil && !o.Signal.Aborted() {
		p.stop = o.Signal.OnAbort(p.abort)
	}
	return p
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
		err, v := p.err, p.value
		p.loop.NextTickFunc(func() { p.cb(err, v) })
	}
}

// guard watches a stream and destroys it when another one fails.
func (p *pipeline) guard(st Peer, reading, writing, last bool) {
	if reading || !p.opts.KeepOpen {
		destroy, cleanup := p.destroyer(st, reading, writing)
		p.destroys = append(p.destroys, destroy)
		if last && IsReadable(st) == True {
			p.cleanups = append(p.cleanups, cleanup)
		}
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

func (p *pipeline) destroyer(st Peer, reading, writing bool) (destroy func(error), cleanup func()) {
	finished := false
	add(st, "close", events.NewListener(func(...any) { finished = true }, false))
	cleanup = Finished(st, FinishedOptions{Readable: boolTri(reading), Writable: boolTri(writing)}, func(err error) { finished = err == nil })
	return func(err error) {
		if finished {
			return
		}
		finished = true
		if err == nil {
			err = nodeerr.StreamDestroyed("pipe")
		}
		DestroyPeer(st, err)
	}, cleanup
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
