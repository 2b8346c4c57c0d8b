// Package fs holds the file operations of node:fs for Go
// (https://nodejs.org/docs/latest-v24.x/api/fs.html): system calls with Node's
// options, and errors that are *nodeerr.Error with Node's code, syscall, path
// and dest.
//
// Every function here blocks, touches nothing of a loop's and may be called
// from any goroutine; a program on a loop calls them through loop.Work. Paths
// are bytes in a string. Only ReadStream and WriteStream belong to the
// goroutine of their loop. Nothing is kept open by the package itself: whoever
// opens a descriptor closes it.
package fs
