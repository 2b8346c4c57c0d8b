package net

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// transports make two connected ends and call f with them.
var transports = map[string]func(t testing.TB, l *loop.Loop, f func(a, b *stream.Stream)){
	"tcp": func(t testing.TB, l *loop.Loop, f func(a, b *stream.Stream)) {
		o := NewServerOptions()
		o.AllowHalfOpen = true
		var accepted, connected *Socket
		both := func() {
			if accepted != nil && connected != nil {
				f(&connected.Stream, &accepted.Stream)
			}
		}
		listen(t, l, o, func(c *Socket) { accepted = c; both() }, func(s *Server, port int) {
			so := NewSocketOptions()
			so.AllowHalfOpen = true
			c := dial(t, l, port, so)
			c.Once("connect", func(...any) { s.Close(nil); connected = c; both() })
		})
	},
	"unix": func(t testing.TB, l *loop.Loop, f func(a, b *stream.Stream)) {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		must(t, err)
		var ends [2]*stream.Stream
		for i, fd := range fds {
			o := NewSocketOptions()
			o.FD, o.AllowHalfOpen = fd, true
			s, err := NewSocket(l, o)
			must(t, err)
			ends[i] = &s.Stream
		}
		f(ends[0], ends[1])
	},
	"duplexPair": func(_ testing.TB, l *loop.Loop, f func(a, b *stream.Stream)) {
		f(stream.NewDuplexPair(l, nil, nil, stream.DuplexOptions()))
	},
}

