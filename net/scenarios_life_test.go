package net

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/stream"
)

// lifeScenarios are about how sockets begin and end. They follow testdata/traces.js line by line.
var lifeScenarios = scenarios{
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
}
