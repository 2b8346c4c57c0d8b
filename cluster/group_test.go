package cluster

import (
	"context"
	"errors"
	stdnet "net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// inGroup runs f on n loops of a group, each on its goroutine, until nothing is
// alive in any.
func inGroup(t *testing.T, n int, f func(i int, l *loop.Loop)) {
	t.Helper()
	g := NewGroup()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	ended := make(chan error, n)
	for i := range n {
		l, err := loop.New()
		if err != nil {
			t.Fatal(err)
		}
		g.Join(l)
		l.NextTickFunc(func() { f(i, l) })
		go func() {
			err := l.Run(ctx)
			g.Leave(l)
			ended <- errors.Join(err, l.Close())
		}()
	}
	for range n {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if len(g.sockets) != 0 || len(g.members) != 0 {
		t.Errorf("left: %d sockets, %d loops", len(g.sockets), len(g.members))
	}
}

// listen makes a server that hands its address to at.
func listen(t *testing.T, l *loop.Loop, o net.ListenOptions, at func(s *net.Server, a net.Address)) *net.Server {
	s := net.NewServer(l, net.NewServerOptions(), nil)
	s.On("error", func(args ...any) { t.Error(args...) })
	s.OnListening(func() {
		a, _, err := s.Address()
		if err != nil {
			t.Error(err)
		}
		at(s, a)
	})
	if err := s.Listen(o, nil); err != nil {
		t.Error(err)
	}
	return s
}

func loopback(port int) net.ListenOptions {
	o := net.NewListenOptions()
	o.Host, o.Port = "127.0.0.1", port
	return o
}

// Port 0 is the same for the first servers of all loops, and for the second.
func TestGroupPortZero(t *testing.T) {
	ports := make(chan [2]int, 3)
	closing := make(chan struct{})
	go func() {
		defer close(closing)
		a, b, c := <-ports, <-ports, <-ports
		if a != b || b != c || a[0] == a[1] || a[0] == 0 {
			t.Errorf("ports: %v %v %v", a, b, c)
		}
	}()
	inGroup(t, 3, func(_ int, l *loop.Loop) {
		listen(t, l, loopback(0), func(s *net.Server, a net.Address) {
			listen(t, l, loopback(0), func(s2 *net.Server, a2 net.Address) {
				ports <- [2]int{a.Port, a2.Port}
				l.Hold()
				go func() {
					<-closing
					l.Post(func() { l.Release(); s.Close(nil); s2.Close(nil) })
				}()
			})
		})
	})
}

// Exclusive and reusePort share nothing: the second loop finds the address in
// use, with the error of a server alone.
func TestGroupExclusive(t *testing.T) {
	port := make(chan int)
	failed := make(chan struct{})
	inGroup(t, 2, func(i int, l *loop.Loop) {
		o := loopback(0)
		o.Exclusive = true
		if i == 0 {
			listen(t, l, o, func(s *net.Server, a net.Address) {
				l.Hold()
				go func() {
					port <- a.Port
					<-failed
					l.Post(func() { l.Release(); s.Close(nil) })
				}()
			})
			return
		}
		o.Port = <-port
		s := net.NewServer(l, net.NewServerOptions(), nil)
		s.On("error", func(args ...any) {
			if e, ok := args[0].(*nodeerr.Error); !ok || e.Code != "EADDRINUSE" {
				t.Errorf("%v", args[0])
			}
			close(failed)
		})
		if err := s.Listen(o, nil); err != nil {
			t.Error(err)
		}
	})
}

// A bind that fails tells what it tells outside a group.
func TestGroupAddressInUse(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "::", ""} {
		held, err := stdnet.Listen("tcp", stdnet.JoinHostPort(host, "0"))
		if err != nil {
			t.Logf("no %s here: %v", host, err)
			continue
		}
		port := held.Addr().(*stdnet.TCPAddr).Port
		texts := map[bool]string{}
		for _, group := range []bool{false, true} {
			l, err := loop.New()
			if err != nil {
				t.Fatal(err)
			}
			if group {
				NewGroup().Join(l)
			}
			s := net.NewServer(l, net.NewServerOptions(), nil)
			s.On("error", func(args ...any) { texts[group] = args[0].(error).Error() })
			o := net.NewListenOptions()
			o.Host, o.Port = host, port
			if err := s.Listen(o, nil); err != nil {
				t.Error(err)
			}
			if err := errors.Join(l.Run(context.Background()), l.Close()); err != nil {
				t.Error(err)
			}
		}
		if texts[true] != texts[false] || !strings.Contains(texts[true], "listen EADDRINUSE") {
			t.Errorf("%q: in a group %q, alone %q", host, texts[true], texts[false])
		}
		_ = held.Close()
	}
}

// The file of a Unix socket goes with the last server.
func TestGroupPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	o := net.NewListenOptions()
	o.Path, o.ReadableAll, o.WritableAll = path, true, true
	there, first := make(chan struct{}, 2), make(chan struct{})
	inGroup(t, 2, func(i int, l *loop.Loop) {
		s := net.NewServer(l, net.NewServerOptions(), nil)
		s.On("error", func(args ...any) { t.Error(args...) })
		s.OnListening(func() {
			l.Hold()
			there <- struct{}{}
			go func() {
				if i == 1 {
					<-first
					if st, err := os.Stat(path); err != nil || st.Mode().Perm()&0o666 != 0o666 {
						t.Errorf("%v %v", st, err)
					}
				} else {
					for len(there) < 2 {
						time.Sleep(time.Millisecond)
					}
				}
				l.Post(func() {
					l.Release()
					s.Close(func(error) {
						if i == 0 {
							close(first)
						}
					})
				})
			}()
		})
		if err := s.Listen(o, nil); err != nil {
			t.Error(err)
		}
	})
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is left: %v", err)
	}
}

