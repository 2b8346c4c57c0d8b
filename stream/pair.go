package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// side is one end of a duplex pair: a write on one side is a read on the other.
type side struct {
	s       *Stream
	other   *side
	waiting func(error) // the write that waits for the other side's read
}

// NewDuplexPair is stream.duplexPair
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamduplexpairoptions).
// o is a variant of DuplexOptions; hosts may be nil.
func NewDuplexPair(l *loop.Loop, hostA, hostB events.Host, o Options) (a, b *Stream) {
	x, y := &side{s: &Stream{}}, &side{s: &Stream{}}
	x.other, y.other = y, x
	x.s.Init(l, hostA, x.s, x, o)
	y.s.Init(l, hostB, y.s, y, o)
	return x.s, y.s
}

// ReadImpl lets the other side's write complete: its data has been taken.
func (d *side) ReadImpl(int) {
	if cb := d.waiting; cb != nil {
		d.waiting = nil
		cb(nil)
	}
}

// WriteImpl pushes into the other side.
func (d *side) WriteImpl(c buffer.Chunk, _ string, done func(error)) {
	if d.other.s.readLen(c) == 0 {
		d.s.loop.NextTickFunc(func() { done(nil) })
		return
	}
	d.other.s.Push(c)
	d.other.waiting = done
}

// FinalImpl ends the other side.
func (d *side) FinalImpl(done func(error)) {
	d.other.s.On("end", func(...any) { done(nil) })
	d.other.s.Push(none)
}
