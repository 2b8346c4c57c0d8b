package processmod

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// setThreadName sets the name of the process's first thread, which is its name
// in /proc.
func setThreadName(name string) {
	var b [16]byte
	copy(b[:15], name)
	_ = unix.Prctl(unix.PR_SET_NAME, uintptr(unsafe.Pointer(&b[0])), 0, 0, 0)
}
