package stream

import (
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// TestPipeListeners looks at which listeners pipes have: the loop's where a
// source and a destination have one pipe, their own else, and always those of
// one pipe alone once a host asked.
func TestPipeListeners(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	source := func() *Stream { return New(l, &Methods{Read: func(int) {}}, ReadableOptions()) }
	sink := func(to *string) *Stream {
		return New(l, &Methods{Write: func(c buffer.Chunk, _ string, done func(error)) {
			*to += string(c.Bytes)
			done(nil)
		}}, WritableOptions())
	}
	data := func(s *Stream, i int) *events.Listener { return s.Listeners(events.Name("data"))[i] }
	var a, b, c string
	one, two := source(), source()
	l.Callback(loop.Func(func() {
		one.Pipe(sink(&a), PipeOptions{})
		two.Pipe(sink(&b), PipeOptions{})
		if data(one, 0) != data(two, 0) {
			t.Error("two simple pipes have listeners of their own")
		}
		two.Pipe(sink(&c), PipeOptions{})
		if data(two, 0) == data(two, 1) {
			t.Error("two pipes of one source share their listeners")
		}
		shared := data(one, 0)
		own := shared.Individual(&one.Emitter)
		if own == shared || data(one, 0) != own || own.Individual(&one.Emitter) != own {
			t.Error("a host is shown a listener that other pipes have too")
		}
		one.Push(buffer.Bytes([]byte("1")))
		two.Push(buffer.Bytes([]byte("2")))
	}))
	l.Callback(loop.Func(func() {
		one.Unpipe(nil)
		two.Unpipe(nil)
		for _, s := range []*Stream{one, two} {
			if n := s.EventCount(); n != 0 {
				t.Errorf("%d events have listeners after unpipe", n)
			}
		}
	}))
	if a != "1" || b != "2" || c != "2" {
		t.Errorf("written: %q %q %q", a, b, c)
	}
	if one.out != nil || two.out != nil {
		t.Error("a pipe that is over is held")
	}
}

// TestPipeTables makes the same pipe again and again: no table of listeners is
// made any more.
func TestPipeTables(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	src := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	dst := New(l, &Methods{Write: func(_ buffer.Chunk, _ string, done func(error)) { done(nil) }}, WritableOptions())
	round := func() {
		l.Callback(loop.Func(func() {
			src.Pipe(dst, PipeOptions{})
			src.Unpipe(dst)
		}))
	}
	for range 4 {
		round()
	}
	if n := testing.AllocsPerRun(100, round); n > 3 {
		t.Errorf("a pipe allocates %v times", n)
	}
}
