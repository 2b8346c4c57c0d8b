package loop

import (
	"sync"
	"sync/atomic"

	"github.com/spindle-js/spindle/internal/poll"
)

// posts is the door for other goroutines.
type posts struct {
	n atomic.Int32 // len(queue), for a look without the lock

	mu     sync.Mutex // guards what follows, and the poller's life for wakes
	queue  []Task
	asleep bool // the loop blocks, or is about to: a post has to wake it
	closed bool

	spare []Task // loop goroutine only: the memory of a drained batch
}

// Post queues f to run on the loop, in the poll phase, as one call-out. Any
// goroutine may call it. It reports false, and does nothing, after Close.
// Functions of one goroutine run in the order of their posts. A posted function
// does not keep the loop alive; a Request or Hold taken beforehand does.
// Functions posted while posted functions run wait for the next iteration, so
// they cannot starve events.
func (l *Loop) Post(f func()) bool { return l.PostTask(Func(f)) }

// PostTask is Post for a Task.
func (l *Loop) PostTask(t Task) bool {
	p := &l.posts
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.queue = append(p.queue, t)
	p.n.Store(int32(len(p.queue)))
	p.wakeLocked(l.poller)
	return true
}

// wake makes a blocked loop go through an iteration. Any goroutine may call it,
// also after Close.
func (l *Loop) wake() {
	p := &l.posts
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	if p.asleep {
		p.wakeLocked(l.poller)
		return
	}
	// The loop may have looked at what has changed already, but not yet be
	// asleep: make its next wait return.
	_ = l.poller.Wake()
}

// wakeLocked wakes the loop once per sleep. It writes under the lock, so that
// Close cannot give the descriptor's number away in between.
func (p *posts) wakeLocked(poller *poll.Poller) {
	if p.asleep {
		p.asleep = false
		_ = poller.Wake()
	}
}

func (p *posts) empty() bool { return p.n.Load() == 0 }

// beforeSleep reports whether the loop may block: nothing was posted. From then
// until afterSleep posts wake it.
func (p *posts) beforeSleep() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asleep = len(p.queue) == 0
	return p.asleep
}

func (p *posts) afterSleep() {
	p.mu.Lock()
	p.asleep = false
	p.mu.Unlock()
}

func (p *posts) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.queue = nil
	p.n.Store(0)
}

// runPosted runs what was posted until now. After a Stop the rest stays first in
// the queue.
func (l *Loop) runPosted() {
	p := &l.posts
	if p.empty() || l.Stopping() {
		return
	}
	p.mu.Lock()
	batch := p.queue
	p.queue = p.spare
	p.n.Store(0)
	p.mu.Unlock()
	p.spare = nil

	for i, t := range batch {
		if l.Stopping() {
			p.putBack(batch[i:])
			break
		}
		l.Callback(t)
	}
	if cap(batch) <= ringKeep {
		clear(batch)
		p.spare = batch[:0]
	}
}

func (p *posts) putBack(rest []Task) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = append(append([]Task(nil), rest...), p.queue...)
	p.n.Store(int32(len(p.queue)))
}
