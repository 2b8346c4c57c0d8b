package fs

import (
	"errors"
	"syscall"

	"github.com/spindle-js/spindle/nodeerr"
)

// fail makes Node's error of a failed call on a path; path is empty for a
// descriptor. It returns nil for a nil err.
func fail(err error, call, path string) error { return failTo(err, call, path, "") }

// failTo is fail for a call that has a destination.
func failTo(err error, call, path, dest string) error {
	if err == nil {
		return nil
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return nodeerr.FileTo(errno, call, path, dest)
	}
	return nodeerr.FileTo(err, call, path, dest)
}

// retry calls f again for as long as a signal interrupts it.
func retry(f func() error) error {
	for {
		if err := f(); err != syscall.EINTR {
			return err
		}
	}
}

// is reports whether err came of errno.
func is(err error, errno syscall.Errno) bool {
	e, ok := err.(*nodeerr.Error)
	return ok && e.Errno == -int(errno) || err == error(errno)
}
