package nodeerr

import (
	"strconv"
	"syscall"
)

// KindSystem is Node's SystemError: an Error whose property info says what the
// system answered. Its Errno, Syscall, Path and Dest are those of info; Errno is
// positive where Node has it so.
const KindSystem Kind = "SystemError"

// Info is the property info of a SystemError.
type Info struct {
	Code    string // "EISDIR"
	Message string // "is a directory"

	ErrnoFirst bool // errno is the first property of info
}

// FileTo is File for an operation from path to dest:
// "ENOENT: no such file or directory, rename 'a' -> 'b'".
func FileTo(err error, call, path, dest string) *Error {
	e := File(err, call, path)
	if dest != "" {
		e.Message += " -> '" + dest + "'"
		e.Dest = dest
	}
	return e
}

// FileTooLarge is ERR_FS_FILE_TOO_LARGE; size is the file's in bytes.
func FileTooLarge(size int64) *Error {
	return New(KindRange, "ERR_FS_FILE_TOO_LARGE", "File size ("+strconv.FormatInt(size, 10)+") is greater than 2 GiB")
}

// FileInfo is one of the SystemErrors of cp and rm: code is
// "ERR_FS_EISDIR", text what that code says ("Path is a directory"), call "rm"
// or "cp", reason what went wrong.
func FileInfo(code, text, call string, errno syscall.Errno, reason, path, dest string) *Error {
	name := ErrnoName(errno)
	msg := text + ": " + call + " returned " + name + " (" + reason + ") " + path
	if dest != "" {
		msg += " => " + dest
	}
	e := New(KindSystem, code, msg)
	e.Errno, e.Syscall, e.Path, e.Dest = int(errno), call, path, dest
	return e.With("info", Info{Code: name, Message: reason})
}

// SystemCall is ERR_SYSTEM_ERROR, of a failed call that node:os makes: "A system
// error occurred: uv_os_getpriority returned ESRCH (no such process)".
func SystemCall(errno syscall.Errno, call string) *Error {
	name, text := ErrnoName(errno), ErrnoText(errno)
	e := New(KindSystem, "ERR_SYSTEM_ERROR", "A system error occurred: "+call+" returned "+name+" ("+text+")")
	e.Errno, e.Syscall = -int(errno), call
	return e.With("info", Info{Code: name, Message: text})
}
