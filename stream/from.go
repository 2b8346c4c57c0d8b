package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// FromOptions returns the defaults of Readable.from: object mode, one value
// read ahead.
func FromOptions() Options {
	o := ReadableOptions()
	o.ReadableObjectMode, o.ReadableHighWaterMark = true, 1
	return o
}

// From is Readable.from
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamreadablefromiterable-options):
// a Readable of the values of it, which is ended when the Readable is destroyed.
func From(l *loop.Loop, host events.Host, it Iterator, o Options) *Stream {
	f := &iterated{s: &Stream{}, it: it}
	f.s.Init(l, host, f.s, f, o)
	return f.s
}

// FromOne is Readable.from for text or bytes, which are one chunk.
func FromOne(l *loop.Loop, host events.Host, c buffer.Chunk, o Options) *Stream {
	s := &Stream{}
	s.Init(l, host, s, &Methods{Read: func(int) {
		s.Push(c)
		s.Push(none)
	}}, o)
	return s
}

// iterated is a readable half fed by an iterator.
type iterated struct {
	s       *Stream
	it      Iterator
	reading bool
}

// ReadImpl takes values until the queue is full.
func (f *iterated) ReadImpl(int) {
	if !f.reading {
		f.reading = true
		f.next()
	}
}

func (f *iterated) next() {
	for {
		answered, again, within := false, false, true
		f.it.Next(func(c buffer.Chunk, end bool, err error) {
			answered = true
			again = f.take(c, end, err)
			if again && !within {
				f.next()
			}
		})
		within = false
		if !answered || !again {
			return
		}
	}
}

// take passes a value on and reports whether to ask for the next.
func (f *iterated) take(c buffer.Chunk, end bool, err error) bool {
	switch {
	case err != nil:
		f.s.Destroy(err)
		return false
	case end:
		f.s.Push(none)
		return false
	case c.Kind == buffer.KindNone:
		f.reading = false
		f.s.Destroy(nodeerr.StreamNullValues())
		return false
	}
	more, err := f.push(c)
	if err != nil {
		f.s.Destroy(err)
		return false
	}
	f.reading = more
	return more
}

// push is Push; what a listener throws destroys the stream.
func (f *iterated) push(c buffer.Chunk) (more bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = f.s.Caught(p)
		}
	}()
	return f.s.Push(c), nil
}

// DestroyImpl ends the iterator.
func (f *iterated) DestroyImpl(err error, done func(error)) {
	f.it.Return(err, func(e error) {
		if e == nil || err != nil && sameError(e, err) {
			e = err
		}
		f.s.loop.NextTickFunc(func() { done(e) })
	})
}
