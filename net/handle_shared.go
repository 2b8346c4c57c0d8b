package net

import (
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// Share returns a second descriptor of the socket of a bound handle, for other
// loops of the process, and the file of a Unix socket, which does not go with the
// handle any more.
func (h *Handle) Share() (fd int, path string, st Status) {
	fd, err := unix.FcntlInt(uintptr(h.fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return -1, "", statusOf(err)
	}
	x := h.more()
	x.shared = true
	return fd, x.path, OK
}

// OpenShared opens another descriptor of what Share returned.
func (h *Handle) OpenShared(fd int, path string) Status {
	n, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return statusOf(err)
	}
	if st := h.Open(n); st.Failed() {
		_ = unix.Close(n)
		return st
	}
	x := h.more()
	x.shared, x.path = true, path
	return OK
}

// Spread asks f about each connection that a listening handle accepts, before
// anybody hears of it: true says that f has it. f is called on the loop's
// goroutine, outside any call-out.
func (h *Handle) Spread(f func(fd int) bool) { h.more().spread = f }

// DeliverConnection gives a listening handle a connection that another accepted,
// in a call-out of h's loop: fd is its descriptor, which does not block and is
// h's from now on.
func (h *Handle) DeliverConnection(fd int) {
	if client := h.accepted(fd); client != nil {
		client.Grab()
		h.took(client)
	}
}

// CountIn keeps the number of the server's connections in n, too, for others to
// see.
func (s *Server) CountIn(n *atomic.Int32) {
	n.Store(int32(s.connections))
	s.count = n
}

// counted adds to the number of connections.
func (s *Server) counted(n int) {
	s.connections += n
	if s.count != nil {
		s.count.Store(int32(s.connections))
	}
}
