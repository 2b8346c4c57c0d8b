//go:build darwin || freebsd

package fs

import "golang.org/x/sys/unix"

// Fdatasync is fsync(2): this system has no fdatasync.
func Fdatasync(fd int) error {
	return failFD(retry(func() error { return unix.Fsync(fd) }), "fdatasync")
}
