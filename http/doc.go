// Package http is Node's node:http in Go
// (https://nodejs.org/docs/latest-v24.x/api/http.html): Server, ServerResponse,
// IncomingMessage, ClientRequest, OutgoingMessage and Agent over the sockets of
// package net and the parser of package parser.
//
// Everything here belongs to the goroutine of its loop. Members that a program
// may replace exist as X, which is this.x, and BaseX, the built-in body; see
// package stream. What Node throws to a caller is returned as an error by the
// Base members and by X alike.
//
// A server's connection holds a parser from a free list; an idle one holds no
// buffer. The protocol runs over any Conn: a *net.Socket, whose bytes go to the
// parser without a 'data' event, or any duplex stream, read through 'data'.
package http
