package http2

import (
	"strconv"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

func codeText(c protocol.Code) string { return strconv.FormatUint(uint64(c), 10) }

var undefined = events.Undefined

// socketError and socketClose listen on the sockets of sessions.
var (
	socketError = events.NewMethod("socketOnError", func(e *events.Emitter, args ...any) {
		if s := boundTo(e); s != nil {
			err, _ := args[0].(error)
			if nodeerr.Code(err) == "ECONNRESET" && s.goawayGot {
				s.Destroy(nil)
				return
			}
			if s.debug != nil {
				s.log("socket error [%s]", err.Error())
			}
			s.Destroy(err)
		}
	})
	socketClose = events.NewMethod("socketOnClose", func(e *events.Emitter, _ ...any) {
		if s := boundTo(e); s != nil {
			s.socketGone()
		}
	})
)

func boundTo(e *events.Emitter) *Session {
	if o, ok := e.Self().(Socket); ok {
		return sessionsOf(o.AsStream().StreamLoop())[e]
	}
	return nil
}

// socketGone ends the session of a socket that was closed.
func (s *Session) socketGone() {
	if s.debug != nil {
		s.log("socket closed")
	}
	var err error
	if s.Connecting() {
		err = nodeerr.SocketClosed()
	}
	for _, st := range s.live() {
		st.Close(protocol.Cancel)
	}
	for _, st := range append([]*Stream(nil), s.pending...) {
		st.Close(protocol.Cancel)
	}
	s.Close(nil)
	s.shut(protocol.NoError, err)
}

// live lists the streams, in the order they came.
func (s *Session) live() []*Stream {
	out := make([]*Stream, 0, len(s.streams))
	kept := s.order[:0:0]
	for _, st := range s.order {
		if s.streams[st.id] == st {
			out = append(out, st)
			kept = append(kept, st)
		}
	}
	s.order = kept
	return out
}

// Close is session.close(): no more streams; the session ends when those that
// are open have. onClose, nil for none, is called at 'close'.
func (s *Session) Close(onClose func()) {
	if s.Closed() || s.Destroyed() {
		return
	}
	if s.debug != nil {
		s.log("marking session closed")
	}
	s.flags |= sessionClosed
	if onClose != nil {
		s.Once("close", func(...any) { onClose() })
	}
	_ = s.Goaway(protocol.NoError, 0, nil)
	if s.conn != nil {
		s.flags |= sessionGraceful
	}
	s.maybeDestroy()
}

// maybeDestroy ends a session that is closed and has nothing left to do.
func (s *Session) maybeDestroy() {
	if s.Destroyed() || !s.Closed() || len(s.streams) > 0 || len(s.pending) > 0 || s.conn != nil && (s.sending || s.conn.WantWrite()) {
		return
	}
	s.Destroy(nil)
}

// Destroy is session.destroy(error): all streams end at once.
func (s *Session) Destroy(err error) {
	code := protocol.NoError
	if err != nil {
		code = protocol.InternalError
	}
	s.end(err, code)
}

// DestroyCode is session.destroy(code).
func (s *Session) DestroyCode(code protocol.Code) {
	var err error
	if code != protocol.NoError {
		err = nodeerr.HTTP2("SESSION_ERROR", codeText(code))
	}
	s.end(err, code)
}

// DestroyWith is session.destroy(error, code).
func (s *Session) DestroyWith(err error, code protocol.Code) { s.end(err, code) }

func (s *Session) end(err error, code protocol.Code) {
	if s.Destroyed() {
		return
	}
	if s.debug != nil {
		s.log("destroying")
	}
	s.shut(code, err)
}

// shut ends the streams, the connection, and then the socket.
func (s *Session) shut(code protocol.Code, err error) {
	if s.debug != nil {
		s.log("start closing/destroying")
	}
	s.flags |= sessionDestroyed
	s.destroyCode = code
	s.SetTimeout(0, nil)
	s.RemoveAll(events.Name("timeout"))
	if len(s.pending) > 0 || len(s.streams) > 0 {
		cancel := nodeerr.HTTP2StreamCancel(err)
		for _, st := range append([]*Stream(nil), s.pending...) {
			st.Destroy(cancel)
		}
		for _, st := range s.live() {
			st.Destroy(err)
		}
	}
	if s.conn == nil {
		s.finishClose(err)
		return
	}
	s.onDone = func() { s.finishClose(err) }
	s.stop(code, s.socket == nil || s.socket.AsStream().Destroyed())
}

// stop ends the protocol; onDone follows.
func (s *Session) stop(code protocol.Code, gone bool) {
	if s.ended {
		return
	}
	s.ended = true
	conn := s.conn
	s.measure()
	s.loop.QueueFirst(loop.Func(conn.Cancel))
	if !gone {
		conn.Terminate(code)
		s.send()
	}
	s.afterEnd()
}

// finish tells that the protocol has ended.
func (s *Session) finish() {
	if s.sending {
		return // afterWrite comes back to this
	}
	if f := s.onDone; f != nil {
		s.onDone = nil
		s.loop.Callback(loop.Func(f))
	}
}

// finishClose lets go of the socket and ends it.
func (s *Session) finishClose(err error) {
	if s.debug != nil {
		s.log("finishing session close")
	}
	sock := s.socket
	s.cleanup()
	if sock == nil || sock.AsStream().Destroyed() {
		s.loop.NextTickFunc(func() { s.emitClose(err) })
		return
	}
	st := sock.AsStream()
	st.On("close", func(...any) { s.emitClose(err) })
	if s.Closed() {
		st.Resume()
	}
	endSocket(sock, func() {
		if !s.Closed() {
			s.loop.SetImmediate(loop.Func(func() { st.Destroy(err) }))
		}
	})
}

func (s *Session) cleanup() {
	sock := s.socket
	s.socket, s.conn = nil, nil
	s.RemoteHost = nil
	if s.server != nil {
		s.server.HTTP2().remove(s)
	}
	if sock != nil {
		delete(sessionsOf(s.loop), sock.Base())
	}
}

func (s *Session) emitClose(err error) {
	if err != nil {
		s.Emit("error", err)
	}
	s.Emit("close")
}
