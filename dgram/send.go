package dgram

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// sendRequest is one Send that could not finish at once.
type sendRequest struct {
	loop.Request
	bufs [][]byte
	to   unix.Sockaddr // nil where the handle is connected
	size int
	done func(st net.Status, sent int)
	st   net.Status
}

// Run is the call-out of a finished request.
func (r *sendRequest) Run() {
	if r.done == nil {
		return
	}
	sent := r.size
	if r.st.Failed() {
		sent = 0
	}
	r.done(r.st, sent)
}

// Send sends one datagram of all bufs to an address, or, with an empty one, to
// the peer that the handle is connected to. family is 4 or 6. async is false if
// the system took it at once, and on an error; then done is not called.
// Otherwise bufs is the handle's until done is called with the outcome, Canceled
// after Close.
func (h *Handle) Send(bufs [][]byte, address string, port, family int, done func(st net.Status, sent int)) (async bool, st net.Status) {
	var to unix.Sockaddr
	if address != "" {
		if to, st = net.SockaddrOf(address, port, family); st.Failed() {
			return false, st
		}
	}
	switch {
	case h.closing:
		return false, -net.Status(unix.EBADF)
	case to == nil && !h.connected:
		return false, -net.Status(unix.EDESTADDRREQ)
	case to != nil && h.connected:
		return false, -net.Status(unix.EISCONN)
	}
	if st := h.deferredBind(family, 0); st.Failed() {
		return false, st
	}
	r := &sendRequest{bufs: bufs, to: to, done: done}
	for _, b := range bufs {
		r.size += len(b)
	}
	if len(h.queue) == 0 {
		switch st := h.transmit(r); {
		case st == net.OK:
			return false, net.OK
		case st != -net.Status(unix.EAGAIN):
			return false, st
		}
	}
	r.Owner = r
	r.StartFor(&h.Handle, "UDPSendWrap")
	h.queue = append(h.queue, r)
	h.size += r.size
	h.interest()
	return true, net.OK
}

// transmit hands one datagram to the system.
func (h *Handle) transmit(r *sendRequest) net.Status {
	for {
		_, err := unix.SendmsgBuffers(int(h.fd), r.bufs, nil, r.to, 0)
		switch err {
		case nil:
			return net.OK
		case unix.EINTR:
		case unix.ENOBUFS:
			return -net.Status(unix.EAGAIN)
		default:
			return net.StatusOf(err)
		}
	}
}

// sendReady goes on with the queue and tells what is done.
func (h *Handle) sendReady() {
	for len(h.queue) > 0 {
		r := h.queue[0]
		st := h.transmit(r)
		if st == -net.Status(unix.EAGAIN) {
			break
		}
		r.st = st
		h.finish()
	}
	h.interest()
	h.tellSent()
}

// finish moves the head of the queue to those that are to be told.
func (h *Handle) finish() {
	r := h.queue[0]
	h.queue[0] = nil
	h.queue = h.queue[1:]
	h.size -= r.size
	h.done = append(h.done, r)
}

// tellSent makes one call-out for each finished request.
func (h *Handle) tellSent() {
	for len(h.done) > 0 {
		r := h.done[0]
		h.done = h.done[1:]
		r.Request.Done()
		r.Callback(r)
	}
}

// cancel ends everything that waits.
func (h *Handle) cancel() {
	for len(h.queue) > 0 {
		h.queue[0].st = net.Canceled
		h.finish()
	}
	h.tellSent()
}

// SendQueueSize is the number of bytes that the system has not taken.
func (h *Handle) SendQueueSize() int { return h.size }

// SendQueueCount is the number of datagrams that the system has not taken.
func (h *Handle) SendQueueCount() int { return len(h.queue) }
