package fs

import (
	"math"

	"golang.org/x/sys/unix"
)

// Access is access(2); mode is a union of F_OK, R_OK, W_OK and X_OK.
func Access(path string, mode uint32) error {
	return fail(retry(func() error { return unix.Access(path, mode) }), "access", path)
}

// Exists reports whether path can be reached.
func Exists(path string) bool { return Access(path, unix.F_OK) == nil }

// Chmod is chmod(2).
func Chmod(path string, mode uint32) error {
	return fail(retry(func() error { return unix.Chmod(path, mode) }), "chmod", path)
}

// Fchmod is fchmod(2).
func Fchmod(fd int, mode uint32) error {
	return failFD(retry(func() error { return unix.Fchmod(fd, mode) }), "fchmod")
}

// Chown is chown(2).
func Chown(path string, uid, gid int) error {
	return fail(retry(func() error { return unix.Chown(path, uid, gid) }), "chown", path)
}

// Lchown is lchown(2): of the link itself.
func Lchown(path string, uid, gid int) error {
	return fail(retry(func() error { return unix.Lchown(path, uid, gid) }), "lchown", path)
}

// Fchown is fchown(2).
func Fchown(fd, uid, gid int) error {
	return failFD(retry(func() error { return unix.Fchown(fd, uid, gid) }), "fchown")
}

// Utimes sets the access and modification times, in seconds since the epoch.
func Utimes(path string, atime, mtime float64) error {
	return fail(setTimes(path, atime, mtime, 0), "utime", path)
}

// Lutimes is Utimes for the link itself.
func Lutimes(path string, atime, mtime float64) error {
	return fail(setTimes(path, atime, mtime, unix.AT_SYMLINK_NOFOLLOW), "lutime", path)
}

func setTimes(path string, atime, mtime float64, flags int) error {
	ts := []unix.Timespec{timespec(atime), timespec(mtime)}
	return retry(func() error { return unix.UtimesNanoAt(unix.AT_FDCWD, path, ts, flags) })
}

// timespec splits seconds as libuv does: to the microsecond.
func timespec(seconds float64) unix.Timespec {
	whole := math.Floor(seconds)
	return unix.NsecToTimespec(int64(whole)*1e9 + int64(math.Round((seconds-whole)*1e6))*1e3)
}
