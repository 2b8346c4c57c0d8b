package net

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// SetTimeout is this.setTimeout(ms, callback): 'timeout' follows when nothing was
// read or written for ms milliseconds; 0 is never. onTimeout, nil for none, is
// registered once for 'timeout'. The binding has checked the number
// (ERR_OUT_OF_RANGE); what is longer than a timer can be is cut to 2^31-1.
func (s *Socket) SetTimeout(ms int64, onTimeout *events.Listener) {
	if o := s.Override(events.MethodSetTimeout); o != nil {
		if onTimeout == nil {
			o.Call(ms)
		} else {
			o.Call(ms, onTimeout)
		}
		return
	}
	s.BaseSetTimeout(ms, onTimeout)
}

// BaseSetTimeout is socket.setTimeout
// (https://nodejs.org/docs/latest-v24.x/api/net.html#socketsettimeouttimeout-callback).
func (s *Socket) BaseSetTimeout(ms int64, onTimeout *events.Listener) {
	if s.Destroyed() {
		return
	}
	s.timeout = ms
	if s.timer != nil {
		s.timer.Close()
	}
	name := events.Name("timeout")
	if ms == 0 {
		if onTimeout != nil {
			s.RemoveListener(name, onTimeout)
		}
		return
	}
	if s.timer == nil {
		s.timer = new(loop.Timer)
		s.timer.Unref()
	}
	s.timer.Start(s.StreamLoop(), min(ms, maxTimer), 0, (*idleTask)(s))
	if onTimeout != nil {
		s.AddListener(name, onTimeout, false)
	}
}

// maxTimer is the longest time that a timer of Node's can have, in milliseconds.
const maxTimer = 1<<31 - 1

// NoteTimeout is an assignment to socket.timeout, which starts no timer.
func (s *Socket) NoteTimeout(ms int64) { s.timeout = ms }

// Timeout is the property timeout; ok is false for undefined.
func (s *Socket) Timeout() (ms int64, ok bool) { return max(s.timeout, 0), s.timeout >= 0 }

// touch restarts the idle time, also of the sockets that this one is wrapped in.
func (s *Socket) touch() {
	for p := s; p != nil; p = p.parent() {
		if p.timer != nil {
			p.timer.Refresh()
		}
	}
}

// Touch is socket._unrefTimer(): activity that the handle does not see.
func (s *Socket) Touch() { s.touch() }

func (s *Socket) parent() *Socket {
	if s.rare == nil {
		return nil
	}
	return s.rare.parent
}

// idleTask is what a socket's timer runs.
type idleTask Socket

func (t *idleTask) Run() { (*Socket)(t).onTimeout() }

// onTimeout is socket._onTimeout: a write that makes progress is no idleness.
func (s *Socket) onTimeout() {
	if last := s.lastWriteQueueSize; last > 0 && s.handle != nil {
		if now := s.handle.WriteQueueSize(); now != last {
			s.lastWriteQueueSize = now
			s.timer.Refresh()
			return
		}
	}
	if debugging {
		s.debug("_onTimeout")
	}
	s.Emit("timeout")
}
