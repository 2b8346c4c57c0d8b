package dgram

import (
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// set does one setting; call names it in the error. A closed socket is
// ERR_SOCKET_DGRAM_NOT_RUNNING.
func (s *Socket) set(call string, f func(*Handle) net.Status) error {
	if err := s.Running(); err != nil {
		return err
	}
	if st := f(s.handle); st.Failed() {
		return net.ErrnoError(st, call)
	}
	return nil
}

// SetBroadcast lets datagrams go to a broadcast address.
func (s *Socket) SetBroadcast(on bool) error {
	return s.set("setBroadcast", func(h *Handle) net.Status { return h.SetBroadcast(on) })
}

// SetTTL sets how many hops a datagram may take, 1 to 255.
func (s *Socket) SetTTL(ttl int) error {
	return s.set("setTTL", func(h *Handle) net.Status { return h.SetTTL(ttl) })
}

// SetMulticastTTL is SetTTL for multicast, 0 to 255.
func (s *Socket) SetMulticastTTL(ttl int) error {
	return s.set("setMulticastTTL", func(h *Handle) net.Status { return h.SetMulticastTTL(ttl) })
}

// SetMulticastLoopback says whether this machine receives its own multicast.
func (s *Socket) SetMulticastLoopback(on bool) error {
	return s.set("setMulticastLoopback", func(h *Handle) net.Status { return h.SetMulticastLoopback(on) })
}

// SetMulticastInterface says by which interface multicast leaves.
func (s *Socket) SetMulticastInterface(address string) error {
	return s.set("setMulticastInterface", func(h *Handle) net.Status { return h.SetMulticastInterface(address) })
}

// AddMembership joins a multicast group, on an interface or, with "", the
// system's choice.
func (s *Socket) AddMembership(group, iface string) error {
	return s.member("addMembership", group, iface, true)
}

// DropMembership leaves a multicast group.
func (s *Socket) DropMembership(group, iface string) error {
	return s.member("dropMembership", group, iface, false)
}

func (s *Socket) member(call, group, iface string, join bool) error {
	return s.set(call, func(h *Handle) net.Status { return h.SetMembership(group, iface, join) })
}

// AddSourceSpecificMembership joins a multicast group for what comes from one
// source.
func (s *Socket) AddSourceSpecificMembership(source, group, iface string) error {
	return s.set("addSourceSpecificMembership", func(h *Handle) net.Status {
		return h.SetSourceMembership(group, iface, source, true)
	})
}

// DropSourceSpecificMembership undoes AddSourceSpecificMembership.
func (s *Socket) DropSourceSpecificMembership(source, group, iface string) error {
	return s.set("dropSourceSpecificMembership", func(h *Handle) net.Status {
		return h.SetSourceMembership(group, iface, source, false)
	})
}

// BufferSize is the size of the system's buffer for receiving, or for sending.
// The error is ERR_SOCKET_BUFFER_SIZE.
func (s *Socket) BufferSize(recv bool) (int, error) { return s.buffer(0, recv) }

// SetBufferSize sets it.
func (s *Socket) SetBufferSize(n int, recv bool) error {
	_, err := s.buffer(n, recv)
	return err
}

func (s *Socket) buffer(n int, recv bool) (int, error) {
	if err := s.Running(); err != nil {
		return 0, err
	}
	size, st := s.handle.BufferSize(n, recv)
	if st.Failed() {
		call := "uv_send_buffer_size"
		if recv {
			call = "uv_recv_buffer_size"
		}
		return 0, nodeerr.SocketBufferSize(st.Errno(), call)
	}
	return size, nil
}
