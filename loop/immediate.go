package loop

// Immediate is one setImmediate
// (https://nodejs.org/api/timers.html#class-immediate). The zero Immediate may
// be embedded and started with Start.
type Immediate struct {
	l          *Loop
	task       Task
	list       *immediateList // the list it waits in, or nil
	prev, next *Immediate
	unref      bool
}

// checkPhase holds the immediates: those for the next check phase, and those of
// the present one that have not run yet.
type checkPhase struct {
	next, now *immediateList
	refs      int // queued immediates that are not unref'd
	live      int // queued immediates
}

type immediateList struct{ head, tail *Immediate }

func (c *checkPhase) init() { c.next, c.now = new(immediateList), new(immediateList) }

// SetImmediate queues t for the next check phase; from within one, for that of
// the next iteration.
func (l *Loop) SetImmediate(t Task) *Immediate {
	im := new(Immediate)
	im.Start(l, t)
	return im
}

// Start queues im, if it is not queued already. See SetImmediate.
func (im *Immediate) Start(l *Loop, t Task) {
	if im.list != nil {
		return
	}
	im.l, im.task = l, l.queued(t)
	list := l.check.next
	im.list = list
	im.prev, im.next = list.tail, nil
	if list.tail != nil {
		list.tail.next = im
	} else {
		list.head = im
	}
	list.tail = im
	im.count(1)
}

// Clear takes the immediate out of its queue, also out of one that is being
// run. It does nothing when the immediate has run.
func (im *Immediate) Clear() {
	if im.list == nil {
		return
	}
	im.count(-1)
	list := im.list
	if im.prev != nil {
		im.prev.next = im.next
	} else {
		list.head = im.next
	}
	if im.next != nil {
		im.next.prev = im.prev
	} else {
		list.tail = im.prev
	}
	im.prev, im.next, im.list = nil, nil, nil
}

// Ref lets the immediate keep the loop alive, which is the default.
func (im *Immediate) Ref() { im.setUnref(false) }

// Unref lets the loop end, or wait for events, without running the immediate.
func (im *Immediate) Unref() { im.setUnref(true) }

// HasRef reports whether the immediate would keep the loop alive.
func (im *Immediate) HasRef() bool { return !im.unref }

// Active reports whether the immediate waits to run.
func (im *Immediate) Active() bool { return im.list != nil }

// Neighbours returns the tasks of the immediates queued just before and just
// after im, nil where there is none.
func (im *Immediate) Neighbours() (before, after Task) {
	if im.prev != nil {
		before = unwrapped(im.prev.task)
	}
	if im.next != nil {
		after = unwrapped(im.next.task)
	}
	return before, after
}

func (im *Immediate) setUnref(unref bool) {
	if im.list == nil {
		im.unref = unref
		return
	}
	im.count(-1)
	im.unref = unref
	im.count(1)
}

func (im *Immediate) count(n int) {
	im.l.check.live += n
	if !im.unref {
		im.l.check.refs += n
	}
}

// runCheck is the check phase: the immediates queued before it, one call-out
// each. After a Stop the rest is first in the next check phase.
func (l *Loop) runCheck() {
	l.runFirst()
	if l.tracker != nil {
		l.tracker.Check()
	}
	c := &l.check
	if c.now.head == nil {
		c.now, c.next = c.next, c.now
	}
	for im := c.now.head; im != nil && !l.Stopping(); im = c.now.head {
		im.Clear()
		l.Callback(im.task)
	}
	l.drain()
}
