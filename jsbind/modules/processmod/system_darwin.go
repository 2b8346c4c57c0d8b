package processmod

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// freeMemory is the memory that nothing uses, in bytes.
func freeMemory() int64 {
	n, _ := unix.SysctlUint32("vm.page_free_count")
	return int64(n) * int64(unix.Getpagesize())
}

// maxRSS is the most memory that was resident at once, in bytes, in which
// getrusage(2) counts it here.
func maxRSS(ru *syscall.Rusage) int64 { return int64(ru.Maxrss) }

// rusageThread stands for the whole process: getrusage(2) knows no threads here.
const rusageThread = syscall.RUSAGE_SELF
