package http2

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/https"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/tls"
)

// Server is a server of either kind: a *PlainServer or a *SecureServer.
type Server interface {
	net.Serverer
	Base() *events.Emitter
	HTTP2() *Side
}

// Side is what both kinds of server have
// (https://nodejs.org/docs/latest-v24.x/api/http2.html#class-http2server): the
// options of sessions and the sessions there are. Events are 'session',
// 'stream', 'request' (*ServerRequest, *ServerResponse), 'sessionError',
// 'timeout', 'checkContinue', 'checkExpectation', 'connect', 'unknownProtocol'
// and those of net.Server.
type Side struct {
	Options Options
	// Timeout ends sessions where nothing happens, milliseconds; 0 is never.
	Timeout int64
	// TimeoutOf, if it is set, gives a host's value in the place of Timeout.
	TimeoutOf func() int64
	// UnknownProtocolTimeout is how long a client may take to leave that does not
	// speak HTTP/2, milliseconds.
	UnknownProtocolTimeout int64
	AllowHTTP1             bool

	// NewRequest and NewResponse make the two objects of a request; a host sets
	// them for subclasses.
	NewRequest  func(st *Stream, h *Headers, raw RawHeaders) *ServerRequest
	NewResponse func(st *Stream) *ServerResponse

	self     Server
	net      *net.Server
	sessions []*Session
	compat   bool
}

// PlainServer is http2.Http2Server.
type PlainServer struct {
	net.Server
	Side
}

// SecureServer is http2.Http2SecureServer. With AllowHTTP1 it answers clients of
// HTTP/1.1 as an https.Server.
type SecureServer struct {
	https.Server
	Side
}

// HTTP2 returns the side.
func (x *Side) HTTP2() *Side { return x }

// NewServer returns a server without TLS whose handler, nil for none, answers
// requests.
func NewServer(l *loop.Loop, o Options, handler func(*ServerRequest, *ServerResponse)) *PlainServer {
	s := &PlainServer{}
	s.InitPlain(l, realmHost(l, "http2.Http2Server"), s, net.NewServerOptions(), o)
	if handler != nil {
		s.OnRequest(handler)
	}
	return s
}

// InitPlain prepares a zero server, which self embeds.
func (s *PlainServer) InitPlain(l *loop.Loop, host events.Host, self Server, no net.ServerOptions, o Options) {
	no.Host, no.HasHost = host, true
	s.Server.Init(l, self, no)
	s.Side.init(&s.Server, self, o)
	s.AddListener(events.Name("connection"), s.listener(), false)
	s.AddListener(events.Name("newListener"), s.setupCompat(), false)
}

// NewSecureServer returns a server with TLS.
func NewSecureServer(l *loop.Loop, c *tls.Context, o Options, handler func(*ServerRequest, *ServerResponse)) *SecureServer {
	s := &SecureServer{}
	s.InitSecure(l, realmHost(l, "http2.Http2SecureServer"), s, http.DefaultServerOptions(), o)
	s.Side.AllowHTTP1 = false
	s.Secure(s.AsServer(), c, tls.ServerOptions{ALPN: []string{"h2"}, HandshakeTimeout: 120000})
	s.NewSocket = func(parent tls.Parent, so tls.SocketOptions) (*tls.Socket, error) {
		t := &tls.Socket{}
		no := net.NewSocketOptions()
		no.Host, no.HasHost = realmHost(l, "tls.TLSSocket"), true
		t.Bind(no.Host, t)
		return t, t.Init(l, t, parent, no, so)
	}
	if handler != nil {
		s.OnRequest(handler)
	}
	return s
}

