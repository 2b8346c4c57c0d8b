package fs

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Futimes is Utimes for an open file.
func Futimes(fd int, atime, mtime float64) error {
	ts := [2]unix.Timespec{timespec(atime), timespec(mtime)}
	return failFD(retry(func() error {
		// utimensat with a null path means the descriptor; package unix has no
		// door for that.
		_, _, errno := unix.Syscall6(unix.SYS_UTIMENSAT, uintptr(fd), 0, uintptr(unsafe.Pointer(&ts[0])), 0, 0, 0)
		if errno != 0 {
			return syscall.Errno(errno)
		}
		return nil
	}), "futime")
}
