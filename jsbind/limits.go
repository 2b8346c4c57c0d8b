package jsbind

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
)

// Limit is what a program has gone beyond.
type Limit string

// The limits of Options.
const (
	MemoryLimit Limit = "memory"
	TurnLimit   Limit = "turn"
	// TimeLimit is that of a whole run. Nothing here sets it: a context of Run's
	// does the same; it is for those who want a stack (see Interrupt).
	TimeLimit Limit = "time"
)

// LimitError is what Run returns when a program has gone beyond a limit: it was
// stopped at once, and neither catch nor finally ran.
type LimitError struct {
	Limit Limit
	// Used and Allowed are bytes, or nanoseconds.
	Used, Allowed int64
	// Stack is where the program was, a line a frame, "" where it did not run.
	Stack string
}

func (e *LimitError) Error() string {
	if e.Limit == MemoryLimit {
		return fmt.Sprintf("jsbind: the program holds %d MiB of memory, more than its limit of %d MiB", e.Used>>20, e.Allowed>>20)
	}
	if e.Limit == TimeLimit {
		return fmt.Sprintf("jsbind: the program has not ended within %v", time.Duration(e.Allowed))
	}
	return fmt.Sprintf("jsbind: a turn has taken %v, more than its limit of %v", time.Duration(e.Used).Round(time.Millisecond), time.Duration(e.Allowed))
}

// Interrupt stops the program from any goroutine: the JavaScript that runs is
// left without catch and finally, a function of Go's at its end, and Run returns
// err.
func (r *Runtime) Interrupt(err error) {
	r.rt.VM.Interrupt(err)
	r.rt.Post(func() { r.rt.Stop(err) }) // in case none runs
}

// stopped is what Run returns for what stopped the program.
func stopped(err error) error {
	var in *goja.InterruptedError
	if !errors.As(err, &in) {
		return err
	}
	reason, ok := in.Value().(error)
	if !ok {
		return err
	}
	var limit *LimitError
	if errors.As(reason, &limit) {
		said := *limit
		said.Stack = frames(in.Stack())
		return &said
	}
	return reason
}

// frames prints those frames of a stack that are the program's.
func frames(stack []goja.StackFrame) string {
	var lines []string
	for _, f := range stack {
		p := lang.NewFrame(&f)
		if p.Line == 0 || strings.HasPrefix(p.File, "node:") {
			continue
		}
		at := fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
		if name := f.FuncName(); name != "" {
			at = name + " (" + at + ")"
		}
		lines = append(lines, "    at "+at)
	}
	return strings.Join(lines, "\n")
}

// watchLimits watches a program that has limits until the function that it
// returns is called.
func (r *Runtime) watchLimits() (end func()) {
	if r.memory <= 0 && r.turn <= 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	if r.turn > 0 {
		go r.watchTurns(ctx)
	}
	if r.memory > 0 {
		go r.watchMemory(ctx)
	}
	return cancel
}

// watchTurns interrupts a turn that takes too long. It looks often enough for
// the turn to end within a quarter more than its limit.
func (r *Runtime) watchTurns(ctx context.Context) {
	every := min(max(r.turn/4, time.Millisecond), 50*time.Millisecond)
	for sleep(ctx, every) {
		if began := r.rt.Turn.Load(); began != 0 {
			if took := time.Duration(bind.Now() - began); took > r.turn {
				r.Interrupt(&LimitError{Limit: TurnLimit, Used: int64(took), Allowed: int64(r.turn)})
				return
			}
		}
	}
}

// stuck is how long a runtime may take to begin to measure itself before its turn
// is taken for the one that fills memory.
const stuck = 100 * time.Millisecond

// watchMemory stops a program that holds more than its limit. The engine does not
// count, so that of the whole process is looked at first; once that is too much,
// the runtime counts what it holds, between two turns. Where a turn does not end
// and the process has grown by more than the limit in it, it is that turn.
func (r *Runtime) watchMemory(ctx context.Context) {
	start := LiveHeap()
	var turn, atTurn int64
	look := func(used int64) {
		if began := r.rt.Turn.Load(); began != turn {
			turn, atTurn = began, used
		}
	}
	look(start)
	_ = WatchHeap(ctx, start+r.memory, look, func(live int64) (again int64) {
		again = live + live/16
		held, ok := r.measure(ctx)
		switch {
		case ok && held > r.memory:
		case !ok && turn != 0 && r.rt.Turn.Load() == turn && live-min(atTurn, live) > r.memory:
			held = live - atTurn
		default:
			return again
		}
		r.Interrupt(&LimitError{Limit: MemoryLimit, Used: held, Allowed: r.memory})
		return 0
	})
}

// measure asks the runtime what it holds; false if a turn is under way that does
// not end.
func (r *Runtime) measure(ctx context.Context) (bytes int64, ok bool) {
	var state atomic.Int32 // 0: asked, 1: measuring, 2: not wanted any more
	answer := make(chan int64, 1)
	r.rt.Post(func() {
		if state.CompareAndSwap(0, 1) {
			r.rt.Turn.Store(0) // it is not the program's
			answer <- r.rt.Size()
		}
	})
	select {
	case bytes = <-answer:
		return bytes, true
	case <-ctx.Done():
		return 0, false
	case <-time.After(stuck):
	}
	if state.CompareAndSwap(0, 2) {
		return 0, false
	}
	return <-answer, true
}

// LiveHeap returns the bytes of the process's heap that were in use at the end of
// the last run of the garbage collector, or all of it before the first.
func LiveHeap() int64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	if live := s[0].Value.Uint64(); live > 0 {
		return int64(min(live, s[1].Value.Uint64()))
	}
	return int64(s[1].Value.Uint64())
}

// How often WatchHeap looks: more often near the limit.
const (
	farLook  = 50 * time.Millisecond
	nearLook = 5 * time.Millisecond
)

// WatchHeap calls over, with what is live, when the process's heap holds more
// than limit bytes after a run of the garbage collector, until ctx ends, whose
// error it returns. over returns the next limit; 0 ends the watch. look, nil for
// none, is told what the heap holds, garbage included, at each look. It is meant
// for a goroutine of its own.
func WatchHeap(ctx context.Context, limit int64, look func(used int64), over func(live int64) (again int64)) error {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	every := nearLook
	for sleep(ctx, every) {
		metrics.Read(s)
		used := int64(s[0].Value.Uint64())
		if look != nil {
			look(used)
		}
		every = nearLook
		if used < limit/2 {
			every = farLook
		}
		if used <= limit {
			continue
		}
		if LiveHeap() <= limit {
			runtime.GC()
		}
		if live := LiveHeap(); live > limit {
			if limit = over(live); limit == 0 {
				return nil
			}
		}
	}
	return ctx.Err()
}

// sleep reports false if ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
