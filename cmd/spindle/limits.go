package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spindle-js/spindle/jsbind"
	"github.com/spindle-js/spindle/jsbind/modules/osmod"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/net"
)

// limits are what the user allows a program.
type limits struct {
	memory     int64 // bytes, of --max-old-space-size; 0 for any number
	time, turn time.Duration
}

// or returns l, and m's where l has none.
func (l limits) or(m limits) limits {
	if l.time == 0 {
		l.time = m.time
	}
	if l.turn == 0 {
		l.turn = m.turn
	}
	return l
}

// ownOptions are the options with a value that Node has not, or that have a
// meaning of their own here.
var ownOptions = map[string]bool{
	"--drain-timeout": true, "--time-limit": true, "--turn-limit": true, "--workers": true,
}

// optionName is the name of an option, in Node's spelling.
func optionName(a string) string {
	name, _, _ := strings.Cut(a, "=")
	return strings.ReplaceAll(name, "_", "-")
}

// setOwn takes one of ownOptions.
func (o *options) setOwn(name, v string) (err error) {
	if name == "--workers" {
		o.workers, err = workerCount(v)
		return err
	}
	ms, err := strconv.ParseUint(v, 10, 31)
	if err != nil {
		return errors.New(name + " must be a number of milliseconds")
	}
	d := time.Duration(ms) * time.Millisecond
	switch name {
	case "--drain-timeout":
		o.drain = d
	case "--time-limit":
		o.limits.time = d
	case "--turn-limit":
		o.limits.turn = d
	}
	return nil
}

// memoryLimit finds V8's limits of the heap among the options: the last one
// counts, and 0 is none.
func memoryLimit(flags []string) (int64, error) {
	limit := int64(0)
	for _, a := range flags {
		_, v, given := strings.Cut(a, "=")
		switch name := optionName(a); name {
		case "--max-old-space-size":
			n, err := strconv.ParseInt(v, 10, 40)
			if !given || err != nil && v != "" {
				return 0, fmt.Errorf("bad option: %s", a)
			}
			limit = max(n, 0) << 20
		case "--max-old-space-size-percentage":
			p, err := strconv.ParseFloat(v, 64)
			if err != nil || math.IsNaN(p) || p <= 0 || p > 100 {
				return 0, fmt.Errorf("%s must be greater than 0 and up to 100. Got: %s", name, v)
			}
			limit = int64(p / 100 * float64(osmod.TotalMemory()))
		}
	}
	return limit, nil
}

// unwinding is how long a program that is to end at a limit gets to leave
// JavaScript and tell where it was.
const unwinding = 300 * time.Millisecond

// collectorsShare is what the process needs beside the program's memory.
const collectorsShare = 16 << 20

// watch ends the process at the limits of memory and time; that of a turn is
// jsbind's. The limit of memory is for all runtimes together.
func (l limits) watch(all ...*jsbind.Runtime) {
	end := func(e *jsbind.LimitError) {
		for _, r := range all {
			r.Interrupt(e)
		}
		time.Sleep(unwinding)
		endAtLimit(e)
	}
	if l.memory > 0 {
		if os.Getenv("GOMEMLIMIT") == "" {
			debug.SetMemoryLimit(l.memory + collectorsShare) // garbage does not count
		}
		go func() {
			_ = jsbind.WatchHeap(context.Background(), l.memory, nil, func(live int64) int64 {
				end(&jsbind.LimitError{Limit: jsbind.MemoryLimit, Used: live, Allowed: l.memory})
				return 0
			})
		}()
	}
	if l.time > 0 {
		time.AfterFunc(l.time, func() {
			end(&jsbind.LimitError{Limit: jsbind.TimeLimit, Used: int64(l.time), Allowed: int64(l.time)})
		})
	}
}

// timeLimitCode is the exit code of a program that took too long, as of
// timeout(1).
const timeLimitCode = 124

var ending sync.Once

// endAtLimit says what limit a program has gone beyond, and where it was, and
// ends the process: as Node does where the heap is exhausted, by SIGABRT, which a
// shell shows as 134, or with code 124. It does not return.
func endAtLimit(e *jsbind.LimitError) {
	ending.Do(func() {
		net.ResetTerminals()
		said := ""
		switch e.Limit {
		case jsbind.MemoryLimit:
			said = fmt.Sprintf("Reached heap limit Allocation failed - JavaScript heap out of memory\n(%d MiB in use, %d MiB allowed by --max-old-space-size)", e.Used>>20, e.Allowed>>20)
		case jsbind.TimeLimit:
			said = fmt.Sprintf("The program has not ended within %d ms (--time-limit)", time.Duration(e.Allowed).Milliseconds())
		default:
			said = fmt.Sprintf("A turn of the event loop has taken more than %d ms (--turn-limit)", time.Duration(e.Allowed).Milliseconds())
		}
		if e.Stack != "" {
			said += "\n" + e.Stack
		}
		fmt.Fprintf(os.Stderr, "\nFATAL ERROR: %s\n", said)
		if e.Limit != jsbind.MemoryLimit {
			os.Exit(timeLimitCode)
		}
		processmod.Abort()
	})
	select {} // another goroutine ends the process
}
