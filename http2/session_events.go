package http2

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// handler is a Session as its connection sees it. Each event is one call-out.
type handler Session

func (h *handler) session() *Session { return (*Session)(h) }

func (h *handler) call(f func(s *Session)) {
	s := h.session()
	if s.Destroyed() {
		return
	}
	s.ctx.Callback(loop.Func(func() { f(s) }))
}

// callStream is call in the context of a stream.
func (h *handler) callStream(w *protocol.Stream, f func(s *Session)) {
	s := h.session()
	if s.Destroyed() {
		return
	}
	at := &s.ctx
	if st, ok := w.Owner.(*Stream); ok {
		at = &st.ctx
	}
	at.Callback(loop.Func(func() { f(s) }))
}

// Headers tells of a request, an answer, a pushed request or trailers.
func (h *handler) Headers(w *protocol.Stream, cat protocol.Category, fields []protocol.Field, end bool) {
	h.callStream(w, func(s *Session) { s.onHeaders(w, cat, &Headers{Fields: fields}, end) })
}

const flagEndStream = 1

func (s *Session) onHeaders(w *protocol.Stream, cat protocol.Category, hs *Headers, end bool) {
	s.touch()
	if s.debug != nil {
		s.logStream(w.ID, "headers received")
	}
	flags := 4
	if end {
		flags |= flagEndStream
	}
	st, ok := w.Owner.(*Stream)
	if !ok {
		if s.Closed() {
			w.Reset(protocol.RefusedStream)
			w.Destroy()
			return
		}
		s.newPeerStream(w, hs, end, flags)
		return
	}
	if st.wire == nil {
		return
	}
	event := "headers"
	status := hs.Status()
	has := hs.Has(":status")
	switch {
	case cat == protocol.CatResponse:
		if end || !has || status < 100 || status >= 200 {
			event = "response"
		}
	case cat == protocol.CatPushResponse:
		event = "push"
	case has && status >= 200:
		event = "response"
	case end:
		event = "trailers"
	}
	if status == 421 {
		s.dropOrigin(st.origin)
	}
	if s.debug != nil {
		s.logStream(w.ID, "emitting stream '%s' event", event)
	}
	s.loop.NextTickFunc(func() { st.Emit(event, hs, flags, RawHeaders{hs}) })
	if event == "response" || event == "push" {
		publish(s.loop, "http2.client.stream.finish", field("stream", st), field("headers", hs), field("flags", flags))
	}
	if end {
		st.Push(buffer.Chunk{})
	}
}

// newPeerStream makes the Stream that a peer has opened.
func (s *Session) newPeerStream(w *protocol.Stream, hs *Headers, end bool, flags int) {
	var st *Stream
	if s.kind == ServerSession {
		st = s.newServerStream(w, hs.Get(":scheme"), authorityOf(hs))
		publish(s.loop, "http2.server.stream.created", field("stream", st), field("headers", hs))
		publish(s.loop, "http2.server.stream.start", field("stream", st), field("headers", hs))
		if end {
			st.Push(buffer.Chunk{})
		}
		if hs.Get(":method") == "HEAD" {
			st.End(buffer.Chunk{}, "", nil)
			st.flags |= headRequest
		}
	} else {
		st = s.newClientStream()
		st.init(w)
		publish(s.loop, "http2.client.stream.created", field("stream", st), field("headers", hs))
		publish(s.loop, "http2.client.stream.start", field("stream", st), field("headers", hs))
		if end {
			st.Push(buffer.Chunk{})
		}
		st.End(buffer.Chunk{}, "", nil)
	}
	st.endAfterHeaders = end
	s.loop.NextTickFunc(func() { s.Emit("stream", st, hs, flags, RawHeaders{hs}) })
	if end {
		st.Push(buffer.Chunk{})
	}
}

func authorityOf(hs *Headers) string {
	if hs.Has(":authority") {
		return hs.Get(":authority")
	}
	return hs.Get("host")
}

// Data brings a part of a body.
func (h *handler) Data(w *protocol.Stream, p []byte) {
	st, ok := w.Owner.(*Stream)
	if !ok || st.Destroyed() {
		return
	}
	h.session().native("handling data frame for stream %d", w.ID)
	p = append([]byte(nil), p...)
	h.callStream(w, func(*Session) {
		st.touch()
		st.stats.got(len(p))
		if !st.Push(buffer.Bytes(p)) && st.wire != nil {
			st.wire.ReadStop()
		}
	})
}

// DataEnd ends the readable half.
func (h *handler) DataEnd(w *protocol.Stream) {
	st, ok := w.Owner.(*Stream)
	if !ok || st.Destroyed() {
		return
	}
	h.callStream(w, func(*Session) {
		st.touch()
		if st.ReadableEnded() {
			st.maybeDestroy()
			return
		}
		st.On("end", func(...any) { st.maybeDestroy() })
		st.Push(buffer.Chunk{})
		st.Read(0)
	})
}

