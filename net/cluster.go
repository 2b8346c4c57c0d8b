package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// ClusterQuery is what a server that shares its address with other processes
// asks a primary process for.
type ClusterQuery struct {
	Address  string // "" for none
	Port     int    // -1 for a path
	Family   int    // 4, 6, -1 for a path, 0 for a descriptor
	FD       int    // -1 for none
	Flags    BindFlags
	Backlog  int
	HasModes bool // of a path: ReadableAll and WritableAll count

	ReadableAll, WritableAll bool
}

// ClusterListen gets the handle of a server from a primary process: cb is told
// it, or the error of the bind.
type ClusterListen func(s *Server, q ClusterQuery, cb func(Status, *Handle))

// SetClusterListen makes the servers of a loop share theirs with other
// processes, but those that listen exclusively; nil undoes it.
func SetClusterListen(l *loop.Loop, f ClusterListen) { envOf(l).cluster, envOf(l).local = f, false }

// SetGroupListen is SetClusterListen for loops of one process: f gives out
// handles of its own, and binds that fail are told as those of a server that
// shares nothing.
func SetGroupListen(l *loop.Loop, f ClusterListen) { envOf(l).cluster, envOf(l).local = f, true }

// listenInCluster listens, or asks the primary for a handle to listen on.
func (s *Server) listenInCluster(t listenTarget, exclusive bool, q ClusterQuery) {
	f := envOf(s.loop).cluster
	if f == nil || exclusive {
		s.listen2(t)
		return
	}
	q.Address, q.Port, q.Family, q.FD, q.Flags, q.Backlog = t.address, t.port, t.family, t.fd, t.flags, t.backlog
	s.listenID++ // a second listen overtakes the first
	id := s.listenID
	f(s, q, func(st Status, h *Handle) {
		if id != s.listenID { // closed meanwhile
			if h != nil {
				h.Close(nil)
			}
			return
		}
		if envOf(s.loop).local && !st.Failed() && t.address == "" && t.fd < 0 {
			t.address, t.family = "0.0.0.0", 4
			if a, _ := h.LocalAddress(); a.Family == "IPv6" {
				t.address, t.family = "::", 6
			}
		} else if !st.Failed() && t.port > 0 {
			// A bind that failed is told by listen, or binds to another port.
			if a, bound := h.LocalAddress(); bound.Failed() {
				st = bound
			} else if a.Port != t.port {
				st = -Status(unix.EADDRINUSE)
			}
		}
		if st.Failed() {
			if envOf(s.loop).local {
				s.failListen(st, t)
				return
			}
			s.Emit("error", systemAt(st, "bind", t))
			return
		}
		if s.handle != nil {
			s.handle.Close(nil)
		}
		s.handle = h
		s.listen2(t)
	})
}

// CreateServerHandle is net._createServerHandle: a handle bound to an address, a
// path (port -1) or a descriptor (fd not -1). An address "" is any of this
// machine's.
func CreateServerHandle(l *loop.Loop, address string, port, family, fd int, flags BindFlags) (*Handle, Status) {
	t := listenTarget{address: address, port: port, family: family, fd: fd, flags: flags}
	if address == "" && fd < 0 {
		t.address, t.family = "::", 6
		if h, st := bindHandle(l, t); !st.Failed() {
			return h, OK
		}
		t.address, t.family = "0.0.0.0", 4
	}
	return bindHandle(l, t)
}

// Virtual is what stands behind a handle without a descriptor, through which a
// server gets connections that another process accepts.
type Virtual struct {
	Address Address       // what it listens on, zero for none
	Listen  func() Status // may be nil
}

// NewVirtual returns a listening handle without a descriptor. It keeps the loop
// alive from now on, unless Unref is called.
func NewVirtual(l *loop.Loop, typ HandleType, v Virtual) *Handle {
	h := NewHandle(l, typ)
	h.more().virtual = &v
	h.Start()
	return h
}

// OnClose calls f when Close is called, before anything else.
func (h *Handle) OnClose(f func()) { h.more().onClose = f }

func (h *Handle) listenVirtual(a Acceptor, owner any) Status {
	x := h.extra
	x.acceptor, h.Handle.Owner = a, owner
	h.flags |= hListening
	if x.virtual.Listen != nil {
		return x.virtual.Listen()
	}
	return OK
}

// SetAcceptor gives the connections of a handle that listens to another; owner
// is the object that the handle belongs to.
func (h *Handle) SetAcceptor(a Acceptor, owner any) { h.more().acceptor, h.Handle.Owner = a, owner }

// TakeHandle takes the handle off a server, which does not listen any more.
func (s *Server) TakeHandle() *Handle {
	h := s.handle
	s.handle = nil
	return h
}

// OnListening adds f to the listeners of 'listening'.
func (s *Server) OnListening(f func()) { s.On("listening", func(...any) { f() }) }
