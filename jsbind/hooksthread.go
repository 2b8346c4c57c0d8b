package jsbind

import (
	"context"
	"fmt"
	"os"

	"github.com/spindle-js/spindle/jsbind/loader"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/jsbind/modules/workerthreadsmod"
)

// hooksThread is the thread in which the hooks of module.register() run: a
// runtime on a goroutine of its own. Its loop is held while nobody asks, so that
// the hooks' own timers and messages go on; while somebody asks only what the
// hooks wait for keeps it alive, so that an end without an answer is seen.
type hooksThread struct {
	w     *Runtime
	serve func(string, any, func(any, bool))
	asked []chan loader.HooksAnswer // on the thread's goroutine
}

// newHooksThread starts the thread.
func (r *Runtime) newHooksThread() loader.HooksThread {
	t := &hooksThread{}
	started := make(chan struct{})
	environment := r.process.Environment()
	go func() {
		var err error
		t.w, err = New(Options{ExecArgv: r.flags, process: &processmod.Options{Environment: environment, Worker: true}})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		workerthreadsmod.SetInternal(t.w.rt)
		t.w.Do(func() { t.serve = t.w.loader.ServeHooks() })
		t.w.loop.Hold()
		close(started)
		t.run()
	}()
	<-started
	return t
}

// run turns the thread's loop until it exits.
func (t *hooksThread) run() {
	for {
		_ = t.w.loop.Run(context.Background())
		if t.w.rt.Exited() {
			t.answer(loader.HooksAnswer{Exited: true, Code: t.w.process.Code()})
			return
		}
		t.answer(loader.HooksAnswer{Unsettled: true})
	}
}

// answer answers all that ask.
func (t *hooksThread) answer(a loader.HooksAnswer) {
	for _, c := range t.asked {
		c <- a
	}
	if len(t.asked) > 0 {
		t.asked = nil
		t.w.loop.Hold()
	}
}

// Ask implements loader.HooksThread.
func (t *hooksThread) Ask(operation string, arguments any) loader.HooksAnswer {
	c := make(chan loader.HooksAnswer, 1)
	if !t.w.Post(func() {
		if t.asked = append(t.asked, c); len(t.asked) == 1 {
			t.w.loop.Release()
		}
		t.serve(operation, arguments, func(message any, failed bool) {
			for i, x := range t.asked {
				if x == c {
					t.asked = append(t.asked[:i:i], t.asked[i+1:]...)
					if len(t.asked) == 0 {
						t.w.loop.Hold()
					}
					c <- loader.HooksAnswer{Message: message, Failed: failed}
					return
				}
			}
		})
	}) {
		return loader.HooksAnswer{Exited: true, Code: t.w.process.Code()}
	}
	return <-c
}
