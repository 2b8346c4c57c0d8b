package processmod

import "syscall"

func init() {
	for name, n := range map[string]syscall.Signal{"SIGSTKFLT": syscall.SIGSTKFLT, "SIGPOLL": syscall.SIGPOLL, "SIGPWR": syscall.SIGPWR} {
		signals[name] = n
	}
}
