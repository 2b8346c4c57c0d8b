package net

import (
	"strconv"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/loop"
)

// The channels of net
// (https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#net), and
// of net.Server's listening.
const (
	clientSocketChannel = "net.client.socket"
	serverSocketChannel = "net.server.socket"
	listenEndChannel    = "tracing:net.server.listen:asyncEnd"
	listenErrorChannel  = "tracing:net.server.listen:error"
)

// debugging says that NODE_DEBUG names net: ask before debugf.
var debugging = diagnostics.Enabled("net")

func debugf(l *loop.Loop, format string, args ...any) {
	if log := diagnostics.Debug(l, "net"); log != nil {
		log(format, args...)
	}
}

// debug prints for a socket.
func (s *Socket) debug(format string, args ...any) { debugf(s.StreamLoop(), format, args...) }

// debugListen prints what _listen2 was called with.
func (s *Server) debugListen(t listenTarget) {
	address, family, backlog, fd := "null", t.family, any(t.backlog), "undefined"
	if t.address != "" {
		address = t.address
	}
	if t.port == -1 {
		family = -1
	}
	if t.backlogFalse {
		backlog = false
	}
	if t.fd >= 0 {
		fd = strconv.Itoa(t.fd)
	}
	debugf(s.loop, "setupListenHandle "+address, t.port, family, backlog, fd)
}

// ConnectArgs are the arguments of createConnection as Node prints them: a host
// shows both.
type ConnectArgs struct{ Options, Callback any }

// DebugConnect prints that a connection is made.
func DebugConnect(l *loop.Loop, a ConnectArgs) {
	if debugging {
		debugf(l, "createConnection", a)
	}
}
