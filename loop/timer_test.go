package loop_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

func TestIntervalCountsFromStartOfCallback(t *testing.T) {
	tests := []struct {
		ms   int64
		busy int
		want []int64
	}{
		{20, 0, []int64{20, 40, 60, 80}},
		{20, 15, []int64{20, 40, 60, 80}},
		{10, 15, []int64{10, 25, 40, 55}},
		{1, 5, []int64{1, 6, 11, 16}},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d busy %d", tt.ms, tt.busy), func(t *testing.T) {
			r := newRig(t)
			var at []int64
			var iv *loop.Timer
			iv = r.interval(tt.ms, loop.Func(func() {
				at = append(at, r.Now())
				r.busy(tt.busy)
				if len(at) == len(tt.want) {
					iv.Close()
				}
			}))
			r.run()
			if !slices.Equal(at, tt.want) {
				t.Errorf("fired at %v, want %v", at, tt.want)
			}
		})
	}
}

func TestIntervalShorterThanItsCallbackStarvesNothing(t *testing.T) {
	r := newRig(t)
	iv := r.interval(1, r.do("iv", func() { r.busy(5) }))
	n := 0
	var each loop.Func
	each = func() {
		r.log = append(r.log, "imm")
		if n++; n == 3 {
			iv.Close()
			return
		}
		r.SetImmediate(each)
	}
	r.SetImmediate(each)
	r.busy(1)
	r.run()
	r.want("iv imm iv imm iv imm")
}

// TestRefresh is a script with refresh in and after callbacks and after close,
// for which Node prints this order and these answers of hasRef.
func TestRefresh(t *testing.T) {
	r := newRig(t)
	n, es := 0, 0
	var a, b, e *loop.Timer
	a = r.timeout(1, r.do("a", func() {
		if n++; n < 3 {
			a.Refresh()
		}
	}))
	again := false
	b = r.timeout(1, r.do("b", func() {
		r.timeout(1, loop.Func(func() {
			if !again {
				again = true
				b.Refresh()
			}
		}))
	}))
	c := r.timeout(1, r.say("c"))
	c.Close()
	c.Refresh()
	d := r.timeout(1, r.say("d"))
	d.Unref()
	d.Refresh()
	e = r.interval(2, r.do("e", func() {
		if es++; es == 2 {
			e.Close()
		} else {
			e.Refresh()
		}
	}))
	r.run()
	r.want("a b d e a a b e")
	if d.HasRef() || !c.HasRef() || c.Active() || c.Duration() != -1 {
		t.Errorf("d.HasRef %v c.HasRef %v c.Active %v c.Duration %d", d.HasRef(), c.HasRef(), c.Active(), c.Duration())
	}
}

func TestRefreshMovesTheDeadline(t *testing.T) {
	r := newRig(t)
	var at int64
	tm := r.timeout(100, loop.Func(func() { at = r.Now() }))
	r.timeout(60, loop.Func(tm.Refresh))
	r.timeout(150, loop.Func(tm.Refresh))
	r.run()
	if at != 250 {
		t.Errorf("fired at %d ms, want 250", at)
	}
}

func TestTimerStartsFromNowNotFromCachedTime(t *testing.T) {
	r := newRig(t)
	var at int64
	r.SetImmediate(loop.Func(func() {
		r.busy(50)
		r.timeout(20, loop.Func(func() { at = r.Now() }))
	}))
	r.run()
	if at != 70 {
		t.Errorf("fired at %d ms, want 70", at)
	}
}

func TestTimerBounds(t *testing.T) {
	for _, ms := range []int64{-5, 0, 1} {
		r := newRig(t)
		tm := r.timeout(ms, r.say("x"))
		if tm.Duration() != 1 {
			t.Errorf("%d: duration %d", ms, tm.Duration())
		}
		r.run()
		if r.Now() != 1 {
			t.Errorf("%d: fired at %d", ms, r.Now())
		}
	}
	r := newRig(t)
	r.timeout(1<<40, r.say("far"))
	r.run()
	r.want("far")
	if r.Now() != 1<<40 {
		t.Errorf("a far timer fired at %d", r.Now())
	}
}

func TestUnrefTimer(t *testing.T) {
	t.Run("alone", func(t *testing.T) {
		r := newRig(t)
		r.timeout(5, r.say("x")).Unref()
		r.run()
		r.want("")
	})
	t.Run("beside another", func(t *testing.T) {
		r := newRig(t)
		r.timeout(5, r.say("unref")).Unref()
		r.timeout(9, r.say("ref"))
		r.run()
		r.want("unref ref")
	})
	t.Run("ref again", func(t *testing.T) {
		r := newRig(t)
		tm := r.timeout(5, r.say("x"))
		tm.Unref()
		tm.Unref()
		tm.Ref()
		tm.Ref()
		r.run()
		r.want("x")
		if r.Alive() {
			t.Error("alive after the timer fired:", r.WhyAlive())
		}
	})
	t.Run("in its callback", func(t *testing.T) {
		r := newRig(t)
		var tm *loop.Timer
		tm = r.interval(5, r.do("x", func() { tm.Unref() }))
		r.run()
		r.want("x")
		if tm.HasRef() || !tm.Active() {
			t.Error("HasRef", tm.HasRef(), "Active", tm.Active())
		}
	})
	t.Run("after it fired", func(t *testing.T) {
		r := newRig(t)
		tm := r.timeout(5, r.say("x"))
		r.run()
		tm.Unref()
		tm.Ref()
		if r.Alive() {
			t.Error("alive:", r.WhyAlive())
		}
	})
}

