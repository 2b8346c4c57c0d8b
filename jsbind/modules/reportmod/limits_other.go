//go:build !linux

package reportmod

// Not named alike on all other systems.
const (
	rlimitMemlock = -1
	rlimitRSS     = -1
	rlimitNproc   = -1
)
