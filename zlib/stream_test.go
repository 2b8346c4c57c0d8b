package zlib

import (
	"bytes"
	"context"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// on runs f on a loop and then the loop, until nothing is left.
func on(t *testing.T, f func(l *loop.Loop)) {
	t.Helper()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	f(l)
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func newStream(t *testing.T, l *loop.Loop, m Mode) *Stream {
	t.Helper()
	s, err := NewStream(l, m, DefaultOptions(m))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPipe(t *testing.T) {
	data := sample(200_000)
	for _, pair := range [][2]Mode{{Gzip, Gunzip}, {ZstdCompress, ZstdDecompress}} {
		var got []byte
		var e, d *Stream
		on(t, func(l *loop.Loop) {
			e, d = newStream(t, l, pair[0]), newStream(t, l, pair[1])
			e.Pipe(d, stream.PipeOptions{})
			d.OnData(func(c buffer.Chunk) { got = append(got, c.Bytes...) })
			for at := 0; at < len(data); at += 5000 {
				e.Write(buffer.Bytes(data[at:at+5000]), "", nil)
			}
			e.End(buffer.Chunk{}, "", nil)
		})
		if !bytes.Equal(got, data) || e.BytesWritten != int64(len(data)) || d.BytesWritten == 0 {
			t.Errorf("%v: %d bytes of %d, written %d and %d", pair, len(got), len(data), e.BytesWritten, d.BytesWritten)
		}
	}
}

func TestFlushThenClose(t *testing.T) {
	var order []string
	var got []byte
	on(t, func(l *loop.Loop) {
		s := newStream(t, l, Deflate)
		s.OnData(func(c buffer.Chunk) { got = append(got, c.Bytes...) })
		s.Write(buffer.Text("sent"), "", func(error) { order = append(order, "written") })
		s.Flush(SyncFlush, func(error) {
			order = append(order, "flushed")
			p := make([]byte, 10)
			if _, n, _ := codec(t, Inflate, nil).Step(got, p, NoFlush); string(p[:n]) != "sent" {
				t.Errorf("after the flush: %q", p[:n])
			}
			s.Close(func(err error) { order = append(order, "closed") })
		})
	})
	if len(order) != 3 || order[0] != "written" || order[1] != "flushed" || order[2] != "closed" {
		t.Error(order)
	}
}

func TestCorrupt(t *testing.T) {
	var failed error
	on(t, func(l *loop.Loop) {
		s := newStream(t, l, Gunzip)
		s.AddListener(events.Name("error"), events.NewListener(func(a ...any) { failed, _ = a[0].(error) }, false), false)
		s.Write(buffer.Text("this is no gzip"), "", nil)
	})
	if failed == nil || failed.Error() != "incorrect header check" {
		t.Error(failed)
	}
}
