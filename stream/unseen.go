package stream

import "github.com/spindle-js/spindle/events"

// EndUnseen brings a readable half that is empty, has ended and that nobody
// listens to or holds a replacement for to the state that end and destroy would
// leave it in, without going through them. It reports whether it did; if not,
// the usual way is to be taken.
func (s *Stream) EndUnseen() bool {
	r := &s.r
	if !r.f.has(rEnded) || r.length > 0 || s.HasWritable() || s.EventCount() > 0 || len(r.pipes) > 0 ||
		r.errored != nil || r.f.has(rDestroyed|rEndEmitted|rReading) || !r.f.has(rAutoDestroy) {
		return false
	}
	for _, m := range unseenMembers {
		if s.Override(m) != nil {
			return false
		}
	}
	r.f.set(rEndEmitted | rDestroyed | rClosed | rCloseEmitted | rHasFlowing | rFlowing)
	return true
}

// unseenMembers are the self-calls that resuming, ending and destroying make.
var unseenMembers = [...]events.Method{
	events.MethodResume, events.MethodRead, events.MethodEmit, events.MethodDestroy, events.MethodUnderDestroy,
	events.MethodUnderRead,
}
