package net

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/loop/looptest"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// What socket.connect(options) throws in Node 24.
func TestConnectThrows(t *testing.T) {
	run(t, func(l *loop.Loop) {
		for _, c := range []struct {
			o    ConnectOptions
			want string
		}{
			{ConnectOptions{NoPort: true}, `TypeError ERR_MISSING_ARGS The "options" or "port" or "path" argument must be specified`},
			{ConnectOptions{Port: 70000}, "RangeError ERR_SOCKET_BAD_PORT Port should be >= 0 and < 65536. Received type number (70000)."},
			{ConnectOptions{Port: -1}, "RangeError ERR_SOCKET_BAD_PORT Port should be >= 0 and < 65536. Received type number (-1)."},
			{ConnectOptions{Port: 1, LocalAddress: "x"}, "TypeError ERR_INVALID_IP_ADDRESS Invalid IP address: x"},
			{ConnectOptions{Port: 1, Hints: 7}, "TypeError ERR_INVALID_ARG_VALUE The argument 'hints' is invalid. Received 7"},
			{ConnectOptions{Port: 1, Family: 5}, "TypeError ERR_INVALID_ARG_VALUE The property 'options.family' must be one of: 0, 4, 6. Received 5"},
			{ConnectOptions{Port: 1, AutoSelectFamilyAttemptTimeout: -1}, `RangeError ERR_OUT_OF_RANGE The value of "options.autoSelectFamilyAttemptTimeout" is out of range. It must be >= 1 && <= 2147483647. Received -1`},
		} {
			s, err := NewSocket(l, NewSocketOptions())
			must(t, err)
			err = s.Connect(c.o, nil)
			var e *nodeerr.Error
			if !errors.As(err, &e) {
				t.Errorf("%+v: %v", c.o, err)
				continue
			}
			if got := fmt.Sprint(e.Kind, " ", e.Code, " ", e.Message); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			s.Destroy(nil)
		}
		for fd, want := range map[int]string{4711: "ERR_INVALID_FD_TYPE Unsupported fd type: UNKNOWN"} {
			o := NewSocketOptions()
			o.FD = fd
			if _, err := NewSocket(l, o); err == nil || code(err)+" "+err.Error() != want {
				t.Errorf("fd %d: %v", fd, err)
			}
		}
		f, err := os.Open("/dev/null")
		must(t, err)
		defer f.Close()
		o := NewSocketOptions()
		o.FD = int(f.Fd())
		if _, err := NewSocket(l, o); code(err) != "ERR_INVALID_FD_TYPE" || !strings.HasSuffix(err.Error(), "FILE") {
			t.Errorf("a file: %v", err)
		}
		srv := NewServer(l, NewServerOptions(), nil)
		lo := NewListenOptions()
		lo.Port = 70000
		if err := srv.Listen(lo, nil); err == nil || err.Error() != "options.port should be >= 0 and < 65536. Received type number (70000)." {
			t.Error(err)
		}
	})
}

