package net

import ()

// serverScenarios are about servers. They follow testdata/traces.js line by line.
var serverScenarios = scenarios{
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
}
