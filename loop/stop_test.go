package loop_test

import (
	"context"
	"errors"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

// TestStopInEveryPhase stops in the first of several callbacks of each phase,
// with something queued in all the others, and runs the loop again: nothing runs
// in between, and nothing is lost or changes its order.
func TestStopInEveryPhase(t *testing.T) {
	rest := "timer1 timer2 pending1 pending2 post1 post2 check1 check2 close1 close2"
	tests := []struct{ stopIn, first, then string }{
		{"tick1", "tick1", "tick2 " + rest},
		{"timer1", "tick1 tick2 timer1", "timer2 pending1 pending2 post1 post2 check1 check2 close1 close2"},
		{"pending1", "tick1 tick2 timer1 timer2 pending1", "pending2 post1 post2 check1 check2 close1 close2"},
		{"post1", "tick1 tick2 timer1 timer2 pending1 pending2 post1", "post2 check1 check2 close1 close2"},
		{"check1", "tick1 tick2 timer1 timer2 pending1 pending2 post1 post2 check1", "check2 close1 close2"},
		{"close1", "tick1 tick2 timer1 timer2 pending1 pending2 post1 post2 check1 check2 close1", "close2"},
		{"close2", "tick1 tick2 timer1 timer2 pending1 pending2 post1 post2 check1 check2 close1 close2", ""},
	}
	for _, tt := range tests {
		t.Run(tt.stopIn, func(t *testing.T) {
			r := newRig(t)
			add := func(name string) loop.Task {
				return r.do(name, func() {
					if name == tt.stopIn {
						r.Stop()
						if !r.Stopping() {
							t.Error("not stopping")
						}
					}
				})
			}
			r.QueueClose(add("close2"))
			r.QueueClose(add("close1"))
			r.SetImmediate(add("check1"))
			r.SetImmediate(add("check2"))
			r.Post(add("post1").Run)
			r.Post(add("post2").Run)
			r.QueuePending(add("pending1"))
			r.QueuePending(add("pending2"))
			r.timeout(1, add("timer1"))
			r.timeout(1, add("timer2"))
			r.NextTick(add("tick1"))
			r.NextTick(add("tick2"))
			r.busy(1)
			r.run()
			r.want(tt.first)
			if r.Stopping() {
				t.Error("stopping after Run")
			}
			r.run()
			r.want(tt.then)
			if r.Alive() {
				t.Error("alive:", r.WhyAlive())
			}
		})
	}
}

func TestStopInPollPhase(t *testing.T) {
	r := newRig(t)
	a, b := newPipe(t), newPipe(t)
	a.write(t, "x")
	b.write(t, "x")
	for _, p := range []*pipe{a, b} {
		p.watch(t, r.Loop, func(loop.Events) {
			p.read(t)
			r.say("event").Run()
			r.Stop()
		}).SetInterest(true, false)
	}
	r.SetImmediate(r.say("imm"))
	r.Post(r.say("post").Run)
	r.run()
	r.want("event")
	r.run() // the other event is reported again
	r.want("event")
	r.run()
	r.want("post imm")
}

func TestStopBeforeRun(t *testing.T) {
	r := newRig(t)
	r.SetImmediate(r.say("imm"))
	r.Stop()
	r.run()
	r.want("")
	r.run()
	r.want("imm")
}

func TestRunReturnsContextError(t *testing.T) {
	t.Run("before", func(t *testing.T) {
		r := newRig(t)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		r.SetImmediate(r.say("imm"))
		if err := r.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Error("Run:", err)
		}
		r.want("")
		r.run()
		r.want("imm")
	})
	t.Run("from a callback", func(t *testing.T) {
		r := newRig(t)
		ctx, cancel := context.WithCancelCause(context.Background())
		r.SetImmediate(r.do("imm1", func() {
			cancel(nil)
			for !r.Stopping() { // AfterFunc runs on a goroutine of its own
				yield()
			}
		}))
		r.SetImmediate(r.say("imm2"))
		if err := r.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Error("Run:", err)
		}
		r.want("imm1")
	})
	t.Run("while blocked", func(t *testing.T) {
		l := newLoop(t)
		l.Hold()
		for range 200 { // the wake must not be lost wherever it comes
			ctx, cancel := context.WithCancel(context.Background())
			go cancel()
			if err := l.Run(ctx); !errors.Is(err, context.Canceled) {
				t.Fatal("Run:", err)
			}
		}
		l.Release()
	})
}

func TestRunErrors(t *testing.T) {
	r := newRig(t)
	r.SetImmediate(loop.Func(func() {
		if err := r.Run(context.Background()); err != loop.ErrRunning {
			t.Error("Run in Run:", err)
		}
		if err := r.Close(); err != loop.ErrRunning {
			t.Error("Close in Run:", err)
		}
		if !r.Running() {
			t.Error("not running")
		}
	}))
	r.run()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := l.Close(); err != nil {
			t.Error("Close:", err)
		}
	}
	if err := l.Run(context.Background()); err != loop.ErrClosed {
		t.Error("Run after Close:", err)
	}
	if l.Post(func() {}) {
		t.Error("Post after Close")
	}
	if _, err := l.Watch(0, nil); err != loop.ErrClosed {
		t.Error("Watch after Close:", err)
	}
}

// TestRunAgainAsBeforeExit is what a program does on 'beforeExit': the loop has
// ended, something is queued, the loop runs again (Node prints this order).
func TestRunAgainAsBeforeExit(t *testing.T) {
	r := newRig(t)
	r.SetImmediate(r.say("unrefd")).Unref()
	r.timeout(1, r.say("unrefT")).Unref()
	r.timeout(5, r.do("t5", func() { r.SetImmediate(r.say("late")).Unref() }))
	r.run()
	r.Callback(r.do("be", func() { r.SetImmediate(r.say("fromBE")) }))
	r.run()
	r.say("be").Run()
	r.want("unrefd unrefT t5 be late fromBE be")
}

func TestRunSurvivesAPanicOfACallback(t *testing.T) {
	r := newRig(t)
	r.SetImmediate(loop.Func(func() { panic("boom") }))
	r.SetImmediate(r.do("imm", func() { r.NextTick(r.say("tick")) }))
	func() {
		defer func() {
			if recover() != "boom" {
				t.Error("the panic was lost")
			}
		}()
		_ = r.Run(context.Background())
	}()
	r.run()
	r.want("imm tick")
}

func TestSeveralLoopsShareNothing(t *testing.T) {
	const loops = 4
	done := make(chan error, loops)
	for range loops {
		go func() {
			l, err := loop.New()
			if err != nil {
				done <- err
				return
			}
			defer l.Close()
			n := 0
			var again loop.Func
			again = func() {
				l.NextTickFunc(func() { n++ })
				if n < 1000 {
					l.SetImmediate(again)
				}
			}
			l.SetImmediate(again)
			l.SetTimer(1, 0, loop.Func(func() { n++ }))
			if err = l.Run(context.Background()); err == nil && n < 1001 {
				err = errors.New("ended early")
			}
			done <- err
		}()
	}
	for range loops {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
