package jsbind

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
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
// It holds for the whole process: of several runtimes use NewDrain.
func (r *Runtime) DrainOnTerm(grace time.Duration) { NewDrain(grace, r) }

// Drain ends the http servers of all runtimes of a process together, on SIGTERM
// or by Begin. Its methods may be called from any goroutine.
type Drain struct {
	grace  time.Duration
	stderr io.Writer
	notify sync.Once

	mu       sync.Mutex // guards what follows
	left     map[*Runtime]bool
	begun    bool
	draining bool // some runtime does not decide alone
	end      func()
	tables   []*atomic.Value // of connections, as the loops saw them last
}

// NewDrain does for several runtimes what DrainOnTerm does for one. Each drains,
// or decides alone; the process ends when the last has done so. It is called
// before the runtimes run.
func NewDrain(grace time.Duration, runtimes ...*Runtime) *Drain {
	d := &Drain{grace: grace, left: map[*Runtime]bool{}, end: dieOfTerm, stderr: os.Stderr}
	for _, r := range runtimes {
		d.left[r] = true
		d.stderr = r.stderr
		http.OnListening(r.loop, func() {
			d.notify.Do(func() {
				ch := make(chan os.Signal, 4)
				signal.Notify(ch, syscall.SIGTERM)
				go d.await(ch)
			})
		})
	}
	return d
}

func (d *Drain) await(ch chan os.Signal) {
	for range ch {
		d.mu.Lock()
		again := d.begun && d.draining
		d.mu.Unlock()
		if again {
			dieOfTerm()
		}
		d.Begin(nil)
	}
}

// Begin does what SIGTERM does to the runtimes that do not decide alone. end,
// if it is not nil, ends the process in the place of the signal.
func (d *Drain) Begin(end func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if end != nil {
		d.end = end
	}
	d.begun = true
	for r := range d.left {
		if r.process.TakesTerm() {
			continue
		}
		d.draining = true
		if d.grace <= 0 {
			d.end()
			return
		}
		table := new(atomic.Value)
		d.tables = append(d.tables, table)
		if !r.rt.Post(func() { r.drain(d.grace, table, func() { d.Ended(r) }) }) {
			d.ended(r)
		}
	}
	if d.draining {
		// A loop may be busy: the end comes from here in any case.
		time.AfterFunc(d.grace, d.expire)
	} else if end != nil {
		time.AfterFunc(max(d.grace, time.Millisecond), end)
	}
}

func (d *Drain) expire() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range d.tables {
		if list, ok := t.Load().([]http.LiveConnection); ok {
			report(d.stderr, d.grace, list)
		}
	}
	d.end()
}

// Ended says that a runtime has drained, or does not run any more.
func (d *Drain) Ended(r *Runtime) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended(r)
}

func (d *Drain) ended(r *Runtime) {
	delete(d.left, r)
	if len(d.left) == 0 && d.draining {
		d.end()
	}
}

// drain runs on the loop.
func (r *Runtime) drain(grace time.Duration, table *atomic.Value, done func()) {
	servers := http.Servers(r.loop)
	left := len(servers)
	if left == 0 {
		done()
		return
	}
	for _, s := range servers {
		s.Drain(func() {
			if left--; left == 0 {
				done()
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

func report(w io.Writer, grace time.Duration, list []http.LiveConnection) {
	for _, c := range list {
		fmt.Fprintf(w, "(spindle:%d) SIGTERM: after %d ms still open: %s %s %s %s, %d bytes not taken\n",
			os.Getpid(), grace.Milliseconds(), c.Remote, c.State, c.Method, c.URL, c.Buffered)
	}
}

// dieOfTerm ends the process as SIGTERM does by default.
func dieOfTerm() {
	signal.Reset(syscall.SIGTERM)
	_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
	select {} // until the signal comes
}
