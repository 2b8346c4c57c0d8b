package loop

// Task is something that runs once on the loop's goroutine. Types that are
// queued often implement it themselves, which saves a closure.
type Task interface{ Run() }

// Func makes a Task of a function.
type Func func()

// Run calls f.
func (f Func) Run() { f() }

// Callback makes one call-out: it runs t and then the queued ticks, as Node's
// MakeCallback. Within another Callback it only runs t, and the outer one
// drains.
func (l *Loop) Callback(t Task) {
	if l.inside {
		t.Run()
		return
	}
	l.inside = true
	defer l.leave()
	l.enter(t)
}

func (l *Loop) leave() { l.inside = false }

// InCallback reports whether a Callback is on the stack.
func (l *Loop) InCallback() bool { return l.inside }

// SetEnter replaces what an outermost Callback does. f runs the task, then
// drains the ticks with RunTicks and whatever queues of its own belong there,
// and returns normally whatever the task did; a task may be one that does
// nothing, when only the ticks are to be drained. nil restores the default.
func (l *Loop) SetEnter(f func(Task)) {
	if f == nil {
		f = l.runAndDrain
	}
	l.enter = f
}

func (l *Loop) runAndDrain(t Task) {
	t.Run()
	l.RunTicks()
}

// drain runs ticks that were queued outside any call-out, or left behind by
// one that threw. Phases call it when a step ends.
func (l *Loop) drain() {
	if l.ticks.n > 0 && !l.inside && !l.Stopping() {
		l.Callback(nothing{})
	}
}

type nothing struct{}

func (nothing) Run() {}
