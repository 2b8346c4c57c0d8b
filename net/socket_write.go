package net

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// Write is this.write(chunk, encoding, callback). See stream.Stream.Write.
func (s *Socket) Write(c buffer.Chunk, enc string, cb func(error)) bool {
	if s.has(sWriteAfterFIN) && s.Override(events.MethodWrite) == nil {
		return s.WriteAfterFIN(c, enc, cb)
	}
	return s.Stream.Write(c, enc, cb)
}

// HasEnded reports whether 'end' put WriteAfterFIN in the place of write, which
// Node does by an own property of the socket.
func (s *Socket) HasEnded() bool { return s.has(sWriteAfterFIN) }

// WriteAfterFIN is the write of a socket that is not half-open after 'end': once
// the writable side has ended too it fails with EPIPE.
func (s *Socket) WriteAfterFIN(c buffer.Chunk, enc string, cb func(error)) bool {
	if !s.WritableEnded() {
		return s.BaseWrite(c, enc, cb)
	}
	err := nodeerr.EndedByOtherParty()
	if cb != nil {
		s.StreamLoop().NextTickFunc(func() { cb(err) })
	}
	s.Destroy(err)
	return false
}

// WriteImpl is _write. It needs one system call and calls done at once if the
// system takes all.
func (s *Socket) WriteImpl(c buffer.Chunk, enc string, done func(error)) {
	if s.Connecting() {
		p := encodeChunk(c, enc)
		s.whenConnected(len(p), done, func() { s.WriteImpl(buffer.Bytes(p), "buffer", done) })
		return
	}
	h := s.handle
	if h == nil {
		done(nodeerr.SocketClosed())
		return
	}
	s.touch()
	p := encodeChunk(c, enc)
	n, st := h.tryWrite(p)
	switch {
	case st.Failed():
		done(errnoError(st, "write"))
	case n == len(p):
		done(nil)
	default:
		h.queueRest(p[n:], s.written(done))
		s.lastWriteQueueSize = len(p)
	}
}

// WritevImpl is _writev: all that waited leaves with one system call.
func (s *Socket) WritevImpl(cs []stream.WriteRequest, done func(error)) {
	if s.Connecting() {
		n := 0
		for i := range cs {
			n += byteLength(cs[i].Chunk, cs[i].Encoding)
		}
		s.whenConnected(n, done, func() { s.WritevImpl(cs, done) })
		return
	}
	h := s.handle
	if h == nil {
		done(nodeerr.SocketClosed())
		return
	}
	s.touch()
	bufs, total := h.env.bufs[:0], 0
	for i := range cs {
		p := encodeChunk(cs[i].Chunk, cs[i].Encoding)
		bufs = append(bufs, p)
		total += len(p)
	}
	h.env.bufs = bufs
	rest, st := h.tryWritev(bufs)
	if !st.Failed() && len(rest) > 0 {
		h.queueRestv(append([][]byte(nil), rest...), s.written(done))
		s.lastWriteQueueSize = total
	}
	async := len(rest) > 0
	clear(bufs)
	switch {
	case st.Failed():
		done(errnoError(st, "write"))
	case !async:
		done(nil)
	}
}

// whenConnected puts a write off until 'connect'; a 'close' before that fails
// it.
func (s *Socket) whenConnected(size int, done func(error), write func()) {
	s.more().pendingSize = size
	s.flags |= sPending
	onClose := s.Once("close", func(...any) { done(nodeerr.SocketClosedBeforeConnection()) })
	s.Once("connect", func(...any) {
		s.Off("close", onClose)
		s.flags &^= sPending
		write()
	})
}

// written is the end of a write that did not go through at once.
func (s *Socket) written(done func(error)) func(Status) {
	return func(st Status) {
		switch {
		case s.Destroyed():
			done(nil)
		case st.Failed():
			done(errnoError(st, "write"))
		default:
			s.touch()
			s.lastWriteQueueSize = 0
			done(nil)
		}
	}
}
