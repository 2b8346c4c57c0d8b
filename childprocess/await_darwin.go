package childprocess

import (
	"syscall"
	"unsafe"
)

const (
	waitPID    = 0 // P_PID
	waitExited = 0x4
	waitKeep   = 0x20
)

// await blocks until the child has ended, and leaves it to be waited for.
func await(pid int) {
	var info [128]byte // siginfo_t, of which nothing is read
	for {
		_, _, e := syscall.Syscall6(syscall.SYS_WAITID, waitPID, uintptr(pid), uintptr(unsafe.Pointer(&info)), waitExited|waitKeep, 0, 0)
		if e != syscall.EINTR {
			return
		}
	}
}
