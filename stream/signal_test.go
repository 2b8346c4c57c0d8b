package stream

import (
	"context"
	"errors"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

func TestSignals(t *testing.T) {
	l := testLoop(t)
	why := errors.New("why")
	check := func(name string, err error) {
		t.Helper()
		if nodeerr.Code(err) != "ABORT_ERR" || err.Error() != "The operation was aborted" || !errors.Is(err, why) {
			t.Errorf("%s: %v", name, err)
		}
	}

	// addAbortSignal destroys, and lets go of the signal when the stream is done.
	sig := &abort{}
	r := New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	var got error
	r.On("error", func(args ...any) { got = args[0].(error) })
	AddAbortSignal(sig, r)
	l.Callback(loop.Func(func() { sig.fire(why) }))
	check("stream", got)

	sig = &abort{}
	o := WritableOptions()
	o.Signal = sig
	w := New(l, &sink{}, o)
	l.Callback(loop.Func(func() { w.End(none, "", nil) }))
	for _, f := range sig.listeners {
		if f != nil {
			t.Error("the signal is still watched")
		}
	}

	// finished and pipeline call back with the abort.
	sig, got = &abort{}, nil
	r = New(l, &Methods{Read: func(int) {}}, ReadableOptions())
	Finished(r, FinishedOptions{Signal: sig}, func(err error) { got = err })
	l.Callback(loop.Func(func() { sig.fire(why) }))
	check("finished", got)
	if r.Destroyed() {
		t.Error("finished destroyed the stream")
	}

	sig, got = &abort{}, nil
	w = New(l, &sink{}, WritableOptions())
	l.Callback(loop.Func(func() {
		if _, err := Pipeline(l, []any{r, w}, PipelineOptions{Signal: sig}, func(err error, _ buffer.Chunk) { got = err }); err != nil {
			t.Fatal(err)
		}
	}))
	l.Callback(loop.Func(func() { sig.fire(why) }))
	check("pipeline", got)
	if !r.Destroyed() || !w.Destroyed() {
		t.Error("the pipeline's streams live on")
	}

	// A context that is already over aborts at once.
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(why)
	o = ReadableOptions()
	o.Signal = ContextSignal(ctx, func(f func()) { f() })
	r, got = New(l, &Methods{}, o), nil
	r.On("error", func(args ...any) { got = args[0].(error) })
	l.RunTicks()
	check("context", got)
}

// fire aborts a with a reason of its own.
func (a *abort) fire(reason error) {
	a.done, a.reason = true, reason
	for _, f := range a.listeners {
		if f != nil {
			f()
		}
	}
}
