//go:build freebsd || dragonfly

package net

import (
	"syscall"

	"golang.org/x/sys/unix"
)

func sysKeepIdle(fd, delay int) syscall.Errno {
	return errnoOf(unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_KEEPIDLE, delay))
}
