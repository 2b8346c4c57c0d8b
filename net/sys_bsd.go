//go:build darwin || dragonfly || freebsd

package net

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

func sysRead(fd int, p []byte) (int, syscall.Errno) {
	for {
		n, err := unix.Read(fd, p)
		if err != unix.EINTR {
			return n, errnoOf(err)
		}
	}
}

func sysWrite(fd int, p []byte) (int, syscall.Errno) {
	for {
		n, err := unix.Write(fd, p)
		if err != unix.EINTR {
			return n, errnoOf(err)
		}
	}
}

// sysWritev writes the first buffer: package unix has no writev here, and
// whoever writes several goes on with what is left.
func sysWritev(fd int, iov []unix.Iovec) (int, syscall.Errno) {
	if len(iov) == 0 {
		return 0, 0
	}
	return sysWrite(fd, unsafe.Slice(iov[0].Base, iov[0].Len))
}

// sysSocket opens a stream socket that does not block and is closed on exec.
func sysSocket(family int) (int, syscall.Errno) {
	syscall.ForkLock.RLock()
	fd, err := unix.Socket(family, unix.SOCK_STREAM, 0)
	if err == nil {
		unix.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return -1, errnoOf(err)
	}
	_ = unix.SetNonblock(fd, true)
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_NOSIGPIPE, 1)
	return fd, 0
}

// sysAccept takes a connection off fd's queue.
func sysAccept(fd int) (int, syscall.Errno) {
	for {
		syscall.ForkLock.RLock()
		n, _, err := unix.Accept(fd)
		if err == nil {
			unix.CloseOnExec(n)
		}
		syscall.ForkLock.RUnlock()
		switch err {
		case nil:
			_ = unix.SetNonblock(n, true)
			_ = unix.SetsockoptInt(n, unix.SOL_SOCKET, unix.SO_NOSIGPIPE, 1)
			return n, 0
		case unix.EINTR, unix.ECONNABORTED:
			continue
		}
		return -1, errnoOf(err)
	}
}

// sysReusePort fails: the kernel does not share connections between listeners
// here, which is what the option promises.
func sysReusePort(int) syscall.Errno { return syscall.ENOTSUP }

// sysKeepAlive sets keep-alive, the first probe after delay seconds where the
// system can say so.
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
	return sysKeepIdle(fd, delay)
}

// recvCloexec would make received descriptors closed on exec; here that is done
// after the call.
const recvCloexec = 0
