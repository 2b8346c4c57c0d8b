// Package protocol is one connection of HTTP/2 (RFC 9113) without a socket: bytes
// that were read go in by Receive, bytes to be written come out of Flush, and a
// Handler is told of what the peer sent. It keeps the states of streams, flow
// control in both directions, header compression (RFC 7541), settings, and the
// limits that Node puts on a peer.
//
// What is accepted and what is an error follows nghttp2, which Node stands on:
// a fault of one stream resets the stream, a fault of the connection ends it with
// GOAWAY, and LibError has nghttp2's numbers, which programs see as err.errno.
//
// A Conn belongs to one goroutine and starts none. It never blocks and keeps no
// bytes of its caller's: Receive copies an unfinished frame, and what a Handler
// gets is valid until it returns. Bytes given to Stream.Write are kept until
// their callback. A peer's bytes, whatever they are, never make it panic.
package protocol