// Datagram sockets share a port, too.
func TestGroupDatagrams(t *testing.T) {
	ports := make(chan int, 2)
	both := make(chan struct{})
	go func() {
		defer close(both)
		if a, b := <-ports, <-ports; a != b || a == 0 {
			t.Errorf("ports %d and %d", a, b)
		}
	}()
	inGroup(t, 2, func(_ int, l *loop.Loop) {
		s, err := dgram.NewSocket(l, dgram.Options{Type: "udp4"}, nil)
		if err != nil {
			t.Error(err)
			return
		}
		o := dgram.NewBindOptions()
		o.Address = "127.0.0.1"
		err = s.Bind(o, func() {
			a, err := s.Address()
			if err != nil {
				t.Error(err)
			}
			ports <- a.Port
			go func() {
				<-both
				l.Post(func() { _ = s.Close(nil) })
			}()
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// What a loop was given and did not take before it ended goes to another.
func TestGroupLeave(t *testing.T) {
	g := NewGroup()
	var loops [2]*loop.Loop
	var seats [2]*seat
	taken := 0
	for i := range loops {
		l, err := loop.New()
		if err != nil {
			t.Fatal(err)
		}
		loops[i] = l
		g.Join(l)
		o := net.NewListenOptions() // no host, which would be looked up first
		s := listen(t, l, o, func(*net.Server, net.Address) {})
		s.OnConnection(func(c *net.Socket) {
			taken++
			c.Destroy(nil)
			s.Close(nil)
		})
		for x := range g.members[l].seats {
			seats[i] = x
		}
	}
	a, _ := seats[0].handle.LocalAddress()
	c, err := stdnet.Dial("tcp", stdnet.JoinHostPort("127.0.0.1", strconv.Itoa(a.Port)))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fd, _, err := syscall.Accept(seats[0].socket.fd)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	seats[0].load.Store(5) // of connections; the other loop has none
	if !seats[0].spread(fd) {
		t.Fatal("the connection was not given away")
	}
	if seats[0].spread(fd) {
		t.Fatal("a loop that has not taken its last connection was given another")
	}
	g.Leave(loops[1])
	if err := loops[0].Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if taken != 1 {
		t.Errorf("%d connections were taken", taken)
	}
	for _, l := range loops {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}
