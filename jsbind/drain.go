package jsbind

import (
	"fmt"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/loop"
)

// DrainOnTerm makes SIGTERM end the program when its http servers have answered
// what is in flight, with "Connection: close", but after grace at the latest,
// when it tells who was still there. It ends by the signal either way, and at
// once on a second SIGTERM. A program that listens for SIGTERM itself decides
// alone, and one without a listening http server ends at once.
//
// It holds for the whole process: one runtime's.
func (r *Runtime) DrainOnTerm(grace time.Duration) {
	installed := false
	http.OnListening(r.loop, func() {
		if installed {
			return
		}
		installed = true
		ch := make(chan os.Signal, 4)
		signal.Notify(ch, syscall.SIGTERM)
		go r.awaitTerm(ch, grace)
	})
}

func (r *Runtime) awaitTerm(ch chan os.Signal, grace time.Duration) {
	var table atomic.Value // of connections, as the loop saw it last
	draining := false
	for range ch {
		if r.process.TakesTerm() {
			continue
		}
		if draining || grace <= 0 {
			dieOfTerm()
		}
		draining = true
		if !r.rt.Post(func() { r.drain(grace, &table) }) {
			dieOfTerm()
		}
		// The loop may be busy: the end comes from here in any case.
		time.AfterFunc(grace, func() {
			if list, ok := table.Load().([]http.LiveConnection); ok {
				report(r, grace, list)
			}
			dieOfTerm()
		})
	}
}

// drain runs on the loop.
func (r *Runtime) drain(grace time.Duration, table *atomic.Value) {
	servers := http.Servers(r.loop)
	left := len(servers)
	if left == 0 {
		dieOfTerm()
	}
	for _, s := range servers {
		s.Drain(func() {
			if left--; left == 0 {
				dieOfTerm()
			}
		})
	}
	look := func() {
		var list []http.LiveConnection
		for _, s := range servers {
			list = append(list, s.LiveConnections()...)
		}
		table.Store(list)
	}
	look()
	// The reporter is another goroutine: it gets the table of shortly before.
	r.loop.SetTimer(max(grace.Milliseconds()-20, 1), 0, loop.Func(look)).Unref()
}

func report(r *Runtime, grace time.Duration, list []http.LiveConnection) {
	for _, c := range list {
		fmt.Fprintf(r.stderr, "(spindle:%d) SIGTERM: after %d ms still open: %s %s %s %s, %d bytes not taken\n",
			os.Getpid(), grace.Milliseconds(), c.Remote, c.State, c.Method, c.URL, c.Buffered)
	}
}

// dieOfTerm ends the process as SIGTERM does by default.
func dieOfTerm() {
	signal.Reset(syscall.SIGTERM)
	_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
	select {} // until the signal comes
}
