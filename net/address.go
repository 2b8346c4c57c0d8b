package net

import (
	"net/netip"
	"strconv"

	"golang.org/x/sys/unix"
)

// Address is what socket.address() and server.address() return for TCP
// (https://nodejs.org/docs/latest-v24.x/api/net.html#socketaddress). The zero
// Address stands for none.
type Address struct {
	Address string
	Family  string // "IPv4" or "IPv6"
	Port    int
}

// IsZero reports whether a is none.
func (a Address) IsZero() bool { return a == Address{} }

// String returns address and port joined by a colon, as Node's messages have
// them.
func (a Address) String() string { return a.Address + ":" + strconv.Itoa(a.Port) }

// addressOf names an address of the system's as libuv does: IPv4 mapped to IPv6
// stays IPv6, a scope is shown by the interface's name.
func addressOf(sa unix.Sockaddr) Address {
	switch a := sa.(type) {
	case *unix.SockaddrInet4:
		return Address{netip.AddrFrom4(a.Addr).String(), "IPv4", a.Port}
	case *unix.SockaddrInet6:
		ip := netip.AddrFrom16(a.Addr)
		if a.ZoneId != 0 && ip.IsLinkLocalUnicast() {
			ip = ip.WithZone(zoneName(int(a.ZoneId)))
		}
		return Address{ip.String(), "IPv6", a.Port}
	}
	return Address{}
}

// sockaddrOf makes the system's form of an address that IsIP accepts. EINVAL
// when it is of the other family.
func sockaddrOf(address string, port int, family int) (unix.Sockaddr, Status) {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() != (family == 4) {
		return nil, -Status(unix.EINVAL)
	}
	if family == 4 {
		return &unix.SockaddrInet4{Port: port, Addr: ip.As4()}, OK
	}
	return &unix.SockaddrInet6{Port: port, Addr: ip.As16(), ZoneId: uint32(zoneIndex(ip.Zone()))}, OK
}
