package stream

// The properties of a writable half
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#writable-streams).

// Writable is writable.writable: write may still be called.
func (s *Stream) Writable() bool {
	f := s.w.f
	return f.has(wPresent) && f&(wHasWritable|wWritable) != wHasWritable && !f.has(wDestroyed|wEnding|wEnded) && s.w.errored == nil
}

// SetWritable sets writable.writable.
func (s *Stream) SetWritable(v bool) {
	s.w.f.set(wHasWritable)
	s.w.f.put(wWritable, v)
}

// WritableAborted reports whether s was destroyed or failed before 'finish'.
func (s *Stream) WritableAborted() bool {
	f := s.w.f
	return f&(wHasWritable|wWritable) != wHasWritable && (f.has(wDestroyed) || s.w.errored != nil) && !f.has(wFinished)
}

// WritableEnded reports whether End was called.
func (s *Stream) WritableEnded() bool { return s.w.f.has(wEnding) }

// WritableFinished reports whether everything was written, right before
// 'finish'.
func (s *Stream) WritableFinished() bool { return s.w.f.has(wFinished) }

// WritableNeedDrain reports whether the queue was full and 'drain' will follow.
func (s *Stream) WritableNeedDrain() bool {
	return s.w.f&(wNeedDrain|wDestroyed|wEnding) == wNeedDrain
}

// WritableHighWaterMark is writable.writableHighWaterMark.
func (s *Stream) WritableHighWaterMark() int { return s.w.hwm }

// WritableLength is writable.writableLength: what waits or is being written.
func (s *Stream) WritableLength() int { return s.w.length }

// WritableObjectMode is writable.writableObjectMode.
func (s *Stream) WritableObjectMode() bool { return s.w.f.has(wObjectMode) }

// WritableCorked is writable.writableCorked: how many Uncork are due.
func (s *Stream) WritableCorked() int { return int(s.w.corked) }

// WritableBuffer is writable.writableBuffer: the requests that wait. The caller
// must not change the slice.
func (s *Stream) WritableBuffer() []WriteRequest { return s.w.buffered[s.w.index:] }
