package loop

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/spindle-js/spindle/internal/poll"
)

// ErrRunning is returned by Run when the loop runs already.
var ErrRunning = errors.New("loop: already running")

// ErrClosed is returned by methods called after Close.
var ErrClosed = errors.New("loop: closed")

// Loop is one event loop. Make it with New; see the package comment for which
// goroutine may use it.
type Loop struct {
	clock   Clock
	virtual VirtualClock // clock, when it decides itself how to wait
	epoch   int64        // clock reading at New, ns
	now     int64        // cached loop time, ms since epoch

	enter  func(Task) // runs an outermost call-out and drains
	inside bool       // within an outermost call-out
	ticks  ring

	timers  timers
	check   checkPhase
	pending []Task
	first   []Task // of the check phase, before the immediates
	closing []Task // the last one closed runs first
	spare   []Task // a drained queue of pending or closing, for reuse

	poller *poll.Poller
	watch  watches
	posts  posts

	handles  handleList
	requests handleList
	dormant  handleList // open handles that are inactive
	kinds    map[string]*kind
	holds    int

	running   bool
	stopped   bool
	closed    bool
	cancelled *atomic.Bool // this Run's context has ended; each Run has its own

	works   int           // Work under way, without WorkCPU
	cpu     chan struct{} // one token per running WorkCPU
	stats   counters
	tracker Tracker
	value   any
	slots   []slot
	buf     readBuffer
	scratch []byte
}

// An Option changes what New makes.
type Option func(*config)

type config struct {
	clock      Clock
	cpuWorkers int
}

// New makes a loop, which holds two descriptors until Close. Its time starts at
// 0 ms. The error is that of the system call that failed.
func New(opts ...Option) (*Loop, error) {
	c := config{clock: monotonic{}, cpuWorkers: defaultCPUWorkers()}
	for _, o := range opts {
		o(&c)
	}
	p, err := poll.Open()
	if err != nil {
		return nil, err
	}
	l := &Loop{
		clock:  c.clock,
		epoch:  c.clock.Nanotime(),
		poller: p,
		kinds:  make(map[string]*kind),
		cpu:    make(chan struct{}, c.cpuWorkers),
	}
	l.enter = l.runAndDrain
	l.cancelled = new(atomic.Bool)
	l.timers.init()
	l.check.init()
	if v, ok := c.clock.(VirtualClock); ok {
		l.virtual = v
		v.Attach(l.wake)
	}
	return l, nil
}

// Run turns the loop until nothing is alive or Stop is called, and then returns
// nil, or until ctx ends, and then returns ctx.Err(). It may be called again:
// what is queued by then is served, as after Node's 'beforeExit'. A Stop made
// before Run makes it return at once.
//
// The body of the loop is the order of the phases, as libuv has it since 1.45:
// timers once at the start, then after the closing phase of each iteration.
func (l *Loop) Run(ctx context.Context) error {
	if err := l.begin(); err != nil {
		return err
	}
	defer l.end()
	defer l.cancelWith(ctx)()

	l.drain()
	if l.Alive() {
		l.runTimers()
	} else if l.tracker != nil && !l.Stopping() {
		l.tracker.Check()
	}
	for l.Alive() && !l.Stopping() {
		l.stats.iterations++
		l.runPending()
		l.runPoll()
		l.runCheck()
		l.runClosing()
		l.runTimers()
		if l.tracker != nil && !l.Alive() && !l.Stopping() {
			l.tracker.Check()
		}
	}
	if l.cancelled.Load() {
		return ctx.Err()
	}
	return nil
}

func (l *Loop) begin() error {
	switch {
	case l.closed:
		return ErrClosed
	case l.running:
		return ErrRunning
	}
	l.running = true
	l.inside = false // a panic that ended an earlier Run may have left it
	l.UpdateTime()
	l.stats.begin(l)
	return nil
}

func (l *Loop) end() {
	l.running = false
	l.stopped = false
}

// cancelWith makes ctx's end stop the loop. The result undoes it. The function
// given to the context may run late, when another Run is under way: it must not
// touch that one's flag.
func (l *Loop) cancelWith(ctx context.Context) func() {
	if ctx.Done() == nil {
		return func() {}
	}
	cancelled := new(atomic.Bool)
	cancelled.Store(ctx.Err() != nil)
	l.cancelled = cancelled
	undo := context.AfterFunc(ctx, func() {
		cancelled.Store(true)
		l.wake()
	})
	return func() {
		undo()
		l.cancelled = new(atomic.Bool)
	}
}

// Stop makes Run return after the current callback: no further timer,
// immediate, tick, event, posted, pending or closing task runs. Those stay
// queued. A Watcher that makes several call-outs for one event asks Stopping
// between them.
func (l *Loop) Stop() { l.stopped = true }

// Stopping reports whether Stop was called, or Run's context has ended, and Run
// has not returned yet.
func (l *Loop) Stopping() bool { return l.stopped || l.cancelled.Load() }

// Running reports whether Run is on the stack.
func (l *Loop) Running() bool { return l.running }

// Alive reports whether anything referenced would keep Run going: an active
// handle, a request, a timer, an immediate, a hold, or a queued pending or
// closing task. Posted functions and ticks do not count.
func (l *Loop) Alive() bool {
	return l.handles.refs > 0 || l.requests.refs > 0 || l.timers.refs > 0 || l.check.refs > 0 ||
		l.holds > 0 || len(l.pending) > 0 || len(l.first) > 0 || len(l.closing) > 0
}

// Hold keeps the loop alive until the matching Release, without a name.
func (l *Loop) Hold() { l.holds++ }

// Release undoes one Hold. Another goroutine posts a function that calls it.
func (l *Loop) Release() {
	if l.holds == 0 {
		panic("loop: Release without Hold")
	}
	l.holds--
}

// Close releases the loop's descriptors, drops what is queued, cancels the
// contexts of running work and stops the delivery of signals. Descriptors under
// watch are not closed: they belong to their handles. Closing twice is allowed;
// closing a running loop returns ErrRunning.
func (l *Loop) Close() error {
	if l.running {
		return ErrRunning
	}
	if l.closed {
		return nil
	}
	l.closed = true
	l.posts.close()
	for r := l.requests.first(); r != nil; r = l.requests.after(r) {
		if w, ok := r.Owner.(*Work); ok {
			w.Cancel()
		}
	}
	for h := l.handles.first(); h != nil; {
		next := l.handles.after(h)
		if s, ok := h.Owner.(*SignalHandle); ok {
			s.Close()
		}
		h = next
	}
	return l.poller.Close()
}

// SetValue keeps v with the loop, for whoever embeds it (the JavaScript
// binding's realm).
func (l *Loop) SetValue(v any) { l.value = v }

// Value returns what SetValue was given last.
func (l *Loop) Value() any { return l.value }
