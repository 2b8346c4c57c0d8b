package childprocess

import "syscall"

const (
	waitPID    = 0 // P_PID
	waitExited = 16
	waitKeep   = 8
)

// await blocks until the child has ended, and leaves it to be waited for.
func await(pid int) {
	for {
		_, _, e := syscall.Syscall6(syscall.SYS_WAIT6, waitPID, uintptr(pid), 0, waitExited|waitKeep, 0, 0)
		if e != syscall.EINTR {
			return
		}
	}
}
