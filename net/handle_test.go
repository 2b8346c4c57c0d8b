package net

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// recorder is a Reader, an Acceptor and a Consumer that notes what it is told.
type recorder struct {
	log      []string
	data     []byte
	accepted []*Handle
	onRead   func(h *Handle, p []byte, st Status)
	onAccept func(h *Handle)
}

func (r *recorder) OnRead(h *Handle, p []byte, st Status) {
	r.data = append(r.data, p...)
	if st.Failed() {
		r.note(st.Name())
	}
	if r.onRead != nil {
		r.onRead(h, p, st)
	}
}

func (r *recorder) OnConsume(h *Handle, p []byte, st Status) {
	r.note("consumed " + string(p) + st.Name())
}

func (r *recorder) OnConnection(_ *Handle, client *Handle) {
	r.accepted = append(r.accepted, client)
	if r.onAccept != nil {
		r.onAccept(client)
	}
}

func (r *recorder) note(s string) { r.log = append(r.log, s) }

func (r *recorder) done(name string) func(Status) {
	return func(st Status) { r.note(name + " " + st.Name()) }
}

func (r *recorder) expect(t *testing.T, want ...string) {
	t.Helper()
	if got := strings.Join(r.log, "|"); got != strings.Join(want, "|") {
		t.Errorf("got  %s\nwant %s", got, strings.Join(want, "|"))
	}
}

func ok(t testing.TB, st Status) {
	t.Helper()
	if st.Failed() {
		t.Fatalf("status %s", st.Name())
	}
}

func is(t testing.TB, got Status, want syscall.Errno) {
	t.Helper()
	if got != -Status(want) {
		t.Errorf("status %s, want %v", got.Name(), want)
	}
}

// pair returns a handle of a socket pair and the other descriptor, both
// non-blocking, with the smallest buffers.
func pair(t testing.TB, l *loop.Loop, r Reader) (*Handle, int) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	must(t, err)
	for _, fd := range fds {
		must(t, unix.SetNonblock(fd, true))
		must(t, unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_SNDBUF, 1))
	}
	h := NewHandle(l, PipeSocket)
	ok(t, h.Open(fds[0]))
	h.SetReader(r, nil)
	return h, fds[1]
}

// drain reads all that fd has now.
func drain(fd int) []byte {
	var out []byte
	p := make([]byte, 1<<16)
	for {
		n, e := sysRead(fd, p)
		if e != 0 || n == 0 {
			return out
		}
		out = append(out, p[:n]...)
	}
}

// listener listens on a free port.
func listener(t testing.TB, l *loop.Loop, r *recorder) (*Handle, int) {
	h := NewHandle(l, TCPServer)
	ok(t, h.Bind("127.0.0.1", 0, 4, 0))
	ok(t, h.Listen(DefaultBacklog, r, nil))
	a, st := h.LocalAddress()
	ok(t, st)
	return h, a.Port
}

