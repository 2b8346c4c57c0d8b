package loop_test

import (
	"context"
	"sync"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

func TestPostFromManyGoroutines(t *testing.T) {
	const goroutines, each = 16, 2000
	l := newLoop(t)
	l.Hold()
	next := make([]int, goroutines)
	left := goroutines * each
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := range each {
				ok := l.Post(func() {
					if next[g] != i {
						t.Errorf("goroutine %d: post %d came as number %d", g, i, next[g])
					}
					next[g]++
					if left--; left == 0 {
						l.Release()
					}
				})
				if !ok {
					t.Error("Post refused")
				}
			}
		})
	}
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if left != 0 {
		t.Errorf("%d posts lost", left)
	}
}

// TestPostWakesEveryTime sends one post at a time to a loop that is about to
// block, blocked, or busy: none may be left lying.
func TestPostWakesEveryTime(t *testing.T) {
	l := newLoop(t)
	l.Hold()
	const rounds = 5000
	back := make(chan int)
	go func() {
		for i := range rounds {
			if i%7 == 0 {
				yield()
			}
			l.Post(func() { back <- i })
			if got := <-back; got != i {
				t.Errorf("got %d, want %d", got, i)
			}
		}
		l.Post(l.Release)
	}()
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestPostDoesNotKeepTheLoopAlive(t *testing.T) {
	r := newRig(t)
	r.Post(r.say("post").Run)
	r.run()
	r.want("")
	r.SetImmediate(r.say("imm"))
	r.run()
	r.want("post imm")
}

// TestPostsDoNotStarveEvents: each posted function posts the next, for ever, and
// a descriptor is ready.
func TestPostsDoNotStarveEvents(t *testing.T) {
	r := newRig(t)
	p := newPipe(t)
	p.write(t, "x")
	posts := 0
	var again func()
	again = func() {
		posts++
		r.Post(again)
	}
	r.Post(again)
	r.Hold()
	events := 0
	w := p.watch(t, r.Loop, func(loop.Events) {
		if events++; events == 100 {
			r.Stop()
		}
	})
	w.SetInterest(true, false)
	r.run()
	if posts > 100 {
		t.Errorf("%d posts to 100 events", posts)
	}
	w.Close()
}

// TestPostAgainstClose: posts that race with Close are either accepted or
// refused, and never touch the descriptor after it is closed.
func TestPostAgainstClose(t *testing.T) {
	for range 50 {
		l, err := loop.New()
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for l.Post(func() {}) {
				}
			})
		}
		l.SetImmediate(loop.Func(func() {}))
		if err := l.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
	}
}
