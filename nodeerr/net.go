package nodeerr

import (
	"strconv"
	"strings"
	"syscall"
)

// KindAggregate is JavaScript's AggregateError; the property "errors" holds a
// []error.
const KindAggregate Kind = "AggregateError"

// DetailedSystem is System with libuv's text after the name, as listen words
// its errors: "listen EADDRINUSE: address already in use :::8080". Node sets
// its properties in the order code, errno, syscall, address, port. A port that
// is 0 is left out; so is an empty address.
func DetailedSystem(errno syscall.Errno, call, address string, port int) *Error {
	e := System(errno, call, address, port)
	details := e.Message[len(call)+1+len(e.Code):]
	e.Message = call + " " + e.Code + ": " + ErrnoText(errno) + details
	e.CodeFirst = true
	return e
}

// ConnectFailed is the error of a connection attempt: System, and the local
// address in the message where the program asked for one
// ("connect ECONNREFUSED 192.0.2.1:80 - Local (192.0.2.7:4000)").
func ConnectFailed(errno syscall.Errno, address string, port int, local string) *Error {
	e := System(errno, "connect", address, port)
	if local != "" {
		e.Message += " - Local (" + local + ")"
	}
	return e
}

// SocketBadPort is ERR_SOCKET_BAD_PORT. name is "Port" or "options.port";
// received is the value worded as in "type number (70000)"; allowZero says that
// 0 would be allowed.
func SocketBadPort(name, received string, allowZero bool) *Error {
	op := ">"
	if allowZero {
		op = ">="
	}
	return New(KindRange, "ERR_SOCKET_BAD_PORT", name+" should be "+op+" 0 and < 65536. Received "+received+".")
}

// InvalidIPAddress is ERR_INVALID_IP_ADDRESS.
func InvalidIPAddress(address string) *Error {
	return New(KindType, "ERR_INVALID_IP_ADDRESS", "Invalid IP address: "+address)
}

// InvalidAddress is ERR_INVALID_ADDRESS, of BlockList and SocketAddress.
func InvalidAddress() *Error {
	return New(KindError, "ERR_INVALID_ADDRESS", "Invalid socket address")
}

// InvalidAddressFamily is ERR_INVALID_ADDRESS_FAMILY, for a look-up that
// answered with a family that is neither 4 nor 6.
func InvalidAddressFamily(family, host string, port int) *Error {
	return New(KindRange, "ERR_INVALID_ADDRESS_FAMILY",
		"Invalid address family: "+family+" "+host+":"+strconv.Itoa(port)).
		With("host", host).With("port", port)
}

// InvalidFDType is ERR_INVALID_FD_TYPE; typ is "FILE", "TTY", "UDP" or
// "UNKNOWN".
func InvalidFDType(typ string) *Error {
	return New(KindType, "ERR_INVALID_FD_TYPE", "Unsupported fd type: "+typ)
}

// InvalidHandleType is ERR_INVALID_HANDLE_TYPE.
func InvalidHandleType() *Error {
	return New(KindType, "ERR_INVALID_HANDLE_TYPE", "This handle type cannot be sent")
}

// IPBlocked is ERR_IP_BLOCKED.
func IPBlocked(ip string) *Error {
	return New(KindError, "ERR_IP_BLOCKED", "IP("+ip+") is blocked by net.BlockList")
}

// ServerAlreadyListen is ERR_SERVER_ALREADY_LISTEN.
func ServerAlreadyListen() *Error {
	return New(KindError, "ERR_SERVER_ALREADY_LISTEN", "Listen method has been called more than once without closing.")
}

// ServerNotRunning is ERR_SERVER_NOT_RUNNING.
func ServerNotRunning() *Error {
	return New(KindError, "ERR_SERVER_NOT_RUNNING", "Server is not running.")
}

// SocketClosed is ERR_SOCKET_CLOSED.
func SocketClosed() *Error { return New(KindError, "ERR_SOCKET_CLOSED", "Socket is closed") }

// SocketClosedBeforeConnection is ERR_SOCKET_CLOSED_BEFORE_CONNECTION.
func SocketClosedBeforeConnection() *Error {
	return New(KindError, "ERR_SOCKET_CLOSED_BEFORE_CONNECTION", "Socket closed before the connection was established")
}

// SocketConnectionTimeout is ERR_SOCKET_CONNECTION_TIMEOUT.
func SocketConnectionTimeout() *Error {
	return New(KindError, "ERR_SOCKET_CONNECTION_TIMEOUT", "Socket connection timeout")
}

// EndedByOtherParty is the EPIPE of a write after the peer's FIN on a socket
// that is not half-open.
func EndedByOtherParty() *Error {
	return New(KindError, "EPIPE", "This socket has been ended by the other party")
}

// MissingArgsOneOf is ERR_MISSING_ARGS where one of the arguments would do.
func MissingArgsOneOf(names ...string) *Error {
	return New(KindType, "ERR_MISSING_ARGS", `The "`+strings.Join(names, `" or "`)+`" argument must be specified`)
}
