package net

import (
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// BindFlags change what Bind does.
type BindFlags uint8

// The flags of Bind, with libuv's values.
const (
	BindIPv6Only  BindFlags = 1 // no dual stack
	BindReusePort BindFlags = 2 // share the port with other listeners
)

// DefaultBacklog is what Node asks for where a program does not say.
const DefaultBacklog = 511

// Bind is uv_tcp_bind. family is 4 or 6 and must be that of address. An address
// that is in use is not told here but by Listen or Connect, as in libuv.
func (h *Handle) Bind(address string, port int, family int, flags BindFlags) Status {
	if h.has(hClosing) {
		return -Status(unix.EINVAL)
	}
	sa, st := sockaddrOf(address, port, family)
	if st.Failed() {
		return st
	}
	domain := unix.AF_INET
	if family == 6 {
		domain = unix.AF_INET6
	} else if flags&BindIPv6Only != 0 {
		return -Status(unix.EINVAL)
	}
	if st := h.socket(domain); st.Failed() {
		return st
	}
	fd := int(h.fd)
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1); err != nil {
		return statusOf(err)
	}
	if flags&BindReusePort != 0 {
		if e := sysReusePort(fd); e != 0 {
			return -Status(e)
		}
	}
	if family == 6 {
		only := boolInt(flags&BindIPv6Only != 0)
		if err := unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, only); err != nil {
			return statusOf(err)
		}
	}
	switch err := unix.Bind(fd, sa); err {
	case nil:
	case unix.EADDRINUSE:
		h.more().delayed = -Status(unix.EADDRINUSE)
	case unix.EAFNOSUPPORT:
		return -Status(unix.EINVAL)
	default:
		return statusOf(err)
	}
	h.flags |= hBound
	return OK
}

// BindPath is uv_pipe_bind2: path is a file's name or, on Linux, a name of the
// abstract namespace that begins with a zero byte. The file is removed when the
// handle closes.
func (h *Handle) BindPath(path string) Status {
	sa, st := unixSockaddr(path)
	if st.Failed() {
		return st
	}
	if h.fd >= 0 || h.has(hClosing) {
		return -Status(unix.EINVAL)
	}
	if st := h.socket(unix.AF_UNIX); st.Failed() {
		return st
	}
	switch err := unix.Bind(int(h.fd), sa); err {
	case nil:
	case unix.ENOENT: // as on Windows
		return -Status(unix.EACCES)
	default:
		return statusOf(err)
	}
	h.flags |= hBound
	if path[0] != 0 {
		h.more().path = path
	}
	return OK
}

func unixSockaddr(path string) (unix.Sockaddr, Status) {
	var raw unix.RawSockaddrUnix
	if path == "" || len(path) > len(raw.Path) || path[0] != 0 && len(path) == len(raw.Path) {
		return nil, -Status(unix.EINVAL)
	}
	for i := range len(path) {
		if i > 0 && path[i] == 0 && path[0] != 0 {
			return nil, -Status(unix.EINVAL)
		}
	}
	return &unix.SockaddrUnix{Name: path}, OK
}

// Listen is uv_listen: connections go to a; owner is
// the object that the handle belongs to. A TCP handle that was not
// bound gets a port of the system's on 0.0.0.0.
func (h *Handle) Listen(backlog int, a Acceptor, owner any) Status {
	if h.has(hClosing) {
		return -Status(unix.EINVAL)
	}
	if x := h.extra; x != nil {
		if x.delayed.Failed() {
			return x.delayed
		}
		if x.virtual != nil {
			return h.listenVirtual(a, owner)
		}
	}
	if h.fd < 0 {
		if h.IsPipe() {
			return -Status(unix.EINVAL)
		}
		if st := h.socket(unix.AF_INET); st.Failed() {
			return st
		}
	}
	if err := unix.Listen(int(h.fd), backlog); err != nil {
		return statusOf(err)
	}
	x := h.more()
	if x.spare < 0 {
		x.spare = openSpare()
	}
	x.acceptor, h.Handle.Owner = a, owner
	h.flags |= hListening
	h.activity()
	h.interest()
	return OK
}

