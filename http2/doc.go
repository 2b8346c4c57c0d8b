// Package http2 is node:http2 for Go programs
// (https://nodejs.org/docs/latest-v24.x/api/http2.html): sessions, streams,
// servers with and without TLS, and requests and answers as package http has
// them, on the loop and the sockets of packages net and tls. The protocol itself,
// without sockets, is package http2/protocol.
//
// A Stream is a Duplex: what is written waits for the peer's window, and what is
// read gives window back, so that a pipe holds back whoever sends too fast.
//
// Everything belongs to the goroutine of its loop. Errors that Node throws are
// returned, those that it emits are emitted as 'error'. After 'close' of a
// session or a stream nothing more is emitted.
package http2