// StreamClosed tells that a stream is closed for both sides.
func (h *handler) StreamClosed(w *protocol.Stream, code protocol.Code) {
	s := h.session()
	st, ok := w.Owner.(*Stream)
	if !ok || st.wire == nil {
		return
	}
	if code == protocol.NoError && s.conn != nil && s.conn.WantWrite() {
		s.loop.QueueFirst(loop.Func(func() { h.StreamClosed(w, code) }))
		return
	}
	if s.Destroyed() {
		return
	}
	st.ctx.Callback(loop.Func(func() { st.onClose(code) }))
}

// WantTrailers asks for trailers.
func (h *handler) WantTrailers(w *protocol.Stream) {
	if st, ok := w.Owner.(*Stream); ok {
		h.callStream(w, func(*Session) { st.onWantTrailers() })
	}
}

// Settings tells of the peer's settings.
func (h *handler) Settings() {
	h.call(func(s *Session) {
		s.touch()
		if s.debug != nil {
			s.log("new settings received")
		}
		s.RemoteHost = nil
		s.Emit("remoteSettings", Remote{s})
	})
}

// Ping tells of a ping, which was answered.
func (h *handler) Ping(payload []byte) {
	p := append([]byte(nil), payload...)
	h.call(func(s *Session) {
		s.touch()
		if s.debug != nil {
			s.log("new ping received")
		}
		s.Emit("ping", p)
	})
}

// Priority tells of a priority of RFC 7540, which nothing is done with.
func (h *handler) Priority(id, parent uint32, weight int, exclusive bool) {
	h.call(func(s *Session) {
		if st := s.streams[id]; st != nil {
			if !st.Destroyed() {
				st.touch()
				st.Emit("priority", id, parent, weight, exclusive)
			}
			return
		}
		s.touch()
		s.Emit("priority", id, parent, weight, exclusive)
	})
}

// Goaway tells that the peer takes no more streams.
func (h *handler) Goaway(code protocol.Code, last uint32, data []byte) {
	data = append([]byte(nil), data...)
	h.call(func(s *Session) {
		if s.debug != nil {
			s.log("goaway %d received [last stream id: %d]", int(code), int(last))
		}
		s.goawayCode, s.goawayLast, s.goawayGot = code, last, true
		var shown any = data
		if len(data) == 0 {
			shown = undefined
		}
		s.Emit("goaway", uint32(code), last, shown)
		if code == protocol.NoError {
			s.Close(nil)
			return
		}
		s.end(nodeerr.HTTP2("SESSION_ERROR", codeText(code)), protocol.NoError)
	})
}

// AltSvc tells of an alternative service.
func (h *handler) AltSvc(id uint32, origin, value string) {
	h.call(func(s *Session) {
		if s.debug != nil {
			s.log("altsvc received: stream: %d, origin: %s, alt: %s", int(id), origin, value)
		}
		s.touch()
		s.Emit("altsvc", value, origin, id)
	})
}

// Origin tells which origins the server answers for.
func (h *handler) Origin(origins []string) {
	h.call(func(s *Session) {
		if s.debug != nil {
			s.log("origin received: %j", origins)
		}
		s.touch()
		if !s.Encrypted {
			return
		}
		for _, o := range origins {
			s.addOrigin(o)
		}
		s.Emit("origin", origins)
	})
}

// FrameError tells of a frame that could not be sent. Without a listener nobody
// is told.
func (h *handler) FrameError(id uint32, frameType int, code protocol.Code) {
	s := h.session()
	st := s.streams[id]
	if s.ListenerCount("frameError") == 0 && (st == nil || st.ListenerCount("frameError") == 0) && !s.streamsListen("frameError") {
		return
	}
	h.call(func(s *Session) {
		if s.debug != nil {
			s.log("error sending frame type %d on stream %d, code: %d", frameType, int(id), int(code))
		}
		if st != nil {
			st.touch()
			st.Emit("frameError", frameType, int(code), id)
		} else {
			s.touch()
			s.Emit("frameError", frameType, int(code), id)
		}
		s.loop.SetImmediate(loop.Func(func() {
			if st != nil {
				st.Close(code)
			}
			s.Close(nil)
		}))
	})
}

func (s *Session) streamsListen(name string) bool {
	for _, st := range s.streams {
		if st.ListenerCount(name) > 0 {
			return true
		}
	}
	return false
}

// Error ends the session for a fault of the connection.
func (h *handler) Error(err protocol.LibError, custom string) {
	h.call(func(s *Session) { s.Destroy(nodeerr.HTTP2Library(int(err), err.Error(), custom)) })
}
