package loop

// NextTick queues t to run when the outermost call-out ends, before the loop
// goes on (https://nodejs.org/api/process.html#processnexttickcallback-args).
func (l *Loop) NextTick(t Task) { l.ticks.push(l.ticked(t)) }

// NextTickFunc is NextTick for a function.
func (l *Loop) NextTickFunc(f func()) { l.ticks.push(l.ticked(Func(f))) }

// HasTicks reports whether ticks are queued.
func (l *Loop) HasTicks() bool { return l.ticks.n > 0 }

// TickPending returns the number of queued ticks.
func (l *Loop) TickPending() int { return l.ticks.n }

// RunTicks runs ticks in order, also those they queue, until none is left or
// the loop is stopping. A tick leaves the queue before it runs, so the function
// may be called again after a panic.
func (l *Loop) RunTicks() {
	for l.ticks.n > 0 && !l.Stopping() {
		l.ticks.pop().Run()
	}
}

// ring is a FIFO of tasks that allocates only to grow.
type ring struct {
	buf  []Task // length is a power of two
	head int
	n    int
}

// ringKeep is the capacity above which an emptied ring gives its memory back.
const ringKeep = 4096

func (r *ring) push(t Task) {
	if r.n == len(r.buf) {
		r.grow()
	}
	r.buf[(r.head+r.n)&(len(r.buf)-1)] = t
	r.n++
}

func (r *ring) pop() Task {
	t := r.buf[r.head]
	r.buf[r.head] = nil
	r.head = (r.head + 1) & (len(r.buf) - 1)
	r.n--
	if r.n == 0 && len(r.buf) > ringKeep {
		r.buf, r.head = nil, 0
	}
	return t
}

func (r *ring) grow() {
	buf := make([]Task, max(64, 2*len(r.buf)))
	k := copy(buf, r.buf[r.head:])
	copy(buf[k:], r.buf[:r.head])
	r.buf, r.head = buf, 0
}
