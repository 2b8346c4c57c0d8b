package https

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/tls"
)

// Server is https.Server: an http.Server whose connections are secure. Besides
// the events of http.Server it has 'secureConnection' and 'tlsClientError'.
type Server struct {
	http.Server
	tls.Side
}

// InitServer prepares a zero Server, which self embeds. The caller then gives it
// its secure side (tls.Side.Secure).
func (s *Server) InitServer(l *loop.Loop, host events.Host, self any, o http.ServerOptions) {
	s.Server.InitServer(l, host, self, o)
	key := events.Name("connection")
	for _, x := range append([]*events.Listener(nil), s.Listeners(key)...) {
		s.RemoveListener(key, x)
		s.AddListener(events.Name("secureConnection"), x, false)
	}
	s.AddListener(events.Name("tlsClientError"), events.NewMethod("", func(_ *events.Emitter, args ...any) {
		if s.Emit("clientError", args...) || len(args) < 2 {
			return
		}
		if c, ok := args[1].(*tls.Socket); ok {
			err, _ := args[0].(error)
			c.Destroy(err)
		}
	}), false)
}

// AsServer returns the net.Server.
func (s *Server) AsServer() *net.Server { return s.Server.AsServer() }
