package dgram

import (
	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/net"
)

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// isV6 reports whether the handle's socket is one of IPv6.
func (h *Handle) isV6() bool {
	sa, err := unix.Getsockname(int(h.fd))
	_, six := sa.(*unix.SockaddrInet6)
	return err == nil && six
}

// set sets one of two options, by the socket's family.
func (h *Handle) set(opt4, opt6, value int) net.Status {
	if h.fd < 0 {
		return -net.Status(unix.EBADF)
	}
	if h.isV6() {
		return net.StatusOf(unix.SetsockoptInt(int(h.fd), unix.IPPROTO_IPV6, opt6, value))
	}
	return net.StatusOf(setsockopt4(int(h.fd), opt4, value))
}

// SetBroadcast is uv_udp_set_broadcast.
func (h *Handle) SetBroadcast(on bool) net.Status {
	return net.StatusOf(unix.SetsockoptInt(int(h.fd), unix.SOL_SOCKET, unix.SO_BROADCAST, boolInt(on)))
}

// SetTTL is uv_udp_set_ttl: 1 to 255.
func (h *Handle) SetTTL(ttl int) net.Status {
	if ttl < 1 || ttl > 255 {
		return -net.Status(unix.EINVAL)
	}
	if h.fd >= 0 && !h.isV6() { // an int on every system, unlike multicast's
		return net.StatusOf(unix.SetsockoptInt(int(h.fd), unix.IPPROTO_IP, unix.IP_TTL, ttl))
	}
	return h.set(unix.IP_TTL, unix.IPV6_UNICAST_HOPS, ttl)
}

// SetMulticastTTL is uv_udp_set_multicast_ttl: 0 to 255.
func (h *Handle) SetMulticastTTL(ttl int) net.Status {
	if ttl < 0 || ttl > 255 {
		return -net.Status(unix.EINVAL)
	}
	return h.set(unix.IP_MULTICAST_TTL, unix.IPV6_MULTICAST_HOPS, ttl)
}

// SetMulticastLoopback is uv_udp_set_multicast_loop.
func (h *Handle) SetMulticastLoopback(on bool) net.Status {
	return h.set(unix.IP_MULTICAST_LOOP, unix.IPV6_MULTICAST_LOOP, boolInt(on))
}

// SetMulticastInterface is uv_udp_set_multicast_interface: the address of an
// interface, for IPv6 one with a zone.
func (h *Handle) SetMulticastInterface(address string) net.Status {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return -net.Status(unix.EINVAL)
	}
	if h.fd < 0 {
		return -net.Status(unix.EBADF)
	}
	if ip.Is4() {
		return net.StatusOf(unix.SetsockoptInet4Addr(int(h.fd), unix.IPPROTO_IP, unix.IP_MULTICAST_IF, ip.As4()))
	}
	return net.StatusOf(unix.SetsockoptInt(int(h.fd), unix.IPPROTO_IPV6, unix.IPV6_MULTICAST_IF, net.ZoneIndex(ip.Zone())))
}

// interfaceOf reads an interface's address, "" for any, which must be of the
// group's family.
func interfaceOf(address string, four bool) (netip.Addr, net.Status) {
	if address == "" {
		if four {
			return netip.IPv4Unspecified(), net.OK
		}
		return netip.IPv6Unspecified(), net.OK
	}
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() != four {
		return ip, -net.Status(unix.EINVAL)
	}
	return ip, net.OK
}

// joinable binds a handle that is not bound yet, as joining a group does, and
// returns the family of the group's address.
func (h *Handle) joinable(group netip.Addr) (family int, st net.Status) {
	if family = 6; group.Is4() {
		family = 4
	}
	if h.closing {
		return family, -net.Status(unix.EBADF)
	}
	return family, h.deferredBind(family, ReuseAddr)
}

// SetMembership is uv_udp_set_membership: it joins or leaves a multicast group,
// on the interface with an address, "" for the system's choice.
func (h *Handle) SetMembership(group, iface string, join bool) net.Status {
	ip, err := netip.ParseAddr(group)
	if err != nil {
		return -net.Status(unix.EINVAL)
	}
	family, st := h.joinable(ip)
	if st.Failed() {
		return st
	}
	at, st := interfaceOf(iface, family == 4)
	if st.Failed() {
		return st
	}
	if family == 4 {
		opt := unix.IP_ADD_MEMBERSHIP
		if !join {
			opt = unix.IP_DROP_MEMBERSHIP
		}
		return net.StatusOf(unix.SetsockoptIPMreq(int(h.fd), unix.IPPROTO_IP, opt, &unix.IPMreq{Multiaddr: ip.As4(), Interface: at.As4()}))
	}
	opt := unix.IPV6_JOIN_GROUP
	if !join {
		opt = unix.IPV6_LEAVE_GROUP
	}
	return net.StatusOf(unix.SetsockoptIPv6Mreq(int(h.fd), unix.IPPROTO_IPV6, opt,
		&unix.IPv6Mreq{Multiaddr: ip.As16(), Interface: uint32(net.ZoneIndex(at.Zone()))}))
}

// SetSourceMembership is uv_udp_set_source_membership: SetMembership for what
// comes from one source.
func (h *Handle) SetSourceMembership(group, iface, source string, join bool) net.Status {
	ip, err := netip.ParseAddr(group)
	from, err2 := netip.ParseAddr(source)
	if err != nil || err2 != nil || ip.Is4() != from.Is4() {
		return -net.Status(unix.EINVAL)
	}
	family, st := h.joinable(ip)
	if st.Failed() {
		return st
	}
	at, st := interfaceOf(iface, family == 4)
	if st.Failed() {
		return st
	}
	if family == 4 {
		return sourceMembership4(int(h.fd), ip.As4(), at.As4(), from.As4(), join)
	}
	return sourceMembership6(int(h.fd), net.ZoneIndex(at.Zone()), ip.As16(), from.As16(), join)
}

// BufferSize is uv_recv_buffer_size, or uv_send_buffer_size: it sets the size of
// the system's buffer, or with 0 returns it.
func (h *Handle) BufferSize(size int, recv bool) (int, net.Status) {
	opt := unix.SO_SNDBUF
	if recv {
		opt = unix.SO_RCVBUF
	}
	if size == 0 {
		n, err := unix.GetsockoptInt(int(h.fd), unix.SOL_SOCKET, opt)
		return n, net.StatusOf(err)
	}
	return 0, net.StatusOf(unix.SetsockoptInt(int(h.fd), unix.SOL_SOCKET, opt, size))
}
