package net

import "golang.org/x/sys/unix"

// guessHandleType says which handle serves a descriptor, or, in other, the name
// of the type that none does: "FILE", "TTY", "UDP", "UNKNOWN".
func guessHandleType(fd int) (typ HandleType, other string) {
	var st unix.Stat_t
	if fd < 0 || unix.Fstat(fd, &st) != nil {
		return 0, "UNKNOWN"
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		return 0, "FILE"
	case unix.S_IFCHR:
		if isTerminal(fd) {
			return 0, "TTY"
		}
		return 0, "FILE"
	case unix.S_IFIFO:
		return PipeSocket, ""
	case unix.S_IFSOCK:
	default:
		return 0, "UNKNOWN"
	}
	kind, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TYPE)
	if err != nil {
		return 0, "UNKNOWN"
	}
	sa, err := unix.Getsockname(fd)
	if err != nil {
		return 0, "UNKNOWN"
	}
	switch sa.(type) {
	case *unix.SockaddrUnix:
		if kind == unix.SOCK_STREAM {
			return PipeSocket, ""
		}
	case *unix.SockaddrInet4, *unix.SockaddrInet6:
		switch kind {
		case unix.SOCK_STREAM:
			return TCPSocket, ""
		case unix.SOCK_DGRAM:
			return 0, "UDP"
		}
	}
	return 0, "UNKNOWN"
}
