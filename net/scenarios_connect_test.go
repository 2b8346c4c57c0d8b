package net

import (
	"strings"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// connectScenarios are about connects that fail or take several attempts. They follow testdata/traces.js line by line.
var connectScenarios = scenarios{
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
}
