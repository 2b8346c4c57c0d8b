package net

import "golang.org/x/sys/unix"

const (
	fdDirectory = "/proc/self/fd/"
	getTermios  = unix.TCGETS
	setTermios  = unix.TCSETSW
)

func isTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, getTermios)
	return err == nil
}

// dup3 makes fd another number for the description of from.
func dup3(from, fd int) error { return unix.Dup3(from, fd, unix.O_CLOEXEC) }
