// Package childprocess starts programs as node:child_process does
// (https://nodejs.org/docs/latest-v24.x/api/child_process.html): Start and Run
// with libuv's search for the program, its stdio and its errors, and the
// channel of fork.
//
// A Process and a Channel belong to the goroutine of their loop; Run blocks.
// Whoever starts a process on a loop is told of its end on that loop, after
// which its number is not used any more. Nothing is left behind: the child's
// ends of pipes are closed in this process when Start returns.
package childprocess
