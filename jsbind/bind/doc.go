// Package bind is what every binding stands on: the Runtime that ties a goja
// runtime to a loop, hidden native state on JavaScript objects, the class
// builder, the trampoline that gives Node's tick order, conversion of values
// and errors, and the validation of arguments.
//
// Everything here runs on the loop's goroutine, except Runtime.Post.
//
// # Native state
//
// A native object is an ordinary JavaScript object with a hidden, not
// enumerable symbol property that carries the Go value (New, Attach, From).
// From looks along the prototype chain, so Object.create(req) works.
//
// # Exceptions
//
// A native function throws by panicking: Throw for a nodeerr.Error or any Go
// error, goja values as they are. An exception of a JavaScript listener crosses
// Go frames as that panic and is recovered by the trampoline only.
package bind
