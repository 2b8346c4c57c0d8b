package dgram

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Reader is told what a handle receives.
type Reader interface {
	// OnMessage gets one datagram, whose bytes are the callee's, and its sender;
	// or the error of the system, with p nil. It is one call-out.
	OnMessage(p []byte, from net.Address, st net.Status)
}

// Handle is a UDP socket with the verbs and results of libuv's uv_udp_t
// (https://docs.libuv.org/en/v1.x/udp.html). It is active while it receives or
// has something to send. The Ref, Unref and HasRef of loop.Handle hold for it.
type Handle struct {
	loop.Handle
	watch  loop.Watch
	reader Reader

	fd        int32
	receiving bool
	connected bool
	bound     bool
	closing   bool
	onClose   func()

	queue []*sendRequest // the system has not taken these yet
	done  []*sendRequest // to be told
	size  int            // bytes in queue
}

// BindFlags change what Bind does.
type BindFlags uint32

// The flags of Bind, with libuv's values.
const (
	IPv6Only  BindFlags = 1
	ReuseAddr BindFlags = 4
	ReusePort BindFlags = 8
)

// NewHandle returns a handle without a descriptor.
func NewHandle(l *loop.Loop) *Handle {
	h := &Handle{fd: -1}
	h.Init(l, "UDPWrap")
	return h
}

// FD returns the descriptor, -1 for none.
func (h *Handle) FD() int { return int(h.fd) }

// Closing reports whether Close was called.
func (h *Handle) Closing() bool { return h.closing }

// OnClose calls f when Close is called, before anything else.
func (h *Handle) OnClose(f func()) { h.onClose = f }

// SetReader says who gets what is received; owner is the object that the handle
// belongs to.
func (h *Handle) SetReader(r Reader, owner any) { h.reader, h.Owner = r, owner }

// Open takes over a datagram socket of the system's and makes it non-blocking.
func (h *Handle) Open(fd int) net.Status {
	if h.fd >= 0 {
		return -net.Status(unix.EBUSY)
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return net.StatusOf(err)
	}
	if err := h.watch.Open(h.Loop(), fd, h); err != nil {
		return -net.Status(unix.EEXIST)
	}
	h.fd = int32(fd)
	if _, err := unix.Getpeername(fd); err == nil {
		h.connected = true
	}
	h.bound = true
	return net.OK
}

// Share returns a second descriptor of the handle's socket, for other loops of
// the process.
func (h *Handle) Share() (fd int, st net.Status) { return duplicate(int(h.fd)) }

// OpenShared opens another descriptor of what Share returned.
func (h *Handle) OpenShared(fd int) net.Status {
	n, st := duplicate(fd)
	if st.Failed() {
		return st
	}
	if st = h.Open(n); st.Failed() {
		_ = unix.Close(n)
	}
	return st
}

func duplicate(fd int) (int, net.Status) {
	n, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return -1, net.StatusOf(err)
	}
	return n, net.OK
}

// socket makes the descriptor of an unopened handle.
func (h *Handle) socket(family int) net.Status {
	if h.fd >= 0 {
		return net.OK
	}
	if h.closing {
		return -net.Status(unix.EBADF)
	}
	fd, st := openSocket(domain(family))
	if st.Failed() {
		return st
	}
	if err := h.watch.Open(h.Loop(), fd, h); err != nil {
		_ = unix.Close(fd)
		return -net.Status(unix.EEXIST)
	}
	h.fd = int32(fd)
	return net.OK
}

func domain(family int) int {
	if family == 6 {
		return unix.AF_INET6
	}
	return unix.AF_INET
}

// Bind is uv_udp_bind. family is 4 or 6 and must be that of address.
func (h *Handle) Bind(address string, port, family int, flags BindFlags) net.Status {
	if flags&IPv6Only != 0 && family != 6 {
		return -net.Status(unix.EINVAL)
	}
	sa, st := net.SockaddrOf(address, port, family)
	if st.Failed() {
		return st
	}
	return h.bind(sa, family, flags)
}

func (h *Handle) bind(sa unix.Sockaddr, family int, flags BindFlags) net.Status {
	if st := h.socket(family); st.Failed() {
		return st
	}
	fd := int(h.fd)
	if flags&ReuseAddr != 0 {
		if err := reuseAddr(fd); err != nil {
			return net.StatusOf(err)
		}
	}
	if flags&IPv6Only != 0 {
		if err := unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, 1); err != nil {
			return net.StatusOf(err)
		}
	}
	if flags&ReusePort != 0 {
		if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1); err != nil {
			return net.StatusOf(err)
		}
	}
	switch err := unix.Bind(fd, sa); err {
	case nil:
		h.bound = true
		return net.OK
	case unix.EAFNOSUPPORT:
		return -net.Status(unix.EINVAL)
	default:
		return net.StatusOf(err)
	}
}

