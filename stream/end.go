package stream

type (
	endReadableTick Stream
	endWritableTick Stream
)

func (t *endReadableTick) Run() { (*Stream)(t).endReadableNow() }

func (t *endWritableTick) Run() {
	if s := (*Stream)(t); s.Writable() && !s.w.f.has(wEnding|wDestroyed) {
		s.End(none, "", nil)
	}
}

// endReadable plans 'end': the last chunk has been consumed.
func (s *Stream) endReadable() {
	if !s.r.f.has(rEndEmitted) {
		s.r.f.set(rEnded)
		s.loop.NextTick((*endReadableTick)(s))
	}
}

func (s *Stream) endReadableNow() {
	r := &s.r
	if r.errored != nil || r.f.has(rCloseEmitted|rEndEmitted) || r.length != 0 {
		return
	}
	r.f.set(rEndEmitted)
	s.Emit("end")
	if s.HasWritable() && s.Writable() && !s.allowHalfOpen {
		s.loop.NextTick((*endWritableTick)(s))
	} else if r.f.has(rAutoDestroy) {
		w := &s.w
		if !s.HasWritable() || w.f.has(wAutoDestroy) && (w.f.has(wFinished) || w.f&(wHasWritable|wWritable) == wHasWritable) {
			s.Destroy(nil)
		}
	}
}
