package loop_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/spindle-js/spindle/loop"
)

// TestWorkBeginsWhileTheLoopIsBusy: with one processor, a loop that never blocks
// must lend it to the goroutines of Work. Left to the scheduler's time slices,
// 100 works would take seconds.
func TestWorkBeginsWhileTheLoopIsBusy(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	l := newLoop(t)
	left := 100
	var im loop.Immediate
	var spin loop.Func
	spin = func() {
		if left > 0 {
			im.Start(l, spin)
		}
	}
	spin()
	var start func(error)
	start = func(error) {
		if left--; left > 0 {
			l.Work(noContext, "FSReqCallback", func(context.Context) error { return nil }, start)
		}
	}
	begin := time.Now()
	start(nil)
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(begin); d > 500*time.Millisecond {
		t.Errorf("100 works took %v", d)
	}
}
