package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/nodeerr"
)

// Mapper makes a result of a value; keep false leaves it out. done is called
// once, at once or later.
type Mapper func(v buffer.Chunk, done func(r buffer.Chunk, keep bool, err error))

// MapOptions are the options of Map.
type MapOptions struct {
	// Concurrency is how many calls of the mapper are under way at most, at
	// least 1; Queue is how many results wait at most, at least Concurrency.
	Concurrency, Queue int
	Signal             Signal
}

// mapping is what Map returns.
type mapping struct {
	src Iterator
	fn  Mapper
	o   MapOptions

	queue   []*mapped
	running int
	want    func(c buffer.Chunk, end bool, err error)
	started bool
	paused  bool // waits for room
	over    bool // no further values are wanted
	given   bool // the head of the queue was handed out
}

type mapped struct {
	settled, keep, end bool
	c                  buffer.Chunk
	err                error
}

// Map is the iteration of what fn makes of the values of src, in their order
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readablemapfn-options):
// filter, forEach and the like are built on it. It reads ahead.
func Map(src Iterator, fn Mapper, o MapOptions) Iterator {
	return &mapping{src: src, fn: fn, o: o}
}

func (m *mapping) aborted() bool { return m.o.Signal != nil && m.o.Signal.Aborted() }

// pull asks for values until there is no room.
func (m *mapping) pull() {
	for {
		answered, again, within := false, false, true
		m.src.Next(func(c buffer.Chunk, end bool, err error) {
			answered = true
			again = m.take(c, end, err)
			if again && !within {
				m.pull()
			}
		})
		within = false
		if !answered || !again {
			return
		}
	}
}

func (m *mapping) take(c buffer.Chunk, end bool, err error) (again bool) {
	switch {
	case err != nil:
		m.last(&mapped{settled: true, err: err})
		return false
	case end:
		m.last(&mapped{settled: true, end: true})
		return false
	case m.over:
		m.src.Return(nil, func(error) {})
		return false
	case m.aborted():
		err := nodeerr.Abort(nil)
		m.src.Return(err, func(error) { m.last(&mapped{settled: true, err: err}) })
		return false
	}
	x := &mapped{}
	m.running++
	m.queue = append(m.queue, x)
	m.fn(c, func(r buffer.Chunk, keep bool, err error) {
		x.settled, x.c, x.keep, x.err = true, r, keep, err
		m.running--
		if err != nil {
			m.over = true
		}
		m.room()
		m.deliver()
	})
	if !m.over && (len(m.queue) >= m.o.Queue || m.running >= m.o.Concurrency) {
		m.paused = true
		return false
	}
	return true
}

// last adds what ends the iteration.
func (m *mapping) last(x *mapped) {
	m.queue = append(m.queue, x)
	m.over = true
	m.deliver()
}

// room goes on with the source if there is room.
func (m *mapping) room() {
	if m.paused && !m.over && m.running < m.o.Concurrency && len(m.queue) < m.o.Queue {
		m.paused = false
		m.pull()
	}
}

// deliver answers the consumer if it waits and the next result is there.
func (m *mapping) deliver() {
	for m.want != nil && len(m.queue) > 0 && m.queue[0].settled {
		x := m.queue[0]
		want := m.want
		switch {
		case x.end:
			m.want = nil
			want(none, true, nil)
		case x.err != nil:
			m.want = nil
			m.leave()
			want(none, false, x.err)
		case m.aborted():
			m.want = nil
			m.leave()
			want(none, false, nodeerr.Abort(nil))
		case x.keep:
			m.want, m.given = nil, true
			want(x.c, false, nil)
		default:
			m.queue = m.queue[1:]
			m.room()
		}
	}
}

// leave lets the source end: with its next value it is told so.
func (m *mapping) leave() {
	m.over = true
	if m.paused {
		m.paused = false
		m.pull()
	}
}

// Next implements Iterator.
func (m *mapping) Next(done func(c buffer.Chunk, end bool, err error)) {
	m.want = done
	if m.given {
		m.given = false
		m.queue = m.queue[1:]
		m.room()
	}
	if !m.started {
		m.started = true
		m.pull()
	}
	m.deliver()
}

// Return implements Iterator.
func (m *mapping) Return(_ error, done func(error)) {
	if m.started {
		m.leave()
	}
	done(nil)
}
