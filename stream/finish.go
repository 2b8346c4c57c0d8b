package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// End is this.end(chunk, encoding, callback): no more writes. The zero Chunk is
// no last chunk.
func (s *Stream) End(c buffer.Chunk, enc string, cb func(error)) {
	if o := s.Override(events.MethodEnd); o != nil {
		o.Call(writeArgs(c, enc, cb)...)
		return
	}
	s.BaseEnd(c, enc, cb)
}

// BaseEnd is writable.end
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#writableendchunk-encoding-callback).
// cb gets nil at 'finish' or the error before. It throws as BaseWrite does.
func (s *Stream) BaseEnd(c buffer.Chunk, enc string, cb func(error)) {
	w := &s.w
	var err error
	if c.Kind != buffer.KindNone {
		_, err = s.write(c, enc, nil)
	}
	if w.corked > 0 {
		w.corked = 1
		s.Uncork()
	}
	switch {
	case err != nil:
	case w.errored == nil && !w.f.has(wEnding):
		w.f.set(wEnding)
		s.finishMaybe(true)
		w.f.set(wEnded)
	case w.f.has(wFinished):
		err = nodeerr.StreamAlreadyFinished("end")
	case w.f.has(wDestroyed):
		err = nodeerr.StreamDestroyed("end")
	}
	if cb == nil {
		return
	}
	switch {
	case err != nil:
		s.loop.NextTickFunc(func() { cb(err) })
	case w.errored != nil:
		err := w.errored
		s.loop.NextTickFunc(func() { cb(err) })
	case w.f.has(wFinished):
		s.loop.NextTickFunc(func() { cb(nil) })
	default:
		if w.finished == nil {
			w.finished = new([]func(error))
		}
		*w.finished = append(*w.finished, cb)
	}
}

// callFinished calls the callbacks of end.
func (s *Stream) callFinished(err error) {
	if s.w.finished == nil {
		return
	}
	cbs := *s.w.finished
	s.w.finished = nil
	for _, cb := range cbs {
		cb(err)
	}
}

func (s *Stream) needFinish() bool {
	w := &s.w
	return w.f&(wEnding|wDestroyed|wConstructed|wFinished|wWriting|wErrorEmitted|wCloseEmitted) == wEnding|wConstructed &&
		w.length == 0 && w.errored == nil && len(w.buffered) == int(w.index)
}

type (
	finishTick      Stream
	finishMaybeTick Stream
)

func (t *finishTick) Run() { (*Stream)(t).finish() }

func (t *finishMaybeTick) Run() {
	if s := (*Stream)(t); s.needFinish() {
		s.finish()
	} else {
		s.w.pending--
	}
}

// finishMaybe runs _final and 'prefinish', then 'finish', once everything has
// been written and called back.
func (s *Stream) finishMaybe(sync bool) {
	w := &s.w
	if !s.needFinish() {
		return
	}
	s.prefinish()
	if w.pending != 0 {
		return
	}
	if sync {
		w.pending++
		s.loop.NextTick((*finishMaybeTick)(s))
	} else if s.needFinish() {
		w.pending++
		s.finish()
	}
}

func (s *Stream) prefinish() {
	w := &s.w
	if w.f.has(wPrefinished | wFinalCalled) {
		return
	}
	w.f.set(wFinalCalled)
	if s.hasFinal() && !w.f.has(wDestroyed) {
		s.callFinal()
		return
	}
	w.f.set(wPrefinished)
	s.Emit("prefinish")
}

func (s *Stream) finish() {
	w := &s.w
	w.pending--
	w.f.set(wFinished)
	s.callFinished(nil)
	s.Emit("finish")
	if !w.f.has(wAutoDestroy) {
		return
	}
	r := &s.r
	if !s.HasReadable() || r.f.has(rAutoDestroy) && (r.f.has(rEndEmitted) || r.f&(rHasReadable|rReadable) == rHasReadable) {
		s.Destroy(nil)
	}
}

func (s *Stream) hasFinal() bool {
	return s.kind != kindPlain || s.caps&capFinal != 0 || s.Override(events.MethodUnderFinal) != nil
}

func (s *Stream) callFinal() {
	w := &s.w
	called := false
	onFinish := func(err error) {
		if called {
			if err == nil {
				err = nodeerr.MultipleCallback()
			}
			s.errorOrDestroy(err, false)
			return
		}
		called = true
		w.pending--
		if err != nil {
			s.callFinished(err)
			s.errorOrDestroy(err, w.f.has(wSync))
		} else if s.needFinish() {
			w.f.set(wPrefinished)
			s.Emit("prefinish")
			// The tick lets errors and end callbacks of the same tick go first.
			w.pending++
			s.loop.NextTick((*finishTick)(s))
		}
	}
	w.f.set(wSync)
	w.pending++
	if err, thrown := s.tryFinal(onFinish); thrown {
		onFinish(err)
	}
	w.f.clear(wSync)
}

func (s *Stream) tryFinal(done func(error)) (err error, thrown bool) {
	defer func() {
		if p := recover(); p != nil {
			err, thrown = s.Caught(p), true
		}
	}()
	if o := s.Override(events.MethodUnderFinal); o != nil {
		o.Call(&Done{Call: done})
	} else {
		s.BaseUnderFinal(done)
	}
	return nil, false
}

// BaseUnderFinal is the built-in _final of s.
func (s *Stream) BaseUnderFinal(done func(error)) {
	switch {
	case s.caps&capFinal != 0:
		s.impl.(Finalizer).FinalImpl(done)
	case s.kind != kindPlain:
		s.transformFinal(done)
	default:
		done(nil)
	}
}
