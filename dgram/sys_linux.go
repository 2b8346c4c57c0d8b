package dgram

import (
	"encoding/binary"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/net"
)

func openSocket(domain int) (int, net.Status) {
	fd, err := unix.Socket(domain, unix.SOCK_DGRAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	return fd, net.StatusOf(err)
}

func reuseAddr(fd int) error { return unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1) }

func setsockopt4(fd, opt, value int) error {
	return unix.SetsockoptInt(fd, unix.IPPROTO_IP, opt, value)
}

// disconnect connects to an address of no family, which ends a connection.
func disconnect(fd int) net.Status {
	_, _, e := unix.Syscall(unix.SYS_CONNECT, uintptr(fd), unspecified(), unix.SizeofSockaddrInet4)
	return -net.Status(e)
}

func sourceMembership4(fd int, group, iface, source [4]byte, join bool) net.Status {
	opt := unix.IP_ADD_SOURCE_MEMBERSHIP
	if !join {
		opt = unix.IP_DROP_SOURCE_MEMBERSHIP
	}
	p := append(append(append([]byte(nil), group[:]...), iface[:]...), source[:]...) // struct ip_mreq_source
	return net.StatusOf(unix.SetsockoptString(fd, unix.IPPROTO_IP, opt, string(p)))
}

func sourceMembership6(fd, iface int, group, source [16]byte, join bool) net.Status {
	opt := unix.MCAST_JOIN_SOURCE_GROUP
	if !join {
		opt = unix.MCAST_LEAVE_SOURCE_GROUP
	}
	var p [264]byte // struct group_source_req: the interface, two sockaddr_storage
	binary.NativeEndian.PutUint32(p[0:], uint32(iface))
	for i, ip := range [][16]byte{group, source} {
		at := p[8+128*i:]
		binary.NativeEndian.PutUint16(at, unix.AF_INET6)
		copy(at[8:], ip[:])
	}
	return net.StatusOf(unix.SetsockoptString(fd, unix.IPPROTO_IPV6, opt, string(p[:])))
}
