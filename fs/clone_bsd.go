//go:build darwin || freebsd

package fs

import "syscall"

// clone is not there by descriptors on this system.
func clone(dst, src int) error { return syscall.ENOSYS }
