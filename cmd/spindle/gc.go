package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The garbage collector is run when the heap has grown by twice what was live
// after the last run, but not before gcFloor bytes were allocated: a server's
// live heap is a few megabytes, and at Go's rate it would be marked a hundred
// times a second. GOGC in the environment has the last word.
const (
	gcPercent = 200
	gcFloor   = 20 << 20
	// gcStart is the rate until the first run, which then comes at 16 MiB.
	gcStart = 400
)

// tuneGC sets the collector's rate now and after each of its runs.
func tuneGC() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(gcStart)
	watchGC(gcRate{percent: gcStart})
}

// gcRate is the rate in force and the live heap that it is made for: the
// largest of late, since the rate also holds for the next one.
type gcRate struct {
	percent int
	live    uint64
}

// sentinel becomes garbage at once: its end tells of a run of the collector.
type sentinel struct{ _ *sentinel }

func watchGC(r gcRate) {
	runtime.AddCleanup(&sentinel{}, func(r gcRate) {
		s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(s)
		if s[0].Value.Kind() != metrics.KindUint64 {
			return
		}
		r.live = max(s[0].Value.Uint64(), r.live-r.live/8, 1<<20)
		want := max(gcPercent, int(gcFloor*100/r.live))
		// Setting it stops everything for a moment: not for small changes.
		if want > r.percent+r.percent/4 || want < r.percent-r.percent/4 {
			debug.SetGCPercent(want)
			r.percent = want
		}
		watchGC(r)
	}, r)
}