// deferredBind binds a handle that sends or receives before it was bound.
func (h *Handle) deferredBind(family int, flags BindFlags) net.Status {
	if h.fd >= 0 {
		return net.OK
	}
	any4, any6 := &unix.SockaddrInet4{}, &unix.SockaddrInet6{}
	if family == 6 {
		return h.bind(any6, 6, flags)
	}
	return h.bind(any4, 4, flags)
}

// Connect is uv_udp_connect: datagrams go to that address and come from it
// alone.
func (h *Handle) Connect(address string, port, family int) net.Status {
	sa, st := net.SockaddrOf(address, port, family)
	if st.Failed() {
		return st
	}
	if h.connected {
		return -net.Status(unix.EISCONN)
	}
	if st := h.deferredBind(family, 0); st.Failed() {
		return st
	}
	if err := unix.Connect(int(h.fd), sa); err != nil && err != unix.EINTR {
		return net.StatusOf(err)
	}
	h.connected = true
	return net.OK
}

// Disconnect undoes Connect.
func (h *Handle) Disconnect() net.Status {
	if !h.connected {
		return -net.Status(unix.ENOTCONN)
	}
	if st := disconnect(int(h.fd)); st.Failed() {
		return st
	}
	h.connected = false
	return net.OK
}

// RecvStart makes the handle receive; a handle that was not bound is bound to a
// port of the system's.
func (h *Handle) RecvStart() net.Status {
	if h.closing {
		return -net.Status(unix.EINVAL)
	}
	if h.receiving {
		return -net.Status(unix.EALREADY)
	}
	if st := h.deferredBind(4, 0); st.Failed() {
		return st
	}
	h.receiving = true
	h.interest()
	return net.OK
}

// RecvStop ends the receiving.
func (h *Handle) RecvStop() net.Status {
	h.receiving = false
	h.interest()
	return net.OK
}

func (h *Handle) interest() {
	if h.fd < 0 || h.closing {
		return
	}
	h.watch.SetInterest(h.receiving, len(h.queue) > 0)
	if h.receiving || len(h.queue) > 0 {
		h.Start()
	} else {
		h.Stop()
	}
}

// OnPoll is called by the loop when the descriptor is ready.
func (h *Handle) OnPoll(ev loop.Events) {
	if ev&(loop.Readable|loop.Hangup|loop.Error) != 0 && h.receiving {
		h.receive()
	}
	if h.fd >= 0 && len(h.queue) > 0 && ev&(loop.Writable|loop.Hangup|loop.Error) != 0 {
		h.sendReady()
	}
}

// receivesPerEvent bounds the datagrams of one readiness, as in libuv.
const receivesPerEvent = 32

func (h *Handle) receive() {
	for range receivesPerEvent {
		buf := h.Loop().ReadBuffer()
		n, from, err := unix.Recvfrom(int(h.fd), buf, 0)
		switch err {
		case nil:
			h.tell(append(make([]byte, 0, n), buf[:n]...), net.AddressOf(from), net.OK)
		case unix.EINTR:
			continue
		case unix.EAGAIN:
			return
		default:
			h.tell(nil, net.Address{}, net.StatusOf(err))
			return
		}
		if !h.receiving || h.fd < 0 || h.Loop().Stopping() {
			return
		}
	}
}

func (h *Handle) tell(p []byte, from net.Address, st net.Status) {
	if h.reader != nil {
		h.Handle.Callback(loop.Func(func() { h.reader.OnMessage(p, from, st) }))
	}
}

// LocalAddress is uv_udp_getsockname.
func (h *Handle) LocalAddress() (net.Address, net.Status) {
	sa, err := unix.Getsockname(int(h.fd))
	if err != nil {
		return net.Address{}, net.StatusOf(err)
	}
	return net.AddressOf(sa), net.OK
}

// PeerAddress is uv_udp_getpeername.
func (h *Handle) PeerAddress() (net.Address, net.Status) {
	sa, err := unix.Getpeername(int(h.fd))
	if err != nil {
		return net.Address{}, net.StatusOf(err)
	}
	return net.AddressOf(sa), net.OK
}

// Close is uv_close: the descriptor is closed at once; what was not sent ends
// with Canceled, and then done (which may be nil) is called, in the closing
// phase.
func (h *Handle) Close(done func()) {
	if h.closing {
		return
	}
	h.closing, h.receiving = true, false
	if h.onClose != nil {
		h.onClose()
	}
	h.Stop()
	h.watch.Close()
	if h.fd >= 0 {
		_ = unix.Close(int(h.fd))
		h.fd = -1
	}
	l := h.Loop()
	// The last task queued is the first to run.
	l.QueueClose(loop.Func(func() {
		h.reader, h.Owner = nil, nil
		if done != nil {
			h.Handle.Callback(loop.Func(done))
		}
		h.End()
	}))
	if len(h.queue) > 0 || len(h.done) > 0 {
		l.QueueClose(loop.Func(func() { h.cancel() }))
	}
}