func TestCloseTimerInCallbacks(t *testing.T) {
	t.Run("next of the same list", func(t *testing.T) {
		r := newRig(t)
		var b *loop.Timer
		r.timeout(5, r.do("a", func() { b.Close(); b.Close() }))
		b = r.timeout(5, r.say("b"))
		r.timeout(5, r.say("c"))
		r.run()
		r.want("a c")
	})
	t.Run("last of the list, then a new one of that duration", func(t *testing.T) {
		r := newRig(t)
		var b *loop.Timer
		r.timeout(5, r.do("a", func() { b.Close(); r.timeout(5, r.say("new")) }))
		b = r.timeout(5, r.say("b"))
		r.run()
		r.want("a new")
		if r.Now() != 10 {
			t.Errorf("ended at %d ms", r.Now())
		}
	})
	t.Run("list of another duration that is due", func(t *testing.T) {
		r := newRig(t)
		var b *loop.Timer
		r.timeout(5, r.do("a", func() { b.Close() }))
		b = r.timeout(6, r.say("b"))
		r.busy(10)
		r.run()
		r.want("a")
	})
	t.Run("itself, an interval", func(t *testing.T) {
		r := newRig(t)
		var iv *loop.Timer
		iv = r.interval(5, r.do("a", func() { iv.Close() }))
		r.run()
		r.want("a")
	})
	t.Run("never started", func(t *testing.T) {
		var tm loop.Timer
		tm.Close()
		tm.Refresh()
	})
}

func TestTimerStartAgain(t *testing.T) {
	r := newRig(t)
	var tm loop.Timer
	tm.Start(r.Loop, 50, 0, r.say("first"))
	tm.Start(r.Loop, 5, 0, r.say("second"))
	r.run()
	r.want("second")
	if r.Now() != 5 {
		t.Errorf("ended at %d ms", r.Now())
	}
	tm.Close()
	tm.Start(r.Loop, 5, 0, r.say("third"))
	r.run()
	r.want("third")
}

func TestRepeatMayDifferFromDelay(t *testing.T) {
	r := newRig(t)
	var at []int64
	var iv *loop.Timer
	iv = r.SetTimer(3, 10, loop.Func(func() {
		if at = append(at, r.Now()); len(at) == 3 {
			iv.Close()
		}
	}))
	r.run()
	if want := []int64{3, 13, 23}; !slices.Equal(at, want) {
		t.Errorf("fired at %v, want %v", at, want)
	}
}

func TestTimerProperties(t *testing.T) {
	r := newRig(t)
	r.busy(3)
	tm := r.SetTimer(5, 7, nil)
	if tm.Started() != 3 || tm.Duration() != 5 || tm.Repeat() != 7 || tm.Destroyed() {
		t.Errorf("started %d duration %d repeat %d destroyed %v", tm.Started(), tm.Duration(), tm.Repeat(), tm.Destroyed())
	}
	tm.Close()
	if !tm.Destroyed() {
		t.Error("not destroyed")
	}
	n := 0
	var iv *loop.Timer
	iv = r.interval(5, loop.Func(func() {
		switch n++; n {
		case 1:
			iv.SetRepeat(20)
		case 2:
			iv.SetRepeat(0)
		}
	}))
	r.run()
	if n != 2 || r.Now() != 28 || !iv.Destroyed() {
		t.Errorf("fired %d times, ended at %d, destroyed %v", n, r.Now(), iv.Destroyed())
	}
}

func TestTimeoutMadeAnIntervalByItsCallback(t *testing.T) {
	r := newRig(t)
	var at []int64
	var tm *loop.Timer
	tm = r.timeout(5, loop.Func(func() {
		r.busy(2)
		tm.SetRepeat(10)
		if at = append(at, r.Now()); len(at) == 2 {
			tm.Close()
		}
	}))
	r.run()
	if want := []int64{5, 17}; !slices.Equal(at, want) {
		t.Errorf("fired at %v, want %v", at, want)
	}
}

// TestTimersAgainstModel sets, refreshes and closes timers at random and checks
// that each fires exactly when a plain list of deadlines says, in its order.
func TestTimersAgainstModel(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	r := newRig(t)
	type entry struct {
		tm  *loop.Timer
		due int64
	}
	live := map[int]*entry{}
	fired, made := 0, 0
	add := func() {
		id, ms := made, rnd.Int64N(40)+1
		made++
		e := &entry{}
		live[id] = e
		e.tm = r.timeout(ms, loop.Func(func() {
			if live[id] == nil {
				t.Fatalf("timer %d fired after it was closed or twice", id)
			}
			if e.due != r.Now() {
				t.Fatalf("timer %d fired at %d, due at %d", id, r.Now(), e.due)
			}
			delete(live, id)
			fired++
		}))
		e.due = r.Now() + ms
	}
	var iv *loop.Timer
	step := 0
	iv = r.interval(1, loop.Func(func() {
		for range 20 {
			add()
		}
		for id, e := range live {
			switch rnd.IntN(8) {
			case 0:
				e.tm.Close()
				delete(live, id)
			case 1:
				e.tm.Refresh()
				e.due = r.Now() + e.tm.Duration()
			}
			if rnd.IntN(4) == 0 {
				break
			}
		}
		if step++; step == 500 {
			iv.Close()
		}
	}))
	r.run()
	if len(live) != 0 || fired < 1000 || made != 10000 {
		t.Errorf("%d left, %d fired of %d", len(live), fired, made)
	}
	if got := r.Stats().Live; len(got) != 0 {
		t.Errorf("live at the end: %v", got)
	}
}
