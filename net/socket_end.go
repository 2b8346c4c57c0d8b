package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// FinalImpl is _final: FIN, once everything written has left.
func (s *Socket) FinalImpl(done func(error)) {
	if s.Connecting() {
		if debugging {
			s.debug("_final: not yet connected")
		}
		s.Once("connect", func(...any) { s.underFinal(done) })
		return
	}
	if s.handle == nil {
		done(nil)
		return
	}
	if debugging {
		s.debug("_final: not ended, call shutdown()")
	}
	st := s.handle.Shutdown(func(Status) {
		if debugging {
			s.debug("afterShutdown destroyed=%s", s.Destroyed())
		}
		done(nil)
	})
	switch {
	case st == -Status(unix.ENOTCONN):
		done(nil)
	case st.Failed():
		done(errnoError(st, "shutdown"))
	}
}

func (s *Socket) underFinal(done func(error)) {
	if s.Override(events.MethodUnderFinal) == nil {
		s.FinalImpl(done)
		return
	}
	s.BaseUnderFinal(done)
}

// DestroyImpl is _destroy: it closes the handle, whose close callback emits
// 'close' with whether there was an error.
func (s *Socket) DestroyImpl(err error, done func(error)) {
	if debugging {
		s.debug("destroy")
		s.debug("close")
		if s.handle != nil {
			s.debug("close handle")
		}
	}
	s.put(sConnecting, false)
	for p := s; p != nil; p = p.parent() {
		if p.timer != nil {
			p.timer.Close()
		}
	}
	hadError := err != nil
	switch h := s.handle; {
	case h == nil:
		done(err)
		s.StreamLoop().NextTick((*closeTick)(s))
	case s.has(sResetAndClosing):
		s.flags &^= sResetAndClosing
		s.keepCounts(h)
		st := h.Reset((&socketClose{s, hadError}).emit)
		if st.Failed() {
			s.Emit("error", errnoError(st, "reset"))
		}
		s.dropHandle(h)
		done(err)
	case s.has(sCloseAfterHandlingError):
		s.keepCounts(h)
		// After the tick that emits 'error', which done queues.
		l := s.StreamLoop()
		l.NextTickFunc(func() {
			l.NextTickFunc(func() {
				h.Close(func() {
					(&socketClose{s, hadError}).emit()
					s.dropHandle(h)
				})
			})
		})
		done(err)
	default:
		s.keepCounts(h)
		h.Close((&socketClose{s, hadError}).emit)
		s.dropHandle(h)
		done(err)
	}
	if s.server != nil && s.has(sCounted) {
		s.flags &^= sCounted
		if debugging {
			s.debug("has server")
		}
		s.server.disconnected()
	}
}

type socketClose struct {
	s        *Socket
	hadError bool
}

func (c *socketClose) emit() {
	if debugging {
		c.s.debug("emit close")
	}
	c.s.Emit("close", c.hadError)
}

func (s *Socket) keepCounts(h *Handle) {
	s.bytesRead, s.bytesWritten = h.BytesRead, h.BytesWritten
}

func (s *Socket) dropHandle(h *Handle) {
	if s.handle != h {
		return
	}
	h.SetReader(nil, nil)
	s.handle = nil
	if s.rare != nil {
		s.rare.local = Address{}
	}
}

// closeTick emits 'close' of a socket that had no handle.
type closeTick Socket

func (t *closeTick) Run() { (*Socket)(t).Emit("close") }

var _ loop.Task = (*closeTick)(nil)

// SetCloseAfterHandlingError is socket._closeAfterHandlingError: a destroy with
// an error leaves the handle in place until 'error' was emitted.
func (s *Socket) SetCloseAfterHandlingError(v bool) { s.put(sCloseAfterHandlingError, v) }

// CloseAfterHandlingError returns socket._closeAfterHandlingError.
func (s *Socket) CloseAfterHandlingError() bool { return s.has(sCloseAfterHandlingError) }

// DestroySoon is this.destroySoon(): it destroys the socket once everything
// written has left.
func (s *Socket) DestroySoon() {
	if o := s.Override(events.MethodDestroySoon); o != nil {
		o.Call()
		return
	}
	s.BaseDestroySoon()
}

// BaseDestroySoon is socket.destroySoon.
func (s *Socket) BaseDestroySoon() {
	if s.Writable() {
		s.End(none, "", nil)
	}
	if s.WritableFinished() {
		s.Destroy(nil)
	} else {
		s.Once("finish", func(...any) { s.Destroy(nil) })
	}
}

// ResetAndDestroy is socket.resetAndDestroy: RST in the place of FIN. The error
// is ERR_INVALID_HANDLE_TYPE for what is no TCP socket; a socket without a
// handle is destroyed with ERR_SOCKET_CLOSED.
func (s *Socket) ResetAndDestroy() error {
	switch {
	case s.handle == nil:
		s.Destroy(nodeerr.SocketClosed())
	case s.handle.IsPipe():
		return nodeerr.InvalidHandleType()
	case s.Connecting():
		if debugging {
			s.debug("reset wait for connection")
		}
		s.Once("connect", func(...any) { s.reset() })
	default:
		s.reset()
	}
	return nil
}

func (s *Socket) reset() {
	if debugging {
		s.debug("reset connection")
	}
	s.flags |= sResetAndClosing
	s.Destroy(nil)
}
