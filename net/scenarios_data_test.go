package net

import (
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/stream"
)

// dataScenarios are about reading, writing and idling. They follow testdata/traces.js line by line.
var dataScenarios = scenarios{
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
			c.SetTimeout(200, t.once(func() { t.log("callback") }))
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
}
