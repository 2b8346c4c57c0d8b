package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
)

// On adds fn to the listeners of name, as this.on does; it begins to flow for
// 'data' and to read for 'readable'.
func (s *Stream) On(name string, fn func(args ...any)) *events.Listener {
	return s.on(name, events.NewListener(fn, false))
}

// Once is On for a single call.
func (s *Stream) Once(name string, fn func(args ...any)) *events.Listener {
	return s.on(name, events.NewListener(fn, true))
}

// OnData adds fn to the listeners of 'data'.
func (s *Stream) OnData(fn func(buffer.Chunk)) *events.Listener {
	return s.on("data", dataListener("", fn))
}

// OnEnd adds fn to the listeners of 'end'.
func (s *Stream) OnEnd(fn func()) *events.Listener {
	return s.on("end", events.NewListener(func(...any) { fn() }, false))
}

// Off removes the registration l of name, if it is there.
func (s *Stream) Off(name string, l *events.Listener) {
	if l != nil {
		s.RemoveListener(events.Name(name), l)
	}
}

func (s *Stream) on(name string, l *events.Listener) *events.Listener {
	s.AddListener(events.Name(name), l, false)
	return l
}

func dataListener(name string, fn func(buffer.Chunk)) *events.Listener {
	return events.NewTyped(name, fn, chunkArg, false)
}

// AddListener is this.on(key, l), or prependListener if prepend is set.
func (s *Stream) AddListener(key events.Key, l *events.Listener, prepend bool) {
	m := events.MethodOn
	switch {
	case prepend:
		m = events.MethodPrependListener
	case l.Once():
		if o := s.Override(events.MethodOnce); o != nil {
			o.Call(keyArg(key), l)
			return
		}
	}
	if o := s.Override(m); o != nil {
		o.Call(keyArg(key), l)
		return
	}
	s.BaseAddListener(key, l, prepend)
}

// BaseAddListener is Readable's on; for a stream without a readable half, and
// to prepend, it is the emitter's.
func (s *Stream) BaseAddListener(key events.Key, l *events.Listener, prepend bool) {
	s.Emitter.AddListener(key, l, prepend)
	if prepend || !s.HasReadable() || key.Symbol != nil {
		return
	}
	r := &s.r
	switch key.Name {
	case "data":
		r.f.set(rDataListening)
		if s.ListenerCount("readable") > 0 {
			r.f.set(rReadableListening)
		}
		if r.f&(rHasFlowing|rFlowing) != rHasFlowing {
			s.Resume()
		}
	case "readable":
		if r.f.has(rEndEmitted | rReadableListening) {
			return
		}
		r.f.set(rReadableListening | rNeedReadable | rHasFlowing)
		r.f.clear(rFlowing | rEmittedReadable)
		if r.length > 0 {
			s.emitReadable()
		} else if !r.f.has(rReading) {
			s.loop.NextTick((*readZeroTick)(s))
		}
	}
}

// RemoveListener is this.removeListener(key, l). It reports whether l was
// there, or whether a replacement was called.
func (s *Stream) RemoveListener(key events.Key, l *events.Listener) bool {
	if o := s.Override(events.MethodRemoveListener); o != nil {
		o.Call(keyArg(key), l)
		return true
	}
	return s.BaseRemoveListener(key, l)
}

// BaseRemoveListener is Readable's removeListener.
func (s *Stream) BaseRemoveListener(key events.Key, l *events.Listener) bool {
	ok := s.Emitter.RemoveListener(key, l)
	s.removed(key)
	return ok
}

// RemoveAll is Readable's removeAllListeners(key).
func (s *Stream) RemoveAll(key events.Key) {
	s.Emitter.RemoveAll(key)
	if s.HasReadable() && key == events.Name("readable") {
		s.loop.NextTick((*listeningTick)(s))
	}
}

// RemoveEvery is Readable's removeAllListeners().
func (s *Stream) RemoveEvery() {
	s.Emitter.RemoveEvery()
	if s.HasReadable() {
		s.loop.NextTick((*listeningTick)(s))
	}
}

// removed follows the loss of a listener. The modes change in a tick, so that a
// program may exchange 'readable' listeners without a resume in between.
func (s *Stream) removed(key events.Key) {
	if !s.HasReadable() || key.Symbol != nil {
		return
	}
	switch key.Name {
	case "readable":
		s.loop.NextTick((*listeningTick)(s))
	case "data":
		if s.ListenerCount("data") == 0 {
			s.r.f.clear(rDataListening)
		}
	}
}

func (s *Stream) updateReadableListening() {
	r := &s.r
	r.f.put(rReadableListening, s.ListenerCount("readable") > 0)
	switch {
	case r.f.has(rResumeScheduled) && r.f&(rHasPaused|rPaused) == rHasPaused:
		r.f.set(rHasFlowing | rFlowing)
	case r.f.has(rDataListening):
		s.Resume()
	case !r.f.has(rReadableListening):
		r.f.clear(rHasFlowing | rFlowing)
	}
}

// keyArg is the key as an argument for a host: a string, or the Key of a
// symbol.
func keyArg(key events.Key) any {
	if key.Symbol == nil {
		return key.Name
	}
	return key
}
