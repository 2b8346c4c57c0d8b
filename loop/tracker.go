package loop

// Tracker carries an asynchronous context, such as the stores of
// AsyncLocalStorage, from where work is queued to where it runs
// (https://nodejs.org/api/async_context.html). Its methods are called on the
// loop's goroutine.
type Tracker interface {
	// Queued returns the task to run in the place of t, which was queued now: a
	// tick, a timer, an immediate, the end of work. It may be t itself.
	Queued(t Task) Task
	// Grab returns the present context, nil for none: a handle keeps it.
	Grab() any
	// Run runs t in a context that Grab returned.
	Run(context any, t Task)
}

// SetTracker sets the tracker of what is queued from now on; nil for none. A
// loop without one pays a test for it.
func (l *Loop) SetTracker(t Tracker) { l.tracker = t }

// Track returns the task to run in the place of t, which is to come later: in the
// present asynchronous context. t is then run at most once.
func (l *Loop) Track(t Task) Task { return l.queued(t) }

func (l *Loop) queued(t Task) Task {
	if l.tracker != nil {
		return l.tracker.Queued(t)
	}
	return t
}

// Grab makes the present asynchronous context the handle's. Init does so; a
// handle that is put to another use does it anew.
func (h *Handle) Grab() {
	h.context = nil
	if h.l.tracker != nil {
		h.context = h.l.tracker.Grab()
	}
}

// Callback makes one call-out in the handle's asynchronous context.
func (h *Handle) Callback(t Task) {
	if h.context == nil || h.l.tracker == nil {
		h.l.Callback(t)
		return
	}
	h.l.Callback(&inContext{t, h})
}

type inContext struct {
	t Task
	h *Handle
}

func (x *inContext) Run() { x.h.l.tracker.Run(x.h.context, x.t) }
