package net

import (
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
)

// TestSizes keeps what an idle connection holds in bounds: the Socket with its
// stream, its handle, and no buffer.
func TestSizes(t *testing.T) {
	socket, handle := unsafe.Sizeof(Socket{}), unsafe.Sizeof(Handle{})
	t.Logf("Socket %d bytes (stream %d), Handle %d", socket, unsafe.Sizeof(Socket{}.Stream), handle)
	if socket+handle > 800 {
		t.Errorf("Socket and Handle are %d bytes", socket+handle)
	}
}

// peer is a connection whose far end is a bare descriptor, which the test reads
// and writes by itself.
type peer struct {
	l  *loop.Loop
	s  *Socket
	fd int
}

// withPeer calls f on the loop's goroutine, and closes both ends after it.
func withPeer(tb testing.TB, f func(p *peer)) {
	tb.Helper()
	run(tb, func(l *loop.Loop) {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		must(tb, err)
		h := NewHandle(l, PipeSocket)
		if st := h.Open(fds[0]); st.Failed() {
			tb.Fatal(st.Name())
		}
		must(tb, unix.SetNonblock(fds[1], true))
		o := NewSocketOptions()
		o.Handle, o.ManualStart = h, true
		s, err := NewSocket(l, o)
		must(tb, err)
		l.SetImmediate(loop.Func(func() {
			f(&peer{l, s, fds[1]})
			s.Destroy(nil)
			must(tb, unix.Close(fds[1]))
		}))
	})
}

func BenchmarkWrite64(b *testing.B) {
	withPeer(b, func(p *peer) {
		chunk := buffer.Bytes(make([]byte, 64))
		sink := make([]byte, 64)
		b.ReportAllocs()
		b.ResetTimer()
		for b.Loop() {
			p.s.Write(chunk, "", nil)
			_, _ = sysRead(p.fd, sink)
		}
	})
}

func BenchmarkWritev(b *testing.B) {
	withPeer(b, func(p *peer) {
		head, body := buffer.Bytes(make([]byte, 200)), buffer.Bytes(make([]byte, 64))
		sink := make([]byte, 512)
		b.ReportAllocs()
		b.ResetTimer()
		for b.Loop() {
			p.s.Cork()
			p.s.Write(head, "", nil)
			p.s.Write(body, "", nil)
			p.s.Uncork()
			_, _ = sysRead(p.fd, sink)
		}
	})
}

// TestWriteAllocates nothing while the system takes all.
func TestWriteDoesNotAllocate(t *testing.T) {
	withPeer(t, func(p *peer) {
		sink := make([]byte, 64)
		for name, c := range map[string]buffer.Chunk{
			"bytes": buffer.Bytes(make([]byte, 64)), "text": buffer.Text("some text"),
		} {
			p.s.Write(c, "", nil) // what a stream makes once
			n := testing.AllocsPerRun(100, func() {
				p.s.Write(c, "", nil)
				_, _ = sysRead(p.fd, sink)
			})
			if n != 0 {
				t.Errorf("a write of %s allocates %v times", name, n)
			}
		}
	})
}

// pingPong echoes n bytes b.N times over TCP.
func pingPong(b *testing.B, size int) {
	run(b, func(l *loop.Loop) {
		listen(b, l, NewServerOptions(), func(c *Socket) {
			c.OnData(func(d buffer.Chunk) { c.Write(d, "", nil) })
		}, func(s *Server, port int) {
			chunk := buffer.Bytes(make([]byte, size))
			c := dial(b, l, port, NewSocketOptions())
			got, left := 0, b.N
			c.On("connect", func(...any) {
				b.ReportAllocs()
				b.SetBytes(int64(size))
				b.ResetTimer()
				c.Write(chunk, "", nil)
			})
			c.OnData(func(d buffer.Chunk) {
				if got += len(d.Bytes); got < size {
					return
				}
				got = 0
				if left--; left > 0 {
					c.Write(chunk, "", nil)
					return
				}
				b.StopTimer()
				c.Destroy(nil)
				s.Close(nil)
			})
		})
	})
}

func BenchmarkEcho64(b *testing.B)   { pingPong(b, 64) }
func BenchmarkEcho64KB(b *testing.B) { pingPong(b, 65536) }

func BenchmarkAccept(b *testing.B) {
	run(b, func(l *loop.Loop) {
		left := b.N
		var srv *Server
		var addr unix.SockaddrInet4
		var next func()
		var fd int
		listen(b, l, NewServerOptions(), func(c *Socket) {
			c.On("close", func(...any) { next() })
			c.Resume()
			_ = unix.Close(fd)
		}, func(s *Server, port int) {
			srv = s
			addr = unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}
			b.ReportAllocs()
			b.ResetTimer()
			next()
		})
		next = func() {
			if left--; left < 0 {
				b.StopTimer()
				srv.Close(nil)
				return
			}
			fd, _ = sysSocket(unix.AF_INET)
			_ = unix.Connect(fd, &addr)
		}
	})
}
