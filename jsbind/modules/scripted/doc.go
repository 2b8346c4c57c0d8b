// Package scripted is what built-in modules that are written in JavaScript stand
// on: it compiles their files when they are first needed, and gives them a host
// object with the argument checks and errors that modules in Go have in package
// bind.
//
// A file js/name.js of a module holds one expression, a function of the host.
// Everything here belongs to the loop's goroutine.
package scripted