// Errors that arrive as events, with Node's words.
func TestConnectErrors(t *testing.T) {
	for _, c := range []struct {
		o    ConnectOptions
		want string
	}{
		{ConnectOptions{Port: 1, Host: "127.0.0.1", LocalAddress: "9.9.9.9"}, "-99 bind 9.9.9.9 0 bind EADDRNOTAVAIL 9.9.9.9"},
		{ConnectOptions{Port: 1, Host: "::1", LocalAddress: "127.0.0.1"}, "-22 bind 127.0.0.1 0 bind EINVAL 127.0.0.1"},
		{ConnectOptions{Port: 1, Host: "127.0.0.1", LocalAddress: "127.0.0.1"}, "-111 connect 127.0.0.1 1 connect ECONNREFUSED 127.0.0.1:1"},
		{ConnectOptions{Port: 1, Host: "127.0.0.1", LocalAddress: "127.0.0.1", LocalPort: 29999}, "-111 connect 127.0.0.1 1 connect ECONNREFUSED 127.0.0.1:1 - Local (127.0.0.1:29999)"},
		{ConnectOptions{Path: "/nonexistent/x"}, "-2 connect /nonexistent/x 0 connect ENOENT /nonexistent/x"},
		{ConnectOptions{Path: "/" + strings.Repeat("x", 200)}, "-22 connect /" + strings.Repeat("x", 200) + " 0 connect EINVAL /" + strings.Repeat("x", 200) + " - Local (undefined:undefined)"},
		{ConnectOptions{Port: 1, Host: "a b"}, "-3008 getaddrinfo  0 getaddrinfo ENOTFOUND a b"},
	} {
		told := false
		run(t, func(l *loop.Loop) {
			s, err := NewSocket(l, NewSocketOptions())
			must(t, err)
			must(t, s.Connect(c.o, nil))
			s.On("error", func(a ...any) {
				told = true
				e := nodeError(a[0])
				if got := fmt.Sprint(e.Errno, " ", e.Syscall, " ", e.Address, " ", e.Port, " ", e.Message); got != c.want {
					t.Errorf("%s, want %s", got, c.want)
				}
				if c.o.LocalPort != 0 && keys(e) != "errno,code,syscall,address,port,localAddress,localPort" {
					t.Errorf("properties %s", keys(e))
				}
			})
		})
		if !told {
			t.Errorf("%+v: no error", c.o)
		}
	}
}

// An attempt that gets no answer gives way to the next address.
func TestAttemptTimeout(t *testing.T) {
	var events []string
	run(t, func(l *loop.Loop) {
		var srv *Server
		var fillers []int
		listen(t, l, NewServerOptions(), func(c *Socket) { c.Resume(); c.End(none, "", nil) }, func(s *Server, port int) {
			srv = s
			// A listener on another address whose queue is full does not answer.
			deaf, e := sysSocket(unix.AF_INET)
			if e != 0 {
				t.Fatal(e)
			}
			at := &unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 2}}
			must(t, unix.Bind(deaf, at))
			must(t, unix.Listen(deaf, 0))
			fillers = append(fillers, deaf)
			for range 4 {
				fd, _ := sysSocket(unix.AF_INET)
				_ = sysConnect(fd, at)
				fillers = append(fillers, fd)
			}
			c, err := NewSocket(l, NewSocketOptions())
			must(t, err)
			for _, name := range []string{"connectionAttempt", "connectionAttemptTimeout", "connectionAttemptFailed"} {
				c.On(name, func(a ...any) { events = append(events, name+" "+a[0].(string)) })
			}
			c.On("connect", func(...any) { events = append(events, "connect "+c.RemoteAddress()) })
			c.On("error", func(a ...any) { events = append(events, fmt.Sprint(a[0])) })
			c.Resume()
			c.On("close", func(...any) {
				srv.Close(nil)
				for _, fd := range fillers {
					must(t, unix.Close(fd))
				}
			})
			must(t, c.Connect(ConnectOptions{Host: "slow.invalid", Port: port, AutoSelectFamilyAttemptTimeout: 20,
				Lookup: func(_ string, _ LookupOptions, cb func(error, []dns.Address)) {
					cb(nil, []dns.Address{{Address: "127.0.0.2", Family: 4}, {Address: "127.0.0.1", Family: 4}})
				}}, nil))
		})
	})
	want := "connectionAttempt 127.0.0.2|connectionAttemptTimeout 127.0.0.2|connectionAttempt 127.0.0.1|connect 127.0.0.1"
	if got := strings.Join(events, "|"); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestServerOptions(t *testing.T) {
	o := NewServerOptions()
	o.NoDelay, o.KeepAlive, o.KeepAliveInitialDelay, o.HighWaterMark = true, true, 3500, 5
	run(t, func(l *loop.Loop) {
		listen(t, l, o, func(c *Socket) {
			fd := c.Handle().FD()
			for _, x := range []struct{ level, name int }{{unix.IPPROTO_TCP, unix.TCP_NODELAY}, {unix.SOL_SOCKET, unix.SO_KEEPALIVE}} {
				if v, err := unix.GetsockoptInt(fd, x.level, x.name); err != nil || v == 0 {
					t.Errorf("option %v: %d, %v", x, v, err)
				}
			}
			if c.ReadableHighWaterMark() != 5 || c.WritableHighWaterMark() != 5 {
				t.Error("high-water marks")
			}
			if got := l.ActiveHandles(); len(got) != 3 || got[0] != any(c.Server()) || !slices.Contains(got, any(c)) {
				t.Errorf("active handles %v", got)
			}
			c.End(none, "", nil)
			c.Resume()
		}, func(s *Server, port int) {
			c := dial(t, l, port, NewSocketOptions())
			c.Resume()
			c.On("close", func(...any) { s.Close(nil) })
		})
	})
}