func TestHandleWriteQueue(t *testing.T) {
	r := new(recorder)
	var got, want []byte
	run(t, func(l *loop.Loop) {
		h, fd := pair(t, l, r)
		big := bytes.Repeat([]byte("0123456789"), 100_000)
		many := make([][]byte, 3000) // more than one writev takes
		for i := range many {
			many[i] = bytes.Repeat([]byte{byte('a' + i%26)}, i%700)
			want = append(want, many[i]...)
		}
		want = append(append([]byte{}, big...), want...)
		if async, st := h.Write(big, r.done("big")); !async || st.Failed() {
			t.Fatalf("async %v, status %s", async, st.Name())
		}
		if async, _ := h.Writev(many, r.done("many")); !async {
			t.Error("a write went past one that waits")
		}
		if n, st := h.tryWrite([]byte("x")); n != 0 || st.Failed() {
			t.Error("a try went past writes that wait")
		}
		if h.BytesWritten != uint64(len(want)) {
			t.Errorf("%d bytes written, want %d", h.BytesWritten, len(want))
		}
		ok(t, h.Shutdown(r.done("shutdown")))
		is(t, h.Shutdown(nil), unix.ENOTCONN)
		if async, st := h.Write([]byte("x"), nil); async || st != -Status(unix.EPIPE) {
			t.Errorf("a write after shutdown: %s", st.Name())
		}
		if h.WriteQueueSize() == 0 || h.WriteQueueSize() > len(want) {
			t.Errorf("%d bytes wait", h.WriteQueueSize())
		}
		var pump func()
		pump = func() {
			got = append(got, drain(fd)...)
			if len(got) < len(want) || len(r.log) < 3 {
				l.SetImmediate(loop.Func(pump))
				return
			}
			if n, e := sysRead(fd, make([]byte, 1)); n != 0 || e != 0 {
				t.Errorf("no FIN: %d, %v", n, e)
			}
			if h.WriteQueueSize() != 0 {
				t.Errorf("%d bytes wait at the end", h.WriteQueueSize())
			}
			h.Close(nil)
			must(t, unix.Close(fd))
		}
		pump()
	})
	if !bytes.Equal(got, want) {
		t.Errorf("%d bytes came, want %d", len(got), len(want))
	}
	r.expect(t, "big OK", "many OK", "shutdown OK")
}

func TestHandleCloseCancels(t *testing.T) {
	r := new(recorder)
	run(t, func(l *loop.Loop) {
		h, fd := pair(t, l, r)
		h.Write(make([]byte, 1<<20), r.done("first"))
		h.Write(make([]byte, 10), r.done("second"))
		ok(t, h.Shutdown(r.done("shutdown")))
		h.Close(func() { r.note("close"); must(t, unix.Close(fd)) })
		h.Close(func() { r.note("never") })
		r.note("closed")
		is(t, h.ReadStart(), unix.EINVAL)
		_, st := h.Write([]byte("x"), nil)
		is(t, st, unix.EBADF)

		c := NewHandle(l, TCPSocket)
		ok(t, c.Connect("127.0.0.1", 9, 4, r.done("connect")))
		if !c.Connecting() {
			t.Error("not connecting")
		}
		c.Close(func() { r.note("connect closed") })
		if n := l.Stats().Live["TCPConnectWrap"]; n != 1 {
			t.Errorf("%d connects count", n)
		}
	})
	// What was closed last is told first, as libuv does.
	r.expect(t, "closed", "connect ECANCELED", "connect closed",
		"shutdown ECANCELED", "first ECANCELED", "second ECANCELED", "close")
}

func TestHandleReads(t *testing.T) {
	r := new(recorder)
	run(t, func(l *loop.Loop) {
		h, fd := pair(t, l, r)
		reads := 0
		r.onRead = func(h *Handle, p []byte, st Status) {
			switch reads++; {
			case reads == 1:
				if string(r.data) != "one" || h.BytesRead != 3 {
					t.Errorf("%q, %d", r.data, h.BytesRead)
				}
				ok(t, h.ReadStop())
				_, _ = sysWrite(fd, []byte("two"))
				l.SetTimer(20, 0, loop.Func(func() {
					if reads != 1 {
						t.Error("it reads after ReadStop")
					}
					h.SetConsumer(r)
					ok(t, h.ReadStart())
				}))
			case st == EOF:
				if !h.Reading() || h.Active() {
					t.Error("after EOF: reading in name only")
				}
				h.Close(nil)
			}
		}
		ok(t, h.ReadStart())
		ok(t, h.ReadStart())
		_, _ = sysWrite(fd, []byte("one"))
		l.SetTimer(60, 0, loop.Func(func() {
			h.SetConsumer(nil)
			must(t, unix.Close(fd))
		}))
	})
	r.expect(t, "consumed twoOK", "EOF")
}

