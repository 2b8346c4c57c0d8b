package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// transform is the state of a Transform.
type transform struct {
	waiting func(error) // the write's callback, held until the reader wants more
	done    *ChunkDone  // of the write under way
	before  int         // readable length before _transform
	current func(error) // the callback of the write under way
}

func (s *Stream) initTransform() {
	// The _read of a Transform is ready from the start: no sync guard.
	s.r.f.clear(rSync)
	s.extra()
	l := events.NewListener(func(...any) { s.onPrefinish() }, false)
	l.Name = "prefinish"
	s.on("prefinish", l)
}

// onPrefinish ends the readable half of a Transform whose _final was replaced.
func (s *Stream) onPrefinish() {
	if s.caps&capFinal != 0 || s.Override(events.MethodUnderFinal) != nil {
		s.transformFinal(nil)
	}
}

// transformWrite is Transform's _write. own says that done is the stream's own
// callback, of which there is one at a time.
func (s *Stream) transformWrite(c buffer.Chunk, enc string, done func(error), own bool) {
	t := &s.more.transform
	if !own {
		before := s.r.length
		s.underTransform(c, enc, &ChunkDone{Call: func(err error, c buffer.Chunk) { s.transformed(err, c, before, done) }})
		return
	}
	t.before, t.current = s.r.length, done
	if s.kind == kindPassThrough && s.caps&capTransform == 0 && s.Override(events.MethodUnderTransform) == nil {
		s.transformed(nil, c, t.before, done)
		return
	}
	if t.done == nil {
		t.done = &ChunkDone{Call: func(err error, c buffer.Chunk) { s.transformed(err, c, t.before, t.current) }}
	}
	s.underTransform(c, enc, t.done)
}

// transformed is the callback of _transform.
func (s *Stream) transformed(err error, c buffer.Chunk, before int, done func(error)) {
	if err != nil {
		done(err)
		return
	}
	if c.Kind != buffer.KindNone {
		s.Push(c)
	}
	r := &s.r
	if r.f.has(rEnded) {
		s.loop.NextTickFunc(func() { done(nil) })
	} else if s.w.f.has(wEnded) || before == r.length || r.length < r.hwm {
		done(nil)
	} else {
		s.more.transform.waiting = done
	}
}

// TransformRead is Transform's own _read, for implementations that add to it.
func (s *Stream) TransformRead() {
	if cb := s.more.transform.waiting; cb != nil {
		s.more.transform.waiting = nil
		cb(nil)
	}
}

func (s *Stream) underTransform(c buffer.Chunk, enc string, d *ChunkDone) {
	if o := s.Override(events.MethodUnderTransform); o != nil {
		o.Call(c, encArg(enc), d)
		return
	}
	s.BaseUnderTransform(c, enc, d.Call)
}

// BaseUnderTransform is the built-in _transform of s.
func (s *Stream) BaseUnderTransform(c buffer.Chunk, enc string, done func(error, buffer.Chunk)) {
	switch {
	case s.caps&capTransform != 0:
		s.impl.(Transformer).TransformImpl(c, enc, done)
	case s.kind == kindPassThrough:
		done(nil, c)
	default:
		s.Throw(nodeerr.MethodNotImplemented("_transform()"))
	}
}

// transformFinal is Transform's _final: _flush, then the end of the readable
// half. done may be nil.
func (s *Stream) transformFinal(done func(error)) {
	if !s.hasFlush() || s.destroyed() {
		s.Push(none)
		if done != nil {
			done(nil)
		}
		return
	}
	flushed := func(err error, c buffer.Chunk) {
		if err != nil {
			if done != nil {
				done(err)
			} else {
				s.Destroy(err)
			}
			return
		}
		if c.Kind != buffer.KindNone {
			s.Push(c)
		}
		s.Push(none)
		if done != nil {
			done(nil)
		}
	}
	if o := s.Override(events.MethodUnderFlush); o != nil {
		o.Call(&ChunkDone{Call: flushed})
	} else {
		s.impl.(Flusher).FlushImpl(flushed)
	}
}

func (s *Stream) hasFlush() bool {
	return s.caps&capFlush != 0 || s.Override(events.MethodUnderFlush) != nil
}
