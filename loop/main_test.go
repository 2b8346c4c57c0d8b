package loop_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/loop/looptest"
)

// TestMain fails the package when the tests leave a goroutine or a descriptor.
func TestMain(m *testing.M) {
	// What the Go runtime starts once and keeps is not a leak.
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGUSR2)
	signal.Stop(ch)
	if r, w, err := os.Pipe(); err == nil {
		r.Close()
		w.Close()
	}
	goroutines, fds := runtime.NumGoroutine(), openFDs()
	code := m.Run()
	if code == 0 {
		code = leftBehind(goroutines, fds)
	}
	os.Exit(code)
}

func leftBehind(goroutines, fds int) int {
	for range 1000 { // goroutines that were told to end need a moment
		if runtime.NumGoroutine() <= goroutines {
			break
		}
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		buf := make([]byte, 1<<16)
		fmt.Printf("%d goroutines left behind:\n%s\n", n-goroutines, buf[:runtime.Stack(buf, true)])
		return 1
	}
	if n := openFDs(); n != fds {
		fmt.Printf("%d descriptors at the end, %d at the start\n", n, fds)
		return 1
	}
	return 0
}

// openFDs counts this process's descriptors, or returns 0 where it cannot.
func openFDs() int {
	d, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(d)
}

// rig is a loop with a clock of its own and a log of what ran.
type rig struct {
	*loop.Loop
	t     *testing.T
	clock *looptest.Clock
	log   []string
}

// newRig makes a loop whose clock jumps to the next timer when it is idle.
func newRig(t *testing.T) *rig {
	t.Helper()
	c := looptest.NewClock()
	r := &rig{Loop: newLoop(t, loop.WithClock(c)), t: t, clock: c}
	return r
}

func newLoop(t testing.TB, opts ...loop.Option) *loop.Loop {
	t.Helper()
	l, err := loop.New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error("Close:", err)
		}
	})
	return l
}

// say returns a task that writes s to the log.
func (r *rig) say(s string) loop.Task { return loop.Func(func() { r.log = append(r.log, s) }) }

// do returns a task that writes s to the log and then calls f.
func (r *rig) do(s string, f func()) loop.Task {
	return loop.Func(func() { r.log = append(r.log, s); f() })
}

func (r *rig) timeout(ms int64, t loop.Task) *loop.Timer  { return r.SetTimer(ms, 0, t) }
func (r *rig) interval(ms int64, t loop.Task) *loop.Timer { return r.SetTimer(ms, ms, t) }
func (r *rig) busy(ms int)                                { r.clock.Advance(time.Duration(ms) * time.Millisecond) }

// main runs f as a main module: one call-out, then the loop until nothing is
// alive, which must be the reason for its end.
func (r *rig) main(f func()) {
	r.t.Helper()
	r.Callback(loop.Func(f))
	r.run()
}

func (r *rig) run() {
	r.t.Helper()
	if err := r.Run(context.Background()); err != nil {
		r.t.Fatal("Run:", err)
	}
}

// want compares the log with words separated by spaces, and empties it.
func (r *rig) want(words string) {
	r.t.Helper()
	if got := strings.Join(r.log, " "); got != words {
		r.t.Errorf("order:\n got %s\nwant %s", got, words)
	}
	r.log = nil
}

// benchRig is a loop on a clock that jumps, for benchmarks.
type benchRig struct{ *loop.Loop }

func newBenchRig(b *testing.B) benchRig {
	return benchRig{newLoop(b, loop.WithClock(looptest.NewClock()))}
}

func (r benchRig) run(b *testing.B) {
	if err := r.Run(context.Background()); err != nil {
		b.Fatal(err)
	}
}
