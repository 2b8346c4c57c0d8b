package dgram

import "unsafe"

// nowhere is a socket address of no family, all zero.
var nowhere [16]byte

func unspecified() uintptr { return uintptr(unsafe.Pointer(&nowhere[0])) }