func TestServerBlockList(t *testing.T) {
	o := NewServerOptions()
	o.BlockList = blockListOf("127.0.0.1")
	run(t, func(l *loop.Loop) {
		listen(t, l, o, func(*Socket) { t.Error("a blocked address was accepted") }, func(s *Server, port int) {
			c := dial(t, l, port, NewSocketOptions())
			c.Resume()
			c.On("close", func(...any) { s.Close(nil) })
		})
	})
}

// By default a server listens on ::, which takes IPv4 as well.
func TestDualStack(t *testing.T) {
	run(t, func(l *loop.Loop) {
		s := NewServer(l, NewServerOptions(), func(c *Socket) {
			if a := c.PeerName(); a.Address != "::ffff:127.0.0.1" || a.Family != "IPv6" {
				t.Errorf("peer %v", a)
			}
			c.End(none, "", nil)
			c.Resume()
		})
		s.Once("listening", func(...any) {
			a, _, err := s.Address()
			must(t, err)
			if a.Address == "0.0.0.0" {
				s.Close(nil)
				return // no IPv6 here
			}
			if a.Address != "::" || a.Family != "IPv6" || s.ConnectionKey() != "6::::0" {
				t.Errorf("%v, key %s", a, s.ConnectionKey())
			}
			c := dial(t, l, a.Port, NewSocketOptions())
			c.Resume()
			c.On("close", func(...any) { s.Close(nil) })
		})
		must(t, s.Listen(NewListenOptions(), nil))
	})
}

// Which address of a host a server listens on, as in Node 24.
func TestListenAddress(t *testing.T) {
	for answer, want := range map[string]string{
		"fe80::1,127.0.0.1": "127.0.0.1", "127.0.0.1,::1": "127.0.0.1", "fe80::1%lo,127.0.0.2": "127.0.0.2",
		"fe80::1": "listen EINVAL: invalid argument fe80::1", "junk,127.0.0.1": "listen EINVAL: invalid argument junk",
		"FE80::1,127.0.0.1": "127.0.0.1",
	} {
		got := ""
		run(t, func(l *loop.Loop) {
			SetLookup(l, func(host string, o LookupOptions, cb func(error, []dns.Address)) {
				if host != "several.invalid" || !o.All {
					t.Errorf("asked for %s, %+v", host, o)
				}
				var as []dns.Address
				for _, a := range strings.Split(answer, ",") {
					as = append(as, dns.Address{Address: a, Family: max(IsIP(a), 4)})
				}
				cb(nil, as)
			})
			s := NewServer(l, NewServerOptions(), nil)
			s.On("error", func(a ...any) { got = a[0].(error).Error() })
			s.On("listening", func(...any) {
				a, _, _ := s.Address()
				got = a.Address
				s.Close(nil)
			})
			o := NewListenOptions()
			o.Host = "several.invalid"
			must(t, s.Listen(o, nil))
		})
		if got != want {
			t.Errorf("%s: %s, want %s", answer, got, want)
		}
	}
}