// A peer that always has more must not keep the loop for itself.
func TestHandleReadsAreBounded(t *testing.T) {
	r := new(recorder)
	run(t, func(l *loop.Loop) {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		must(t, err)
		must(t, unix.SetNonblock(fds[1], true))
		must(t, unix.SetsockoptInt(fds[1], unix.SOL_SOCKET, unix.SO_SNDBUF, 1<<20))
		h := NewHandle(l, PipeSocket)
		ok(t, h.Open(fds[0]))
		h.SetReader(r, nil)
		reads, turns := 0, 0
		fill := func() {
			for e := syscall.Errno(0); e == 0; {
				_, e = sysWrite(fds[1], make([]byte, 1<<16))
			}
		}
		r.onRead = func(h *Handle, p []byte, _ Status) {
			r.data = nil
			if reads++; reads == 500 {
				h.Close(nil)
				must(t, unix.Close(fds[1]))
				return
			}
			fill()
		}
		var turn func()
		turn = func() {
			if turns++; reads < 500 {
				l.SetImmediate(loop.Func(turn))
			} else if turns < 500/readsPerEvent {
				t.Errorf("%d turns of the loop for %d reads", turns, reads)
			}
		}
		fill()
		ok(t, h.ReadStart())
		turn()
	})
}

func TestHandleConnect(t *testing.T) {
	r := new(recorder)
	run(t, func(l *loop.Loop) {
		srv, port := listener(t, l, r)
		c := NewHandle(l, TCPSocket)
		is(t, c.ReadStart(), unix.ENOTCONN)
		r.onAccept = func(client *Handle) {
			a, _ := client.PeerAddress()
			b, _ := client.LocalAddress()
			if a.Address != "127.0.0.1" || b.Port != port || a.Family != "IPv4" {
				t.Errorf("%v, %v", a, b)
			}
			client.Close(nil)
			srv.Close(nil)
		}
		ok(t, c.Connect("127.0.0.1", port, 4, func(st Status) {
			ok(t, st)
			ok(t, c.SetNoDelay(true))
			ok(t, c.SetKeepAlive(true, 7))
			is(t, c.SetKeepAlive(true, 0), unix.EINVAL)
			for _, o := range []struct{ level, name, want int }{
				{unix.IPPROTO_TCP, unix.TCP_NODELAY, 1}, {unix.SOL_SOCKET, unix.SO_KEEPALIVE, 1},
			} {
				if v, err := unix.GetsockoptInt(c.FD(), o.level, o.name); err != nil || v == 0 {
					t.Errorf("option %v is %d, %v", o, v, err)
				}
			}
			c.Close(nil)
		}))
		is(t, c.Connect("127.0.0.1", port, 4, nil), unix.EALREADY)
		is(t, NewHandle(l, TCPSocket).Connect("::1", port, 4, nil), unix.EINVAL)
		is(t, NewHandle(l, TCPSocket).Connect("nowhere", port, 4, nil), unix.EINVAL)
	})
}

func TestHandleBind(t *testing.T) {
	run(t, func(l *loop.Loop) {
		srv, port := listener(t, l, new(recorder))
		defer srv.Close(nil)
		for _, c := range []struct {
			name          string
			address       string
			port, family  int
			flags         BindFlags
			bind, listen  syscall.Errno
			connectAfter  bool
			boundToAnyone bool
		}{
			{name: "in use is told by listen", address: "127.0.0.1", port: port, family: 4, listen: unix.EADDRINUSE},
			{name: "not ours", address: "192.0.2.77", family: 4, bind: unix.EADDRNOTAVAIL},
			{name: "wrong family", address: "::1", family: 4, bind: unix.EINVAL},
			{name: "v6 only of v4", address: "127.0.0.1", family: 4, flags: BindIPv6Only, bind: unix.EINVAL},
			{name: "junk", address: "junk", family: 4, bind: unix.EINVAL},
			{name: "dual stack", address: "::", family: 6},
			{name: "v6 only", address: "::", family: 6, flags: BindIPv6Only},
		} {
			h := NewHandle(l, TCPServer)
			st := h.Bind(c.address, c.port, c.family, c.flags)
			if st != -Status(c.bind) {
				t.Errorf("%s: bind %s, want %v", c.name, st.Name(), c.bind)
			}
			if c.bind == 0 {
				if st := h.Listen(1, new(recorder), nil); st != -Status(c.listen) {
					t.Errorf("%s: listen %s, want %v", c.name, st.Name(), c.listen)
				}
			}
			h.Close(nil)
		}
		h := NewHandle(l, TCPServer)
		ok(t, h.Listen(1, new(recorder), nil)) // an unbound handle gets a port
		if a, _ := h.LocalAddress(); a.Port == 0 || a.Address != "0.0.0.0" {
			t.Errorf("bound to %v", a)
		}
		h.Close(nil)
		is(t, h.Listen(1, nil, nil), unix.EINVAL)
		is(t, h.Bind("127.0.0.1", 0, 4, 0), unix.EINVAL)

		// A bind that failed late makes the connect fail.
		c := NewHandle(l, TCPSocket)
		ok(t, c.Bind("127.0.0.1", port, 4, 0))
		ok(t, c.Connect("127.0.0.1", port, 4, func(st Status) {
			is(t, st, unix.EADDRINUSE)
			c.Close(nil)
		}))
	})
}

