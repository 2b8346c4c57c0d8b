// Package events is Node's EventEmitter in Go
// (https://nodejs.org/docs/latest-v24.x/api/events.html): one ordered list of
// listeners per event, which holds Go functions and the functions of a host
// language (JavaScript, through jsbind) side by side.
//
// An Emitter belongs to the goroutine of its loop; nothing here locks. A list
// is never changed in place, so an emit goes on over the list it began with
// while listeners come and go. Nothing here starts goroutines or holds
// descriptors, and an Emitter needs no closing.
//
// A listener that panics unwinds through Emit to whoever emitted, as a
// JavaScript listener's exception does in Node.
package events
