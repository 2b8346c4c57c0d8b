package loop_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

// noContext is what work is given that nothing cancels.
var noContext context.Context

func TestWork(t *testing.T) {
	boom := errors.New("boom")
	tests := []struct {
		name string
		run  func(context.Context) error
		want string
	}{
		{"nil", func(context.Context) error { return nil }, "<nil>"},
		{"error", func(context.Context) error { return boom }, "boom"},
		{"panic", func(context.Context) error { panic("oh") }, "loop: work panicked: oh"},
		{"goexit", func(context.Context) error { runtime.Goexit(); return nil }, "loop: work ended by runtime.Goexit"},
	}
	starts := map[string]func(*loop.Loop, context.Context, string, func(context.Context) error, func(error)) *loop.Work{
		"Work":    (*loop.Loop).Work,
		"WorkCPU": (*loop.Loop).WorkCPU,
	}
	for name, start := range starts {
		for _, tt := range tests {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				r := newRig(t)
				start(r.Loop, nil, "FSReqCallback", tt.run, func(err error) {
					s := "<nil>"
					if err != nil {
						s = err.Error()
					}
					if s != tt.want {
						t.Errorf("done got %q, want %q", s, tt.want)
					}
					r.NextTick(r.say("tick"))
					r.say("done").Run()
				})
				if got := strings.Join(r.ActiveResources(), " "); got != "FSReqCallback" {
					t.Error("active resources:", got)
				}
				r.run()
				r.want("done tick")
				if r.Alive() {
					t.Error("alive:", r.WhyAlive())
				}
			})
		}
	}
}

func TestWorkCancelRunning(t *testing.T) {
	r := newRig(t)
	begun := make(chan struct{})
	w := r.Work(context.Background(), "FSReqCallback", func(ctx context.Context) error {
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	}, func(err error) {
		if !errors.Is(err, context.Canceled) {
			t.Error("done got", err)
		}
		r.say("done").Run()
	})
	<-begun
	if w.Cancel() {
		t.Error("Cancel says that run had not begun")
	}
	r.run()
	r.want("done")
}

// TestWorkCPUIsBounded has one turn: the second waits, and is cancelled there.
func TestWorkCPUIsBounded(t *testing.T) {
	l := newLoop(t, loop.WithCPUWorkers(1))
	r := &rig{Loop: l, t: t}
	first, release := make(chan struct{}), make(chan struct{})
	var running, most atomic.Int32
	run := func(context.Context) error {
		if n := running.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer running.Add(-1)
		select {
		case <-first:
		default:
			close(first)
			<-release
		}
		return nil
	}
	l.WorkCPU(noContext, "PBKDF2Request", run, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	<-first
	for range 8 {
		l.WorkCPU(noContext, "PBKDF2Request", run, func(err error) {
			if err != nil {
				t.Error(err)
			}
		})
	}
	w := l.WorkCPU(context.Background(), "PBKDF2Request", func(context.Context) error {
		t.Error("cancelled work ran")
		return nil
	}, func(err error) {
		if !errors.Is(err, context.Canceled) {
			t.Error("done got", err)
		}
		close(release)
	})
	if !w.Cancel() {
		t.Error("Cancel says that run had begun")
	}
	r.run()
	if most.Load() != 1 {
		t.Errorf("%d ran at once", most.Load())
	}
}

func TestCloseCancelsWork(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	begun, ended := make(chan struct{}), make(chan error)
	l.Work(context.Background(), "FSReqCallback", func(ctx context.Context) error {
		close(begun)
		<-ctx.Done()
		ended <- ctx.Err()
		return nil
	}, func(error) { t.Error("done after Close") })
	<-begun
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
