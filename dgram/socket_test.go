package dgram

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// run runs f on a loop of its own until nothing is alive, for ten seconds at
// most, and checks that no handle and no descriptor is left.
func run(t *testing.T, f func(l *loop.Loop)) {
	t.Helper()
	before := openFiles(t)
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	l.NextTickFunc(func() { f(l) })
	err = l.Run(ctx)
	if live := l.Stats().Live; len(live) > 0 {
		t.Errorf("left alive: %v", live)
	}
	if cerr := l.Close(); cerr != nil {
		t.Error(cerr)
	}
	if err != nil {
		t.Fatal(err)
	}
	if after := openFiles(t); after > before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
}

func openFiles(t *testing.T) int {
	d, err := os.ReadDir("/dev/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(d)
}

func open(t *testing.T, l *loop.Loop, typ string, onMessage func(*Socket, []byte, RemoteInfo)) *Socket {
	t.Helper()
	var s *Socket
	s, err := NewSocket(l, Options{Type: typ}, func(p []byte, from RemoteInfo) {
		if onMessage != nil {
			onMessage(s, p, from)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func at(t *testing.T, s *Socket, address string, then func(net.Address)) {
	t.Helper()
	o := NewBindOptions()
	o.Address = address
	if err := s.Bind(o, func() {
		a, err := s.Address()
		if err != nil {
			t.Error(err)
		}
		then(a)
	}); err != nil {
		t.Fatal(err)
	}
}

func closeAll(t *testing.T, list ...*Socket) {
	for _, s := range list {
		if err := s.Close(nil); err != nil {
			t.Error(err)
		}
	}
}

func TestEcho(t *testing.T) {
	for _, c := range []struct{ typ, address, family string }{{"udp4", "127.0.0.1", "IPv4"}, {"udp6", "::1", "IPv6"}} {
		t.Run(c.typ, func(t *testing.T) {
			got := ""
			run(t, func(l *loop.Loop) {
				server := open(t, l, c.typ, func(s *Socket, p []byte, from RemoteInfo) {
					if from.Address.Address != c.address || from.Family != c.family || from.Size != len(p) {
						t.Errorf("from %+v", from)
					}
					if err := s.Send([][]byte{[]byte("echo "), p}, from.Port, from.Address.Address, nil); err != nil {
						t.Error(err)
					}
				})
				at(t, server, c.address, func(a net.Address) {
					var client *Socket
					client = open(t, l, c.typ, func(_ *Socket, p []byte, _ RemoteInfo) {
						got = string(p)
						closeAll(t, server, client)
					})
					err := client.Send([][]byte{[]byte("a"), nil, []byte("bc")}, a.Port, c.address, func(err error, n int) {
						if err != nil || n != 3 {
							t.Errorf("sent %d, %v", n, err)
						}
					})
					if err != nil {
						t.Error(err)
					}
				})
			})
			if got != "echo abc" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestConnected(t *testing.T) {
	var got []string
	run(t, func(l *loop.Loop) {
		var client *Socket
		server := open(t, l, "udp4", func(s *Socket, p []byte, _ RemoteInfo) {
			if got = append(got, string(p)); len(got) == 2 {
				closeAll(t, s, client)
			}
		})
		at(t, server, "127.0.0.1", func(a net.Address) {
			client = open(t, l, "udp4", nil)
			client.On("connect", func(...any) {
				peer, err := client.RemoteAddress()
				if err != nil || peer != a {
					t.Errorf("peer %v, %v", peer, err)
				}
				if err := client.Connect(a.Port, "", nil, nil); nodeerr.Code(err) != "ERR_SOCKET_DGRAM_IS_CONNECTED" {
					t.Errorf("connected twice: %v", err)
				}
				if err := client.Send([][]byte{[]byte("one")}, 0, "", nil); err != nil {
					t.Error(err)
				}
				l.SetImmediate(loop.Func(func() {
					if err := client.Disconnect(); err != nil {
						t.Error(err)
					}
					if _, err := client.RemoteAddress(); nodeerr.Code(err) != "ERR_SOCKET_DGRAM_NOT_CONNECTED" {
						t.Errorf("after disconnect: %v", err)
					}
					if err := client.Send([][]byte{[]byte("two")}, a.Port, "127.0.0.1", nil); err != nil {
						t.Error(err)
					}
				}))
			})
			if err := client.Connect(a.Port, "127.0.0.1", nil, nil); err != nil {
				t.Error(err)
			}
		})
	})
	if fmt.Sprint(got) != "[one two]" {
		t.Errorf("got %v", got)
	}
}

// A bind that fails leaves the socket usable, drops what was queued, and can be
// tried again.
func TestBindAddressInUse(t *testing.T) {
	failed := 0
	run(t, func(l *loop.Loop) {
		first := open(t, l, "udp4", nil)
		at(t, first, "127.0.0.1", func(a net.Address) {
			second := open(t, l, "udp4", nil)
			o := NewBindOptions()
			o.Port, o.Address = a.Port, "127.0.0.1"
			second.On("error", func(args ...any) {
				want := fmt.Sprintf("bind EADDRINUSE 127.0.0.1:%d", a.Port)
				if err, _ := args[0].(error); err == nil || err.Error() != want {
					t.Errorf("got %v, want %s", args[0], want)
				}
				if failed++; failed < 3 {
					if err := second.Bind(o, nil); err != nil {
						t.Error(err)
					}
					return
				}
				closeAll(t, first, second)
			})
			if err := second.Bind(o, func() { t.Error("bound") }); err != nil {
				t.Error(err)
			}
			if err := second.Bind(o, nil); nodeerr.Code(err) != "ERR_SOCKET_ALREADY_BOUND" {
				t.Errorf("bound twice: %v", err)
			}
		})
	})
	if failed != 3 {
		t.Errorf("%d errors", failed)
	}
}

// A message that is too long, and one to a socket that is closed, are told to
// the callback.
func TestSendErrors(t *testing.T) {
	var got []string
	run(t, func(l *loop.Loop) {
		s := open(t, l, "udp4", nil)
		at(t, s, "127.0.0.1", func(a net.Address) {
			if err := s.Send([][]byte{make([]byte, 1<<16)}, a.Port, "127.0.0.1", func(err error, _ int) {
				got = append(got, err.Error())
				closeAll(t, s)
				for _, err := range []error{
					s.Send(nil, 1, "", nil), s.Close(nil), s.SetTTL(1), s.AddMembership("224.0.0.1", ""),
				} {
					got = append(got, nodeerr.Code(err))
				}
			}); err != nil {
				t.Error(err)
			}
		})
	})
	if len(got) != 5 || got[0][:len("send EMSGSIZE 127.0.0.1:")] != "send EMSGSIZE 127.0.0.1:" {
		t.Fatalf("got %v", got)
	}
	for _, code := range got[1:] {
		if code != "ERR_SOCKET_DGRAM_NOT_RUNNING" {
			t.Errorf("got %v", got)
		}
	}
}

func TestBlockLists(t *testing.T) {
	blocked, received := "", 0
	run(t, func(l *loop.Loop) {
		local, err := net.NewSocketAddress("127.0.0.1", "ipv4", 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		list := &net.BlockList{}
		list.AddAddress(local)
		s, err := NewSocket(l, Options{Type: "udp4", ReceiveBlockList: list}, func([]byte, RemoteInfo) { received++ })
		if err != nil {
			t.Fatal(err)
		}
		at(t, s, "127.0.0.1", func(a net.Address) {
			c, err := NewSocket(l, Options{Type: "udp4", SendBlockList: list}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Send([][]byte{[]byte("x")}, a.Port, "127.0.0.1", func(err error, _ int) {
				blocked = nodeerr.Code(err)
				c.Options().SendBlockList = nil
				if err := c.Send([][]byte{[]byte("x")}, a.Port, "127.0.0.1", func(error, int) {
					l.SetImmediate(loop.Func(func() { closeAll(t, c, s) }))
				}); err != nil {
					t.Error(err)
				}
			}); err != nil {
				t.Error(err)
			}
		})
	})
	if blocked != "ERR_IP_BLOCKED" || received != 0 {
		t.Errorf("%q, %d received", blocked, received)
	}
}

func TestSettings(t *testing.T) {
	run(t, func(l *loop.Loop) {
		s := open(t, l, "udp4", nil)
		if _, err := s.Address(); nodeerr.Code(err) != "EBADF" {
			t.Errorf("address before bind: %v", err)
		}
		at(t, s, "0.0.0.0", func(net.Address) {
			for name, c := range map[string]struct {
				err  error
				code string
			}{
				"ttl":              {s.SetTTL(40), ""},
				"ttl 0":            {s.SetTTL(0), "EINVAL"},
				"multicast ttl":    {s.SetMulticastTTL(0), ""},
				"multicast ttl -1": {s.SetMulticastTTL(-1), "EINVAL"},
				"loopback":         {s.SetMulticastLoopback(false), ""},
				"interface":        {s.SetMulticastInterface("127.0.0.1"), ""},
				"interface x":      {s.SetMulticastInterface("x"), "EINVAL"},
				"broadcast":        {s.SetBroadcast(true), ""},
				"group x":          {s.AddMembership("x", ""), "EINVAL"},
				"join":             {s.AddMembership("224.0.0.114", "127.0.0.1"), ""},
				"leave another":    {s.DropMembership("224.0.0.115", "127.0.0.1"), "EADDRNOTAVAIL"},
				"buffer":           {s.SetBufferSize(8192, true), ""},
			} {
				if nodeerr.Code(c.err) != c.code {
					t.Errorf("%s: %v", name, c.err)
				}
			}
			if n, err := s.BufferSize(true); err != nil || n < 8192 {
				t.Errorf("buffer %d, %v", n, err)
			}
			closeAll(t, s)
		})
	})
}
