package bind

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// enter is the loop's call-out: the task, then ticks and microtasks until both
// are empty, in Node's order: microtasks whenever the tick queue is empty. It always returns: exceptions go to Runtime.Uncaught.
func (rt *Runtime) enter(t loop.Task) {
	if rt.exited {
		return
	}
	if rt.Turn != nil {
		rt.Turn.Store(Now())
		defer rt.Turn.Store(0)
	}
	if rt.once(t) {
		rt.ticksLater()
		return
	}
	for !rt.exited {
		var queues loop.Task
		switch {
		case rt.Loop.HasTicks() && rt.Loop.Stopping():
			return // they stay queued
		case rt.Loop.HasTicks():
			queues = runTicks{rt}
		case rt.jobs.Pending(rt.VM):
			queues = runJobs{rt}
		case rt.AfterTicks == nil || !rt.AfterTicks():
			engine.Forget(rt.VM)
			return
		default:
			continue
		}
		if rt.once(queues) {
			rt.ticksLater()
			return
		}
	}
}

type runTicks struct{ rt *Runtime }

func (r runTicks) Run() { r.rt.Loop.RunTicks() }

// runJobs runs the promise jobs. The exception of a microtask cannot unwind out
// of its job: it is reported when the job has ended.
type runJobs struct{ rt *Runtime }

func (r runJobs) Run() { r.rt.jobs.Run(r.rt.VM, r.rt.afterJob) }

func (rt *Runtime) afterJob() bool {
	for len(rt.later) > 0 && !rt.exited {
		v := rt.later[0]
		rt.later = rt.later[1:]
		if v.within == nil {
			rt.Uncaught(v.value, v.rejected)
		} else {
			v.within(loop.Func(func() { rt.Uncaught(v.value, v.rejected) }))
		}
	}
	return !rt.exited
}

// ticksLater lets what an exception left in the queues wait for the next
// call-out, as Node does: an immediate that does nothing.
func (rt *Runtime) ticksLater() {
	if !rt.exited && (rt.Loop.HasTicks() || rt.jobs.Pending(rt.VM)) {
		rt.Loop.SetImmediate(loop.Func(func() {}))
	}
}

// InVM runs fn inside goja with neither ticks nor exceptions handled after it:
// the error of a JavaScript exception is returned. For work that follows a
// call-out, such as the handlers of an uncaught exception.
func (rt *Runtime) InVM(fn func()) error { return rt.enterVM(loop.Func(fn)) }

// Exit is the panic that leaves JavaScript at once, running neither catch nor
// finally.
type Exit struct{}

// Leave ends the loop and unwinds the running JavaScript: process.exit.
func (rt *Runtime) Leave() {
	rt.exited = true
	rt.Loop.Stop()
	panic(Exit{})
}

// Exited reports whether Leave was called or the script was interrupted.
func (rt *Runtime) Exited() bool { return rt.exited }

// Interrupted returns what stopped the script from outside (a context's end),
// nil if nothing did.
func (rt *Runtime) Interrupted() error { return rt.interrupted }

// epoch is what Now counts from.
var epoch = time.Now()

// Now is the clock of Runtime.Turn, in nanoseconds; never 0.
func Now() int64 { return int64(time.Since(epoch)) + 1 }

// Stop ends the program, if it has not ended, for a reason of Go's; outside
// JavaScript.
func (rt *Runtime) Stop(reason error) {
	if rt.exited {
		return
	}
	rt.exited, rt.interrupted = true, reason
	rt.Loop.Stop()
}

// Size estimates the bytes that the program's objects hold; outside JavaScript.
func (rt *Runtime) Size() int64 { return engine.Size(rt) }

// enterVM runs t inside goja and returns the exception that ended it.
func (rt *Runtime) enterVM(t loop.Task) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil, Exit:
		case *goja.InterruptedError:
			err = x
		case *goja.StackOverflowError:
			err = x
		case runtime.Error:
			err = &internalError{fmt.Sprint(x), debug.Stack()}
		default:
			panic(x)
		}
	}()
	rt.task = t
	if ex := rt.VM.Try(rt.runTask); ex != nil {
		return ex
	}
	return nil
}

func (rt *Runtime) takeTask() {
	t := rt.task
	rt.task = nil
	t.Run()
}