// contract is what every connected pair of streams keeps. Each case ends with
// both ends destroyed.
var contract = map[string]func(t testing.TB, l *loop.Loop, a, b *stream.Stream){
	"bytes come in order, in both directions at once": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		random := rand.New(rand.NewPCG(1, 2))
		left := 2
		for _, way := range [][2]*stream.Stream{{a, b}, {b, a}} {
			from, to := way[0], way[1]
			var want, got bytes.Buffer
			var send func()
			send = func() {
				for want.Len() < 2_000_000 {
					p := make([]byte, 1+random.IntN(100_000))
					for i := range p {
						p[i] = byte(random.Uint32())
					}
					want.Write(p)
					if !from.Write(buffer.Bytes(p), "", nil) {
						from.Once("drain", func(...any) { send() })
						return
					}
				}
				from.End(none, "", nil)
			}
			to.OnData(func(c buffer.Chunk) { got.Write(c.Bytes) })
			to.OnEnd(func() {
				if !bytes.Equal(want.Bytes(), got.Bytes()) {
					t.Errorf("%d bytes came of %d, or others", got.Len(), want.Len())
				}
				if left--; left == 0 {
					a.Destroy(nil)
					b.Destroy(nil)
				}
			})
			send()
		}
	},
	"callbacks come in order, each once": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		var order []int
		for i := range 50 {
			a.Write(buffer.Bytes(make([]byte, 10_000)), "", func(err error) {
				if err != nil {
					t.Error(err)
				}
				order = append(order, i)
			})
		}
		a.End(none, "", func(error) {
			for i, n := range order {
				if i != n {
					t.Errorf("order %v", order)
					break
				}
			}
			if len(order) != 50 {
				t.Errorf("%d callbacks", len(order))
			}
			a.Destroy(nil)
		})
		b.Resume()
		b.OnEnd(func() { b.Destroy(nil) })
	},
	"a reader that pauses holds the writer up": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		total, got := 0, 0
		for total < 64<<20 && a.WritableLength() < 1<<20 {
			a.Write(buffer.Bytes(make([]byte, 1<<16)), "", nil)
			total += 1 << 16
		}
		if !a.WritableNeedDrain() {
			t.Error("the writer is not held up")
		}
		b.Pause()
		b.OnData(func(c buffer.Chunk) { got += len(c.Bytes) })
		l.SetTimer(30, 0, loop.Func(func() {
			if got != 0 {
				t.Error("data while paused")
			}
			if b.ReadableLength() > 4<<16 {
				t.Errorf("%d bytes in the reader's queue", b.ReadableLength())
			}
			b.Resume()
			a.End(none, "", nil)
		}))
		b.OnEnd(func() {
			if got != total {
				t.Errorf("%d bytes of %d", got, total)
			}
			a.Destroy(nil)
			b.Destroy(nil)
		})
	},
	"each direction ends by itself": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		said := ""
		b.OnEnd(func() {
			if a.ReadableEnded() {
				t.Error("both ended")
			}
			l.SetImmediate(loop.Func(func() { b.End(buffer.Text("answer"), "", nil) }))
		})
		b.Resume()
		a.OnData(func(c buffer.Chunk) { said += string(c.Bytes) })
		a.OnEnd(func() {
			if said != "answer" {
				t.Errorf("said %q", said)
			}
			a.Destroy(nil)
			b.Destroy(nil)
		})
		a.End(none, "", nil)
	},
	"a write after end is an error": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		var codes []string
		note := func(err error) { codes = append(codes, nodeerr.Code(err)) }
		a.On("error", func(args ...any) { note(args[0].(error)) })
		a.End(none, "", nil)
		a.Write(buffer.Text("x"), "", note)
		a.On("close", func(...any) {
			if len(codes) != 2 || codes[0] != "ERR_STREAM_WRITE_AFTER_END" || codes[1] != codes[0] {
				t.Errorf("codes %v", codes)
			}
			b.Destroy(nil)
		})
		b.On("error", func(...any) {}) // a reset, perhaps
		b.Resume()
	},
	"destroy emits close once, and the error before it": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		var events []string
		mine := nodeerr.New(nodeerr.KindError, "MINE", "mine")
		a.On("error", func(args ...any) {
			if args[0] != error(mine) {
				t.Error(args[0])
			}
			events = append(events, "error")
		})
		a.On("close", func(...any) { events = append(events, "close") })
		a.On("data", func(...any) { events = append(events, "data") })
		a.On("end", func(...any) { events = append(events, "end") })
		a.Destroy(mine)
		a.Destroy(nil)
		b.On("error", func(...any) {})
		b.Write(buffer.Text("too late"), "", nil)
		l.SetTimer(20, 0, loop.Func(func() {
			if len(events) != 2 || events[0] != "error" || events[1] != "close" {
				t.Errorf("events %v", events)
			}
			b.Destroy(nil)
		}))
	},
	"cork gathers, uncork sends": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		got := ""
		a.Cork()
		for _, s := range []string{"one ", "two ", "three"} {
			a.Write(buffer.Text(s), "", nil)
		}
		a.Write(buffer.Text("ff"), "hex", nil)
		l.SetImmediate(loop.Func(func() {
			if got != "" || a.WritableLength() == 0 {
				t.Errorf("%q left while corked", got)
			}
			a.Uncork()
			a.End(none, "", nil)
		}))
		b.OnData(func(c buffer.Chunk) { got += string(c.Bytes) })
		b.OnEnd(func() {
			if got != "one two three\xff" {
				t.Errorf("%q", got)
			}
			a.Destroy(nil)
			b.Destroy(nil)
		})
	},
	"a pipe carries everything and ends": func(t testing.TB, l *loop.Loop, a, b *stream.Stream) {
		b.Pipe(b, stream.PipeOptions{})
		got := 0
		a.OnData(func(c buffer.Chunk) { got += len(c.Bytes) })
		a.OnEnd(func() {
			if got != 3_000_000 {
				t.Errorf("%d bytes came back", got)
			}
			a.Destroy(nil)
			b.Destroy(nil)
		})
		a.End(buffer.Bytes(make([]byte, 3_000_000)), "", nil)
	},
}

func TestContract(t *testing.T) {
	for transport, connect := range transports {
		for rule, check := range contract {
			t.Run(transport+"/"+rule, func(t *testing.T) {
				done := 0
				run(t, func(l *loop.Loop) {
					connect(t, l, func(a, b *stream.Stream) {
						a.On("close", func(...any) { done++ })
						b.On("close", func(...any) { done++ })
						check(t, l, a, b)
					})
				})
				if done != 2 {
					t.Errorf("%d ends closed", done)
				}
			})
		}
	}
}
