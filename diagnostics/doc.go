// Package diagnostics is how the packages of Node's modules tell what they do:
// channels as node:diagnostics_channel has them
// (https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html), and the
// lines that the environment variable NODE_DEBUG asks for.
//
// Both belong to a loop and to its goroutine. Where nobody listens they cost a
// look at a pointer: build messages and arguments only after asking.
package diagnostics
