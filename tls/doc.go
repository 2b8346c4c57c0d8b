// Package tls is node:tls for Go programs
// (https://nodejs.org/docs/latest-v24.x/api/tls.html): secure sockets and
// servers on package net's, with crypto/tls as the protocol.
//
// A connection is a net.Layer below a Socket: the handshake runs on a goroutine
// of its own, since crypto/tls wants to block there, and everything after it on
// the loop's goroutine. All methods belong to that goroutine; callbacks of a
// handshake are brought to it.
//
// Peers' certificates are verified as OpenSSL does, with its names for what is
// wrong: after the handshake, so that a program can look at a connection that is
// not authorized.
package tls
