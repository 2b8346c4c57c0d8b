package stream

// The properties of a readable half
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readable-streams).

// Readable is readable.readable: read may still be called.
func (s *Stream) Readable() bool {
	f := s.r.f
	return f.has(rPresent) && f&(rHasReadable|rReadable) != rHasReadable && !f.has(rDestroyed|rErrorEmitted|rEndEmitted)
}

// SetReadable sets readable.readable.
func (s *Stream) SetReadable(v bool) {
	s.r.f.set(rHasReadable)
	s.r.f.put(rReadable, v)
}

// ReadableDidRead reports whether data was emitted or read.
func (s *Stream) ReadableDidRead() bool { return s.r.f.has(rDataEmitted) }

// ReadableAborted reports whether s was destroyed or failed before 'end'.
func (s *Stream) ReadableAborted() bool {
	f := s.r.f
	return f&(rHasReadable|rReadable) != rHasReadable && (f.has(rDestroyed) || s.r.errored != nil) && !f.has(rEndEmitted)
}

// ReadableEnded reports whether 'end' was emitted.
func (s *Stream) ReadableEnded() bool { return s.r.f.has(rEndEmitted) }

// ReadableFlowing is readable.readableFlowing: null until a mode was chosen.
func (s *Stream) ReadableFlowing() Tri { return tri(s.r.f.has(rHasFlowing), s.r.f.has(rFlowing)) }

// SetReadableFlowing sets readable.readableFlowing.
func (s *Stream) SetReadableFlowing(v Tri) {
	s.r.f.put(rHasFlowing, v != Null)
	s.r.f.put(rFlowing, v == True)
}

// ReadableHighWaterMark is readable.readableHighWaterMark.
func (s *Stream) ReadableHighWaterMark() int { return s.r.hwm }

// ReadableLength is readable.readableLength: what waits in the queue.
func (s *Stream) ReadableLength() int { return s.r.length }

// ReadableObjectMode is readable.readableObjectMode.
func (s *Stream) ReadableObjectMode() bool { return s.r.f.has(rObjectMode) }

// Tri is a boolean that may be null.
type Tri uint8

// The values of a Tri.
const (
	Null Tri = iota
	False
	True
)

func tri(has, v bool) Tri {
	switch {
	case !has:
		return Null
	case v:
		return True
	}
	return False
}

// Destroyed is stream.destroyed. A Duplex is destroyed when both halves are.
func (s *Stream) Destroyed() bool {
	if !s.HasReadable() {
		return s.w.f.has(wDestroyed)
	}
	return s.r.f.has(rDestroyed) && (!s.HasWritable() || s.w.f.has(wDestroyed))
}

// SetDestroyed sets stream.destroyed in both halves, without any effect else.
func (s *Stream) SetDestroyed(v bool) {
	if s.HasReadable() {
		s.r.f.put(rDestroyed, v)
	}
	if s.HasWritable() {
		s.w.f.put(wDestroyed, v)
	}
}

// Errored is stream.errored: the error that s failed with, nil for none. It is
// the readable half's, if there is one.
func (s *Stream) Errored() error {
	if s.HasReadable() {
		return s.r.errored
	}
	return s.w.errored
}

// Closed is stream.closed: _destroy has called back.
func (s *Stream) Closed() bool {
	if s.HasReadable() {
		return s.r.f.has(rClosed)
	}
	return s.w.f.has(wClosed)
}
