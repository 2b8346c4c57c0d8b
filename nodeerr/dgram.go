package nodeerr

import "syscall"

// SocketBadType is ERR_SOCKET_BAD_TYPE.
func SocketBadType() *Error {
	return New(KindType, "ERR_SOCKET_BAD_TYPE", "Bad socket type specified. Valid types are: udp4, udp6")
}

// SocketAlreadyBound is ERR_SOCKET_ALREADY_BOUND.
func SocketAlreadyBound() *Error {
	return New(KindError, "ERR_SOCKET_ALREADY_BOUND", "Socket is already bound")
}

// DgramNotRunning is ERR_SOCKET_DGRAM_NOT_RUNNING.
func DgramNotRunning() *Error {
	return New(KindError, "ERR_SOCKET_DGRAM_NOT_RUNNING", "Not running")
}

// DgramIsConnected is ERR_SOCKET_DGRAM_IS_CONNECTED.
func DgramIsConnected() *Error {
	return New(KindError, "ERR_SOCKET_DGRAM_IS_CONNECTED", "Already connected")
}

// DgramNotConnected is ERR_SOCKET_DGRAM_NOT_CONNECTED.
func DgramNotConnected() *Error {
	return New(KindError, "ERR_SOCKET_DGRAM_NOT_CONNECTED", "Not connected")
}

// SocketBadBufferSize is ERR_SOCKET_BAD_BUFFER_SIZE.
func SocketBadBufferSize() *Error {
	return New(KindType, "ERR_SOCKET_BAD_BUFFER_SIZE", "Buffer size must be a positive integer")
}

// SocketBufferSize is ERR_SOCKET_BUFFER_SIZE, of a failed call
// "uv_recv_buffer_size" or "uv_send_buffer_size". Its class is Node's
// SystemError, with the property info.
func SocketBufferSize(errno syscall.Errno, call string) *Error {
	text := ErrnoText(errno)
	e := New(KindSystem, "ERR_SOCKET_BUFFER_SIZE", "Could not get or set buffer size: "+call+" returned "+ErrnoName(errno)+" ("+text+")")
	e.Errno, e.Syscall = -int(errno), call
	return e.With("info", Info{Code: ErrnoName(errno), Message: text, ErrnoFirst: true})
}

// BufferOutOfBoundsOf is ERR_BUFFER_OUT_OF_BOUNDS for an argument.
func BufferOutOfBoundsOf(name string) *Error {
	return New(KindRange, "ERR_BUFFER_OUT_OF_BOUNDS", `"`+name+`" is outside of buffer bounds`)
}
