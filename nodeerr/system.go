package nodeerr

import (
	"strconv"
	"syscall"
)

// System is the error of a failed system call, worded as libuv words it:
// "connect ECONNREFUSED 127.0.0.1:80" (uvExceptionWithHostPort in Node's
// documentation of system errors). address may be empty; port 0 means none.
func System(errno syscall.Errno, call, address string, port int) *Error {
	name := ErrnoName(errno)
	msg := call + " " + name
	switch {
	case address != "" && port > 0:
		msg += " " + address + ":" + strconv.Itoa(port)
	case address != "":
		msg += " " + address
	}
	return &Error{Kind: KindError, Code: name, Message: msg, Errno: -int(errno), Syscall: call, Address: address, Port: port}
}

// File is the error of a failed file operation, worded as node:fs words it:
// "ENOENT: no such file or directory, open 'x'". err is an errno or wraps one.
func File(err error, call, path string) *Error {
	errno, ok := err.(syscall.Errno)
	if !ok {
		return &Error{Kind: KindError, Message: err.Error(), Syscall: call, Path: path}
	}
	name := ErrnoName(errno)
	msg := name + ": " + ErrnoText(errno) + ", " + call
	if path != "" {
		msg += " '" + path + "'"
	}
	return &Error{Kind: KindError, Code: name, Message: msg, Errno: -int(errno), Syscall: call, Path: path}
}
