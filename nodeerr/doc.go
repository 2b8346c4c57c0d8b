// Package nodeerr holds the errors that Node programs see: one type, and one
// constructor per code, with Node's name, code, message and properties
// (https://nodejs.org/docs/latest-v24.x/api/errors.html).
//
// Go code returns these as ordinary errors and callers inspect them with
// errors.As; the JavaScript binding turns each into an Error object once and
// keeps that object in Host, so that every listener and callback sees the same
// one. An *Error is made and read on the loop's goroutine, or handed to it
// whole; it is not safe for concurrent mutation.
package nodeerr