// InitSecure prepares a zero server, which self embeds. The caller then gives it
// its secure side (tls.Side.Secure).
func (s *SecureServer) InitSecure(l *loop.Loop, host events.Host, self Server, ho http.ServerOptions, o Options) {
	halfOpen := ho.AllowHalfOpen
	s.Server.InitServer(l, host, self, ho)
	srv := s.AsServer()
	srv.Options().AllowHalfOpen = halfOpen
	for _, name := range []string{"secureConnection", "tlsClientError"} {
		srv.SetListeners(events.Name(name), nil)
	}
	if !o.HTTP1 {
		srv.SetListeners(events.Name("listening"), nil)
	}
	s.AllowHTTP1 = o.HTTP1
	s.Side.init(srv, self, o)
	srv.AddListener(events.Name("secureConnection"), s.listener(), false)
	srv.AddListener(events.Name("newListener"), s.setupCompat(), false)
	srv.AddListener(events.Name("tlsClientError"), events.NewMethod("onErrorSecureServerSession", func(_ *events.Emitter, args ...any) {
		if srv.Emit("clientError", args...) || len(args) < 2 {
			return
		}
		if c, ok := args[1].(*tls.Socket); ok {
			err, _ := args[0].(error)
			c.Destroy(err)
		}
	}), false)
}

// AsServer returns the net.Server.
func (s *SecureServer) AsServer() *net.Server { return s.Server.AsServer() }

// Base returns the emitter.
func (s *SecureServer) Base() *events.Emitter { return s.Server.AsServer().Base() }

func (x *Side) init(srv *net.Server, self Server, o Options) {
	x.self, x.net, x.Options, x.UnknownProtocolTimeout = self, srv, o, 10000
	l := srv.Loop()
	x.NewRequest = func(st *Stream, h *Headers, raw RawHeaders) *ServerRequest { return NewServerRequest(l, st, h) }
	x.NewResponse = func(st *Stream) *ServerResponse { return NewServerResponse(l, st) }
}

// Emitter returns what the server's events are emitted on.
func (x *Side) Emitter() *events.Emitter { return x.net.Base() }

// OnRequest adds a handler of 'request'.
func (x *Side) OnRequest(f func(*ServerRequest, *ServerResponse)) {
	x.net.On("request", func(args ...any) {
		req, ok := args[0].(*ServerRequest)
		res, ok2 := args[1].(*ServerResponse)
		if ok && ok2 {
			f(req, res)
		}
	})
}

// OnStream adds a handler of 'stream'.
func (x *Side) OnStream(f func(*Stream, *Headers)) {
	x.net.On("stream", func(args ...any) {
		if st, ok := args[0].(*Stream); ok {
			h, _ := args[1].(*Headers)
			f(st, h)
		}
	})
}

// CloseSessions closes all sessions, as a server that closes does.
func (x *Side) CloseSessions() {
	for _, s := range append([]*Session(nil), x.sessions...) {
		s.Close(nil)
	}
}

// Shut is server.close(): no more connections, and the sessions close. done, nil
// for none, is called when all have ended.
func (x *Side) Shut(done func(error)) {
	x.net.Close(done)
	x.CloseSessions()
}

// Sessions returns the sessions there are.
func (x *Side) Sessions() []*Session { return x.sessions }

func (x *Side) remove(s *Session) {
	for i, y := range x.sessions {
		if y == s {
			x.sessions = append(x.sessions[:i:i], x.sessions[i+1:]...)
			return
		}
	}
}

// listener begins a session on each connection.
func (x *Side) listener() *events.Listener {
	return events.NewMethod("connectionListener", func(_ *events.Emitter, args ...any) {
		if sock, ok := args[0].(Socket); ok {
			x.Accept(sock)
		}
	})
}

// Accept begins a session on a connection.
func (x *Side) Accept(sock Socket) {
	if t, ok := sock.(*tls.Socket); ok {
		if p := t.State().NegotiatedProtocol; p == "" || p == "http/1.1" {
			x.other(t)
			return
		}
	}
	s, err := NewServerSession(sock, x.Options, x.self)
	if err != nil {
		sock.AsStream().Destroy(err)
		return
	}
	x.sessions = append(x.sessions, s)
	x.follow(s)
	timeout := x.Timeout
	if x.TimeoutOf != nil {
		timeout = x.TimeoutOf()
	}
	if timeout > 0 {
		s.SetTimeout(timeout, events.NewListener(func(...any) {
			if s.Destroyed() || s.Closed() {
				return
			}
			if !x.net.Emit("timeout", s) {
				s.Destroy(nil)
			}
		}, true))
	}
	x.net.Emit("session", s)
}