func TestHandlePaths(t *testing.T) {
	r := new(recorder)
	dir := t.TempDir()
	path := filepath.Join(dir, "s")
	run(t, func(l *loop.Loop) {
		srv := NewHandle(l, PipeServer)
		is(t, srv.Chmod(PipeReadable), unix.EBADF)
		is(t, srv.BindPath(filepath.Join(dir, "missing", "s")), unix.EACCES)
		srv.Close(nil)
		srv = NewHandle(l, PipeServer)
		is(t, srv.BindPath(dir+strings.Repeat("x", 200)), unix.EINVAL)
		is(t, srv.BindPath(""), unix.EINVAL)
		is(t, srv.BindPath("a\x00b"), unix.EINVAL)
		is(t, srv.Listen(1, r, nil), unix.EINVAL)
		ok(t, srv.BindPath(path))
		is(t, srv.BindPath(path), unix.EINVAL)
		ok(t, srv.Listen(DefaultBacklog, r, nil))
		ok(t, srv.Chmod(PipeReadable|PipeWritable))
		is(t, srv.Chmod(0), unix.EINVAL)
		fi, err := os.Stat(path)
		must(t, err)
		if fi.Mode().Perm()&0o666 != 0o666 {
			t.Errorf("mode %v", fi.Mode())
		}
		r.onAccept = func(client *Handle) {
			if !client.IsPipe() || client.Type() != PipeSocket {
				t.Error("not a pipe")
			}
			is(t, client.SetNoDelay(true), unix.EBADF)
			client.Close(nil)
			srv.Close(func() {
				if _, err := os.Stat(path); !os.IsNotExist(err) {
					t.Error("the file is left")
				}
			})
		}
		c := NewHandle(l, PipeSocket)
		ok(t, c.ConnectPath(path, func(st Status) { ok(t, st); c.Close(nil) }))
		d := NewHandle(l, PipeSocket)
		ok(t, d.ConnectPath(filepath.Join(dir, "nobody"), func(st Status) {
			is(t, st, unix.ENOENT)
			d.Close(nil)
		}))
		is(t, NewHandle(l, PipeSocket).ConnectPath(strings.Repeat("x", 200), nil), unix.EINVAL)
	})
}

func TestHandlePipe(t *testing.T) {
	r := new(recorder)
	run(t, func(l *loop.Loop) {
		var fds [2]int
		must(t, unix.Pipe(fds[:]))
		in, out := NewHandle(l, PipeSocket), NewHandle(l, PipeSocket)
		ok(t, in.Open(fds[0]))
		ok(t, out.Open(fds[1]))
		is(t, in.Open(fds[1]), unix.EBUSY)
		is(t, out.ReadStart(), unix.ENOTCONN)
		if _, st := in.Write([]byte("x"), nil); st != -Status(unix.EPIPE) {
			t.Errorf("write to the reading end: %s", st.Name())
		}
		in.SetReader(r, nil)
		r.onRead = func(h *Handle, p []byte, st Status) {
			if st == EOF {
				in.Close(nil)
			}
		}
		ok(t, in.ReadStart())
		if async, st := out.Write([]byte("through"), nil); async || st.Failed() {
			t.Error(async, st.Name())
		}
		out.Close(nil)
	})
	if string(r.data) != "through" {
		t.Errorf("%q", r.data)
	}
	r.expect(t, "EOF")
}