// accept takes one connection for one readiness, as libuv does since 1.45: the
// listeners and the connections of a loop get turns.
func (h *Handle) accept() {
	fd, e := sysAccept(int(h.fd))
	switch e {
	case 0:
	case syscall.EMFILE, syscall.ENFILE:
		h.shed()
		return
	default:
		return
	}
	if f := h.extra.spread; f != nil && f(fd) {
		return
	}
	client := h.accepted(fd)
	if client == nil {
		return
	}
	c := &h.env.accept
	c.server, c.client = h, client
	h.Handle.Callback(c)
}

// accepted makes the handle of a connection, nil if that fails.
func (h *Handle) accepted(fd int) *Handle {
	typ := TCPSocket
	if h.IsPipe() {
		typ = PipeSocket
	}
	client := new(Handle)
	client.Handle.InitFor(&h.Handle, handleKinds[typ])
	client.env, client.typ, client.fd = h.env, typ, -1
	if st := client.attach(fd, hReadable|hWritable); st.Failed() {
		_ = unix.Close(fd)
		client.End()
		return nil
	}
	return client
}

// acceptCall is the call-out of an accepted connection.
type acceptCall struct{ server, client *Handle }

// Run hands the connection over.
func (c *acceptCall) Run() {
	server, client := c.server, c.client
	c.server, c.client = nil, nil
	server.took(client)
}

// took is handle.onconnection, or what a program has put in its place.
func (h *Handle) took(client *Handle) {
	if f := h.replacement("onconnection"); f != nil {
		f(0, client)
		return
	}
	h.Accepted(client)
}

// Accepted is handle.onconnection: it hands an accepted connection to the
// acceptor.
func (h *Handle) Accepted(client *Handle) {
	if h.extra != nil && h.extra.acceptor != nil {
		h.extra.acceptor.OnConnection(h, client)
	}
}

// Listening reports whether Listen was called and Close was not.
func (h *Handle) Listening() bool { return h.has(hListening) }

// shed accepts and closes what waits when no descriptor is left, by means of one
// that was kept: the peers see an end and the loop does not spin on a listener
// that stays ready (libuv's uv__emfile_trick).
func (h *Handle) shed() {
	x := h.extra
	if x.spare < 0 {
		return
	}
	_ = unix.Close(x.spare)
	for {
		fd, e := sysAccept(int(h.fd))
		if e != 0 {
			break
		}
		_ = unix.Close(fd)
	}
	x.spare = openSpare()
}

func openSpare() int {
	fd, err := unix.Open("/dev/null", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1
	}
	return fd
}

// PipeMode says who may connect to a Unix socket.
type PipeMode uint8

// The modes of Chmod, with libuv's values.
const (
	PipeReadable PipeMode = 1
	PipeWritable PipeMode = 2
)

// Chmod is uv_pipe_chmod: it opens a bound Unix socket to all users.
func (h *Handle) Chmod(mode PipeMode) Status {
	if h.fd < 0 || !h.IsPipe() {
		return -Status(unix.EBADF)
	}
	if mode == 0 || mode&^(PipeReadable|PipeWritable) != 0 {
		return -Status(unix.EINVAL)
	}
	path := h.more().path
	if path == "" {
		return -Status(unix.EINVAL)
	}
	var st unix.Stat_t
	if err := unix.Stat(path, &st); err != nil {
		return statusOf(err)
	}
	bits := uint32(st.Mode) & 0o7777
	if mode&PipeReadable != 0 {
		bits |= unix.S_IRUSR | unix.S_IRGRP | unix.S_IROTH
	}
	if mode&PipeWritable != 0 {
		bits |= unix.S_IWUSR | unix.S_IWGRP | unix.S_IWOTH
	}
	return statusOf(unix.Chmod(path, bits))
}

var _ loop.Watcher = (*Handle)(nil)
