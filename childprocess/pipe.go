package childprocess

import (
	"golang.org/x/sys/unix"
)

// Pipe makes a pair of connected Unix sockets: ours does not block, theirs
// does. Both are closed on exec.
func Pipe() (ours, theirs int, err error) {
	fds, err := socketpair()
	if err != nil {
		return -1, -1, err
	}
	if err := unix.SetNonblock(fds[0], true); err != nil {
		unix.Close(fds[0])
		unix.Close(fds[1])
		return -1, -1, err
	}
	return fds[0], fds[1], nil
}

// Null opens the null device for descriptor number i of a child.
func Null(i int) (int, error) {
	flags := unix.O_RDWR
	if i == 0 {
		flags = unix.O_RDONLY
	}
	return unix.Open("/dev/null", flags|unix.O_CLOEXEC, 0)
}
