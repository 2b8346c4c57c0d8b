package stream

import "github.com/spindle-js/spindle/events"

// The readable half is in one of three modes (readableFlowing): null, nobody
// said yet how to consume; false, paused; true, data is emitted as it comes.

type (
	emitReadableTick Stream
	readMoreTick     Stream
	resumeTick       Stream
	readZeroTick     Stream
	listeningTick    Stream
)

func (t *emitReadableTick) Run() { (*Stream)(t).emitReadableNow() }
func (t *readMoreTick) Run()     { (*Stream)(t).readMore() }
func (t *resumeTick) Run()       { (*Stream)(t).resumeNow() }
func (t *readZeroTick) Run()     { (*Stream)(t).Read(0) }
func (t *listeningTick) Run()    { (*Stream)(t).updateReadableListening() }

// emitReadable plans a 'readable' event, once at a time.
func (s *Stream) emitReadable() {
	r := &s.r
	r.f.clear(rNeedReadable)
	if !r.f.has(rEmittedReadable) {
		r.f.set(rEmittedReadable)
		s.loop.NextTick((*emitReadableTick)(s))
	}
}

func (s *Stream) emitReadableNow() {
	r := &s.r
	if !r.f.has(rDestroyed) && r.errored == nil && (r.length > 0 || r.f.has(rEnded)) {
		s.Emit("readable")
		r.f.clear(rEmittedReadable)
	}
	// Another event is due only when nothing flows, more may come, and the
	// consumer has taken the queue below its mark.
	if !r.f.has(rFlowing|rEnded) && r.length <= r.hwm {
		r.f.set(rNeedReadable)
	}
	s.flow()
}

// maybeReadMore plans reading ahead up to the high-water mark, so that one
// _read that pushes several times does not recurse.
func (s *Stream) maybeReadMore() {
	r := &s.r
	if r.f&(rReadingMore|rReading|rConstructed) == rConstructed {
		r.f.set(rReadingMore)
		s.loop.NextTick((*readMoreTick)(s))
	}
}

func (s *Stream) readMore() {
	r := &s.r
	for !r.f.has(rReading|rEnded) && (r.length < r.hwm || r.f.has(rFlowing) && r.length == 0) {
		before := r.length
		s.Read(0)
		if r.length == before {
			break
		}
	}
	r.f.clear(rReadingMore)
}

// flow reads until the queue is empty or somebody pauses.
func (s *Stream) flow() {
	for s.r.f.has(rFlowing) && !s.Read(ReadAll).IsNone() {
	}
}

// Resume is this.resume(): data flows from the next tick on, unless there are
// 'readable' listeners.
func (s *Stream) Resume() {
	if o := s.Override(events.MethodResume); o != nil {
		o.Call()
		return
	}
	s.BaseResume()
}

// BaseResume is readable.resume.
func (s *Stream) BaseResume() {
	r := &s.r
	if !r.f.has(rFlowing) {
		r.f.set(rHasFlowing)
		r.f.put(rFlowing, !r.f.has(rReadableListening))
		if !r.f.has(rResumeScheduled) {
			r.f.set(rResumeScheduled)
			s.loop.NextTick((*resumeTick)(s))
		}
	}
	r.f.set(rHasPaused)
	r.f.clear(rPaused)
}

func (s *Stream) resumeNow() {
	r := &s.r
	if !r.f.has(rReading) {
		s.Read(0)
	}
	r.f.clear(rResumeScheduled)
	s.Emit("resume")
	s.flow()
	if r.f.has(rFlowing) && !r.f.has(rReading) {
		s.Read(0)
	}
}

// Pause is this.pause(): no more 'data' events until Resume.
func (s *Stream) Pause() {
	if o := s.Override(events.MethodPause); o != nil {
		o.Call()
		return
	}
	s.BasePause()
}

// BasePause is readable.pause.
func (s *Stream) BasePause() {
	r := &s.r
	if r.f&(rHasFlowing|rFlowing) != rHasFlowing {
		r.f.set(rHasFlowing)
		r.f.clear(rFlowing)
		s.Emit("pause")
	}
	r.f.set(rHasPaused | rPaused)
}

// IsPaused is readable.isPaused.
func (s *Stream) IsPaused() bool {
	f := s.r.f
	return f.has(rPaused) || f&(rHasFlowing|rFlowing) == rHasFlowing
}
