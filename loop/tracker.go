package loop

// Tracker carries an asynchronous context, such as the stores of
// AsyncLocalStorage and the ids of async_hooks, from where work is begun to where
// it runs (https://nodejs.org/api/async_context.html). Its methods are called on
// the loop's goroutine.
type Tracker interface {
	// Queued returns the task to run in the place of t, which was queued now: a
	// timer, an immediate, the end of work. It may be t itself.
	Queued(t Task) Task
	// Ticked is Queued for a tick.
	Ticked(t Task) Task
	// Begin returns the context of a handle, a request or other work that begins
	// now, nil for none. kind is its name; trigger is the context of what caused
	// it, nil for the present one.
	Begin(kind string, trigger any) any
	// Run runs t in a context that Begin returned.
	Run(context any, t Task)
	// End tells that the work of a context that Begin returned is over.
	End(context any)
	// Check is called before the immediates of an iteration and when the loop has
	// nothing left to do.
	Check()
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

func (l *Loop) ticked(t Task) Task {
	if l.tracker != nil {
		return l.tracker.Ticked(t)
	}
	return t
}

// Grab makes the present asynchronous context the handle's. Init does so; a
// handle that is put to another use does it anew.
func (h *Handle) Grab() { h.begin(h.kind.name, nil) }

func (h *Handle) begin(kind string, trigger any) {
	h.End()
	if h.l.tracker != nil {
		h.context = h.l.tracker.Begin(kind, trigger)
	}
}

// End tells that the handle is closed for good: async_hooks' destroy. Doing it
// twice, or before Init, is allowed.
func (h *Handle) End() {
	if h.context != nil && h.l.tracker != nil {
		h.l.tracker.End(h.context)
	}
	h.context = nil
}

// Callback makes one call-out in the handle's asynchronous context.
func (h *Handle) Callback(t Task) {
	if h.context == nil || h.l.tracker == nil {
		h.l.Callback(t)
		return
	}
	h.l.Callback(&inContext{t, h.context, h.l})
}

type inContext struct {
	t       Task
	context any
	l       *Loop
}

func (x *inContext) Run() { x.l.tracker.Run(x.context, x.t) }

// Async is the asynchronous context of work that is no handle, such as a parser.
// The zero Async is that of no work.
type Async struct {
	l       *Loop
	context any
}

// Begin makes the present context that of the work, which cause caused; cause
// may be nil.
func (a *Async) Begin(l *Loop, kind string, cause *Handle) {
	a.End()
	if l.tracker == nil {
		return
	}
	var trigger any
	if cause != nil {
		trigger = cause.context
	}
	a.l, a.context = l, l.tracker.Begin(kind, trigger)
}

// Tracked reports whether Run does more than run its task.
func (a *Async) Tracked() bool { return a.context != nil && a.l.tracker != nil }

// Run runs t in the context, within the call-out under way.
func (a *Async) Run(t Task) {
	if !a.Tracked() {
		t.Run()
		return
	}
	a.l.tracker.Run(a.context, t)
}

// End tells that the work is over.
func (a *Async) End() {
	if a.Tracked() {
		a.l.tracker.End(a.context)
	}
	a.context = nil
}
