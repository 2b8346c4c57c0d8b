package loop

// timers holds all timers as Node describes it: one list per duration, in order
// of insertion, and a heap of the lists by the time at which the first of each
// is due. Inserting and refreshing append to a list, so a list stays sorted
// except for intervals, which count from before they are appended.
type timers struct {
	byDuration map[int64]*timerList
	recent     *timerList // the list looked up last
	heap       []*timerList
	seq        int64 // orders lists that are due at the same time
	refs       int   // live timers that are not unref'd
	live       int   // live timers
	firing     *timerList
	free       *timerList // one emptied list, for reuse
}

// timerList is the timers of one duration.
type timerList struct {
	ms         int64
	expiry     int64 // not after the first timer is due; exact once looked at
	seq        int64
	pos        int // in the heap; -1 when dropped
	head, tail *Timer
}

func (ts *timers) init() { ts.byDuration = make(map[int64]*timerList) }

// insert puts t at the end of its list, counting from start (ms).
func (ts *timers) insert(t *Timer, start int64) {
	t.start = start
	list := ts.recent
	if list == nil || list.ms != t.after {
		list = ts.byDuration[t.after]
		if list == nil {
			list = ts.open(t.after, start)
		}
		ts.recent = list
	}
	if t.list == list {
		if list.tail == t {
			return
		}
		list.unlink(t)
		list.append(t)
		return
	}
	// An interval whose period differs from its first delay, or a timer started
	// anew, may leave another list. Append first: list must not be dropped.
	old := t.list
	if old != nil {
		ts.remove(t)
	}
	list.append(t)
}

// remove takes t off its list, if it is on one.
func (ts *timers) remove(t *Timer) {
	list := t.list
	if list == nil {
		return
	}
	list.unlink(t)
	if list.head == nil {
		ts.drop(list)
	}
}

func (ts *timers) open(ms, start int64) *timerList {
	list := ts.free
	if list == nil {
		list = new(timerList)
	}
	ts.free = nil
	ts.seq++
	*list = timerList{ms: ms, expiry: start + ms, seq: ts.seq, pos: len(ts.heap)}
	ts.byDuration[ms] = list
	ts.heap = append(ts.heap, list)
	ts.up(list.pos)
	return list
}

// drop forgets an empty list.
func (ts *timers) drop(list *timerList) {
	if list.pos < 0 {
		return
	}
	delete(ts.byDuration, list.ms)
	if ts.recent == list {
		ts.recent = nil
	}
	last := len(ts.heap) - 1
	if i := list.pos; i != last {
		ts.place(ts.heap[last], i)
		ts.heap[last] = nil
		ts.heap = ts.heap[:last]
		ts.down(i)
		ts.up(i)
	} else {
		ts.heap[last] = nil
		ts.heap = ts.heap[:last]
	}
	list.pos = -1
	if list != ts.firing {
		ts.free = list
	}
}

// next returns when the earliest list is due, in ms of loop time.
func (ts *timers) next() (expiry int64, ok bool) {
	if len(ts.heap) == 0 {
		return 0, false
	}
	return ts.heap[0].expiry, true
}

func (list *timerList) append(t *Timer) {
	t.list = list
	t.prev, t.next = list.tail, nil
	if list.tail != nil {
		list.tail.next = t
	} else {
		list.head = t
	}
	list.tail = t
}

func (list *timerList) unlink(t *Timer) {
	if t.prev != nil {
		t.prev.next = t.next
	} else {
		list.head = t.next
	}
	if t.next != nil {
		t.next.prev = t.prev
	} else {
		list.tail = t.prev
	}
	t.prev, t.next, t.list = nil, nil, nil
}

func (a *timerList) before(b *timerList) bool {
	return a.expiry < b.expiry || a.expiry == b.expiry && a.seq < b.seq
}

func (ts *timers) place(list *timerList, i int) {
	ts.heap[i] = list
	list.pos = i
}

func (ts *timers) up(i int) {
	list := ts.heap[i]
	for i > 0 {
		parent := (i - 1) / 2
		if !list.before(ts.heap[parent]) {
			break
		}
		ts.place(ts.heap[parent], i)
		i = parent
	}
	ts.place(list, i)
}

func (ts *timers) down(i int) {
	list := ts.heap[i]
	for {
		child := 2*i + 1
		if child >= len(ts.heap) {
			break
		}
		if r := child + 1; r < len(ts.heap) && ts.heap[r].before(ts.heap[child]) {
			child = r
		}
		if !ts.heap[child].before(list) {
			break
		}
		ts.place(ts.heap[child], i)
		i = child
	}
	ts.place(list, i)
}

// runTimers is the timers phase: it fires what is due at the time the phase
// begins. Time that passes in callbacks makes nothing more due, so timers
// cannot starve the other phases.
func (l *Loop) runTimers() {
	ts := &l.timers
	if len(ts.heap) == 0 {
		return
	}
	now := l.UpdateTime()
	for len(ts.heap) > 0 && ts.heap[0].expiry <= now && !l.Stopping() {
		l.runTimerList(ts.heap[0], now)
	}
	l.drain()
}

// runTimerList fires the timers of one list up to the first that is not due,
// for which it re-arms the list.
func (l *Loop) runTimerList(list *timerList, now int64) {
	ts := &l.timers
	ts.firing = list // it must not be recycled if it is dropped meanwhile
	defer func() { ts.firing = nil }()
	for t := list.head; t != nil; t = list.head {
		if l.Stopping() {
			return
		}
		if now-t.start < list.ms {
			ts.seq++
			list.seq = ts.seq
			list.expiry = max(t.start+list.ms, now+1)
			ts.down(list.pos)
			return
		}
		list.unlink(t)
		t.fire()
	}
	ts.firing = nil
	ts.drop(list)
}
