package net

import (
	"strconv"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// DescriptorType is what a descriptor refers to, by the names of libuv's
// uv_guess_handle: "TTY", "FILE", "PIPE", "TCP", "UDP" or "UNKNOWN".
func DescriptorType(fd int) string {
	typ, other := guessHandleType(fd)
	switch {
	case other != "":
		return other
	case typ == TCPSocket:
		return "TCP"
	}
	return "PIPE"
}

// IsTerminal reports whether fd is a terminal.
func IsTerminal(fd int) bool { return fd >= 0 && isTerminal(fd) }

// OpenTerminal is uv_tty_init: it returns a handle of the terminal fd. The
// terminal is opened anew under the same number where that is possible, so that
// the processes that share it do not find it non-blocking.
func OpenTerminal(l *loop.Loop, fd int) (*Handle, Status) {
	if !IsTerminal(fd) {
		return nil, -Status(unix.EINVAL)
	}
	mode, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
	if err != nil {
		return nil, statusOf(err)
	}
	mode &= unix.O_ACCMODE
	if own, err := unix.Open(terminalPath(fd), mode|unix.O_NOCTTY|unix.O_CLOEXEC, 0); err == nil {
		// Another process may hold the number's description; ours is private.
		if err := dup3(own, fd); err != nil {
			_ = unix.Close(own)
			return nil, statusOf(err)
		}
		_ = unix.Close(own)
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, statusOf(err)
	}
	flags := hReadable | hWritable
	switch mode {
	case unix.O_RDONLY:
		flags = hReadable
	case unix.O_WRONLY:
		flags = hWritable
	}
	h := NewHandle(l, Terminal)
	if st := h.attach(fd, flags); st.Failed() {
		return nil, st
	}
	return h, OK
}

// terminalPath names the terminal behind a descriptor.
func terminalPath(fd int) string { return fdDirectory + strconv.Itoa(fd) }

// WindowSize returns the columns and rows of a terminal.
func (h *Handle) WindowSize() (columns, rows int, st Status) {
	ws, err := unix.IoctlGetWinsize(int(h.fd), unix.TIOCGWINSZ)
	if err != nil {
		return 0, 0, statusOf(err)
	}
	return int(ws.Col), int(ws.Row), OK
}

// rawTerminals remembers how terminals were set before SetRawMode, by
// descriptor: they belong to the process, not to a loop.
var rawTerminals = struct {
	sync.Mutex
	before map[int]*unix.Termios
}{before: map[int]*unix.Termios{}}

// SetRawMode is uv_tty_set_mode: keys are read as they are pressed and not
// echoed.
func (h *Handle) SetRawMode(on bool) Status {
	if h.fd < 0 {
		return -Status(unix.EBADF)
	}
	rawTerminals.Lock()
	defer rawTerminals.Unlock()
	fd := int(h.fd)
	before := rawTerminals.before[fd]
	if on == (before != nil) {
		return OK
	}
	if !on {
		delete(rawTerminals.before, fd)
		return statusOf(unix.IoctlSetTermios(fd, setTermios, before))
	}
	before, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return statusOf(err)
	}
	raw := *before
	raw.Iflag &^= unix.BRKINT | unix.ICRNL | unix.INPCK | unix.ISTRIP | unix.IXON
	raw.Oflag |= unix.ONLCR
	raw.Cflag |= unix.CS8
	raw.Lflag &^= unix.ECHO | unix.ICANON | unix.IEXTEN | unix.ISIG
	raw.Cc[unix.VMIN], raw.Cc[unix.VTIME] = 1, 0
	if err := unix.IoctlSetTermios(fd, setTermios, &raw); err != nil {
		return statusOf(err)
	}
	rawTerminals.before[fd] = before
	return OK
}

// ResetTerminals undoes SetRawMode on all terminals; a program calls it before
// it ends. Any goroutine may call it.
func ResetTerminals() {
	rawTerminals.Lock()
	defer rawTerminals.Unlock()
	for fd, t := range rawTerminals.before {
		_ = unix.IoctlSetTermios(fd, setTermios, t)
		delete(rawTerminals.before, fd)
	}
}
