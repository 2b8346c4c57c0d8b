package loop

import "time"

// Clock tells a loop the time. The default is the system's monotonic clock.
type Clock interface {
	// Nanotime returns nanoseconds since some fixed point; it never decreases.
	Nanotime() int64
}

// VirtualClock is a Clock that also decides how the loop waits, for tests
// (package looptest has one).
type VirtualClock interface {
	Clock
	// Attach gives the clock a function that makes the loop look at the time
	// again. It may be called from any goroutine, also after Close.
	Attach(wake func())
	// Wait is called when nothing is ready and the loop would block for ms
	// milliseconds (-1: for ever). It returns for how long to block really,
	// after moving the clock if it wants to.
	Wait(ms int) int
}

// WithClock replaces the clock.
func WithClock(c Clock) Option { return func(o *config) { o.clock = c } }

// monotonic is the system's monotonic clock.
type monotonic struct{}

var started = time.Now()

func (monotonic) Nanotime() int64 { return int64(time.Since(started)) }

// Now returns the loop's time in milliseconds since New, as last updated: after
// each wait, before the timers phase, and when a timer is set. It is uv_now.
func (l *Loop) Now() int64 { return l.now }

// UpdateTime reads the clock and returns the new loop time in milliseconds.
func (l *Loop) UpdateTime() int64 {
	l.now = l.nanotime() / 1e6
	return l.now
}

// nanotime returns nanoseconds since New.
func (l *Loop) nanotime() int64 { return l.clock.Nanotime() - l.epoch }
