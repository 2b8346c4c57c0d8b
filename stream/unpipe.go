package stream

import "github.com/spindle-js/spindle/events"

// Unpipe is this.unpipe(dst): it ends one pipe, or all with a nil dst.
func (s *Stream) Unpipe(dst Destination) {
	if o := s.Override(events.MethodUnpipe); o != nil {
		if dst == nil {
			o.Call()
		} else {
			o.Call(object(dst))
		}
		return
	}
	s.BaseUnpipe(dst)
}

// BaseUnpipe is readable.unpipe
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readableunpipedestination).
func (s *Stream) BaseUnpipe(dst Destination) {
	r := &s.r
	if len(r.pipes) == 0 {
		return
	}
	if dst == nil {
		dsts := r.pipes
		r.pipes = nil
		s.Pause()
		for _, d := range dsts {
			s.emitUnpipe(d)
		}
		return
	}
	i := indexOf(r.pipes, dst)
	if i < 0 {
		return
	}
	r.pipes = without(r.pipes, i)
	if len(r.pipes) == 0 {
		s.Pause()
	}
	s.emitUnpipe(dst)
}

// emitUnpipe tells dst that s is no longer piped to it. If the pipe's own
// listener is the only one it needs no event.
func (s *Stream) emitUnpipe(dst Destination) {
	if o, ok := dst.(events.Object); ok && o.Base().Override(events.MethodEmit) == nil {
		if list := o.Base().Listeners(events.Name("unpipe")); len(list) == 1 {
			if p := pipeOf(o.Base(), list[0]); p != nil && p.src == s && list[0] == p.on.onUnpipe {
				p.cleanup()
				return
			}
		}
	}
	dst.Emit("unpipe", object(s), &UnpipeInfo{})
}