// internalError is a fault of ours that a program ran into. It reaches the
// program as an exception, never as a panic.
type internalError struct {
	text  string
	stack []byte
}

func (e *internalError) Error() string { return e.text }

// UncaughtLater reports the exception of a microtask, which cannot unwind to
// the trampoline.
func (rt *Runtime) UncaughtLater(v goja.Value) { rt.reportLater(v, false) }

// RejectedLater is UncaughtLater for what a promise was rejected with.
func (rt *Runtime) RejectedLater(v goja.Value) { rt.reportLater(v, true) }

func (rt *Runtime) reportLater(v goja.Value, rejected bool) {
	x := laterException{value: v, rejected: rejected}
	if rt.AsyncSnapshot != nil {
		x.within = rt.AsyncSnapshot(nil)
	}
	rt.later = append(rt.later, x)
}

// laterException is an exception that waits to be reported, and what runs that in
// its asynchronous context; nil for none.
type laterException struct {
	value    goja.Value
	rejected bool
	within   func(loop.Task)
}

// once enters goja once and reports whether an exception ended it.
func (rt *Runtime) once(t loop.Task) (threw bool) {
	if rt.ResetAsync != nil {
		rt.ResetAsync()
	}
	err := rt.enterVM(t)
	if err == nil {
		return false
	}
	rt.threw(err)
	if rt.AsyncThrown != nil && !rt.exited {
		_ = rt.InVM(rt.AsyncThrown)
	}
	return true
}

// threw handles what ended a call-out.
func (rt *Runtime) threw(err error) {
	var in *goja.InterruptedError
	var ex *goja.Exception
	var deep *goja.StackOverflowError
	var bug *internalError
	switch {
	case errors.As(err, &in):
		rt.VM.ClearInterrupt()
		rt.exited = true
		rt.interrupted = err
		rt.Loop.Stop()
	case errors.As(err, &ex) && rt.Uncaught != nil:
		rt.ThrownAt = rt.ThrowSite(ex)
		rt.Uncaught(ex.Value(), false)
		rt.ThrownAt = ""
	case errors.As(err, &deep) && rt.Uncaught != nil:
		// The engine lets no catch see it: to a program it is an uncaught RangeError.
		v, newErr := rt.VM.New(rt.VM.Get("RangeError"), rt.VM.ToValue("Maximum call stack size exceeded"))
		if newErr != nil {
			panic(newErr)
		}
		rt.Uncaught(v, false)
	case errors.As(err, &bug) && rt.Uncaught != nil:
		v := rt.ErrorObject(nodeerr.KindError, "ERR_INTERNAL_ASSERTION", bug.text+"\nThis is caused by a bug in Spindle.\n"+string(bug.stack))
		rt.Uncaught(v, false)
	default:
		panic(err)
	}
}

// NativeSite stands for the place of an exception that a built-in function
// threw.
const NativeSite = "native"

// ThrowSite is the place of a throw statement, or of the call that threw:
// "file:line:column" of the first frame in a file of the program, NativeSite for
// a built-in function.
func (rt *Runtime) ThrowSite(ex *goja.Exception) string {
	if at := rt.StatementSite(ex.Value()); at != "" {
		return at
	}
	if rt.nativeThrow != nil && rt.nativeThrow.SameAs(ex.Value()) {
		return NativeSite
	}
	for i, f := range ex.Stack() {
		p := lang.NewFrame(&f)
		if p.Line == 0 && i == 0 {
			// Node's own functions give their errors codes; the language's do not.
			if o, ok := ex.Value().(*goja.Object); !ok || Get(o, "code") != goja.Undefined() {
				return NativeSite
			}
		}
		if p.Line == 0 || strings.HasPrefix(p.File, "node:") {
			continue
		}
		return place(&p)
	}
	return ""
}

// StatementSite is the place of the throw statement of the program that threw v
// last, "" where none did.
func (rt *Runtime) StatementSite(v goja.Value) string {
	f, ok := engine.ThrowSite(rt.VM, v)
	if !ok {
		return ""
	}
	p := lang.NewFrame(&f)
	if p.Line == 0 || strings.HasPrefix(p.File, "node:") {
		return ""
	}
	return place(&p)
}

func place(p *lang.Frame) string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }
