package messagingmod

import (
	"sync"

	"github.com/spindle-js/spindle/loop"
)

// end is one end of a channel: what was sent to it, and the port that has it,
// which changes when the port is moved.
type end struct {
	mu     *sync.Mutex // the channel's; guards what both ends hold
	peer   *end
	queue  []envelope
	port   *Port // nil while it is moved
	closed bool
}

// envelope is a message, or the news that the other end was closed.
type envelope struct {
	message any
	closing bool
}

func newChannel() (a, b *end) {
	mu := &sync.Mutex{}
	a, b = &end{mu: mu}, &end{mu: mu}
	a.peer, b.peer = b, a
	return a, b
}

// send queues an envelope at the other end and tells its port.
func (e *end) send(v envelope) {
	e.mu.Lock()
	defer e.mu.Unlock()
	to := e.peer
	if to.closed {
		return
	}
	to.queue = append(to.queue, v)
	if to.port != nil {
		to.port.rt.Loop.PostTask(delivery{to.port})
	}
}

// take removes the first envelope; started says that messages may be taken, not
// only the end.
func (e *end) take(started bool) (v envelope, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.queue) == 0 || !started && !e.queue[0].closing {
		return v, false
	}
	v = e.queue[0]
	e.queue[0] = envelope{}
	if e.queue = e.queue[1:]; len(e.queue) == 0 {
		e.queue = nil
	}
	return v, true
}

// attach makes p the port of the end; what has come meanwhile is announced.
func (e *end) attach(p *Port) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.port = p
	e.announce()
}

// announce posts a delivery for each envelope that waits; the lock is held.
func (e *end) announce() {
	for range e.queue {
		e.port.rt.Loop.PostTask(delivery{e.port})
	}
}

// detach takes the end from its port.
func (e *end) detach() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.port = nil
}

// shut closes the end; the other one hears of it after what was sent before.
func (e *end) shut() {
	e.mu.Lock()
	e.closed, e.queue, e.port = true, nil, nil
	e.mu.Unlock()
	e.send(envelope{closing: true})
}

// delivery is the task of one envelope.
type delivery struct{ p *Port }

// Run delivers one envelope; the port's loop calls it.
func (d delivery) Run() { d.p.handle.Callback(loop.Func(d.p.deliver)) }

var _ loop.Task = delivery{}
