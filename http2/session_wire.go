package http2

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/stream"
)

// wire moves a session's bytes: past the stream of a socket with a handle, else
// through the stream.
type wire struct {
	s      *Session
	sock   Socket
	handle *net.Handle
}

func (w *wire) attach(s *Session, sock Socket) {
	w.s, w.sock = s, sock
	if n, ok := sock.(net.Socketer); ok && n.AsSocket().Handle() != nil {
		w.handle = n.AsSocket().Handle()
		w.handle.SetConsumer(w)
		if !w.handle.Reading() {
			w.handle.ReadStart()
		}
		return
	}
	sock.AsStream().OnData(func(c buffer.Chunk) { s.receive(c.Bytes) })
}

// OnConsume gets what the handle read, outside any call-out; its end and its
// errors are the socket's.
func (w *wire) OnConsume(h *net.Handle, p []byte, st net.Status) {
	if len(p) > 0 {
		w.s.receive(p)
		return
	}
	if n, ok := w.sock.(net.Socketer); ok {
		h.Callback(loop.Func(func() { n.AsSocket().OnRead(h, nil, st) }))
	}
}

// write writes bufs and calls done when they have left, at once or later.
func (w *wire) write(bufs [][]byte, done func(error)) {
	if w.handle == nil {
		w.writeStream(bufs, done)
		return
	}
	if w.handle.Closing() {
		done(nil)
		return
	}
	async, st := w.handle.Writev(bufs, func(st net.Status) {
		if st.Failed() {
			done(net.ErrnoError(st, "write"))
			return
		}
		done(nil)
	})
	switch {
	case st.Failed():
		done(net.ErrnoError(st, "write"))
	case !async:
		done(nil)
	}
}

// writeStream writes bufs one by one. The end is told in an immediate.
func (w *wire) writeStream(bufs [][]byte, done func(error)) {
	st := w.sock.AsStream()
	left := len(bufs)
	st.Cork()
	for _, p := range bufs {
		st.Write(buffer.Bytes(p), "", func(err error) {
			if left--; left == 0 {
				w.s.loop.SetImmediate(loop.Func(func() { done(err) }))
			}
		})
	}
	st.Uncork()
}

// pause and resume hold the peer's bytes back, or not.
func (w *wire) pause() {
	if w.handle != nil && !w.handle.Closing() {
		w.handle.ReadStop()
	}
}

func (w *wire) resume() {
	if w.handle != nil && !w.handle.Closing() {
		w.handle.ReadStart()
	}
}

// receive takes bytes of the peer's, and sends what they led to.
func (s *Session) receive(p []byte) {
	if s.conn == nil || s.ended {
		return
	}
	s.conn.Receive(p)
	s.gracefulDone()
	s.send()
}

// schedule makes what is queued leave soon.
func (s *Session) schedule() {
	if s.scheduled || s.conn == nil {
		return
	}
	s.scheduled = true
	s.loop.QueueFirst(loop.Func(func() {
		if s.scheduled {
			s.send()
		}
	}))
}

// send writes what is queued, unless a write is under way.
func (s *Session) send() {
	s.scheduled = false
	if s.sending || s.conn == nil {
		return
	}
	conn := s.conn
	s.sending = true
	bufs := conn.Flush()
	if len(bufs) == 0 {
		s.sending = false
		conn.Sent(nil)
		s.afterEnd()
		return
	}
	s.chunksSent += len(bufs)
	sync := true
	s.wire.write(bufs, func(err error) {
		s.sending = false
		conn.Sent(err)
		if sync {
			s.gracefulDone()
			s.afterEnd()
			return
		}
		s.afterWrite()
	})
	sync = false
	if s.sending {
		s.stopped = true
		s.wire.pause()
	}
}

// afterWrite goes on after a write that had to wait.
func (s *Session) afterWrite() {
	if s.stopped {
		s.stopped = false
		s.wire.resume()
	}
	if s.conn == nil {
		return
	}
	if s.ended { // GOAWAY may have had to wait
		s.send()
		s.afterEnd()
		return
	}
	s.gracefulDone()
	s.schedule()
}

// afterEnd goes on with a session that was told to end.
func (s *Session) afterEnd() {
	if s.ended && !s.sending {
		s.finish()
	}
}

// gracefulDone goes on with a close that waits for what is queued.
func (s *Session) gracefulDone() {
	if s.flags&sessionGraceful == 0 || s.conn == nil || s.sending || s.conn.WantWrite() {
		return
	}
	s.flags &^= sessionGraceful
	s.loop.Callback(loop.Func(func() { s.maybeDestroy() }))
}

// encode returns the bytes of a chunk.
func encode(c buffer.Chunk, enc string) []byte {
	text := c.Text
	switch c.Kind {
	case buffer.KindBytes:
		return c.Bytes
	case buffer.KindValue:
		t, ok := c.Value.(stream.HostText)
		if !ok {
			return nil
		}
		text = t.String()
	}
	e, _ := buffer.ParseEncoding(enc)
	return buffer.Encode(text, e)
}
