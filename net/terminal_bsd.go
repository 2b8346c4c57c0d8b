//go:build darwin || dragonfly || freebsd

package net

import "golang.org/x/sys/unix"

const (
	fdDirectory = "/dev/fd/"
	getTermios  = unix.TIOCGETA
	setTermios  = unix.TIOCSETAW
)

func isTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, getTermios)
	return err == nil
}

// dup3 makes fd another number for the description of from.
func dup3(from, fd int) error {
	if err := unix.Dup2(from, fd); err != nil {
		return err
	}
	unix.CloseOnExec(fd)
	return nil
}