// A write that makes progress keeps the idle timer quiet.
func TestTimeoutOfSlowWrite(t *testing.T) {
	clock := looptest.NewManualClock()
	l, err := loop.New(loop.WithClock(clock))
	must(t, err)
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	must(t, err)
	must(t, unix.SetNonblock(fds[1], true))
	o := NewSocketOptions()
	o.FD = fds[0]
	s, err := NewSocket(l, o)
	must(t, err)
	timeouts, rounds := 0, 0
	s.On("timeout", func(...any) { timeouts++ })
	s.SetTimeout(40, nil)
	s.Write(buffer.Bytes(make([]byte, 4<<20)), "", nil)
	if s.lastWriteQueueSize == 0 {
		t.Error("the write went through at once")
	}
	h := s.Handle()
	before := 0
	var step func()
	step = func() {
		switch {
		case h.WriteQueueSize() == before && rounds < 10: // the loop has not written yet
		case rounds < 10:
			before = h.WriteQueueSize()
			drain(fds[1])
			rounds++
			clock.Advance(30 * time.Millisecond)
		case rounds < 14:
			if rounds++; timeouts != 0 && rounds == 11 {
				t.Errorf("%d timeouts while the write makes progress", timeouts)
			}
			clock.Advance(30 * time.Millisecond)
		default:
			if timeouts != 1 {
				t.Errorf("%d timeouts", timeouts)
			}
			s.Destroy(nil)
			must(t, unix.Close(fds[1]))
			return
		}
		l.SetImmediate(loop.Func(step))
	}
	step()
	must(t, l.Run(t.Context()))
	must(t, l.Close())
}

// A listener that panics leaves the socket usable.
func TestListenerPanics(t *testing.T) {
	l, err := loop.New()
	must(t, err)
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	must(t, err)
	o := NewSocketOptions()
	o.FD = fds[0]
	s, err := NewSocket(l, o)
	must(t, err)
	got := ""
	s.OnData(func(c buffer.Chunk) {
		if got += string(c.Bytes); got == "one" {
			panic("mine")
		}
	})
	_, _ = sysWrite(fds[1], []byte("one"))
	func() {
		defer func() {
			if p := recover(); p != "mine" {
				t.Errorf("recovered %v", p)
			}
		}()
		_ = l.Run(t.Context())
	}()
	_, _ = sysWrite(fds[1], []byte("two"))
	must(t, unix.Close(fds[1]))
	must(t, l.Run(t.Context()))
	if got != "onetwo" || !s.Destroyed() {
		t.Errorf("%q, destroyed %v", got, s.Destroyed())
	}
	must(t, l.Close())
}

func TestDefaults(t *testing.T) {
	run(t, func(l *loop.Loop) {
		if !DefaultAutoSelectFamily(l) || DefaultAutoSelectFamilyAttemptTimeout(l) != 250 {
			t.Error("defaults")
		}
		SetDefaultAutoSelectFamily(l, false)
		SetDefaultAutoSelectFamilyAttemptTimeout(l, 1)
		if DefaultAutoSelectFamily(l) || DefaultAutoSelectFamilyAttemptTimeout(l) != 10 {
			t.Error("defaults after they were set")
		}
		c, err := NewSocket(l, NewSocketOptions())
		must(t, err)
		must(t, c.Connect(ConnectOptions{Host: "x.invalid", Port: 1,
			Lookup: func(_ string, o LookupOptions, cb func(error, []dns.Address)) {
				if o.All {
					t.Error("all addresses are asked for")
				}
				cb(errors.New("no"), nil)
			}}, nil))
		c.On("error", func(...any) {})
	})
}

// Settings made before the connect take effect with it.
func TestSettingsBeforeConnect(t *testing.T) {
	run(t, func(l *loop.Loop) {
		listen(t, l, NewServerOptions(), func(c *Socket) { c.Resume() }, func(s *Server, port int) {
			c, err := NewSocket(l, NewSocketOptions())
			must(t, err)
			c.SetNoDelay(true)
			c.SetKeepAlive(true, 2000)
			must(t, c.Connect(ConnectOptions{Host: "127.0.0.1", Port: port}, nil))
			c.On("connect", func(...any) {
				fd := c.Handle().FD()
				noDelay, _ := unix.GetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY)
				keepAlive, _ := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_KEEPALIVE)
				if noDelay == 0 || keepAlive == 0 {
					t.Errorf("noDelay %d, keepAlive %d", noDelay, keepAlive)
				}
				c.SetNoDelay(false)
				if v, _ := unix.GetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY); v != 0 {
					t.Error("noDelay stays")
				}
				c.End(none, "", nil)
				c.Resume()
			})
			c.On("close", func(...any) { s.Close(nil) })
		})
	})
}

var _ stream.Streamer = (*Socket)(nil)
