// Package streammod is the binding of node:stream
// (https://nodejs.org/docs/latest-v24.x/api/stream.html) to package stream. The
// machine is Go; a subclass's underscore methods and the functions of the
// constructors' options are found by the machine's self-calls.
package streammod
