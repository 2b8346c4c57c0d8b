// Package dgram is Node's node:dgram in Go
// (https://nodejs.org/docs/latest-v24.x/api/dgram.html): Handle with libuv's
// verbs for UDP, and over it Socket with Node's events in Node's order.
//
// # Goroutines
//
// Everything here belongs to the goroutine of its loop, nothing locks, and
// nothing starts goroutines but a look-up of a name, which package dns runs off
// the loop. Listeners and callbacks run as call-outs of the loop.
//
// # Closing
//
// A descriptor is closed as soon as its handle is; 'close' follows in a tick. A
// bound Socket keeps the loop alive until it is closed or Unref is called.
package dgram
