package net

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

func blockListOf(ip string) *BlockList {
	b := new(BlockList)
	a, err := NewSocketAddress(ip, "ipv4", 0, 0)
	if err != nil {
		panic(err)
	}
	b.AddAddress(a)
	return b
}

func undefinedIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// lines are the scenarios of testdata/traces.js, line by line.
var scenarios = map[string]func(t *tracer){
	"life": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) {
			t.watch("s", c)
			t.log("s begins", c.ReadyState(), c.ReadableFlowing() == stream.True, eventNames(&c.Emitter))
			t.tick("connection")
			c.OnData(func(d buffer.Chunk) {
				write(c, "re:"+text(d), t.says("s written"))
				t.tick("data")
			})
		}, func() {
			var c *Socket
			c = t.connect(func() { t.log("c callback", c.ReadyState()); t.tick("connect") })
			t.watch("c", c)
			t.log("c begins", c.ReadyState(), c.Connecting(), c.Pending(), eventNames(&c.Emitter))
			t.tick("called")
			write(c, "a", func(error) {
				t.log("c written")
				end(c, "b", t.says("c ended"))
				t.log("c end", c.ReadyState())
			})
			t.log("c bytesWritten", c.BytesWritten())
			c.On("close", func(...any) {
				t.log("c counts", c.BytesRead(), c.BytesWritten(), c.ReadyState())
				t.srv.Close(t.says("srv callback"))
			})
			c.OnData(func(buffer.Chunk) { t.tick("c data") })
		})
	},
	"endFirst": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { t.watch("s", c); end(c, "bye", t.says("s ended")) }, func() {
			c := t.watch("c", t.connect(nil))
			c.On("end", func(...any) { t.log("c at end", c.ReadyState(), c.WritableEnded()); t.tick("end") })
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"halfOpen": func(t *tracer) {
		so := NewServerOptions()
		so.AllowHalfOpen = true
		t.serve(so, func(c *Socket) {
			t.watch("s", c)
			c.On("end", func(...any) {
				t.log("s state", c.ReadyState())
				write(c, "after", t.says("s wrote"))
				t.later(func() { end(c, "last", nil) })
			})
		}, func() {
			o := NewSocketOptions()
			o.AllowHalfOpen = true
			c := t.watch("c", t.connectTo(t.socket(o), ConnectOptions{Port: t.port, Host: "127.0.0.1"}, nil))
			end(c, "x", nil)
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"refused": func(t *tracer) {
		t.serve(NewServerOptions(), nil, func() {
			t.srv.Close(func(error) {
				c := t.watch("c", t.connect(nil))
				c.On("error", func(a ...any) {
					e := nodeError(a[0])
					t.log("keys", keys(e), e.Errno, e.Syscall, e.Address, e.Port == t.port, c.Destroyed(), c.ReadyState())
					t.tick("error")
				})
				write(c, "lost", func(err error) { t.log("write", msg(err)); t.tick("write") })
				c.On("connectionAttempt", func(a ...any) { t.log("attempt", a[0], a[1] == t.port, a[2]) })
			})
		})
	},
	"noPath": func(t *tracer) {
		c := t.watch("c", t.connectTo(t.socket(NewSocketOptions()), ConnectOptions{Path: "/nonexistent/socket"}, nil))
		t.log("c", c.Connecting(), c.ReadyState())
		t.tick("called")
		t.immediate("called")
	},
	"destroyEarly": func(t *tracer) {
		t.serve(NewServerOptions(), func(*Socket) { t.log("connection") }, func() {
			c := t.watch("c", t.connect(nil))
			write(c, "x", t.said("write"))
			c.Destroy(nil)
			t.log("c", c.Destroyed(), c.Connecting(), c.ReadyState(), c.Pending())
			write(c, "y", t.said("write again"))
			t.tick("destroy")
			t.immediate("destroy")
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"destroyInConnect": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) {
			t.watch("s", c)
			c.On("close", func(...any) { t.log("s counts", c.BytesRead()) })
		}, func() {
			var c *Socket
			c = t.watch("c", t.connect(func() { write(c, "x", t.said("write")); c.Destroy(nil); t.tick("destroyed") }))
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"destroyError": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { t.watch("s", c) }, func() {
			var c *Socket
			c = t.watch("c", t.connect(func() {
				c.Destroy(errors.New("mine"))
				t.log("errored", c.Errored().Error())
				t.immediate("destroyed")
			}))
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"writeOrder": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { c.Resume(); c.OnEnd(func() { end(c, "", nil) }) }, func() {
			var c *Socket
			c = t.connect(func() {
				t.log(write(c, "1", func(error) { t.log("one"); t.tick("in one") }), c.WritableLength())
				t.log(write(c, "2", t.says("two")), c.WritableLength())
				t.tick("after")
				// Go has no microtasks: one would run after the ticks.
				t.NextTickFunc(func() {
					t.NextTickFunc(func() { t.NextTickFunc(func() { t.log("micro") }) })
				})
				c.Cork()
				write(c, "3", t.says("three"))
				write(c, "4", t.says("four"))
				t.log("corked", c.WritableLength(), c.BytesWritten())
				c.Uncork()
				t.log("uncorked", c.WritableLength(), c.BytesWritten())
				end(c, "5", t.says("ended"))
				t.immediate("end")
			})
			c.On("finish", func(...any) { t.log("finish") })
			c.On("close", func(...any) { t.log("close", c.BytesWritten()); t.srv.Close(nil) })
		})
	},
	"writeEarly": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) {
			got := ""
			c.OnData(func(d buffer.Chunk) { got += text(d) })
			c.OnEnd(func() { t.log("got", strings.ToValidUTF8(got, "\ufffd")); end(c, "", nil) })
		}, func() {
			c := t.connect(nil)
			t.log(write(c, "a", t.says("a")), c.Write(buffer.Bytes([]byte("b")), "", t.says("b")),
				c.Write(buffer.Text("63"), "hex", t.says("c")), c.Write(buffer.Text("\u00e9"), "latin1", t.says("d")))
			size, _ := c.BufferSize()
			t.log(c.BytesWritten(), c.WritableLength(), size)
			end(c, "!", t.says("end callback"))
			c.On("connect", func(...any) { t.log("connect", c.BytesWritten()) })
			c.On("finish", func(...any) { t.log("finish", c.BytesWritten()) })
			c.On("close", func(...any) { t.srv.Close(nil) })
			c.Resume()
		})
	},
	"big": func(t *tracer) {
		const size = 8 << 20
		t.serve(NewServerOptions(), func(c *Socket) {
			n := 0
			c.OnData(func(d buffer.Chunk) { n += len(d.Bytes) })
			c.OnEnd(func() { t.log("got", n); end(c, "", nil) })
		}, func() {
			var c *Socket
			c = t.connect(func() {
				t.log(c.Write(buffer.Bytes(make([]byte, size)), "", func(error) { t.log("written", c.WritableLength()); t.tick("written") }),
					c.WritableLength(), c.BytesWritten(), c.WritableNeedDrain())
				t.log(write(c, "more", t.says("more")), c.BytesWritten())
				c.On("drain", func(...any) { t.log("drain", c.WritableLength()); end(c, "", nil) })
			})
			c.On("finish", func(...any) { t.log("finish") })
			c.On("close", func(...any) { t.log("close", c.BytesWritten()); t.srv.Close(nil) })
			c.Resume()
		})
	},
	"reset": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { t.watch("s", c); c.On("error", func(...any) { t.tick("s error") }) }, func() {
			var c *Socket
			c = t.watch("c", t.connect(func() { err := c.ResetAndDestroy(); t.log(err == nil, c.Destroyed()); t.tick("reset") }))
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"resetEarly": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { t.watch("s", c) }, func() {
			c := t.watch("c", t.connect(nil))
			must(t, c.ResetAndDestroy())
			t.log("c", c.Destroyed())
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"resetNever": func(t *tracer) {
		c := t.watch("c", t.socket(NewSocketOptions()))
		must(t, c.ResetAndDestroy())
		t.tick("reset")
	},
	"writeAfterEnd": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { c.Resume(); end(c, "", nil) }, func() {
			c := t.watch("c", t.connect(nil))
			c.Resume()
			c.OnEnd(func() {
				write(c, "late", t.said("late"))
				t.later(func() { write(c, "later", t.said("later")); t.tick("later") })
			})
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"endThenWrite": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { c.Resume() }, func() {
			var c *Socket
			c = t.watch("c", t.connect(func() {
				end(c, "x", nil)
				t.log(write(c, "y", t.said("y")))
				t.tick("write")
			}))
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"unconnected": func(t *tracer) {
		c := t.watch("c", t.socket(NewSocketOptions()))
		var size any
		if n, ok := c.BufferSize(); ok {
			size = n
		}
		t.log(c.ReadyState(), c.Pending(), c.Connecting(), c.BytesRead(), c.BytesWritten(), size,
			undefinedIfEmpty(c.RemoteAddress()), eventNames(&c.Emitter))
		t.log(write(c, "x", t.said("x")), c.WritableLength(), c.BytesWritten())
		t.tick("write")
	},
	"endUnconnected": func(t *tracer) {
		c := t.watch("c", t.socket(NewSocketOptions()))
		end(c, "", t.says("end callback"))
		t.tick("end")
		t.immediate("end")
	},
	"destroyUnconnected": func(t *tracer) {
		c := t.watch("c", t.socket(NewSocketOptions()))
		c.On("close", func(a ...any) { t.log("arguments", len(a)) })
		c.Destroy(nil)
		t.tick("destroy")
		t.immediate("destroy")
	},
	"pause": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) {
			write(c, "1234567890", nil)
			c.OnEnd(func() { end(c, "", nil) })
			c.Resume()
		}, func() {
			c := t.watch("c", t.connect(nil))
			c.Pause()
			c.On("connect", func(...any) { t.log("paused", c.IsPaused(), c.Handle().Reading()) })
			t.after(50, func() { t.log("resume", c.ReadableLength()); c.Resume() })
			c.OnData(func(buffer.Chunk) { end(c, "", nil) })
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"pauseOnConnect": func(t *tracer) {
		so := NewServerOptions()
		so.PauseOnConnect = true
		t.serve(so, func(c *Socket) {
			t.watch("s", c)
			t.log("s", c.IsPaused(), c.ReadableFlowing() != stream.False, c.Handle().Reading())
			t.after(50, func() { t.log("resume", c.ReadableLength()); c.Resume() })
			c.OnEnd(func() { end(c, "", nil) })
		}, func() {
			c := t.watch("c", t.connect(nil))
			end(c, "hi", nil)
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"timeout": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) {
			c.OnData(func(d buffer.Chunk) { c.Write(d, "", nil) })
			c.OnEnd(func() { end(c, "", nil) })
			c.Resume()
		}, func() {
			c := t.watch("c", t.connect(nil))
			timeout := func() any {
				if ms, ok := c.Timeout(); ok {
					return ms
				}
				return nil
			}
			t.log("timeout", timeout())
			c.SetTimeout(40, t.once(func() { t.log("callback") }))
			t.log("timeout", timeout())
			n := 0
			c.On("timeout", func(...any) {
				if n++; n == 1 {
					write(c, "again", nil)
				} else {
					c.SetTimeout(0, nil)
					t.log("timeout", timeout())
					end(c, "", nil)
				}
			})
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"drop": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { t.log("connection", t.srv.Connections()); c.Resume() }, func() {
			t.srv.MaxConnections = 1
			t.srv.On("drop", func(a ...any) {
				d := a[0].(DropInfo)
				t.log("drop", "localAddress,localPort,localFamily,remoteAddress,remotePort,remoteFamily", d.Local.Port == t.port, d.Remote.Family)
			})
			var a *Socket
			a = t.connect(func() {
				b := t.watch("b", t.connect(nil))
				b.On("close", func(...any) {
					t.srv.GetConnections(func(err error, n int) {
						t.log("connections", nil, n)
						end(a, "", nil)
						t.srv.Close(func(err error) { t.log("closed", errOrNil(err)) })
					})
					t.log("asked")
				})
			})
			a.Resume()
		})
	},
	"serverClose": func(t *tracer) {
		var peer *Socket
		t.serve(NewServerOptions(), func(c *Socket) { peer = c; t.watch("s", c) }, func() {
			srv := t.srv
			t.log("listening", srv.Listening(), srv.ConnectionKey() == "4:127.0.0.1:"+text(t.port))
			var c *Socket
			c = t.connect(func() {
				t.later(func() {
					srv.Close(func(err error) { t.log("callback", errOrNil(err)) })
					a, path, _ := srv.Address()
					t.log("closed", srv.Listening(), undefinedIfEmpty(a.Address+path))
					srv.Close(t.said("again"))
					t.tick("close")
					t.later(func() { t.log("end"); end(c, "", nil) })
				})
			})
			c.Resume()
			c.On("close", func(...any) { t.log("c close", peer.Destroyed()) })
		})
	},
	"serverNotRunning": func(t *tracer) {
		srv := NewServer(t.Loop, NewServerOptions(), nil)
		srv.On("close", func(...any) { t.log("close") })
		srv.Close(t.said("callback"))
		t.log(true)
		t.tick("close")
		t.log(nil, srv.Listening())
	},
	"listenErrors": func(t *tracer) {
		t.serve(NewServerOptions(), nil, func() {
			anyone := NewServer(t.Loop, NewServerOptions(), nil)
			o := NewListenOptions()
			o.Port = t.port
			anyone.On("error", func(a ...any) {
				e := nodeError(a[0])
				t.log(msg(e), keys(e), e.Errno, e.Syscall, e.Address, e.Port == t.port, anyone.Listening())
				one := NewServer(t.Loop, NewServerOptions(), nil)
				one.On("listening", func(...any) { t.log("never") })
				one.On("error", func(a ...any) { t.log(a[0]); t.srv.Close(nil) })
				o.Host = "127.0.0.1"
				must(t, one.Listen(o, nil))
				t.tick("again")
			})
			must(t, anyone.Listen(o, nil))
			t.log("any", anyone.Listening())
			t.tick("listen")
			t.log("throws", t.srv.Listen(NewListenOptions(), nil))
		})
	},
	"listenTwice": func(t *tracer) {
		srv := NewServer(t.Loop, NewServerOptions(), nil)
		srv.On("listening", func(...any) { t.log("listening") })
		o := NewListenOptions()
		o.Host = "127.0.0.1"
		must(t, srv.Listen(o, t.once(func() {
			t.log("first")
			t.later(func() {
				srv.Close(func(error) {
					t.log("closed")
					must(t, srv.Listen(o, t.once(func() { t.log("second"); srv.Close(nil) })))
				})
			})
		})))
		must(t, srv.Listen(o, nil))
		t.log(srv.Listening())
	},
	"listenLookupClosed": func(t *tracer) {
		srv := NewServer(t.Loop, NewServerOptions(), nil)
		srv.On("listening", func(...any) { t.log("listening") })
		srv.On("close", func(...any) { t.log("close") })
		o := NewListenOptions()
		o.Host = "127.0.0.1"
		must(t, srv.Listen(o, nil))
		srv.Close(t.said("callback"))
		t.later(func() { t.log("immediate", srv.Listening()); srv.Close(nil) })
	},
	"listenClosed": func(t *tracer) {
		srv := NewServer(t.Loop, NewServerOptions(), nil)
		srv.On("listening", func(...any) { t.log("listening") })
		srv.On("close", func(...any) { t.log("close") })
		must(t, srv.Listen(NewListenOptions(), nil))
		t.log(srv.Listening())
		srv.Close(func(err error) { t.log("callback", errOrNil(err)) })
		t.tick("close")
	},
	"badFD": func(t *tracer) {
		srv := NewServer(t.Loop, NewServerOptions(), nil)
		srv.On("error", func(a ...any) { t.log(a[0], keys(a[0].(error)), undefinedIfEmpty(nodeError(a[0]).Address)) })
		o := NewListenOptions()
		o.FD = 4711
		must(t, srv.Listen(o, nil))
		t.tick("listen")
	},
	"unix": func(t *tracer) {
		name := filepath.Join(t.dir, "s")
		exists := func() bool { _, err := os.Stat(name); return err == nil }
		srv := NewServer(t.Loop, NewServerOptions(), func(c *Socket) {
			t.watch("s", c)
			address := "{}"
			if a := c.Address(); !a.IsZero() {
				address = a.String()
			}
			t.log("addresses", address, undefinedIfEmpty(c.RemoteAddress()), nil, undefinedIfEmpty(c.LocalAddress()))
			c.OnData(func(d buffer.Chunk) { c.End(d, "", nil) })
		})
		o := NewListenOptions()
		o.Path = name
		same := func() bool { _, path, _ := srv.Address(); return path == name }
		must(t, srv.Listen(o, t.once(func() {
			t.log("listening", same(), exists())
			other := NewServer(t.Loop, NewServerOptions(), nil)
			other.On("error", func(a ...any) {
				e := nodeError(a[0])
				t.log(e.Code, strings.ReplaceAll(e.Message, name, "PATH"), keys(e), e.Address == name, e.Props[0].Value)
			})
			must(t, other.Listen(o, nil))
			c := t.watch("c", t.connectTo(t.socket(NewSocketOptions()), ConnectOptions{Path: name}, nil))
			write(c, "over a file", nil)
			c.On("close", func(...any) { srv.Close(func(error) { t.log("closed", exists(), same()) }) })
		})))
	},
	"reconnect": func(t *tracer) {
		n := 0
		t.serve(NewServerOptions(), func(c *Socket) { c.Resume(); n++; end(c, "hello "+text(n), nil) }, func() {
			c := t.watch("c", t.socket(NewSocketOptions()))
			o := ConnectOptions{Port: t.port, Host: "127.0.0.1"}
			t.connectTo(c, o, nil)
			c.On("close", func(...any) {
				t.log("again", c.Destroyed(), c.BytesRead(), c.BytesWritten())
				if n == 2 {
					t.srv.Close(nil)
					return
				}
				t.connectTo(c, o, func() { t.log("connected", c.Destroyed(), c.ReadyState()) })
				t.log("state", c.ReadyState(), c.BytesRead())
			})
		})
	},
	"destroySoon": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) {
			c.OnData(func(d buffer.Chunk) { t.log("s data", d) })
			c.OnEnd(func() { t.log("s end") })
		}, func() {
			var c *Socket
			c = t.watch("c", t.connect(func() {
				write(c, "x", nil)
				c.DestroySoon()
				t.log("soon", c.Destroyed(), c.WritableEnded())
				t.tick("soon")
				t.immediate("soon")
			}))
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"lookupError": func(t *tracer) {
		c := t.watch("c", t.connectTo(t.socket(NewSocketOptions()), ConnectOptions{Host: "name.invalid", Port: 1,
			Lookup: func(host string, o LookupOptions, cb func(error, []dns.Address)) {
				t.log("lookup", host, "all,family,hints", nil, o.Hints, o.All)
				t.NextTickFunc(func() { cb(nodeerr.New(nodeerr.KindError, "ENOTFOUND", "no luck"), nil) })
			}}, nil))
		c.On("lookup", func(a ...any) { t.log(append([]any{"event"}, a...)...) })
		t.tick("called")
	},
	"lookupOdd": func(t *tracer) {
		type odd struct {
			label string
			auto  stream.Tri
			a     dns.Address
			block *BlockList
		}
		var next func(odds []odd)
		next = func(odds []odd) {
			if len(odds) == 0 {
				return
			}
			x := odds[0]
			o := NewSocketOptions()
			o.BlockList = x.block
			c := t.connectTo(t.socket(o), ConnectOptions{Host: "odd.invalid", Port: 1, AutoSelectFamily: x.auto,
				Lookup: func(_ string, _ LookupOptions, cb func(error, []dns.Address)) {
					t.NextTickFunc(func() { cb(nil, []dns.Address{x.a}) })
				}}, nil)
			c.On("lookup", func(a ...any) {
				if a[2] == 0 {
					a[2] = nil
				}
				t.log(append([]any{x.label, "lookup"}, a...)...)
			})
			c.On("error", func(a ...any) { t.log(x.label, a[0]) })
			c.On("close", func(...any) { next(odds[1:]) })
		}
		next([]odd{
			{"one", stream.False, dns.Address{Address: "not-an-ip", Family: 4}, nil},
			{"family", stream.False, dns.Address{Address: "127.0.0.1", Family: 100}, nil},
			{"undefined", stream.False, dns.Address{Address: "127.0.0.1"}, nil},
			{"all", stream.Null, dns.Address{Address: "not-an-ip", Family: 4}, nil},
			{"allFamily", stream.Null, dns.Address{Address: "127.0.0.1", Family: 9}, nil},
			{"blocked", stream.Null, dns.Address{Address: "127.0.0.1", Family: 4}, blockListOf("127.0.0.1")},
		})
	},
	"attempts": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { end(c, "", nil); c.Resume() }, func() {
			c := t.connectTo(t.socket(NewSocketOptions()), ConnectOptions{Host: "several.invalid", Port: t.port,
				Lookup: t.answer("::1", "::1", "junk", "127.0.0.2", "127.0.0.1")}, nil)
			t.watch("c", c)
			c.On("lookup", func(a ...any) { t.log(append([]any{"lookup"}, a...)...) })
			t.watchAttempts(c)
			c.Resume()
			if c.Attempted() == nil {
				t.log("attempted", nil)
			}
			c.On("connect", func(...any) {
				t.log("attempted", strings.ReplaceAll(strings.Join(c.Attempted(), ","), text(t.port), "PORT"), c.RemoteAddress())
			})
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"attemptsFail": func(t *tracer) {
		t.serve(NewServerOptions(), nil, func() {
			t.srv.Close(func(error) {
				o := NewSocketOptions()
				o.BlockList = blockListOf("127.0.0.3")
				c := t.connectTo(t.socket(o), ConnectOptions{Host: "several.invalid", Port: t.port,
					Lookup: t.answer("127.0.0.2", "::1", "127.0.0.3")}, nil)
				t.watchAttempts(c)
				c.On("connectionAttempt", func(...any) { t.tick("attempt") })
				c.On("error", func(a ...any) {
					e := nodeError(a[0])
					errs, _ := e.Props[0].Value.([]error)
					t.log("error", e.Kind, e.Kind, e.Code, `"`+e.Message+`"`, "code", len(errs))
					for _, x := range errs {
						t.log("of", x)
					}
				})
				c.On("close", func(a ...any) { t.log("close", a[0]) })
			})
		})
	},
	"onread": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { end(c, "0123456789", nil); c.Resume() }, func() {
			memory := make([]byte, 4)
			n := 0
			o := NewSocketOptions()
			var c *Socket
			o.OnRead = &OnRead{
				Buffer: func() []byte { return memory },
				Callback: func(size int, p []byte) bool {
					t.log("read", size, p[:size], &p[0] == &memory[0])
					t.tick("read")
					if n++; n == 1 {
						t.later(func() { t.log("resume"); c.Resume() })
						return false
					}
					return true
				},
			}
			c = t.connectTo(t.socket(o), ConnectOptions{Port: t.port, Host: "127.0.0.1"}, nil)
			t.watch("c", c)
			c.On("close", func(...any) { t.log("bytesRead", c.BytesRead()); t.srv.Close(nil) })
		})
	},
	"signal": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { c.Resume() }, func() {
			sig := new(signal)
			o := NewSocketOptions()
			o.Signal = sig
			var c *Socket
			c = t.watch("c", t.connectTo(t.socket(o), ConnectOptions{Port: t.port, Host: "127.0.0.1"}, func() {
				sig.abort()
				t.log("aborted", c.Destroyed())
				t.tick("abort")
			}))
			c.On("close", func(...any) { t.srv.Close(nil) })
		})
	},
	"listenSignal": func(t *tracer) {
		sig := new(signal)
		srv := NewServer(t.Loop, NewServerOptions(), nil)
		srv.On("close", func(...any) { t.log("close") })
		o := NewListenOptions()
		o.Signal = sig
		must(t, srv.Listen(o, t.once(func() {
			t.log("listening")
			sig.abort()
			t.log("listens", srv.Listening())
			t.tick("abort")
		})))
	},
	"unref": func(t *tracer) {
		var peer, c *Socket
		srv := NewServer(t.Loop, NewServerOptions(), func(s *Socket) { t.log("s"); peer = s; s.Unref() })
		o := NewListenOptions()
		o.Host = "127.0.0.1"
		must(t, srv.Listen(o, t.once(func() {
			t.log("listening")
			a, _, _ := srv.Address()
			c = t.socket(NewSocketOptions())
			c.Unref()
			t.log(c.ListenerCount("connect"))
			t.connectTo(c, ConnectOptions{Port: a.Port, Host: "127.0.0.1"}, func() {
				t.log("connect")
				t.later(func() { t.log("immediate") })
			})
		})))
		srv.Unref()
		t.leftOpen = func() { peer.Destroy(nil); c.Destroy(nil); srv.Close(nil) }
	},
	"twoReads": func(t *tracer) {
		var two []*Socket
		t.serve(NewServerOptions(), func(c *Socket) {
			if two = append(two, c); len(two) == 2 {
				t.later(func() {
					write(two[0], "one", nil)
					write(two[1], "two", nil)
					end(two[0], "", nil)
					end(two[1], "", nil)
				})
			}
			c.Resume()
		}, func() {
			left := 2
			for _, name := range []string{"a", "b"} {
				c := t.connect(nil)
				c.OnData(func(d buffer.Chunk) {
					t.log(name, d)
					t.tick(name)
					t.NextTickFunc(func() { t.log("micro", name) })
				})
				c.OnEnd(func() { t.log(name, "end") })
				c.On("close", func(...any) {
					t.log(name, "close")
					if left--; left == 0 {
						t.srv.Close(nil)
					}
				})
			}
		})
	},
	"errorInClose": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) { c.Resume() }, func() {
			var c *Socket
			c = t.connect(func() {
				c.Destroy(errors.New("first"))
				c.Destroy(errors.New("second"))
				t.log("state", c.ReadyState(), undefinedIfEmpty(c.RemoteAddress()), undefinedIfEmpty(c.LocalAddress()), nil)
			})
			c.On("error", func(a ...any) { t.log("error", a[0].(error).Error(), c.Closed()); c.Destroy(errors.New("third")) })
			c.On("close", func(a ...any) { t.log("close", a[0], c.Closed()); t.srv.Close(nil) })
		})
	},
	"address": func(t *tracer) {
		t.serve(NewServerOptions(), func(c *Socket) {
			t.log("s", c.RemoteAddress(), c.PeerName().Family, c.LocalAddress(), c.SocketName().Family)
			c.On("close", func(...any) {
				t.log("s closed", c.RemoteAddress(), undefinedIfEmpty(c.LocalAddress()), "{}")
				if !c.Address().IsZero() {
					t.log(c.Address())
				}
			})
			c.Resume()
		}, func() {
			var c *Socket
			c = t.connectTo(t.socket(NewSocketOptions()), ConnectOptions{Port: t.port, Host: "127.0.0.1", LocalAddress: "127.0.0.2"}, func() {
				t.log("c", c.RemoteAddress(), c.PeerName().Port == t.port, c.PeerName().Family, c.LocalAddress(), c.SocketName().Family, "address,family,port")
				end(c, "", nil)
			})
			t.log("c before", undefinedIfEmpty(c.RemoteAddress()), undefinedIfEmpty(c.LocalAddress()))
			c.Resume()
			c.On("close", func(...any) {
				t.log("c closed", c.RemoteAddress(), undefinedIfEmpty(c.LocalAddress()))
				t.srv.Close(nil)
			})
		})
	},
}

func errOrNil(err error) any {
	if err == nil {
		return nil
	}
	return err
}

// answer is a look-up that finds the given addresses.
func (t *tracer) answer(ips ...string) LookupFunc {
	return func(_ string, _ LookupOptions, cb func(error, []dns.Address)) {
		as := make([]dns.Address, len(ips))
		for i, ip := range ips {
			as[i] = dns.Address{Address: ip, Family: 6}
			if IsIP(ip) == 4 {
				as[i].Family = 4
			}
		}
		t.NextTickFunc(func() { cb(nil, as) })
	}
}

func (t *tracer) watchAttempts(c *Socket) {
	c.On("connectionAttempt", func(a ...any) { t.log("attempt", a[0], a[1] == t.port, a[2]) })
	c.On("connectionAttemptFailed", func(a ...any) { t.log("failed", a[0], a[1] == t.port, a[2], a[3]) })
	c.On("connectionAttemptTimeout", func(a ...any) { t.log("timeout", a[0], a[1] == t.port, a[2]) })
}

// signal is an AbortSignal that tests abort.
type signal struct {
	aborted bool
	fs      []func()
}

func (s *signal) Aborted() bool { return s.aborted }
func (s *signal) Reason() error { return nil }
func (s *signal) OnAbort(f func()) func() {
	i := len(s.fs)
	s.fs = append(s.fs, f)
	return func() { s.fs[i] = nil }
}
func (s *signal) abort() {
	s.aborted = true
	for _, f := range s.fs {
		if f != nil {
			f()
		}
	}
}
