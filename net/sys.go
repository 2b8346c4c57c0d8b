//go:build unix

package net

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// maxIOV is how many buffers one writev takes (IOV_MAX).
const maxIOV = 1024

// gather fills iov, scratch space of the caller's, with up to maxIOV of bufs.
func gather(bufs [][]byte, iov []unix.Iovec) []unix.Iovec {
	iov = iov[:0]
	for _, b := range bufs {
		if len(iov) == maxIOV {
			break
		}
		if len(b) == 0 {
			continue
		}
		v := unix.Iovec{Base: &b[0]}
		v.SetLen(len(b))
		iov = append(iov, v)
	}
	return iov
}

func socketError(fd int) Status {
	n, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil {
		return statusOf(err)
	}
	return -Status(n)
}

// sysConnect is connect(2). An interrupted connect goes on by itself.
func sysConnect(fd int, sa unix.Sockaddr) syscall.Errno {
	err := unix.Connect(fd, sa)
	if err == unix.EINTR {
		err = unix.EINPROGRESS
	}
	return errnoOf(err)
}

func errnoOf(err error) syscall.Errno {
	if err == nil {
		return 0
	}
	if e, ok := err.(syscall.Errno); ok {
		return e
	}
	return syscall.EIO
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
