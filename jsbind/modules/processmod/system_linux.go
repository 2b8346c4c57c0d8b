package processmod

import "syscall"

// freeMemory is the memory that nothing uses, in bytes.
func freeMemory() int64 {
	var si syscall.Sysinfo_t
	_ = syscall.Sysinfo(&si)
	return int64(si.Freeram) * int64(si.Unit)
}

// maxRSS is the most memory that was resident at once, in bytes; getrusage(2)
// counts it in kilobytes here.
func maxRSS(ru *syscall.Rusage) int64 { return int64(ru.Maxrss) * 1024 }

// rusageThread is RUSAGE_THREAD of getrusage(2).
const rusageThread = 1
