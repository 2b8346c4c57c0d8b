package net

import (
	"strconv"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// ListenOptions are those of server.listen(options)
// (https://nodejs.org/docs/latest-v24.x/api/net.html#serverlistenoptions-callback).
// Of Handle, FD, Path and Port the first that is set counts. Begin with
// NewListenOptions.
type ListenOptions struct {
	Handle *Handle
	FD     int // -1 for none

	Port int
	Host string // "": :: with dual stack, or 0.0.0.0 without IPv6

	Path                     string
	ReadableAll, WritableAll bool // open the Unix socket to all users

	Backlog int // 0: DefaultBacklog
	// BacklogFalse says that there was no number in the place of Backlog, which
	// is what NODE_DEBUG then prints.
	BacklogFalse bool
	IPv6Only     bool
	ReusePort    bool
	Exclusive    bool // has effect among several processes only
	Signal       stream.Signal
}

// NewListenOptions returns the options of server.listen().
func NewListenOptions() ListenOptions { return ListenOptions{FD: -1} }

// Listen is server.listen: 'listening' or 'error' follow in a tick. cb, nil for
// none, is a once-listener of 'listening'. It returns what Node throws:
// ERR_SERVER_ALREADY_LISTEN, ERR_SOCKET_BAD_PORT, and the error of chmod.
func (s *Server) Listen(o ListenOptions, cb *events.Listener) error {
	if s.handle != nil {
		return nodeerr.ServerAlreadyListen()
	}
	if cb != nil {
		s.AddListener(events.Name("listening"), cb, false)
	}
	if o.Handle != nil {
		s.handle = o.Handle
		s.listen2(listenTarget{port: -1, fd: -1, backlog: o.Backlog})
		return nil
	}
	if o.Signal != nil {
		s.closeOnAbort(o.Signal)
	}
	flags := BindFlags(0)
	if o.IPv6Only {
		flags |= BindIPv6Only
	}
	if o.ReusePort {
		flags |= BindReusePort
	}
	t := listenTarget{port: o.Port, family: 4, fd: o.FD, backlog: o.Backlog, backlogFalse: o.BacklogFalse && o.Backlog == 0, flags: flags}
	switch {
	case o.FD >= 0:
		t.port, t.family = 0, 0
		s.listenInCluster(t, false, ClusterQuery{})
	case o.Path != "":
		s.path = o.Path
		t.address, t.port, t.family = o.Path, -1, 0
		s.listenInCluster(t, o.Exclusive, ClusterQuery{HasModes: true, ReadableAll: o.ReadableAll, WritableAll: o.WritableAll})
		return s.openPath(o)
	case o.Port < 0 || o.Port > 65535:
		return nodeerr.SocketBadPort("options.port", "type number ("+strconv.Itoa(o.Port)+")", true)
	case o.Host != "":
		s.lookupAndListen(o.Host, t, o.Exclusive || o.ReusePort)
	default:
		s.listenInCluster(t, o.Exclusive || o.ReusePort, ClusterQuery{})
	}
	return nil
}

// listenTarget is where to listen.
type listenTarget struct {
	address string // "" for any
	port    int    // -1 for a path
	family  int
	backlog int
	fd      int // -1 for none
	flags   BindFlags

	backlogFalse bool
}

// openPath opens a Unix socket to other users.
func (s *Server) openPath(o ListenOptions) error {
	mode := PipeMode(0)
	if o.ReadableAll {
		mode |= PipeReadable
	}
	if o.WritableAll {
		mode |= PipeWritable
	}
	if s.handle == nil || mode == 0 {
		return nil
	}
	if st := s.handle.Chmod(mode); st.Failed() {
		s.handle.Close(nil)
		s.handle = nil
		return errnoError(st, "uv_pipe_chmod")
	}
	return nil
}

// lookupAndListen listens on an address of a host: the first that is not
// link-local, or the first.
func (s *Server) lookupAndListen(host string, t listenTarget, exclusive bool) {
	s.listenID++
	id := s.listenID
	lookupOf(s.loop)(host, LookupOptions{All: true}, func(err error, as []dns.Address) {
		if id != s.listenID {
			return // closed, or told to listen elsewhere, meanwhile
		}
		if err != nil {
			s.Emit("error", err)
			return
		}
		if len(as) > 0 {
			a := notLinkLocal(as)
			t.address, t.family = a.Address, a.Family
		}
		s.listenInCluster(t, exclusive, ClusterQuery{})
	})
}

func notLinkLocal(as []dns.Address) dns.Address {
	for _, a := range as {
		if ip, ok := parseIP(a.Address); !ok || ip.Is4() || !ip.IsLinkLocalUnicast() {
			return a
		}
	}
	return as[0]
}

// listen2 is this._listen2: it makes the handle, unless there is one, and
// listens.
func (s *Server) listen2(t listenTarget) {
	if o := s.Override(events.MethodListen2); o != nil {
		o.Call(t.args()...)
		return
	}
	s.baseListen2(t)
}

// args are the arguments of _listen2: address, port, addressType, backlog, fd,
// flags.
func (t listenTarget) args() []any {
	var address, fd any
	if t.address != "" {
		address = t.address
	}
	if t.fd >= 0 {
		fd = t.fd
	}
	return []any{address, t.port, t.family, t.backlog, fd, int(t.flags)}
}

// BaseListen2 is server._listen2(address, port, addressType, backlog, fd, flags).
func (s *Server) BaseListen2(address string, port, family, backlog, fd int, flags BindFlags) {
	s.baseListen2(listenTarget{address: address, port: port, family: family, backlog: backlog, fd: fd, flags: flags})
}

func (s *Server) baseListen2(t listenTarget) {
	if debugging {
		s.debugListen(t)
	}
	if s.handle == nil {
		if debugging {
			debugf(s.loop, "setupListenHandle: create a handle")
		}
		h, st := (*Handle)(nil), OK
		if t.address == "" && t.fd < 0 {
			// Try the unspecified IPv6 address, which has IPv4 with it.
			any6 := t
			any6.address, any6.family = "::", 6
			if h, st = bindHandle(s.loop, any6); st.Failed() {
				h = nil
				t.address, t.family = "0.0.0.0", 4
			} else {
				t = any6
			}
		}
		if h == nil {
			if h, st = bindHandle(s.loop, t); st.Failed() {
				s.failListen(st, t)
				return
			}
		}
		s.handle = h
	}
	backlog := t.backlog
	if backlog == 0 {
		backlog = DefaultBacklog
	}
	if st := s.handle.Listen(backlog, (*acceptor)(s), s.Self()); st.Failed() {
		s.handle.Close(nil)
		s.handle = nil
		s.failListen(st, t)
		return
	}
	s.key = strconv.Itoa(t.family) + ":" + t.address + ":" + strconv.Itoa(t.port)
	if s.unref {
		s.Unref()
	}
	s.loop.NextTickFunc(func() {
		if s.handle != nil {
			s.Emit("listening")
		}
	})
	if diagnostics.Any() {
		diagnostics.Publish(s.loop, listenEndChannel, diagnostics.Field{Name: "server", Value: s.Self()})
	}
}

// bindHandle makes a handle for t.
func bindHandle(l *loop.Loop, t listenTarget) (*Handle, Status) {
	if t.fd >= 0 {
		typ, other := guessHandleType(t.fd)
		if other != "" {
			return nil, -Status(unix.EINVAL)
		}
		if typ == TCPSocket {
			typ = TCPServer
		} else {
			typ = PipeServer
		}
		h := NewHandle(l, typ)
		return h, h.Open(t.fd)
	}
	var h *Handle
	var st Status
	if debugging {
		debugf(l, "bind to", t.address)
	}
	if t.port == -1 {
		h = NewHandle(l, PipeServer)
		st = h.BindPath(t.address)
	} else {
		h = NewHandle(l, TCPServer)
		st = h.Bind(t.address, t.port, t.family, t.flags)
	}
	if st.Failed() {
		h.Close(nil)
		return nil, st
	}
	return h, OK
}

// systemAt is the error of a call for t.
func systemAt(st Status, call string, t listenTarget) error {
	return nodeerr.System(st.Errno(), call, t.address, max(t.port, 0))
}

func (s *Server) failListen(st Status, t listenTarget) {
	e := nodeerr.DetailedSystem(st.Errno(), "listen", t.address, max(t.port, 0))
	switch {
	case t.fd >= 0: // as Node has it: a property address that is null
		e.With("address", nil)
	case t.port < 0:
		e.With("port", t.port)
	}
	s.loop.NextTickFunc(func() { s.Emit("error", e) })
	if diagnostics.Any() {
		diagnostics.Publish(s.loop, listenErrorChannel, diagnostics.Field{Name: "server", Value: s.Self()}, diagnostics.Field{Name: "error", Value: e})
	}
}

// closeOnAbort closes the server when the signal is aborted.
func (s *Server) closeOnAbort(sig stream.Signal) {
	if sig.Aborted() {
		s.loop.NextTickFunc(func() { s.Close(nil) })
		return
	}
	stop := sig.OnAbort(func() { s.Close(nil) })
	s.Once("close", func(...any) { stop() })
}
