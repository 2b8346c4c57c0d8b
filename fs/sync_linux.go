package fs

import "golang.org/x/sys/unix"

// Fdatasync is fdatasync(2).
func Fdatasync(fd int) error {
	return failFD(retry(func() error { return unix.Fdatasync(fd) }), "fdatasync")
}
