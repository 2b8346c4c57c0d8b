package net

import (
	"syscall"

	"github.com/spindle-js/spindle/nodeerr"
)

// Status is the result of a handle's operation as libuv reports it: 0, or a
// negative error number (https://docs.libuv.org/en/v1.x/errors.html).
type Status int32

// The results that are not an errno of the system, and two that are common.
const (
	OK       Status = 0
	EOF      Status = -4095 // the peer has sent FIN
	Canceled        = -Status(syscall.ECANCELED)
)

func statusOf(err error) Status {
	switch e := err.(type) {
	case nil:
		return OK
	case syscall.Errno:
		return -Status(e)
	}
	return -Status(syscall.EIO)
}

// Errno returns the system's error number, 0 for OK and EOF.
func (s Status) Errno() syscall.Errno {
	if s == EOF || s > 0 {
		return 0
	}
	return syscall.Errno(-s)
}

// Failed reports whether s is an error; EOF is one here, as in libuv.
func (s Status) Failed() bool { return s < 0 }

// Name returns the error's name, as util.getSystemErrorName does, or "OK".
func (s Status) Name() string {
	switch s {
	case OK:
		return "OK"
	case EOF:
		return "EOF"
	}
	return nodeerr.ErrnoName(s.Errno())
}

// errnoError words s as Node's ErrnoException does: "write EPIPE".
func errnoError(s Status, call string) error {
	if s == EOF {
		e := nodeerr.New(nodeerr.KindError, "EOF", call+" EOF")
		e.Errno, e.Syscall = int(EOF), call
		return e
	}
	return nodeerr.System(s.Errno(), call, "", 0)
}
