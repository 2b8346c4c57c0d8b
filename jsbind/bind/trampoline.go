package bind

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// trampoline gives Node's tick order on goja. Promise jobs run only when the
// outermost call into goja returns, so every call-out of the loop enters goja
// through one native function, which runs the callback and then the tick queue
// and returns; that is repeated until ticks and promise jobs are both exhausted.
type trampoline struct {
	enter goja.Callable
	task  loop.Task
	ticks bool // run the tick queue after the task
}

var trampolineProgram = goja.MustCompile("node:internal/process/task_queues", "(run => () => { run() })", true)

func (rt *Runtime) initTrampoline() {
	run := rt.VM.ToValue(func(goja.FunctionCall) goja.Value {
		t := rt.tramp.task
		rt.tramp.task = nil
		if t != nil {
			t.Run()
		}
		if rt.tramp.ticks && !rt.exited {
			rt.Loop.RunTicks()
		}
		return goja.Undefined()
	})
	// A JavaScript frame below the native function tells goja that it is not
	// at the top level: nested entries then leave the promise jobs alone.
	v, err := rt.VM.RunProgram(trampolineProgram)
	if err != nil {
		panic(err)
	}
	rt.tramp.enter, _ = goja.AssertFunction(rt.Call(v, goja.Undefined(), run))
	rt.Loop.SetEnter(rt.enter)
}

// enter is the loop's call-out: the task, then ticks and microtasks until both
// are empty. It always returns: exceptions go to Runtime.Uncaught.
func (rt *Runtime) enter(t loop.Task) {
	if rt.exited {
		return
	}
	if rt.once(t, true) {
		rt.ticksLater()
		return
	}
	for !rt.exited {
		for len(rt.later) > 0 && !rt.exited {
			v := rt.later[0]
			rt.later = rt.later[1:]
			rt.Uncaught(v, false)
		}
		if rt.Loop.HasTicks() {
			if rt.once(nil, true) {
				rt.ticksLater()
				return
			}
			continue
		}
		if rt.AfterTicks == nil || !rt.AfterTicks() {
			break
		}
	}
}

// ticksLater lets what an exception left in the tick queue wait for the next
// call-out, as Node does: an immediate that does nothing.
func (rt *Runtime) ticksLater() {
	if !rt.exited && rt.Loop.HasTicks() {
		rt.Loop.SetImmediate(loop.Func(func() {}))
	}
}

// InVM runs fn inside goja with neither ticks nor exceptions handled after it:
// the error of a JavaScript exception is returned. For work that follows a
// call-out, such as the handlers of an uncaught exception.
func (rt *Runtime) InVM(fn func()) error { return rt.enterVM(loop.Func(fn), false) }

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

func (rt *Runtime) enterVM(t loop.Task, ticks bool) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil, Exit:
		case runtime.Error:
			err = &internalError{fmt.Sprint(x), debug.Stack()}
		default:
			panic(x)
		}
	}()
	rt.tramp.task, rt.tramp.ticks = t, ticks
	_, err = rt.tramp.enter(goja.Undefined())
	return err
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
func (rt *Runtime) UncaughtLater(v goja.Value) { rt.later = append(rt.later, v) }

// once enters goja once and reports whether an exception ended it.
func (rt *Runtime) once(t loop.Task, ticks bool) (threw bool) {
	if rt.ResetAsync != nil {
		rt.ResetAsync()
	}
	err := rt.enterVM(t, ticks)
	if err == nil {
		return false
	}
	var in *goja.InterruptedError
	var ex *goja.Exception
	var deep *goja.StackOverflowError
	var bug *internalError
	switch {
	case errors.As(err, &in):
		rt.exited = true
		rt.interrupted = err
		rt.Loop.Stop()
	case errors.As(err, &ex) && rt.Uncaught != nil:
		rt.ThrownAt = throwSite(ex)
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
	return true
}

// NativeSite stands for the place of an exception that a built-in function
// threw.
const NativeSite = "native"

// throwSite is the place of a throw statement, or of the call that threw:
// "file:line:column" of the first frame in a file of the program.
func throwSite(ex *goja.Exception) string {
	for i, f := range ex.Stack() {
		p := f.Position()
		if p.Line == 0 && i == 0 {
			return NativeSite
		}
		if p.Line == 0 || strings.HasPrefix(p.Filename, "node:") {
			continue
		}
		return fmt.Sprintf("%s:%d:%d", p.Filename, p.Line, p.Column)
	}
	return ""
}
