//go:build darwin || freebsd

package fsmod

import "golang.org/x/sys/unix"

var systemConstants = []constant{
	{"O_NOFOLLOW", unix.O_NOFOLLOW}, {"O_SYNC", unix.O_SYNC}, {"O_NONBLOCK", unix.O_NONBLOCK},
}
