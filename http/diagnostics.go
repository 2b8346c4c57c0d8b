package http

import (
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/loop"
)

// The channels of http
// (https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#http).
const (
	requestCreatedChannel  = "http.client.request.created"
	requestStartChannel    = "http.client.request.start"
	requestErrorChannel    = "http.client.request.error"
	responseFinishChannel  = "http.client.response.finish"
	serverStartChannel     = "http.server.request.start"
	responseCreatedChannel = "http.server.response.created"
	serverFinishChannel    = "http.server.response.finish"
)

// debugging says that NODE_DEBUG names http: ask before debugf.
var debugging = diagnostics.Enabled("http")

func debugf(l *loop.Loop, format string, args ...any) {
	if log := diagnostics.Debug(l, "http"); log != nil {
		log(format, args...)
	}
}

func field(name string, v any) diagnostics.Field { return diagnostics.Field{Name: name, Value: v} }

// publish tells of a request and its answer.
func (x *serverConn) publish(channel string, req *IncomingMessage, res *ServerResponse) {
	diagnostics.Publish(x.server.loop, channel, field("request", req.Self()), field("response", res.Self()),
		field("socket", x.conn.Base().Self()), field("server", x.server.Self()))
}
