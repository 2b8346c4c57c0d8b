package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
)

// Iterator is a source of values asked for one at a time: a sync or async
// iterator of a host, or a readable (Iterate). There is one call under way at a
// time; done may be called at once or later.
type Iterator interface {
	Next(done func(c buffer.Chunk, end bool, err error))
	// Return ends the iteration early; err is why, nil for none.
	Return(err error, done func(error))
}

// Readables is what Iterate reads from.
type Readables interface {
	Peer
	Read(n int) buffer.Chunk
}

// readIterator is readable[Symbol.asyncIterator]
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readablesymbolasynciterator).
type readIterator struct {
	p       Readables
	keep    bool // destroyOnReturn: false
	wake    func()
	readyL  *events.Listener
	cleanup func()
	err     error
	over    bool // the stream finished without an error
	done    bool // the iterator did
}

// Iterate returns the async iterator of a readable. Unless keep is set the
// readable is destroyed when the iteration is left early. It listens from the
// first Next on.
func Iterate(p Readables, keep bool) Iterator { return &readIterator{p: p, keep: keep} }

func (it *readIterator) start() {
	it.readyL = listener("next", false, func(...any) { it.ready() })
	add(it.p, "readable", it.readyL)
	it.cleanup = Finished(it.p, FinishedOptions{Writable: False}, func(err error) {
		if err != nil {
			it.err = aggregate(it.err, err)
		} else {
			it.over = it.err == nil
		}
		it.ready()
	})
}

func (it *readIterator) ready() {
	if f := it.wake; f != nil {
		it.wake = nil
		f()
	}
}

func (it *readIterator) Next(done func(c buffer.Chunk, end bool, err error)) {
	if it.done {
		done(none, true, nil)
		return
	}
	if it.cleanup == nil {
		it.start()
	}
	var c buffer.Chunk
	if f := it.p.Facts(); !f.Destroyed {
		c = it.p.Read(ReadAll)
	}
	switch {
	case c.Kind != buffer.KindNone:
		done(c, false, nil)
	case it.err != nil:
		err := it.err
		it.leave()
		done(none, false, err)
	case it.over:
		it.leave()
		done(none, true, nil)
	default:
		it.wake = func() { it.Next(done) }
	}
}

func (it *readIterator) Return(err error, done func(error)) {
	if !it.done && it.cleanup != nil {
		it.err = aggregate(it.err, err)
		it.leave()
	}
	it.done = true
	done(nil)
}

// leave lets go of the readable, or destroys it.
func (it *readIterator) leave() {
	it.done = true
	f := it.p.Facts()
	if (it.err != nil || !it.keep) && (it.err == nil && !it.over || f.R.AutoDestroy) {
		DestroyPeer(it.p, nil)
		return
	}
	remove(it.p, "readable", it.readyL)
	it.cleanup()
}
