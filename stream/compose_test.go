package stream

import (
	"errors"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

func testLoop(t *testing.T) *loop.Loop {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// list is an iterator of texts.
type list struct {
	texts    []string
	returned bool
	fail     error
}

func (it *list) Next(done func(buffer.Chunk, bool, error)) {
	if len(it.texts) == 0 {
		done(none, it.fail == nil, it.fail)
		return
	}
	c := buffer.Text(it.texts[0])
	it.texts = it.texts[1:]
	done(c, false, nil)
}

func (it *list) Return(_ error, done func(error)) {
	it.returned = true
	done(nil)
}

// upper yields what it iterates in capitals.
type upper struct{ Iterator }

func (u upper) Next(done func(buffer.Chunk, bool, error)) {
	u.Iterator.Next(func(c buffer.Chunk, end bool, err error) {
		if c.Kind == buffer.KindBytes {
			c = buffer.Text(string(c.Bytes))
		}
		c.Text = strings.ToUpper(c.Text)
		done(c, end, err)
	})
}

func collect(s *Stream, into *[]string) {
	s.OnData(func(c buffer.Chunk) { *into = append(*into, showChunk(c)) })
	s.OnEnd(func() { *into = append(*into, "end") })
	s.On("error", func(args ...any) { *into = append(*into, "error "+showError(args[0].(error))) })
	s.On("close", func(...any) { *into = append(*into, "close") })
}

func expect(t *testing.T, got []string, want string) {
	t.Helper()
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got %s, want %s", g, want)
	}
}

func TestFrom(t *testing.T) {
	for _, c := range []struct {
		name string
		it   *list
		want string
	}{
		{"values", &list{texts: []string{"a", "b", "c"}}, "s:a s:b s:c end close"},
		{"empty", &list{}, "end close"},
		{"failing", &list{texts: []string{"a"}, fail: errors.New("boom")}, "s:a error E(boom) close"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := testLoop(t)
			var got []string
			l.Callback(loop.Func(func() { collect(From(l, nil, c.it, FromOptions()), &got) }))
			expect(t, got, c.want)
			if !c.it.returned {
				t.Error("the iterator was not ended")
			}
		})
	}
	l := testLoop(t)
	var got []string
	l.Callback(loop.Func(func() { collect(FromOne(l, nil, buffer.Text("abc"), FromOptions()), &got) }))
	expect(t, got, "s:abc end close")
}

func drain(it Iterator, got *[]string) {
	it.Next(func(c buffer.Chunk, end bool, err error) {
		switch {
		case err != nil:
			*got = append(*got, showError(err))
		case end:
			*got = append(*got, "end")
		default:
			*got = append(*got, showChunk(c))
			drain(it, got)
		}
	})
}

func TestIterate(t *testing.T) {
	l := testLoop(t)
	r := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	var got []string
	l.Callback(loop.Func(func() {
		drain(Iterate(r, false), &got)
		r.Push(buffer.Text("a"))
	}))
	l.Callback(loop.Func(func() { r.Push(buffer.Text("b")); r.Push(none) }))
	expect(t, got, "b:a b:b end")
	if !r.Destroyed() {
		t.Error("not destroyed")
	}

	r = New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	got = nil
	l.Callback(loop.Func(func() { drain(Iterate(r, false), &got); r.Destroy(errors.New("boom")) }))
	expect(t, got, "E(boom)")

	for _, keep := range []bool{false, true} {
		r = New(l, &Methods{Read: func(int) {}}, ReadableOptions())
		it := Iterate(r, keep)
		l.Callback(loop.Func(func() {
			r.Push(buffer.Text("a"))
			it.Next(func(buffer.Chunk, bool, error) {})
			it.Return(nil, func(error) {})
		}))
		if r.Destroyed() == keep {
			t.Errorf("keep %t: destroyed %t", keep, r.Destroyed())
		}
	}
}

func TestPipelineOfFunctions(t *testing.T) {
	l := testLoop(t)
	var got []string
	source := Func(func(prev any, _ Signal) any {
		if prev != nil {
			t.Error("a source has no predecessor")
		}
		return &list{texts: []string{"a", "b"}}
	})
	through := Func(func(prev any, _ Signal) any { return upper{iteratorOf(prev)} })
	w := New(l, &Methods{Write: func(c buffer.Chunk, _ string, done func(error)) {
		got = append(got, showChunk(c))
		l.NextTickFunc(func() { done(nil) })
	}}, WritableOptions())
	run := func(stages ...any) {
		got = nil
		l.Callback(loop.Func(func() {
			_, err := Pipeline(l, stages, PipelineOptions{}, func(err error, v buffer.Chunk) { got = append(got, showError(err)+showChunk(v)) })
			if err != nil {
				got = append(got, showError(err))
			}
		}))
	}
	run(source, through, w)
	expect(t, got, "b:A b:B nullnull")

	r := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	run(r, through, Func(func(prev any, _ Signal) any { return upper{prev.(Iterator)} }))
	if len(got) != 0 {
		t.Errorf("done early: %q", got)
	}
	l.Callback(loop.Func(func() { r.Destroy(errors.New("boom")) }))
	expect(t, got, "E(boom)null")

	run(Func(func(any, Signal) any { return 5 }), w)
	expect(t, got, "E(ERR_INVALID_RETURN_VALUE)")
	run(source)
	expect(t, got, "E(ERR_MISSING_ARGS)")
}

func TestCompose(t *testing.T) {
	l := testLoop(t)
	var got []string
	var d *Stream
	l.Callback(loop.Func(func() {
		a, b := New(l, nil, PassThroughOptions()), New(l, nil, PassThroughOptions())
		up, err := DuplexFunc(l, nil, func(prev any, _ Signal) any { return upper{prev.(Iterator)} })
		if err != nil {
			t.Fatal(err)
		}
		if d, err = Compose(l, nil, []any{a, up, b}); err != nil {
			t.Fatal(err)
		}
		collect(d, &got)
		d.Write(buffer.Text("ab"), "", nil)
		d.End(buffer.Text("c"), "", nil)
	}))
	expect(t, got, "b:AB b:C end close")

	got = nil
	l.Callback(loop.Func(func() {
		a, b := New(l, nil, PassThroughOptions()), New(l, nil, PassThroughOptions())
		d, _ = Compose(l, nil, []any{a, b})
		collect(d, &got)
		a.Destroy(errors.New("boom"))
	}))
	expect(t, got, "error E(boom) close")

	r := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	if _, err := Compose(l, nil, []any{New(l, nil, PassThroughOptions()), r}); nodeerr.Code(err) != "ERR_INVALID_ARG_VALUE" {
		t.Errorf("a readable in the end: %v", err)
	}
}
