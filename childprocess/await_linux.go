package childprocess

import "golang.org/x/sys/unix"

// await blocks until the child has ended, and leaves it to be waited for.
func await(pid int) {
	for {
		err := unix.Waitid(unix.P_PID, pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if err != unix.EINTR {
			return
		}
	}
}
