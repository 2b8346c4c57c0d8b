package nodeerr

import "syscall"

// The errors of process, console, tty and util.

// ConsoleWritableStream is ERR_CONSOLE_WRITABLE_STREAM.
func ConsoleWritableStream(name string) *Error {
	return New(KindType, "ERR_CONSOLE_WRITABLE_STREAM", "Console expects a writable stream instance for "+name)
}

// IncompatibleOptionPair is ERR_INCOMPATIBLE_OPTION_PAIR.
func IncompatibleOptionPair(a, b string) *Error {
	return New(KindType, "ERR_INCOMPATIBLE_OPTION_PAIR", `Option "`+a+`" cannot be used in combination with option "`+b+`"`)
}

// Status is the error of a libuv status: a negative errno.
func Status(status int, call string) *Error { return System(syscall.Errno(-status), call, "", 0) }

// TTYInitFailed is ERR_TTY_INIT_FAILED for a libuv status.
func TTYInitFailed(status int) *Error {
	errno := syscall.Errno(-status)
	name, text := ErrnoName(errno), ErrnoText(errno)
	e := New(KindSystem, "ERR_TTY_INIT_FAILED", "TTY initialization failed: uv_tty_init returned "+name+" ("+text+")")
	e.Errno, e.Syscall = status, "uv_tty_init"
	return e.With("info", Info{Code: name, Message: text})
}
