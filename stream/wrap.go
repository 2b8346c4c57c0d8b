package stream

import "github.com/spindle-js/spindle/events"

// Wrapper is the implementation of a stream over a legacy source; see Wrap.
type Wrapper struct {
	s      *Stream
	src    Emitting
	paused bool
}

// Wrap is readable.wrap(src)
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readablewrapstream): s
// gets the data, end, errors and close of src, and pauses and resumes it if it
// has Pause and Resume. From now on the Wrapper is the implementation of s, in
// the place of that given to Init.
func (s *Stream) Wrap(src Emitting) *Wrapper {
	w := &Wrapper{s: s, src: src}
	on := func(name string, fn func(args ...any)) { add(src, name, events.NewListener(fn, false)) }
	on("data", func(args ...any) {
		if s.Push(chunkArg(args)) {
			return
		}
		if p, ok := src.(pauser); ok {
			w.paused = true
			p.Pause()
		}
	})
	on("end", func(...any) { s.Push(none) })
	on("error", func(args ...any) {
		var err error
		if len(args) > 0 {
			err = toError(s, args[0])
		}
		s.errorOrDestroy(err, false)
	})
	on("close", func(...any) { s.Destroy(nil) })
	on("destroy", func(...any) { s.Destroy(nil) })
	s.impl, s.caps = w, s.caps&^(capWrite|capWritev|capFinal|capDestroy|capTransform|capFlush)|capRead
	return w
}

// ReadImpl lets the source flow again.
func (w *Wrapper) ReadImpl(int) {
	if p, ok := w.src.(resumer); ok && w.paused {
		w.paused = false
		p.Resume()
	}
}
