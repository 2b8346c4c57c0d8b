package reportmod

import "golang.org/x/sys/unix"

const (
	rlimitMemlock = unix.RLIMIT_MEMLOCK
	rlimitRSS     = unix.RLIMIT_RSS
	rlimitNproc   = unix.RLIMIT_NPROC
)
