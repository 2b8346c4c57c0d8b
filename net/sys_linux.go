package net

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The calls that move bytes go past Go's scheduler: the descriptors never
// block, and telling the scheduler costs as much as a small read. Interrupted
// calls are made again.

func sysRead(fd int, p []byte) (int, syscall.Errno) {
	for {
		n, _, e := syscall.RawSyscall(syscall.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)))
		if e != syscall.EINTR {
			return int(n), e
		}
	}
}

func sysWrite(fd int, p []byte) (int, syscall.Errno) {
	for {
		n, _, e := syscall.RawSyscall(syscall.SYS_WRITE, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)))
		if e != syscall.EINTR {
			return int(n), e
		}
	}
}

func sysWritev(fd int, iov []unix.Iovec) (int, syscall.Errno) {
	for {
		n, _, e := syscall.RawSyscall(syscall.SYS_WRITEV, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(iov))), uintptr(len(iov)))
		if e != syscall.EINTR {
			return int(n), e
		}
	}
}

// sysSocket opens a stream socket that does not block and is closed on exec.
func sysSocket(family int) (int, syscall.Errno) {
	fd, err := unix.Socket(family, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	return fd, errnoOf(err)
}

// sysAccept takes a connection off fd's queue, without asking for its address.
func sysAccept(fd int) (int, syscall.Errno) {
	for {
		n, _, e := syscall.RawSyscall6(unix.SYS_ACCEPT4, uintptr(fd), 0, 0, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0, 0)
		if e != syscall.EINTR && e != syscall.ECONNABORTED {
			return int(n), e
		}
	}
}

func sysReusePort(fd int) syscall.Errno {
	return errnoOf(unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1))
}

// sysKeepAlive sets keep-alive as libuv does: the first probe after delay
// seconds, then one a second, ten in all.
func sysKeepAlive(fd int, on bool, delay int) syscall.Errno {
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_KEEPALIVE, boolInt(on)); err != nil {
		return errnoOf(err)
	}
	if !on {
		return 0
	}
	if delay <= 0 {
		return syscall.EINVAL
	}
	for _, o := range [...]struct{ name, value int }{
		{unix.TCP_KEEPIDLE, delay}, {unix.TCP_KEEPINTVL, 1}, {unix.TCP_KEEPCNT, 10},
	} {
		if err := unix.SetsockoptInt(fd, unix.IPPROTO_TCP, o.name, o.value); err != nil {
			return errnoOf(err)
		}
	}
	return 0
}

// recvCloexec makes received descriptors closed on exec.
const recvCloexec = unix.MSG_CMSG_CLOEXEC
