//go:build darwin || freebsd

package fs

import "golang.org/x/sys/unix"

// Futimes is Utimes for an open file.
func Futimes(fd int, atime, mtime float64) error {
	a, m := timespec(atime), timespec(mtime)
	tv := []unix.Timeval{unix.NsecToTimeval(a.Nano()), unix.NsecToTimeval(m.Nano())}
	return failFD(retry(func() error { return unix.Futimes(fd, tv) }), "futime")
}