func TestHandleReset(t *testing.T) {
	r := new(recorder)
	run(t, func(l *loop.Loop) {
		srv, port := listener(t, l, r)
		c := NewHandle(l, TCPSocket)
		r.onRead = func(h *Handle, _ []byte, _ Status) { h.Close(nil); srv.Close(nil) }
		r.onAccept = func(client *Handle) {
			client.SetReader(r, nil)
			ok(t, client.ReadStart())
			l.SetImmediate(loop.Func(func() { ok(t, c.Reset(func() { r.note("reset") })) }))
		}
		is(t, c.Reset(nil), unix.EINVAL)
		ok(t, c.Connect("127.0.0.1", port, 4, func(st Status) { ok(t, st) }))
	})
	r.expect(t, "reset", "ECONNRESET")
}

// When no descriptor is left connections are shed, not left to spin the loop,
// and served again later.
func TestHandleSheds(t *testing.T) {
	r := new(recorder)
	run(t, func(l *loop.Loop) {
		srv, port := listener(t, l, r)
		var clients []int
		for range 5 {
			fd, e := sysSocket(unix.AF_INET)
			if e != 0 {
				t.Fatal(e)
			}
			clients = append(clients, fd)
		}
		var old unix.Rlimit
		must(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &old))
		// A limit below the numbers in use refuses every new descriptor but the
		// one that takes the spare's place.
		low := old
		low.Cur = uint64(srv.extra.spare + 1)
		var holes []int
		for {
			fd, err := unix.Open("/dev/null", unix.O_RDONLY|unix.O_CLOEXEC, 0)
			if err != nil || fd > srv.extra.spare {
				_ = unix.Close(fd)
				break
			}
			holes = append(holes, fd)
		}
		must(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &low))
		restore := func() { must(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &old)) }
		t.Cleanup(restore)
		to := &unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}
		for _, fd := range clients[:4] {
			if e := sysConnect(fd, to); e != 0 && e != unix.EINPROGRESS {
				t.Fatal(e)
			}
		}
		r.onAccept = func(c *Handle) {
			c.Close(nil)
			srv.Close(nil)
			for _, fd := range append(clients, holes...) {
				must(t, unix.Close(fd))
			}
		}
		l.SetTimer(50, 0, loop.Func(func() {
			for _, fd := range clients[:4] {
				if n, e := sysRead(fd, make([]byte, 1)); n != 0 || e != 0 && e != unix.ECONNRESET {
					t.Errorf("a shed client reads %d, %v", n, e)
				}
			}
			if n := len(r.accepted); n != 0 {
				t.Errorf("%d accepted without descriptors", n)
			}
			if srv.extra.spare < 0 {
				t.Error("no spare left")
			}
			restore()
			_ = sysConnect(clients[4], to)
		}))
	})
	if len(r.accepted) != 1 {
		t.Errorf("%d accepted", len(r.accepted))
	}
}

// An unref'd handle lets the loop end; a request does not.
func TestHandleReferences(t *testing.T) {
	l, err := loop.New()
	must(t, err)
	r := new(recorder)
	srv, port := listener(t, l, r)
	r.onAccept = func(c *Handle) { c.Close(nil) }
	srv.Unref()
	c := NewHandle(l, TCPSocket)
	c.Unref()
	ok(t, c.Connect("127.0.0.1", port, 4, func(st Status) {
		r.note(fmt.Sprint("connected ", st.Failed()))
		c.SetReader(r, nil)
		ok(t, c.ReadStart())
	}))
	if srv.HasRef() || c.HasRef() {
		t.Error("referenced")
	}
	must(t, l.Run(context.Background()))
	r.expect(t, "connected false")
	srv.Close(nil)
	c.Close(nil)
	must(t, l.Run(context.Background()))
	must(t, l.Close())
}
