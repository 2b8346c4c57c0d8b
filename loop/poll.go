package loop

import "runtime"

// runPoll is the poll phase: it waits for events until the next timer is due,
// not at all if there is something else to do, and then serves the events, the
// posted tasks and the pending queue.
func (l *Loop) runPoll() {
	if l.Stopping() {
		return
	}
	l.watch.flush(l.poller)
	n := l.wait()
	l.stats.events += uint64(n)
	l.deliver(n)
	l.runPosted()
	for range pendingRounds {
		l.runPending()
	}
}

// wait returns the number of events. It looks without blocking first: that is a
// raw system call, which leaves Go's scheduler alone, and a busy loop finds
// something with it.
func (l *Loop) wait() int {
	n := l.must(l.poller.Try())
	if woken := l.poller.Woken(); n > 0 || woken || !l.mayBlock() {
		return l.awake(n)
	}
	before := l.nanotime()
	l.now = before / 1e6
	ms := l.timeout()
	if ms == 0 || !l.posts.beforeSleep() {
		return l.awake(0)
	}
	if l.virtual != nil {
		ms = l.virtual.Wait(ms)
	}
	n = l.must(l.poller.Wait(ms))
	l.posts.afterSleep()
	l.poller.Woken() // whoever woke the loop left the reason elsewhere
	after := l.nanotime()
	l.now = after / 1e6
	l.stats.idle += after - before
	return n
}

// awake ends a wait that did not block. A loop that never blocks keeps its
// processor to itself, so it lends it to the goroutines of Work, which may have
// no other to begin on.
func (l *Loop) awake(n int) int {
	if l.works > 0 {
		runtime.Gosched()
	}
	l.UpdateTime()
	l.stats.waiting += uint64(n)
	return n
}

// mayBlock reports whether nothing but events and timers is left to wait for.
func (l *Loop) mayBlock() bool {
	return l.check.refs == 0 && l.check.now.head == nil && len(l.pending) == 0 && len(l.first) == 0 && len(l.closing) == 0 &&
		len(l.watch.failed) == 0 && l.posts.empty() && l.Alive()
}

// timeout returns the milliseconds until the next timer, -1 without one. An
// unref'd timer counts: it fires if the loop runs for another reason.
func (l *Loop) timeout() int {
	expiry, ok := l.timers.next()
	if !ok {
		return -1
	}
	return int(min(max(expiry-l.now, 0), 1<<31-1))
}

// deliver serves the events of the last wait. If the loop is stopped on the
// way, those left over are reported again by the next one.
func (l *Loop) deliver(n int) {
	if len(l.watch.failed) > 0 {
		l.watch.deliverFailed()
		l.drain()
	}
	for i := range n {
		if l.Stopping() {
			return
		}
		l.watch.deliver(l.poller.Event(i))
		l.drain()
	}
}

// must panics on an error of the poller: its descriptor is gone, which only
// code that closes numbers it does not own can bring about.
func (l *Loop) must(n int, err error) int {
	if err != nil {
		panic("loop: " + err.Error())
	}
	return n
}
