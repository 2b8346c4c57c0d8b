package jsbind_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spindle-js/spindle/jsbind"
)

// run runs a script under options for ten seconds at most.
func run(t *testing.T, o jsbind.Options, src string) error {
	t.Helper()
	rt, err := jsbind.New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer rt.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	done := make(chan error, 1)
	go func() {

		rt.RunScript("app.js", src)
		_, err := rt.Run(ctx)
		done <- err
	}()
	return <-done
}

func TestMemoryLimit(t *testing.T) {
	const limit = 24 << 20
	for name, c := range map[string]struct {
		src   string
		stack bool
	}{
		"a loop without end":  {`setTimeout(function fill() { const a = []; for (;;) { try { a.push({ x: [1, 2, 3] }) } catch {} } }, 1)`, true},
		"a timer":             {`const a = []; setInterval(() => { for (let i = 0; i < 20000; i++) a.push({ i }) }, 1)`, false},
		"buffers":             {`const a = []; setInterval(() => a.push(Buffer.alloc(1 << 20, 1)), 1)`, false},
		"a string":            {`let s = 'x'; setInterval(() => { s = (s + s).slice(0, 1 << 26) + '' }, 1)`, false},
		"promises":            {`setTimeout(() => { const a = []; (async function f() { for (;;) { a.push(await { i: [1] }) } })() }, 1)`, false},
		"microtasks, no ends": {`setTimeout(() => { const a = []; (function f() { a.push({}, {}); queueMicrotask(f) })() }, 1)`, false},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(t, jsbind.Options{MemoryLimit: limit}, c.src)
			var e *jsbind.LimitError
			if !errors.As(err, &e) || e.Limit != jsbind.MemoryLimit || e.Allowed != limit || e.Used <= limit {
				t.Fatalf("%v", err)
			}
			if c.stack && !strings.Contains(e.Stack, "fill (app.js:1:") {
				t.Errorf("stack %q", e.Stack)
			}
		})
	}
	t.Run("garbage is not held", func(t *testing.T) {
		err := run(t, jsbind.Options{MemoryLimit: limit}, `
			let n = 0;
			const i = setInterval(() => { for (let k = 0; k < 20000; k++) ({ k, a: [k] }); if (++n === 100) clearInterval(i) }, 0)`)
		if err != nil {
			t.Error(err)
		}
	})
}

// A program that fills memory is stopped; another of the same process, with the
// same limit, goes on.
func TestMemoryLimitHarmsNobodyElse(t *testing.T) {
	const limit = 32 << 20
	var both sync.WaitGroup
	var good, bad error
	both.Go(func() {
		bad = run(t, jsbind.Options{MemoryLimit: limit}, `setTimeout(() => { const a = []; for (;;) a.push({ x: [1, 2, 3] }) }, 20)`)
	})
	both.Go(func() {
		good = run(t, jsbind.Options{MemoryLimit: limit}, `
			const end = Date.now() + 1500;
			(function work() { let o = []; for (let i = 0; i < 5000; i++) o.push({ i }); if (Date.now() < end) setImmediate(work) })()`)
	})
	both.Wait()
	var e *jsbind.LimitError
	if good != nil || !errors.As(bad, &e) {
		t.Errorf("the good one: %v; the bad one: %v", good, bad)
	}
}

func TestTurnLimit(t *testing.T) {
	for name, src := range map[string]string{
		"a loop":         `setTimeout(function forever() { for (;;); }, 1)`,
		"catch, finally": `setTimeout(function forever() { for (;;) try { for (;;); } catch {} finally { continue } }, 1)`,
		"the main part":  `(function forever() { while (true); })()`,
		"ticks":          `setTimeout(() => (function forever() { process.nextTick(forever) })(), 1)`,
		"microtasks":     `setTimeout(() => (function forever() { Promise.resolve().then(forever) })(), 1)`,
		"an iterator":    `setTimeout(() => { function* g() { for (;;) yield 1 } for (const x of g()); }, 1)`,
		"a comparator":   `setTimeout(() => [3, 2, 1].sort(() => { for (;;); }), 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			err := run(t, jsbind.Options{TurnLimit: 50 * time.Millisecond}, src)
			var e *jsbind.LimitError
			if !errors.As(err, &e) || e.Limit != jsbind.TurnLimit {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("short turns", func(t *testing.T) {
		err := run(t, jsbind.Options{TurnLimit: 200 * time.Millisecond}, `
			let n = 0; const i = setInterval(() => { if (++n === 400) clearInterval(i) }, 1)`)
		if err != nil {
			t.Error(err)
		}
	})
}

// Interrupt stops a program that waits as well as one that runs.
func TestInterrupt(t *testing.T) {
	reason := errors.New("enough")
	for name, src := range map[string]string{"waits": `setInterval(() => {}, 1e6)`, "runs": `setTimeout(() => { for (;;); }, 1)`} {
		t.Run(name, func(t *testing.T) {
			rt, err := jsbind.New(jsbind.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer rt.Close()
			rt.RunScript("app.js", src)
			time.AfterFunc(50*time.Millisecond, func() { rt.Interrupt(reason) })
			if _, err := rt.Run(context.Background()); err != reason {
				t.Errorf("%v", err)
			}
		})
	}
}
