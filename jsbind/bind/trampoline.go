package bind

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/loop"
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
	rt.once(t, true)
	for !rt.exited {
		for len(rt.later) > 0 && !rt.exited {
			v := rt.later[0]
			rt.later = rt.later[1:]
			rt.Uncaught(v, false)
		}
		if rt.Loop.HasTicks() {
			rt.once(nil, true)
			continue
		}
		if rt.AfterTicks == nil || !rt.AfterTicks() {
			break
		}
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
		if x := recover(); x != nil {
			if _, ok := x.(Exit); !ok {
				panic(x)
			}
		}
	}()
	rt.tramp.task, rt.tramp.ticks = t, ticks
	_, err = rt.tramp.enter(goja.Undefined())
	return err
}

// UncaughtLater reports the exception of a microtask, which cannot unwind to
// the trampoline.
func (rt *Runtime) UncaughtLater(v goja.Value) { rt.later = append(rt.later, v) }

func (rt *Runtime) once(t loop.Task, ticks bool) {
	err := rt.enterVM(t, ticks)
	if err == nil {
		return
	}
	var in *goja.InterruptedError
	if errors.As(err, &in) {
		rt.exited = true
		rt.interrupted = err
		rt.Loop.Stop()
		return
	}
	var ex *goja.Exception
	if errors.As(err, &ex) && rt.Uncaught != nil {
		rt.Uncaught(ex.Value(), false)
		return
	}
	panic(err)
}
