package loop

// Timer is one timeout or interval, with the life of Node's Timeout class
// (https://nodejs.org/api/timers.html#class-timeout). The zero Timer may be
// embedded and started with Start.
type Timer struct {
	l          *Loop
	task       Task
	list       *timerList // the list it waits in, or nil
	prev, next *Timer
	start      int64 // ms, loop time it counts from
	after      int64 // ms; -1 when closed
	repeat     int64 // ms; 0 for a timeout
	live       bool  // counted: waiting, or its callback runs
	unref      bool
}

// SetTimer makes a timer that runs t after ms milliseconds (at least 1), and
// then every repeat milliseconds if repeat is not 0. The time counts from now,
// not from the cached loop time, as Node's does.
func (l *Loop) SetTimer(ms, repeat int64, t Task) *Timer {
	tm := new(Timer)
	tm.Start(l, ms, repeat, t)
	return tm
}

// Start arms t, which is new or was closed, or arms it anew. See SetTimer.
func (t *Timer) Start(l *Loop, ms, repeat int64, task Task) {
	t.l, t.task = l, l.queued(task)
	t.after = max(ms, 1)
	t.repeat = 0
	if repeat != 0 {
		t.repeat = max(repeat, 1)
	}
	t.Refresh()
}

// Refresh restarts the time from now. A timer that has fired is armed again; a
// closed one stays closed.
func (t *Timer) Refresh() {
	if t.after < 0 || t.l == nil {
		return
	}
	t.l.timers.insert(t, t.l.UpdateTime())
	t.count(true)
}

// Close disarms the timer for good (clearTimeout). Closing twice is allowed.
func (t *Timer) Close() {
	if t.l == nil {
		return
	}
	t.l.timers.remove(t)
	t.count(false)
	t.after = -1
}

// Ref lets the timer keep the loop alive, which is the default.
func (t *Timer) Ref() { t.setUnref(false) }

// Unref lets the loop end while the timer waits. If the loop goes on for another
// reason the timer fires as usual.
func (t *Timer) Unref() { t.setUnref(true) }

// HasRef reports whether the timer would keep the loop alive, armed or not.
func (t *Timer) HasRef() bool { return !t.unref }

// Active reports whether the timer waits to fire.
func (t *Timer) Active() bool { return t.list != nil }

// Duration returns the milliseconds from start to firing, -1 when closed.
func (t *Timer) Duration() int64 { return t.after }

// Started returns the loop time in ms that the timer counts from (_idleStart).
func (t *Timer) Started() int64 { return t.start }

// Repeat returns the period in ms, 0 for a timeout (_repeat).
func (t *Timer) Repeat() int64 { return t.repeat }

// SetRepeat changes the period from the next firing on; 0 makes that the last.
func (t *Timer) SetRepeat(ms int64) { t.repeat = max(ms, 0) }

// Destroyed reports whether the timer is over: closed, or a timeout whose
// callback has returned (_destroyed). Refresh revives the latter.
func (t *Timer) Destroyed() bool { return !t.live }

func (t *Timer) setUnref(unref bool) {
	live := t.live
	t.count(false)
	t.unref = unref
	t.count(live)
}

// count keeps the number of timers that hold the loop.
func (t *Timer) count(live bool) {
	if t.live == live {
		return
	}
	t.live = live
	n := 1
	if !live {
		n = -1
	}
	t.l.timers.live += n
	if !t.unref {
		t.l.timers.refs += n
	}
}

// fire runs the callback of a timer that was taken off its list. An interval is
// set again from the time its callback began; a timeout that its callback did
// not refresh is over.
func (t *Timer) fire() {
	start := int64(-1)
	if t.repeat != 0 {
		start = t.l.UpdateTime()
	}
	t.l.Callback(t.task)
	switch {
	case t.after < 0: // closed
	case t.repeat != 0:
		if start < 0 { // made an interval by its callback
			start = t.l.UpdateTime()
		}
		t.after = t.repeat
		t.l.timers.insert(t, start)
	case t.list == nil:
		t.count(false)
	}
}

// Neighbours returns the tasks of the timers of the same duration that were
// armed just before and just after t, nil where t is the first or last one; ok
// is false if t does not wait.
func (t *Timer) Neighbours() (older, newer Task, ok bool) {
	if t.list == nil {
		return nil, nil, false
	}
	return t.prev.Task(), t.next.Task(), true
}

// Task returns what t runs, nil for no timer.
func (t *Timer) Task() Task {
	if t == nil {
		return nil
	}
	return unwrapped(t.task)
}

// unwrapped returns the task that a Tracker has wrapped.
func unwrapped(t Task) Task {
	if w, ok := t.(interface{ Unwrap() Task }); ok {
		return w.Unwrap()
	}
	return t
}

// Expiry returns when the first timer of t's duration is due, in milliseconds
// of the loop's time; 0 if t does not wait.
func (t *Timer) Expiry() int64 {
	if t.list == nil {
		return 0
	}
	return t.list.expiry
}
