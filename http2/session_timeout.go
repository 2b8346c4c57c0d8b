package http2

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// SetTimeout is session.setTimeout: 'timeout' follows when nothing happened for
// ms milliseconds; 0 is never. onTimeout, nil for none, is registered once.
func (s *Session) SetTimeout(ms int64, onTimeout *events.Listener) {
	if s.Destroyed() && ms > 0 {
		return
	}
	s.timeout = ms
	setTimer(s.loop, &s.timer, ms, loop.Func(s.OnTimeout))
	timeoutListener(&s.Emitter, ms, onTimeout)
}

// Timeout is the property timeout.
func (s *Session) Timeout() int64 { return s.timeout }

func setTimer(l *loop.Loop, t **loop.Timer, ms int64, task loop.Task) {
	if *t != nil {
		(*t).Close()
	}
	if ms == 0 {
		return
	}
	if *t == nil {
		*t = new(loop.Timer)
		(*t).Unref()
	}
	(*t).Start(l, min(ms, 1<<31-1), 0, task)
}

func timeoutListener(e *events.Emitter, ms int64, l *events.Listener) {
	switch {
	case l == nil:
	case ms == 0:
		e.RemoveListener(events.Name("timeout"), l)
	default:
		e.AddListener(events.Name("timeout"), l, false)
	}
}

// touch restarts the idle time.
func (s *Session) touch() {
	if !s.Destroyed() && s.timer != nil && s.timeout > 0 {
		s.timer.Refresh()
	}
}

// progress reports whether something was sent since it was asked last: a write
// that makes progress is no idleness.
func (s *Session) progress() bool {
	seen := s.chunksSeen
	s.chunksSeen = s.chunksSent
	return seen != s.chunksSent
}

// OnTimeout is session._onTimeout: it emits 'timeout', unless a write makes
// progress.
func (s *Session) OnTimeout() {
	if s.Destroyed() {
		return
	}
	if s.writeQueue > 0 && s.conn != nil && s.progress() {
		s.touch()
		return
	}
	s.Emit("timeout")
}
