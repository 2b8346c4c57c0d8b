// Package fsmod is the binding of node:fs and node:fs/promises
// (https://nodejs.org/docs/latest-v24.x/api/fs.html) to package fs. One table
// describes each operation once: how its arguments are read and what runs; the
// synchronous, the callback and the promise form are made of it.
package fsmod
