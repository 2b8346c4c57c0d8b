package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

type connectRequest struct {
	loop.Request
	done func(Status)
}

// Connect is uv_tcp_connect: family is 4 or 6 and must be that of address. A
// status that is not OK means that done will not be called. A refusal that the
// system reports at once is told to done all the same.
func (h *Handle) Connect(address string, port int, family int, done func(Status)) Status {
	sa, st := sockaddrOf(address, port, family)
	if st.Failed() {
		return st
	}
	domain := unix.AF_INET
	if family == 6 {
		domain = unix.AF_INET6
	}
	return h.connect(domain, sa, done)
}

// ConnectPath is uv_pipe_connect2. All errors but a name that cannot be are told
// to done.
func (h *Handle) ConnectPath(path string, done func(Status)) Status {
	sa, st := unixSockaddr(path)
	if st.Failed() {
		return st
	}
	return h.connect(unix.AF_UNIX, sa, done)
}

func (h *Handle) connect(domain int, sa unix.Sockaddr, done func(Status)) Status {
	switch {
	case h.has(hClosing):
		return -Status(unix.EINVAL)
	case h.extra != nil && h.extra.connect != nil:
		return -Status(unix.EALREADY)
	}
	delayed := OK
	if h.extra != nil {
		delayed = h.extra.delayed
	}
	if !delayed.Failed() {
		if st := h.socket(domain); st.Failed() {
			if domain != unix.AF_UNIX {
				return st
			}
			delayed = st
		} else {
			switch e := sysConnect(int(h.fd), sa); {
			case e == 0, e == unix.EINPROGRESS:
			case e == unix.ECONNREFUSED, domain == unix.AF_UNIX:
				delayed = -Status(e)
			default:
				return -Status(e)
			}
		}
	}
	kind := "TCPConnectWrap"
	if h.IsPipe() {
		kind = "PipeConnectWrap"
	}
	x := h.more()
	x.delayed = delayed
	x.connect = &connectRequest{done: done}
	x.connect.Owner = x.connect
	x.connect.StartFor(&h.Handle, kind)
	h.interest()
	if delayed.Failed() {
		h.feed()
	}
	return OK
}

// Connecting reports whether a Connect is under way.
func (h *Handle) Connecting() bool { return h.extra != nil && h.extra.connect != nil }

// connectReady asks how the connect has ended.
func (h *Handle) connectReady() {
	x := h.extra
	st := x.delayed
	x.delayed = OK
	if !st.Failed() && h.fd >= 0 {
		if st = socketError(int(h.fd)); st == -Status(unix.EINPROGRESS) {
			return
		}
	}
	h.connected(st)
}

func (h *Handle) connected(st Status) {
	req := h.extra.connect
	h.extra.connect = nil
	req.Done()
	if st.Failed() {
		if h.fd >= 0 {
			h.interest()
		}
	} else {
		h.flags |= hReadable | hWritable
		h.interest()
	}
	req.Callback(loop.Func(func() { req.done(st) }))
	if st.Failed() && h.fd >= 0 {
		h.cancelWrites(Canceled)
	}
}
