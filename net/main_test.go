package net

import (
	"context"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// run runs f on a loop of its own until nothing is alive, for ten seconds at
// most, and checks that nothing is left: no handle, no descriptor.
func run(t testing.TB, f func(l *loop.Loop)) {
	t.Helper()
	runThen(t, f, func() {})
}

// runThen is run with something to do when the loop has ended, after which it
// runs once more.
func runThen(t testing.TB, f func(l *loop.Loop), then func()) {
	t.Helper()
	before := openFiles(t)
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	l.NextTickFunc(func() { f(l) })
	err = l.Run(ctx)
	then()
	if rerr := l.Run(ctx); err == nil {
		err = rerr
	}
	if live := l.Stats().Live; len(live) > 0 {
		t.Errorf("left alive: %v", live)
	}
	if why := l.WhyAlive(); len(why) > 0 {
		t.Errorf("keeps the loop alive: %v", why)
	}
	if cerr := l.Close(); cerr != nil {
		t.Error(cerr)
	}
	if err != nil {
		t.Fatal(err)
	}
	if after := openFiles(t); after > before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
}

// openFiles counts the descriptors of the process, which tests of one package
// share: they run one after the other.
func openFiles(t testing.TB) int {
	d, err := os.ReadDir("/dev/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(d)
}

func TestMain(m *testing.M) {
	before := runtime.NumGoroutine()
	code := m.Run()
	for range 100 { // goroutines of ended look-ups have a moment to go
		if runtime.NumGoroutine() <= before {
			break
		}
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before && code == 0 {
		buf := make([]byte, 1<<16)
		os.Stderr.Write(buf[:runtime.Stack(buf, true)])
		os.Stderr.WriteString("goroutines are left\n")
		code = 1
	}
	os.Exit(code)
}

func code(err error) string { return nodeerr.Code(err) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
