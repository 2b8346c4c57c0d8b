package net

import (
	"sync/atomic"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// Server is net.Server: it listens for connections and makes a Socket of each
// (https://nodejs.org/docs/latest-v24.x/api/net.html#class-netserver). Its
// events are 'listening', 'connection' (*Socket), 'drop' (DropInfo), 'error' and
// 'close'.
//
// A Server belongs to the goroutine of its loop. After Close it can listen
// again.
type Server struct {
	events.Emitter
	loop    *loop.Loop
	handle  *Handle
	options ServerOptions

	connections int
	count       *atomic.Int32 // connections for others to see, nil for nobody
	path        string        // _pipeName
	key         string        // _connectionKey
	listenID    uint32        // tells a look-up for listen that was overtaken by close
	unref       bool

	usingWorkers bool
	workers      []Worker

	// MaxConnections is server.maxConnections, negative for undefined.
	// DropMaxConnection has effect among several processes only.
	MaxConnections    int
	DropMaxConnection bool

	// Accept, if it is not nil, makes the socket of a connection in the place of
	// NewSocket; packages that embed Server and need sockets of their own set it.
	Accept func(h *Handle, o SocketOptions) (*Socket, error)
}

// ServerOptions are those of net.createServer(options). Begin with
// NewServerOptions.
type ServerOptions struct {
	AllowHalfOpen         bool
	PauseOnConnect        bool
	NoDelay               bool
	KeepAlive             bool
	KeepAliveInitialDelay int // milliseconds
	HighWaterMark         int // of both halves of the sockets; negative: the default
	BlockList             *BlockList

	// Host, if HasHost is set, is the host of an object that the program made.
	Host    events.Host
	HasHost bool
}

// NewServerOptions returns the defaults of net.createServer().
func NewServerOptions() ServerOptions { return ServerOptions{HighWaterMark: -1} }

// NewServer is new net.Server(options, listener); listener, nil for none,
// receives each connection.
func NewServer(l *loop.Loop, o ServerOptions, listener func(*Socket)) *Server {
	s := new(Server)
	if !o.HasHost {
		o.Host = hostFor(l, "net.Server")
	}
	s.Init(l, s, o)
	if listener != nil {
		s.OnConnection(listener)
	}
	return s
}

// Init makes a zero Server ready; self is the Go object that embeds it.
func (s *Server) Init(l *loop.Loop, self any, o ServerOptions) {
	s.Bind(o.Host, self)
	s.loop, s.options, s.MaxConnections = l, o, -1
}

// Serverer is anything that embeds a Server.
type Serverer interface{ AsServer() *Server }

// AsServer returns s.
func (s *Server) AsServer() *Server { return s }

// Loop returns the loop that s belongs to.
func (s *Server) Loop() *loop.Loop { return s.loop }

// OnConnection adds fn to the listeners of 'connection'.
func (s *Server) OnConnection(fn func(*Socket)) *events.Listener {
	l := events.NewTyped("connectionListener", fn, func(args []any) *Socket {
		if len(args) > 0 {
			if o, ok := args[0].(Socketer); ok {
				return o.AsSocket()
			}
		}
		return nil
	}, false)
	s.AddListener(events.Name("connection"), l, false)
	return l
}

// Handle returns server._handle, nil while it does not listen.
func (s *Server) Handle() *Handle { return s.handle }

// Listening is server.listening.
func (s *Server) Listening() bool { return s.handle != nil }

// Options returns the options as they are in force; they may be changed.
func (s *Server) Options() *ServerOptions { return &s.options }

// Connections is server._connections.
func (s *Server) Connections() int { return s.connections }

// SetConnections sets server._connections.
func (s *Server) SetConnections(n int) { s.connections = n }

// GetConnections is server.getConnections: cb gets the number in a tick.
func (s *Server) GetConnections(cb func(error, int)) {
	if s.usingWorkers {
		s.countWorkers(cb)
		return
	}
	n := s.connections
	s.loop.NextTickFunc(func() { cb(nil, n) })
}

// ConnectionKey is server._connectionKey: "6::::8080".
func (s *Server) ConnectionKey() string { return s.key }

// Address is server.address(): path for a Unix socket, a otherwise, both zero
// for null. The error is that of the system call.
func (s *Server) Address() (a Address, path string, err error) {
	if s.handle != nil && !s.handle.IsPipe() {
		a, st := s.handle.LocalAddress()
		if st.Failed() {
			return Address{}, "", errnoError(st, "address")
		}
		return a, "", nil
	}
	return Address{}, s.path, nil
}

// Ref is this.ref().
func (s *Server) Ref() {
	if o := s.Override(events.MethodRef); o != nil {
		o.Call()
		return
	}
	s.BaseRef()
}

// Unref is this.unref(): the server does not keep the loop alive.
func (s *Server) Unref() {
	if o := s.Override(events.MethodUnref); o != nil {
		o.Call()
		return
	}
	s.BaseUnref()
}

// BaseRef is server.ref.
func (s *Server) BaseRef() {
	s.unref = false
	if s.handle != nil {
		s.handle.Ref()
	}
}

// BaseUnref is server.unref. Before Listen it is kept for later.
func (s *Server) BaseUnref() {
	s.unref = true
	if s.handle != nil {
		s.handle.Unref()
	}
}
