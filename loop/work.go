package loop

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// Work is blocking work that runs on a goroutine of its own and ends on the
// loop. It counts as a request and keeps the loop alive until its done function
// has been called.
type Work struct {
	req    Request
	l      *Loop
	ctx    context.Context
	cancel context.CancelFunc
	state  atomic.Int32
	waits  bool // made by Work, not by WorkCPU
	run    func(context.Context) error
	done   func(error)
	end    Task // done, in the context that queued the work
	err    error
}

const (
	workQueued int32 = iota
	workRunning
	workCancelled
)

// PanicError is what done gets when run panicked, or called runtime.Goexit
// (then Value is nil).
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	if e.Value == nil {
		return "loop: work ended by runtime.Goexit"
	}
	return fmt.Sprintf("loop: work panicked: %v", e.Value)
}

// WithCPUWorkers bounds how many functions of WorkCPU run at once. The default
// is the number of processors.
func WithCPUWorkers(n int) Option { return func(c *config) { c.cpuWorkers = max(n, 1) } }

func defaultCPUWorkers() int { return runtime.NumCPU() }

// Work runs run on another goroutine and then done, once, on the loop with the
// error that run returned. kind is the request's name, such as "FSReqCallback".
// run may block as it likes and touches nothing of the loop's.
//
// run's context ends with ctx, with Cancel and with the loop's Close. A nil ctx
// says that run does not look at it; then it cannot be cancelled once it runs.
func (l *Loop) Work(ctx context.Context, kind string, run func(context.Context) error, done func(error)) *Work {
	w := l.newWork(ctx, kind, run, done)
	w.waits = true
	l.works++
	go w.exec()
	return w
}

// WorkCPU is Work for a function that computes rather than waits: at most
// WithCPUWorkers of them run at once, the others wait their turn, so that the
// loop keeps a processor.
func (l *Loop) WorkCPU(ctx context.Context, kind string, run func(context.Context) error, done func(error)) *Work {
	if ctx == nil {
		ctx = context.Background() // Cancel must end the wait for a turn
	}
	w := l.newWork(ctx, kind, run, done)
	go w.execCPU(l.cpu)
	return w
}

func (l *Loop) newWork(ctx context.Context, kind string, run func(context.Context) error, done func(error)) *Work {
	w := &Work{l: l, ctx: ctx, run: run, done: done}
	if ctx != nil {
		w.ctx, w.cancel = context.WithCancel(ctx)
	} else {
		w.ctx = context.Background()
	}
	w.req.Owner = w
	w.req.start(l, kind)
	w.end = l.queued((*workEnd)(w))
	return w
}

// Cancel ends the work's context. If run had not begun it never will, done gets
// context.Canceled, and Cancel reports true, as uv_cancel would succeed. Any
// goroutine may call it.
func (w *Work) Cancel() bool {
	ok := w.state.CompareAndSwap(workQueued, workCancelled)
	if w.cancel != nil {
		w.cancel()
	}
	return ok
}

func (w *Work) exec() {
	defer w.post()
	if !w.state.CompareAndSwap(workQueued, workRunning) {
		w.err = context.Canceled
		return
	}
	w.err = w.guarded()
}

func (w *Work) execCPU(turn chan struct{}) {
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
		w.exec()
	case <-w.ctx.Done():
		w.state.CompareAndSwap(workQueued, workCancelled)
		w.err = context.Cause(w.ctx)
		w.post()
	}
}

// guarded calls run and makes an error of a panic. runtime.Goexit, which cannot
// be stopped, leaves the error set before it.
func (w *Work) guarded() (err error) {
	w.err = &PanicError{}
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return w.run(w.ctx)
}

func (w *Work) post() { w.l.PostTask(w) }

// Run ends the work on the loop. It is called by the loop.
func (w *Work) Run() {
	w.req.Done()
	if w.waits {
		w.l.works--
	}
	if w.cancel != nil {
		w.cancel()
	}
	w.end.Run()
}

// workEnd is what a Work runs last.
type workEnd Work

func (w *workEnd) Run() { w.done(w.err) }

// AsyncType is the name of the work's request.
func (w *workEnd) AsyncType() string { return w.req.h.kind.name }
