package tls

import (
	"slices"
	"strings"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// Server is tls.Server: it makes a Socket of each connection and hands it out
// with 'secureConnection' once it is secure
// (https://nodejs.org/docs/latest-v24.x/api/tls.html#class-tlsserver). Its other
// events are 'tlsClientError' (error, *Socket), 'keylog' (line, *Socket), and
// those of net.Server.
type Server struct {
	net.Server
	Side
}

// Side is the secure part of a server, for servers that embed another
// net.Server than Server's.
type Side struct {
	server *net.Server
	ServerOptions
	Context *Context
	named   []namedContext

	// NewSocket makes the Socket of a connection; the host sets it to give the
	// object its wrapper.
	NewSocket func(parent Parent, o SocketOptions) (*Socket, error)
}

// ServerOptions are those of tls.createServer.
type ServerOptions struct {
	RequestCert, RejectUnauthorized bool
	ALPN                            []string
	ALPNCallback                    func(s *Socket, servername string, protocols []string, answer func(protocol string, ok bool, err error))
	SNICallback                     func(s *Socket, servername string, answer func(c *Context, err error))
	HandshakeTimeout                int64 // ms
	PauseOnConnect                  bool
	Fallback                        *Store
	// Hooks is asked at each connection what the program wants to be asked.
	Hooks func() Hooks
}

type namedContext struct {
	name    string
	context *Context
}

// Secure makes the connections of srv secure.
func (x *Side) Secure(srv *net.Server, c *Context, o ServerOptions) {
	x.server, x.Context, x.ServerOptions = srv, c, o
	l := events.NewMethod("onconnection", func(_ *events.Emitter, args ...any) {
		if p, ok := args[0].(Parent); ok {
			x.accept(p)
		}
	})
	srv.AddListener(events.Name("connection"), l, false)
}

// AddContext is server.addContext: name may begin with "*.". The newest counts.
func (x *Side) AddContext(name string, c *Context) {
	x.named = append(x.named, namedContext{strings.ToLower(name), c})
}

// find is the SNICallback of a server that was given none.
func (x *Side) find(servername string) *Context {
	name := strings.ToLower(servername)
	for _, n := range slices.Backward(x.named) {
		if n.name == name {
			return n.context
		}
		if rest, ok := strings.CutPrefix(n.name, "*."); ok {
			if _, tail, cut := strings.Cut(name, "."); cut && tail == rest {
				return n.context
			}
		}
	}
	return nil
}

func (x *Side) accept(parent Parent) {
	o := SocketOptions{Context: x.Context, IsServer: true, RequestCert: x.RequestCert, RejectUnauthorized: x.RejectUnauthorized, ALPN: x.ALPN,
		ALPNCallback: x.ALPNCallback, SNICallback: x.SNICallback, HandshakeTimeout: x.HandshakeTimeout, Fallback: x.Fallback,
		KeyLog: x.server.ListenerCount("keylog") > 0}
	if x.Hooks != nil {
		o.Hooks = x.Hooks()
	}
	if o.SNICallback == nil && len(x.named) > 0 {
		o.SNICallback = func(_ *Socket, name string, answer func(*Context, error)) { answer(x.find(name), nil) }
	}
	s, err := x.NewSocket(parent, o)
	if err != nil {
		parent.AsStream().Destroy(err)
		return
	}
	if p, ok := parent.(net.Socketer); ok {
		s.CountInstead(p.AsSocket())
	}
	clientError := func(err error) {
		x.server.Emit("tlsClientError", err, s)
	}
	s.On("keylog", func(args ...any) { x.server.Emit("keylog", args[0], s) })
	s.Once("close", func(...any) {
		if !s.Released && !s.told {
			s.told = true
			clientError(nodeerr.New(nodeerr.KindError, "ECONNRESET", "socket hang up"))
		}
	})
	s.On("error", func(args ...any) {
		if err, ok := args[0].(error); ok && !s.Released && !s.told {
			s.told = true
			clientError(err)
		}
	})
	s.Once("secure", func(...any) { x.secured(s) })
	s.Start()
}

// secured hands out a connection whose handshake is over.
func (x *Side) secured(s *Socket) {
	if s.RequestCert {
		if err := s.VerifyError(); err != nil {
			s.AuthorizationError = err
			if s.RejectUnauthorized {
				s.Destroy(nil)
			}
		} else {
			s.Authorized = true
		}
	}
	if s.Destroyed() {
		return
	}
	s.Released = true
	if x.PauseOnConnect {
		s.Pause()
	}
	events.EmitValue(&x.server.Emitter, "secureConnection", s)
}

// SecureSide returns the secure part of the server.
func (x *Side) SecureSide() *Side { return x }
