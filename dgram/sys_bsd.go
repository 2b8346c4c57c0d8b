//go:build darwin || dragonfly || freebsd

package dgram

import (
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/net"
)

func openSocket(domain int) (int, net.Status) {
	syscall.ForkLock.RLock()
	fd, err := unix.Socket(domain, unix.SOCK_DGRAM, 0)
	if err == nil {
		unix.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return -1, net.StatusOf(err)
	}
	return fd, net.StatusOf(unix.SetNonblock(fd, true))
}

// reuseAddr lets several sockets have one address, for which these systems have
// another option than Linux.
func reuseAddr(fd int) error { return unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) }

// setsockopt4 sets a multicast option, which is a byte here.
func setsockopt4(fd, opt, value int) error {
	return unix.SetsockoptByte(fd, unix.IPPROTO_IP, opt, byte(value))
}

// disconnect connects to an address of no family, which ends a connection; the
// system says EAFNOSUPPORT and has done it.
func disconnect(fd int) net.Status {
	_, _, e := syscall.Syscall(syscall.SYS_CONNECT, uintptr(fd), unspecified(), unix.SizeofSockaddrInet4)
	if e == syscall.EAFNOSUPPORT || e == syscall.EINVAL {
		e = 0
	}
	return -net.Status(e)
}

func sourceMembership4(fd int, group, iface, source [4]byte, join bool) net.Status {
	const add, drop = 70, 71 // IP_ADD_SOURCE_MEMBERSHIP, IP_DROP_SOURCE_MEMBERSHIP
	opt := add
	if !join {
		opt = drop
	}
	p := append(append(append([]byte(nil), group[:]...), source[:]...), iface[:]...) // struct ip_mreq_source
	return net.StatusOf(unix.SetsockoptString(fd, unix.IPPROTO_IP, opt, string(p)))
}

func sourceMembership6(int, int, [16]byte, [16]byte, bool) net.Status {
	return -net.Status(unix.ENOPROTOOPT)
}
