// Package stream is Node's node:stream in Go, as one machine
// (https://nodejs.org/docs/latest-v24.x/api/stream.html): a Stream has a
// readable half, a writable half, or both; Readable, Writable, Duplex,
// Transform and PassThrough are configurations of it, and a socket or an http
// message embeds it. A pipe between two of them is the same code path as a pipe
// between any two objects.
//
// # Calls
//
// Every member that a program may replace exists twice: X(…) is this.x(…),
// which asks the host for a replacement first, and BaseX(…) is the built-in
// body, which a host's own prototype functions call. Code in Go calls X. The
// underscore methods (_read, _write, …) are looked for in this order: the
// host's replacement, the implementation given to Init, the built-in default.
//
// # Goroutines, panics, closing
//
// A Stream belongs to the goroutine of its loop; nothing here locks or starts
// goroutines. Whatever Node throws to a caller panics through Emitter.Throw (a
// chunk of the wrong type, an unknown encoding); what Node emits is emitted. A
// listener or a replaced method may panic through any method here: the state is
// then what Node's would be at that line. Errors thrown by _read, _final,
// _destroy and _construct are caught where Node catches them.
//
// After Destroy nothing is delivered any more but 'error' and 'close'. The
// machine holds no resources; _destroy releases what the implementation holds.
//
// # Chunks
//
// A chunk is not copied: a data listener that keeps bytes beyond its call may
// do so only if the producer gave them up, which every implementation here
// does. The zero Chunk is null: it ends a readable half.
package stream
