package stream

import (
	"context"

	"github.com/spindle-js/spindle/nodeerr"
)

// Signal is an AbortSignal. All methods run on the loop's goroutine.
type Signal interface {
	Aborted() bool
	// Reason is why it was aborted, nil for none or before.
	Reason() error
	// OnAbort registers f for the moment of the abort and returns how to
	// withdraw it.
	OnAbort(f func()) (stop func())
}

// ContextSignal makes a Signal of a context. post brings a function to the
// loop's goroutine from any other (the loop's Post).
func ContextSignal(ctx context.Context, post func(func())) Signal {
	return contextSignal{ctx, post}
}

type contextSignal struct {
	ctx  context.Context
	post func(func())
}

func (c contextSignal) Aborted() bool { return c.ctx.Err() != nil }

func (c contextSignal) Reason() error { return context.Cause(c.ctx) }

func (c contextSignal) OnAbort(f func()) func() {
	stopped := false
	stop := context.AfterFunc(c.ctx, func() {
		c.post(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() {
		stopped = true
		stop()
	}
}

// AddAbortSignal is stream.addAbortSignal
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamaddabortsignalsignal-stream):
// p is destroyed with an AbortError when sig is aborted.
func AddAbortSignal(sig Signal, p Peer) {
	abort := func() {
		err := nodeerr.Abort(sig.Reason())
		if d, ok := p.(interface{ Destroy(err error) }); ok {
			d.Destroy(err)
		}
	}
	if sig.Aborted() {
		abort()
		return
	}
	stop := sig.OnAbort(abort)
	Finished(p, FinishedOptions{}, func(error) { stop() })
}
