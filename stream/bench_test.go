package stream

import (
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
)

type sink struct{ n int }

func (k *sink) WriteImpl(c buffer.Chunk, _ string, done func(error)) {
	k.n += len(c.Bytes)
	done(nil)
}

type source struct {
	s    *Stream
	c    buffer.Chunk
	left int
}

func (p *source) ReadImpl(int) {
	if p.left == 0 {
		p.s.Push(buffer.Chunk{})
		return
	}
	p.left--
	p.s.Push(p.c)
}

func benchLoop(b *testing.B) *loop.Loop {
	l, err := loop.New()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	b.ReportAllocs()
	return l
}

func BenchmarkNew(b *testing.B) {
	l := benchLoop(b)
	k := &sink{}
	for b.Loop() {
		New(l, k, DuplexOptions())
	}
}

func BenchmarkWrite(b *testing.B) {
	l := benchLoop(b)
	w := New(l, &sink{}, WritableOptions())
	c := buffer.Bytes(make([]byte, 100))
	for b.Loop() {
		w.Write(c, "", nil)
	}
}

func BenchmarkWriteCallback(b *testing.B) {
	l := benchLoop(b)
	w := New(l, &sink{}, WritableOptions())
	c := buffer.Bytes(make([]byte, 100))
	n := 0
	cb := func(error) { n++ }
	write := loop.Func(func() { w.Write(c, "", cb) })
	for b.Loop() {
		l.Callback(write)
	}
}

func BenchmarkPushFlowing(b *testing.B) {
	l := benchLoop(b)
	r := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	n := 0
	r.OnData(func(c buffer.Chunk) { n += len(c.Bytes) })
	l.Callback(loop.Func(func() {}))
	c := buffer.Bytes(make([]byte, 1000))
	push := loop.Func(func() { r.Push(c) })
	for b.Loop() {
		l.Callback(push)
	}
	if n == 0 {
		b.Fatal("no data")
	}
}

func BenchmarkPushRead(b *testing.B) {
	l := benchLoop(b)
	r := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	c := buffer.Bytes(make([]byte, 1000))
	for b.Loop() {
		r.Push(c)
		if r.Read(ReadAll).IsNone() {
			b.Fatal("no data")
		}
		l.RunTicks()
	}
}

// BenchmarkPipe is one chunk of 64 kB from a source to a sink.
func BenchmarkPipe(b *testing.B) {
	l := benchLoop(b)
	p := &source{c: buffer.Bytes(make([]byte, 65536)), left: b.N}
	p.s = New(l, p, ReadableOptions())
	k := &sink{}
	w := New(l, k, WritableOptions())
	b.SetBytes(65536)
	l.Callback(loop.Func(func() { p.s.Pipe(w, PipeOptions{}) }))
	for k.n < b.N*65536 {
		l.RunTicks()
	}
}

// BenchmarkPipeSetup is a pipe made and ended.
func BenchmarkPipeSetup(b *testing.B) {
	l := benchLoop(b)
	r := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	w := New(l, &sink{}, WritableOptions())
	for b.Loop() {
		r.Pipe(w, PipeOptions{})
		r.Unpipe(w)
		l.RunTicks()
	}
}

func BenchmarkTransform(b *testing.B) {
	l := benchLoop(b)
	t := New(l, nil, PassThroughOptions())
	n := 0
	t.OnData(func(c buffer.Chunk) { n += len(c.Bytes) })
	l.RunTicks()
	c := buffer.Bytes(make([]byte, 1000))
	for b.Loop() {
		t.Write(c, "", nil)
		l.RunTicks()
	}
	if n == 0 {
		b.Fatal("no data")
	}
}
