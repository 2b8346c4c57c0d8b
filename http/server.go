package http

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/stream"
)

// Server is an http server
// (https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpserver): a
// net.Server whose connections speak HTTP/1.1.
type Server struct {
	net.Server
	loop *loop.Loop

	Timeout                     int64 // ms; 0: none
	KeepAliveTimeout            int64
	KeepAliveTimeoutBuffer      int64
	HeadersTimeout              int64
	RequestTimeout              int64
	ConnectionsCheckingInterval int64
	MaxHeadersCount             int // -1: not set
	MaxRequestsPerSocket        int64
	MaxHeaderSize               int
	InsecureHTTPParser          stream.Tri // Null: as Defaults has it
	RequireHostHeader           bool
	JoinDuplicateHeaders        bool
	HTTPAllowHalfOpen           bool
	RejectNonStandardBodyWrites bool
	OptimizeEmptyRequests       bool
	HighWaterMark               int
	UniqueHeaders               map[string]bool

	// NewIncoming and NewResponse make the two objects of a request; a binding
	// sets them for subclasses.
	NewIncoming func(c Conn) *IncomingMessage
	NewResponse func(req *IncomingMessage) *ServerResponse
	// ShouldUpgrade is the shouldUpgradeCallback option; nil asks whether
	// anybody listens for 'upgrade'.
	ShouldUpgrade func(req *IncomingMessage) bool

	on       serverListeners
	conns    connList
	checking *loop.Timer
	draining bool // connections close after their last answer
	hosts    messageHosts
}

// messageHosts are the hosts of a server's messages.
type messageHosts struct{ incoming, response events.Host }

// serverListeners are the registrations that a server puts on its sockets, one
// set for all of them.
type serverListeners struct {
	data, end, close, error, timeout, drain, pause, resume, finish, responseClose *events.Listener
}

// ServerOptions are the options of http.createServer, with Node's defaults made
// by DefaultServerOptions.
type ServerOptions struct {
	net.ServerOptions
	KeepAliveTimeout, KeepAliveTimeoutBuffer int64
	HeadersTimeout, RequestTimeout           int64
	ConnectionsCheckingInterval              int64
	MaxHeaderSize                            int
	InsecureHTTPParser                       stream.Tri
	JoinDuplicateHeaders                     bool
	NoRequireHostHeader                      bool
	RejectNonStandardBodyWrites              bool
	OptimizeEmptyRequests                    bool
	UniqueHeaders                            []string
}

// DefaultServerOptions returns Node's defaults, times in milliseconds.
func DefaultServerOptions() ServerOptions {
	o := ServerOptions{
		KeepAliveTimeout: 5000, KeepAliveTimeoutBuffer: 1000, HeadersTimeout: 60000, RequestTimeout: 300000,
		ConnectionsCheckingInterval: 30000,
	}
	o.ServerOptions = net.NewServerOptions()
	o.NoDelay = true
	return o
}

// NewServer returns a server whose handler answers the requests; handler may be
// nil. A handler runs on the loop's goroutine; what it panics with unwinds to
// the loop.
func NewServer(l *loop.Loop, handler func(*IncomingMessage, *ServerResponse)) *Server {
	s := &Server{}
	s.InitServer(l, realmHost(l, "http.Server"), s, DefaultServerOptions())
	if handler != nil {
		s.OnRequest(handler)
	}
	return s
}

// realmHost asks the loop's realm for a class's host, nil in Go alone.
func realmHost(l *loop.Loop, class string) events.Host {
	if r, ok := l.Value().(events.Realm); ok {
		return r.HostFor(class)
	}
	return nil
}

