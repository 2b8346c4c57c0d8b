// Package buffermod is the binding of node:buffer
// (https://nodejs.org/docs/latest-v24.x/api/buffer.html): the Buffer class, whose
// every method is Go, and the module's functions.
package buffermod
