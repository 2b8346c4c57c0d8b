package net

import "golang.org/x/sys/unix"

// SetNoDelay is uv_tcp_nodelay.
func (h *Handle) SetNoDelay(on bool) Status {
	if h.fd < 0 || h.IsPipe() {
		return -Status(unix.EBADF)
	}
	return statusOf(unix.SetsockoptInt(int(h.fd), unix.IPPROTO_TCP, unix.TCP_NODELAY, boolInt(on)))
}

// SetKeepAlive is uv_tcp_keepalive; delay is in seconds.
func (h *Handle) SetKeepAlive(on bool, delay int) Status {
	if h.fd < 0 || h.IsPipe() {
		return -Status(unix.EBADF)
	}
	return -Status(sysKeepAlive(int(h.fd), on, delay))
}

// LocalAddress is uv_tcp_getsockname; the zero Address for pipes.
func (h *Handle) LocalAddress() (Address, Status) {
	if h.extra != nil && h.extra.virtual != nil {
		return h.extra.virtual.Address, OK
	}
	if h.fd < 0 {
		return Address{}, -Status(unix.EBADF)
	}
	sa, err := unix.Getsockname(int(h.fd))
	if err != nil {
		return Address{}, statusOf(err)
	}
	return addressOf(sa), OK
}

// PeerAddress is uv_tcp_getpeername; the zero Address for pipes.
func (h *Handle) PeerAddress() (Address, Status) {
	if h.fd < 0 {
		return Address{}, -Status(unix.EBADF)
	}
	sa, err := unix.Getpeername(int(h.fd))
	if err != nil {
		return Address{}, statusOf(err)
	}
	return addressOf(sa), OK
}

// SetBlocking is uv_stream_set_blocking: Write does not return before the system
// has taken everything. What waits already is not affected.
func (h *Handle) SetBlocking(on bool) Status {
	if h.fd < 0 {
		return -Status(unix.EBADF)
	}
	h.flags &^= hBlocking
	if on {
		h.flags |= hBlocking
	}
	return OK
}