// InitServer prepares s, which self embeds.
func (s *Server) InitServer(l *loop.Loop, host events.Host, self any, o ServerOptions) {
	s.loop = l
	o.AllowHalfOpen = true
	o.Host, o.HasHost = host, true
	s.Server.Init(l, self, o.ServerOptions)
	s.KeepAliveTimeout, s.KeepAliveTimeoutBuffer = o.KeepAliveTimeout, o.KeepAliveTimeoutBuffer
	s.HeadersTimeout, s.RequestTimeout = o.HeadersTimeout, o.RequestTimeout
	s.ConnectionsCheckingInterval = o.ConnectionsCheckingInterval
	s.MaxHeaderSize, s.InsecureHTTPParser = o.MaxHeaderSize, o.InsecureHTTPParser
	s.JoinDuplicateHeaders, s.RequireHostHeader = o.JoinDuplicateHeaders, !o.NoRequireHostHeader
	s.RejectNonStandardBodyWrites, s.OptimizeEmptyRequests = o.RejectNonStandardBodyWrites, o.OptimizeEmptyRequests
	s.HighWaterMark, s.MaxHeadersCount = o.ServerOptions.HighWaterMark, -1
	if len(o.UniqueHeaders) > 0 {
		s.UniqueHeaders = map[string]bool{}
		for _, n := range o.UniqueHeaders {
			s.UniqueHeaders[lower(n)] = true
		}
	}
	s.hosts = messageHosts{realmHost(l, "http.IncomingMessage"), realmHost(l, "http.ServerResponse")}
	s.NewIncoming = func(c Conn) *IncomingMessage { return NewIncomingMessage(l, s.hosts.incoming, c) }
	s.NewResponse = func(req *IncomingMessage) *ServerResponse { return NewServerResponse(l, s.hosts.response, req) }
	s.makeListeners()
	s.AddListener(events.Name("connection"), shared("connectionListener", func(_ any, args []any) {
		if c, ok := args[0].(Conn); ok {
			s.Accept(c)
		}
	}), false)
	s.AddListener(events.Name("listening"), shared("setupConnectionsTracking", func(any, []any) {
		s.trackConnections()
	}), false)
}

// AsHTTPServer returns s, for servers that embed one.
func (s *Server) AsHTTPServer() *Server { return s }

// OnRequest adds a handler of 'request'.
func (s *Server) OnRequest(f func(*IncomingMessage, *ServerResponse)) *events.Listener {
	return s.On("request", func(args ...any) { f(args[0].(*IncomingMessage), args[1].(*ServerResponse)) })
}

// SetTimeout sets the inactivity timeout of sockets, in milliseconds; cb
// listens for 'timeout' with the socket.
func (s *Server) SetTimeout(ms int64, cb func(Conn)) {
	s.Timeout = ms
	if cb != nil {
		s.On("timeout", func(args ...any) { cb(args[0].(Conn)) })
	}
}

// Close stops accepting, ends idle connections and stops the timeouts' check;
// cb runs when the last connection has ended.
func (s *Server) Close(cb func(error)) {
	s.stopChecking()
	s.delist()
	s.CloseIdleConnections()
	s.Server.Close(cb)
}

func (s *Server) stopChecking() {
	if s.checking != nil {
		s.checking.Close()
	}
}

// CloseAllConnections destroys every connection.
func (s *Server) CloseAllConnections() {
	s.conns.each(func(c *serverConn) { c.conn.AsStream().Destroy(nil) })
}

// CloseIdleConnections destroys the connections that wait for a request.
func (s *Server) CloseIdleConnections() {
	s.conns.each(func(c *serverConn) {
		if c.idle() {
			c.conn.AsStream().Destroy(nil)
		}
	})
}

// Accept is the 'connection' listener: it puts the protocol on a transport.
func (s *Server) Accept(c Conn) {
	if debugging {
		debugf(s.loop, "SERVER new http connection")
	}
	x := &serverConn{server: s, conn: c}
	sl := ensureSlot(c)
	sl.Server, sl.server, sl.Paused = s, x, false
	if s.Timeout > 0 && canTimeout(c) {
		setTimeout(c, s.Timeout)
	}
	x.parser = newParser(parser.Request, c, HeaderSize(s.loop, s.MaxHeaderSize), lenient(s.loop, s.InsecureHTTPParser))
	x.parser.begin("HTTPIncomingMessage")
	x.parser.side = x
	x.parser.joinDuplicateHeaders = s.JoinDuplicateHeaders
	if s.MaxHeadersCount >= 0 {
		x.parser.MaxHeaderPairs = 2 * s.MaxHeadersCount
	}
	sl.Parser = x.parser
	x.since = s.loop.Now()
	s.conns.add(x)
	x.attach()
}
