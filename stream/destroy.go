package stream

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// Destroy is this.destroy(err): no more data; then 'error', if err is not nil,
// and 'close'.
func (s *Stream) Destroy(err error) {
	if o := s.Override(events.MethodDestroy); o != nil {
		if err == nil {
			o.Call()
		} else {
			o.Call(err)
		}
		return
	}
	s.BaseDestroy(err, nil)
}

// BaseDestroy is stream.destroy(err, cb)
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#writabledestroyerror).
func (s *Stream) BaseDestroy(err error, cb func(error)) {
	w := &s.w
	if s.HasWritable() && !w.f.has(wDestroyed) && (len(w.buffered) > int(w.index) || w.finished != nil) {
		s.loop.NextTick((*errorBufferTick)(s))
	}
	if s.destroyed() {
		if cb != nil {
			cb(nil)
		}
		return
	}
	s.noteError(err)
	if s.HasWritable() {
		w.f.set(wDestroyed)
	}
	if s.HasReadable() {
		s.r.f.set(rDestroyed)
	}
	if !s.constructed() {
		m := s.extra()
		m.destroyed = append(m.destroyed, func(er error) { s.destroy(aggregate(er, err), cb) })
		return
	}
	s.destroy(err, cb)
}

func (s *Stream) destroyed() bool { return s.w.f.has(wDestroyed) || s.r.f.has(rDestroyed) }

// constructed reads the half that Node reads: the writable one first.
func (s *Stream) constructed() bool {
	if s.HasWritable() {
		return s.w.f.has(wConstructed)
	}
	return !s.HasReadable() || s.r.f.has(rConstructed)
}

// noteError keeps the first error in both halves.
func (s *Stream) noteError(err error) {
	if err == nil {
		return
	}
	if s.HasWritable() && s.w.errored == nil {
		s.w.errored = err
	}
	if s.HasReadable() && s.r.errored == nil {
		s.r.errored = err
	}
}

func (s *Stream) destroy(err error, cb func(error)) {
	called := false
	onDestroy := func(err error) {
		if called {
			return
		}
		called = true
		s.noteError(err)
		if s.HasWritable() {
			s.w.f.set(wClosed)
		}
		if s.HasReadable() {
			s.r.f.set(rClosed)
		}
		if cb != nil {
			cb(err)
		}
		if err != nil {
			s.loop.NextTickFunc(func() {
				s.emitError(err)
				s.emitClose()
			})
		} else {
			s.loop.NextTick((*closeTick)(s))
		}
	}
	if err, thrown := s.tryDestroy(err, onDestroy); thrown {
		onDestroy(err)
	}
}

func (s *Stream) tryDestroy(err error, done func(error)) (thrownErr error, thrown bool) {
	defer func() {
		if p := recover(); p != nil {
			thrownErr, thrown = s.Caught(p), true
		}
	}()
	if o := s.Override(events.MethodUnderDestroy); o != nil {
		o.Call(errArg(err), &Done{Call: done})
	} else {
		s.BaseUnderDestroy(err, done)
	}
	return nil, false
}

// errArg avoids an error interface within an any that is not nil.
func errArg(err error) any {
	if err == nil {
		return nil
	}
	return err
}

// BaseUnderDestroy is the built-in _destroy of s.
func (s *Stream) BaseUnderDestroy(err error, done func(error)) {
	if s.caps&capDestroy != 0 {
		s.impl.(Destroyer).DestroyImpl(err, done)
		return
	}
	done(err)
}

type closeTick Stream

func (t *closeTick) Run() { (*Stream)(t).emitClose() }

func (s *Stream) emitClose() {
	emit := false
	if s.HasWritable() {
		s.w.f.set(wCloseEmitted)
		emit = s.w.f.has(wEmitClose)
	}
	if s.HasReadable() {
		s.r.f.set(rCloseEmitted)
		emit = emit || s.r.f.has(rEmitClose)
	}
	if emit {
		s.Emit("close")
	}
}

// emitError emits 'error', once in the life of s.
func (s *Stream) emitError(err error) {
	if s.w.f.has(wErrorEmitted) || s.r.f.has(rErrorEmitted) {
		return
	}
	if s.HasWritable() {
		s.w.f.set(wErrorEmitted)
	}
	if s.HasReadable() {
		s.r.f.set(rErrorEmitted)
	}
	s.Emit("error", err)
}

// ErrorOrDestroy reports err as Node's own implementations do: it destroys s
// with autoDestroy, else emits 'error' (in a tick if sync is set).
func (s *Stream) ErrorOrDestroy(err error, sync bool) { s.errorOrDestroy(err, sync) }

func (s *Stream) errorOrDestroy(err error, sync bool) {
	if s.destroyed() {
		return
	}
	if s.r.f.has(rAutoDestroy) || s.w.f.has(wAutoDestroy) {
		s.Destroy(err)
		return
	}
	if err == nil {
		return
	}
	s.noteError(err)
	if sync {
		s.loop.NextTickFunc(func() { s.emitError(err) })
	} else {
		s.emitError(err)
	}
}

// Undestroy is stream._undestroy: s can be used again after a destroy.
func (s *Stream) Undestroy() {
	if r := &s.r; s.HasReadable() {
		ended := r.f&(rHasReadable|rReadable) == rHasReadable
		r.f.clear(rClosed | rCloseEmitted | rDestroyed | rErrorEmitted | rReading)
		r.f.set(rConstructed)
		r.f.put(rEnded|rEndEmitted, ended)
		r.errored = nil
	}
	if w := &s.w; s.HasWritable() {
		ended := w.f&(wHasWritable|wWritable) == wHasWritable
		w.f.clear(wClosed | wCloseEmitted | wDestroyed | wErrorEmitted | wFinalCalled | wPrefinished)
		w.f.set(wConstructed)
		w.f.put(wEnding|wEnded|wFinished, ended)
		w.errored = nil
	}
}

// aggregate joins two errors as AggregateError does, if there are two.
func aggregate(inner, outer error) error {
	if inner == nil || sameError(inner, outer) {
		return outer
	}
	if outer == nil {
		return inner
	}
	code := nodeerr.Code(outer)
	if e, ok := outer.(*nodeerr.Error); ok {
		for i := range e.Props {
			if list, ok := e.Props[i].Value.([]error); ok && e.Props[i].Key == "errors" {
				e.Props[i].Value = append(list, inner)
				return e
			}
		}
	}
	return nodeerr.Aggregate(outer.Error(), code, outer, inner)
}

// sameError reports whether two errors are one: a host may make several Go errors of
// one value of its own.
func sameError(a, b error) bool {
	if a == b {
		return true
	}
	s, ok := a.(interface{ SameError(error) bool })
	return ok && b != nil && s.SameError(b)
}
