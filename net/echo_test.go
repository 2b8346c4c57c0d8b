package net

import (
	"strings"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// listen starts a server on a free port of the loopback and calls f with it.
func listen(t testing.TB, l *loop.Loop, o ServerOptions, onConnection func(*Socket), f func(s *Server, port int)) *Server {
	t.Helper()
	s := NewServer(l, o, onConnection)
	s.On("error", func(args ...any) { t.Error("server:", args[0]) })
	s.Once("listening", func(...any) {
		a, _, err := s.Address()
		must(t, err)
		f(s, a.Port)
	})
	lo := NewListenOptions()
	lo.Host = "127.0.0.1"
	must(t, s.Listen(lo, nil))
	return s
}

// dial connects a new socket to a port of the loopback.
func dial(t testing.TB, l *loop.Loop, port int, o SocketOptions) *Socket {
	t.Helper()
	c, err := NewSocket(l, o)
	must(t, err)
	must(t, c.Connect(ConnectOptions{Host: "127.0.0.1", Port: port}, nil))
	return c
}

func echo(c *Socket) { c.Pipe(c, stream.PipeOptions{}) }

func TestEcho(t *testing.T) {
	for _, size := range []int{1, 1000, 65536, 65537, 5_000_000} {
		text := strings.Repeat("0123456789", size/10+1)[:size]
		var got strings.Builder
		run(t, func(l *loop.Loop) {
			listen(t, l, NewServerOptions(), echo, func(s *Server, port int) {
				c := dial(t, l, port, NewSocketOptions())
				c.OnData(func(b buffer.Chunk) { got.Write(b.Bytes) })
				c.On("close", func(args ...any) {
					if args[0] != false {
						t.Error("close with an error")
					}
					if c.BytesRead() != uint64(size) || c.BytesWritten() != uint64(size) {
						t.Errorf("%d read, %d written, want %d", c.BytesRead(), c.BytesWritten(), size)
					}
					s.Close(nil)
				})
				c.End(buffer.Text(text), "", nil)
			})
		})
		if got.String() != text {
			t.Errorf("%d bytes came back of %d", got.Len(), size)
		}
	}
}
