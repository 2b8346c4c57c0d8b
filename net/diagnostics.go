package net

import (
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

// orUndefined is an argument that Node shows as undefined where it is missing.
func orUndefined(s string) string {
	if s == "" {
		return "undefined"
	}
	return s
}
