// Package net is Node's node:net in Go
// (https://nodejs.org/docs/latest-v24.x/api/net.html): handles with libuv's
// verbs, and over them Server and Socket with Node's events in Node's order;
// BlockList and SocketAddress.
//
// # Goroutines
//
// Everything here belongs to the goroutine of its loop, nothing locks, and
// nothing starts goroutines but a look-up of a name, which package dns runs off
// the loop. Listeners and callbacks run as call-outs of the loop; one that panics
// unwinds through the call that led to it, and the state is then what Node's
// would be at that line.
//
// # Names
//
// X(…) is JavaScript's this.x(…) and asks the host for a program's replacement;
// BaseX(…) is the built-in member. Options begin with NewXOptions, which hold
// Node's defaults. What Node throws is returned as an error, what it emits is
// emitted; the types of arguments are the binding's to check.
//
// # Closing
//
// A descriptor is closed as soon as its handle is; 'close' follows in the closing
// phase. A Socket that is not destroyed, and a Server that is not closed, hold a
// descriptor.
package net
