package fs

import (
	"errors"
	"syscall"

	"github.com/spindle-js/spindle/nodeerr"
)

// fail makes Node's error of a failed call on a path; path is empty for a
// descriptor. It returns nil for a nil err.
func fail(err error, call, path string) error {
	e := failure(err, call, path)
	if e == nil {
		return nil
	}
	if path == "" {
		e.Message += " ''"
		e.With("path", "")
	}
	return e
}

// failFD is fail for a call on a descriptor.
func failFD(err error, call string) error {
	if e := failure(err, call, ""); e != nil {
		return e
	}
	return nil
}

// failTo is fail for a call that has a destination.
func failTo(err error, call, path, dest string) error {
	e := failure(err, call, path)
	if e == nil {
		return nil
	}
	if path == "" {
		e.Message += " ''"
		e.With("path", "")
	}
	e.Message += " -> '" + dest + "'"
	if e.Dest = dest; dest == "" {
		e.With("dest", "")
	}
	return e
}

func failure(err error, call, path string) *nodeerr.Error {
	if err == nil {
		return nil
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return nodeerr.File(errno, call, path)
	}
	return nodeerr.File(err, call, path)
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
