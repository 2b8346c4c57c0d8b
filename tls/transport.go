package tls

import (
	"syscall"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/stream"
)

// streamTransport carries ciphertext over a duplex stream.
type streamTransport struct {
	s       *stream.Stream
	conn    *conn
	reading bool
}

func newStreamTransport(s *stream.Stream) *streamTransport { return &streamTransport{s: s} }

// RawWrite implements transport.
func (t *streamTransport) RawWrite(p []byte, done func(net.Status)) (bool, net.Status) {
	if t.s.Destroyed() || !t.s.Writable() {
		return false, -net.Status(syscall.EPIPE)
	}
	t.s.Write(buffer.Bytes(p), "", func(err error) {
		if err != nil {
			done(-net.Status(syscall.EPIPE))
			return
		}
		done(net.OK)
	})
	return false, net.OK
}

// RawShutdown implements transport.
func (t *streamTransport) RawShutdown(done func(net.Status)) net.Status {
	t.s.End(buffer.Chunk{}, "", nil)
	t.conn.loop.NextTickFunc(func() { done(net.OK) })
	return net.OK
}

// RawReadStart implements transport.
func (t *streamTransport) RawReadStart() net.Status {
	if t.reading {
		return net.OK
	}
	t.reading = true
	t.s.OnData(func(c buffer.Chunk) {
		p := c.Bytes
		if c.Kind == buffer.KindText {
			p = []byte(c.Text)
		}
		t.conn.Input(p, net.OK)
	})
	t.s.OnEnd(func() { t.conn.Input(nil, net.EOF) })
	return net.OK
}
