package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// HandleType says what a Handle is made for; it is the type argument of the
// TCP and Pipe classes that socket._handle shows.
type HandleType uint8

// The types of handles.
const (
	TCPSocket HandleType = iota
	TCPServer
	PipeSocket
	PipeServer
	Terminal // made by OpenTerminal
)

// Reader is told what a handle reads.
type Reader interface {
	// OnRead gets what one read(2) brought: p is the loop's buffer, to be copied
	// by whoever keeps it, and st is OK; or p is empty and st is EOF or the
	// error, after which the handle reads no more. It is one call-out.
	OnRead(h *Handle, p []byte, st Status)
}

// Acceptor is told of the connections that a handle accepts. It is one call-out.
type Acceptor interface {
	OnConnection(h *Handle, client *Handle)
}

// Consumer takes the bytes that a handle reads in the place of its Reader, as
// Node's parser.consume(handle) does. It is called bare, outside any call-out,
// and makes its own. Arguments are those of Reader.OnRead.
type Consumer interface {
	OnConsume(h *Handle, p []byte, st Status)
}

// Handle is a TCP or Unix socket with the verbs, the results and the order of
// callbacks of libuv's uv_tcp_t and uv_pipe_t
// (https://docs.libuv.org/en/v1.x/stream.html). Closures given to its verbs run
// on the loop's goroutine, each as one call-out, and never before the verb has
// returned.
//
// The Ref, Unref and HasRef of loop.Handle hold for it: a handle is active while
// it reads or listens; requests (connect, write, shutdown) keep the loop alive by
// themselves.
type Handle struct {
	loop.Handle
	watch    loop.Watch
	env      *env
	reader   Reader
	consumer Consumer
	queue    *writeQueue // nil while nothing waits
	extra    *extra      // nil unless connecting, listening, shutting down or named

	// BytesRead and BytesWritten count what was read from the system, and what
	// was given to Write, whether or not it has left.
	BytesRead, BytesWritten uint64

	fd    int32
	flags handleFlags
	typ   HandleType
}

type handleFlags uint16

const (
	hReading handleFlags = 1 << iota // the descriptor is watched for reading
	hWanted                          // ReadStart was called, and ReadStop not yet
	hListening
	hReadable // connected
	hWritable // connected and not shut down
	hShutting
	hShut
	hClosing
	hClosed
	hFed      // a look at the queue is on its way through the pending phase
	hBound    // Bind was called
	hBlocking // writes finish before they return
	hIPC      // descriptors come with what is read
)

func (h *Handle) has(f handleFlags) bool { return h.flags&f != 0 }

// extra is what a handle needs only at times.
type extra struct {
	acceptor Acceptor
	connect  *connectRequest
	shutdown *shutdownRequest
	spare    int    // descriptor kept for accepting when there is none left; -1
	delayed  Status // error of bind or connect, to be told by what comes next
	path     string // to be unlinked, unless it is shared
	shared   bool
	fds      []int // received and not taken
	virtual  *Virtual
	layer    Layer
	onClose  func()
	spread   func(fd int) bool
	replaced func(verb string) func(args ...any) Status
}

func (h *Handle) more() *extra {
	if h.extra == nil {
		h.extra = &extra{spare: -1}
	}
	return h.extra
}

var handleKinds = [...]string{"TCPSocketWrap", "TCPServerWrap", "PipeWrap", "PipeWrap", "TTYWrap"}

// NewHandle returns a handle without a descriptor.
func NewHandle(l *loop.Loop, typ HandleType) *Handle {
	h := new(Handle)
	h.Init(l, typ)
	return h
}

// Init prepares a zero Handle that is embedded.
func (h *Handle) Init(l *loop.Loop, typ HandleType) {
	asyncKind := handleKinds[typ]
	if typ == PipeServer {
		asyncKind = "PipeServerWrap"
	}
	h.Handle.InitAs(l, handleKinds[typ], asyncKind)
	h.env, h.typ, h.fd = envOf(l), typ, -1
}

// Type returns what the handle was made for.
func (h *Handle) Type() HandleType { return h.typ }

// IsPipe reports whether the handle is no TCP socket: a Unix socket, another
// pipe, a terminal.
func (h *Handle) IsPipe() bool { return h.typ >= PipeSocket }

// FD returns the descriptor, -1 for none.
func (h *Handle) FD() int { return int(h.fd) }

// SetReader says who gets what is read; nil for nobody. owner is the object that
// the handle belongs to (see loop.Handle).
func (h *Handle) SetReader(r Reader, owner any) { h.reader, h.Handle.Owner = r, owner }

// SetConsumer gives all further reads to c, nil gives them back to the reader.
func (h *Handle) SetConsumer(c Consumer) { h.consumer = c }

// Consumer returns what SetConsumer was given.
func (h *Handle) Consumer() Consumer { return h.consumer }

// Closing reports whether Close or Reset was called.
func (h *Handle) Closing() bool { return h.has(hClosing) }

// Open takes over a descriptor of the system's and makes it non-blocking. A TCP
// handle is then readable and writable; a pipe what its access mode says.
func (h *Handle) Open(fd int) Status {
	if h.fd >= 0 {
		return -Status(unix.EBUSY)
	}
	flags := hReadable | hWritable
	if h.IsPipe() {
		mode, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
		if err != nil {
			return statusOf(err)
		}
		switch mode & unix.O_ACCMODE {
		case unix.O_RDONLY:
			flags = hReadable
		case unix.O_WRONLY:
			flags = hWritable
		}
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return statusOf(err)
	}
	return h.attach(fd, flags)
}

// attach gives h a non-blocking descriptor.
func (h *Handle) attach(fd int, flags handleFlags) Status {
	if err := h.watch.Open(h.Loop(), fd, h); err != nil {
		return -Status(unix.EEXIST)
	}
	h.fd = int32(fd)
	h.Handle.Open()
	h.flags |= flags
	return OK
}

// socket makes the descriptor of an unopened handle.
func (h *Handle) socket(family int) Status {
	if h.fd >= 0 {
		return OK
	}
	fd, e := sysSocket(family)
	if e != 0 {
		return -Status(e)
	}
	if st := h.attach(fd, 0); st.Failed() {
		_ = unix.Close(fd)
		return st
	}
	return OK
}

// interest tells the loop what h waits for.
func (h *Handle) interest() {
	read := h.flags&(hReading|hListening) != 0
	write := h.waiting() || h.extra != nil && h.extra.connect != nil
	h.watch.SetInterest(read, write)
}

// active follows libuv: a stream's handle is active while it reads or listens.
func (h *Handle) activity() {
	if h.flags&(hReading|hListening) != 0 && !h.has(hClosing) {
		h.Start()
	} else {
		h.Stop()
	}
}

// OnPoll is called by the loop when the descriptor is ready.
func (h *Handle) OnPoll(ev loop.Events) {
	if h.has(hListening) {
		h.accept()
		return
	}
	if h.extra != nil && h.extra.connect != nil {
		h.connectReady()
		return
	}
	if ev&(loop.Readable|loop.Hangup|loop.Error) != 0 && h.has(hReading) {
		if h.has(hIPC) {
			h.readIPC(ev)
		} else {
			h.readReady(ev)
		}
	}
	if h.fd >= 0 && ev&(loop.Writable|loop.Hangup|loop.Error) != 0 {
		h.writeReady()
	}
}
