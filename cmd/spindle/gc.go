package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The garbage collector is run when the heap has grown by twice what was live
// after the last run. Under load that is too often: a server's live heap is a few
// megabytes, and would be marked a hundred times a second. Where the runs follow
// each other within gcHaste, gcFloor bytes are allocated between two. GOGC in the
// environment has the last word.
const (
	gcPercent = 200
	gcFloor   = 11 << 20
	gcHaste   = 250 * time.Millisecond
	// gcStart is the rate until the first run, which then comes at 11 MiB.
	gcStart = 275
)

// What a burst of work has left behind goes back to the system when no run of
// the collector has followed for gcQuiet: a server that waits holds no garbage.
// Less than gcLitter is not worth the run.
const (
	gcQuiet  = time.Second
	gcLitter = 1 << 20
	// A program that runs for longer than gcStarted has been started; one that
	// loads much has by gcLoaded.
	gcStarted = 40 * time.Millisecond
	gcLoaded  = 500 * time.Millisecond
)

// tuneGC sets the collector's rate now and after each of its runs.
func tuneGC() {
	time.AfterFunc(gcStarted, releasePages)
	time.AfterFunc(gcLoaded, releasePages)
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(gcStart)
	r := &gcRate{percent: gcStart}
	r.quiet = time.AfterFunc(gcQuiet, sweepLitter)
	r.watch()
}

// gcRate is the rate in force and what it is a percentage of, live heap and
// roots: the largest of late, since the rate also holds for the next one.
type gcRate struct {
	percent int
	marked  uint64
	last    time.Time // of the last run
	quiet   *time.Timer
}

// sentinel becomes garbage at once: its end tells of a run of the collector.
type sentinel struct{ _ *sentinel }

func (r *gcRate) watch() {
	runtime.AddCleanup(&sentinel{}, (*gcRate).ran, r)
}

// ran follows a run of the collector.
func (r *gcRate) ran() {
	h := readHeap()
	r.marked = max(h.live+h.roots, r.marked-r.marked/8, 1<<20)
	want := gcPercent
	if now := time.Now(); now.Sub(r.last) < gcHaste {
		want, r.last = max(want, int(gcFloor*100/r.marked)), now
	} else {
		r.last = now
	}
	// Setting it stops everything for a moment: not for small changes.
	if want > r.percent+r.percent/4 || want < r.percent-r.percent/4 {
		debug.SetGCPercent(want)
		r.percent = want
	}
	r.quiet.Reset(gcQuiet)
	r.watch()
}

// sweepLitter gives what is no longer used back to the system, if it is much.
func sweepLitter() {
	if h := readHeap(); h.now > h.live+gcLitter {
		debug.FreeOSMemory()
		releasePages()
	}
}

// heap is the heap in bytes: what was live after the last run of the collector,
// the roots that were marked with it, and what is allocated now.
type heap struct{ live, roots, now uint64 }

func readHeap() heap {
	s := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/globals:bytes"}, {Name: "/gc/scan/stack:bytes"},
		{Name: "/memory/classes/heap/objects:bytes"},
	}
	metrics.Read(s)
	v := func(i int) uint64 {
		if s[i].Value.Kind() != metrics.KindUint64 {
			return 0
		}
		return s[i].Value.Uint64()
	}
	return heap{live: v(0), roots: v(1) + v(2), now: v(3)}
}