func (x *Side) follow(s *Session) {
	pass := func(name, as string, f func(args []any) []any) {
		s.AddListener(events.Name(name), events.NewMethod(as, func(_ *events.Emitter, args ...any) {
			if s.socket == nil && name != "error" && name != "stream" {
				return
			}
			event := name
			if name == "error" {
				event = "sessionError"
			}
			x.net.Emit(event, f(args)...)
		}), false)
	}
	pass("stream", "sessionOnStream", func(args []any) []any { return args })
	pass("error", "sessionOnError", func(args []any) []any { return append(args[:1:1], s) })
	pass("priority", "sessionOnPriority", func(args []any) []any { return args })
}

// other is a client that does not speak HTTP/2.
func (x *Side) other(t *tls.Socket) {
	if y, ok := x.self.(*SecureServer); ok && x.AllowHTTP1 {
		y.Server.Accept(t)
		return
	}
	if x.net.Emit("unknownProtocol", t) {
		return
	}
	timer := x.net.Loop().SetTimer(max(x.UnknownProtocolTimeout, 1), 0, loop.Func(func() {
		if !t.Destroyed() {
			t.Destroy(nil)
		}
	}))
	timer.Unref()
	t.Once("close", func(...any) { timer.Close() })
	t.End(textChunk("HTTP/1.0 403 Forbidden\r\nContent-Type: text/plain\r\n\r\nMissing ALPN Protocol, expected `h2` to be available.\n"+
		"If this is a HTTP request: The server was not configured with the `allowHTTP1` option or a listener for the `unknownProtocol` event.\n"), "latin1", nil)
}

// setupCompat makes requests of streams once somebody listens for them.
func (x *Side) setupCompat() *events.Listener {
	var l *events.Listener
	l = events.NewMethod("setupCompat", func(e *events.Emitter, args ...any) {
		name, _ := args[0].(string)
		if k, ok := args[0].(events.Key); ok && k.Symbol == nil {
			name = k.Name
		}
		if name != "request" || x.compat {
			return
		}
		x.compat = true
		e.RemoveListener(events.Name("newListener"), l)
		x.net.AddListener(events.Name("stream"), events.NewMethod("bound onServerStream", func(_ *events.Emitter, args ...any) {
			if st, ok := args[0].(*Stream); ok {
				h, _ := args[1].(*Headers)
				x.onStream(st, h)
			}
		}), false)
	})
	return l
}

// onStream makes a request of a stream, and emits it.
func (x *Side) onStream(st *Stream, h *Headers) {
	req := x.NewRequest(st, h, RawHeaders{h})
	res := x.NewResponse(st)
	if req == nil || res == nil {
		return
	}
	e := x.net
	if h.Get(":method") == "CONNECT" {
		if !e.Emit("connect", req, res) {
			res.StatusCode = 405
			res.End(noChunk, "", nil)
		}
		return
	}
	expect := h.Get("expect")
	switch {
	case !h.Has("expect"):
		e.Emit("request", req, res)
	case expect == "100-continue":
		if e.ListenerCount("checkContinue") > 0 {
			e.Emit("checkContinue", req, res)
			return
		}
		_, _ = res.WriteContinue()
		e.Emit("request", req, res)
	case e.ListenerCount("checkExpectation") > 0:
		e.Emit("checkExpectation", req, res)
	default:
		res.StatusCode = 417
		res.End(noChunk, "", nil)
	}
}

// SetTimeout is server.setTimeout, for the sessions that begin later.
func (x *Side) SetTimeout(ms int64) { x.Timeout = ms }

// UpdateSettings changes the settings of the sessions that begin later.
func (x *Side) UpdateSettings(list []protocol.Setting) {
	out := append([]protocol.Setting(nil), x.Options.Settings...)
	for _, n := range list {
		found := false
		for i := range out {
			if out[i].ID == n.ID {
				out[i], found = n, true
			}
		}
		if !found {
			out = append(out, n)
		}
	}
	x.Options.Settings = out
}
