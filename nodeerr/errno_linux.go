package nodeerr

import "syscall"

// The errors that not every system has, by the system's number or else by
// libuv's own.
const (
	eNONET    = syscall.ENONET
	eREMOTEIO = syscall.EREMOTEIO
	eUNATCH   = syscall.EUNATCH
	eFTYPE    = syscall.Errno(4028)
)
