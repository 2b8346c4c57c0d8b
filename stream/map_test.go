package stream

import (
	"errors"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
)

// later answers its calls in the order that a test asks for.
type later struct {
	calls []func()
	most  int
	live  int
}

func (l *later) mapper(v buffer.Chunk, done func(buffer.Chunk, bool, error)) {
	l.live++
	l.most = max(l.most, l.live)
	l.calls = append(l.calls, func() {
		l.live--
		switch v.Text {
		case "fail":
			done(none, false, errors.New("boom"))
		default:
			done(buffer.Text(v.Text+v.Text), v.Text != "skip", nil)
		}
	})
}

// answer answers the i'th of the calls that wait.
func (l *later) answer(i int) {
	f := l.calls[i]
	l.calls = append(l.calls[:i:i], l.calls[i+1:]...)
	f()
}

func TestMap(t *testing.T) {
	for _, c := range []struct {
		name        string
		values      []string
		concurrency int
		answers     []int // which of the waiting calls is answered next
		want        string
		most        int
	}{
		{"one at a time", []string{"a", "b"}, 1, []int{0, 0}, "s:aa s:bb end", 1},
		{"results in order", []string{"a", "b", "c"}, 3, []int{2, 1, 0}, "s:aa s:bb s:cc end", 3},
		{"left out", []string{"a", "skip", "c"}, 2, []int{0, 0, 0}, "s:aa s:cc end", 2},
		{"failing", []string{"a", "fail", "c"}, 1, []int{0, 0}, "s:aa E(boom)", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			calls := &later{}
			drain(Map(&list{texts: c.values}, calls.mapper, MapOptions{Concurrency: c.concurrency, Queue: 2*c.concurrency - 1}), &got)
			for _, i := range c.answers {
				calls.answer(i)
			}
			expect(t, got, c.want)
			if calls.most != c.most {
				t.Errorf("%d calls at once, want %d", calls.most, c.most)
			}
		})
	}
}

// TestMapEndsSource checks that the source is ended when the consumer leaves.
func TestMapEndsSource(t *testing.T) {
	src, calls := &list{texts: []string{"a", "b", "c"}}, &later{}
	it := Map(src, calls.mapper, MapOptions{Concurrency: 1, Queue: 1})
	var got []string
	it.Next(func(c buffer.Chunk, _ bool, _ error) { got = append(got, showChunk(c)) })
	calls.answer(0)
	it.Return(nil, func(error) {})
	expect(t, got, "s:aa")
	if !src.returned {
		t.Error("the source was not ended")
	}
}

func TestLimit(t *testing.T) {
	for _, c := range []struct {
		name string
		it   func(Iterator) Iterator
		want string
		left bool // the source was ended early
	}{
		{"take 2", func(it Iterator) Iterator { return Take(it, 2, nil) }, "s:a s:b end", true},
		{"take 0", func(it Iterator) Iterator { return Take(it, 0, nil) }, "end", true},
		{"take more", func(it Iterator) Iterator { return Take(it, 9, nil) }, "s:a s:b s:c end", false},
		{"drop 2", func(it Iterator) Iterator { return Drop(it, 2, nil) }, "s:c end", false},
		{"drop all", func(it Iterator) Iterator { return Drop(it, 9, nil) }, "end", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := &list{texts: []string{"a", "b", "c"}}
			var got []string
			drain(c.it(src), &got)
			expect(t, got, c.want)
			if src.returned != c.left {
				t.Errorf("ended early %t, want %t", src.returned, c.left)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	l := testLoop(t)
	var got []string
	src := From(l, nil, &list{texts: []string{"a", "b"}}, FromOptions())
	dst := New(l, &Methods{Write: func(c buffer.Chunk, _ string, done func(error)) {
		got = append(got, "wrote "+showChunk(c))
		done(nil)
	}}, WritableOptions())
	l.Callback(loop.Func(func() {
		d := Join(l, nil, src, dst)
		collect(d, &got)
		d.Write(buffer.Text("x"), "", nil)
		d.End(none, "", nil)
	}))
	expect(t, got, "wrote b:x s:a s:b end close")

	// Either half's failure ends both.
	got = nil
	src = New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	dst = New(l, &Methods{Write: func(_ buffer.Chunk, _ string, done func(error)) { done(nil) }}, WritableOptions())
	l.Callback(loop.Func(func() {
		collect(Join(l, nil, src, dst), &got)
		dst.On("error", func(...any) {})
		src.On("error", func(...any) {})
		dst.Destroy(errors.New("boom"))
	}))
	expect(t, got, "error E(boom) close")
	if !src.Destroyed() {
		t.Error("the source was not destroyed")
	}
}
