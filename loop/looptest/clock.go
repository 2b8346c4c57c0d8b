// Package looptest has a clock for tests of what runs on a loop: time passes
// only when the test says so, and nothing sleeps.
package looptest

import (
	"sync"
	"time"
)

// Clock is a clock that tests advance. Any goroutine may use it.
type Clock struct {
	mu     sync.Mutex
	now    int64
	manual bool
	wakes  []func()
}

// NewClock returns a clock that jumps to the next timer whenever a loop has
// nothing else to do: timers fire at once, in order, and Advance within a
// callback stands for the time that the callback takes. A loop that has no
// timer waits for its descriptors and posts as usual.
func NewClock() *Clock { return new(Clock) }

// NewManualClock returns a clock that moves only by Advance, which wakes the
// loops that use it. Use it where real input and output happens beside timers.
func NewManualClock() *Clock { return &Clock{manual: true} }

// Nanotime returns the time in nanoseconds since the clock was made.
func (c *Clock) Nanotime() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance lets d pass and wakes the loops.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	c.now += int64(d)
	wakes := c.wakes
	c.mu.Unlock()
	for _, wake := range wakes {
		wake()
	}
}

// Attach is called by a loop that uses the clock.
func (c *Clock) Attach(wake func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wakes = append(c.wakes, wake)
}

// Wait is called by a loop that would block.
func (c *Clock) Wait(ms int) int {
	if ms <= 0 || c.manual {
		return -1
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += int64(ms) * 1e6
	return 0
}
