//go:build !linux

package nodeerr

import "syscall"

// The errors that not every system has, by the system's number or else by
// libuv's own.
const (
	eNONET    = syscall.Errno(4056)
	eREMOTEIO = syscall.Errno(4030)
	eUNATCH   = syscall.Errno(4023)
	eFTYPE    = syscall.Errno(79)
)
