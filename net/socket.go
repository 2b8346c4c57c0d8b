package net

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// Socket is net.Socket: a Duplex over a TCP connection, a Unix socket or a pipe
// (https://nodejs.org/docs/latest-v24.x/api/net.html#class-netsocket).
//
// A Socket belongs to the goroutine of its loop. X(…) is JavaScript's this.x(…),
// BaseX(…) the built-in member (see package stream). Chunks of 'data' are the
// program's to keep. After Destroy there is 'close', which comes from the
// handle's close callback, and nothing else.
type Socket struct {
	stream.Stream
	handle  *Handle
	server  *Server
	timer   *loop.Timer
	rare    *rare
	timeout int64 // ms, the property timeout; -1: undefined

	bytesRead, bytesWritten uint64 // of the handle that was destroyed
	lastWriteQueueSize      int
	keepAliveDelay          int32 // seconds
	flags                   socketFlags
}

type socketFlags uint16

const (
	sConnecting socketFlags = 1 << iota
	sNoDelay
	sKeepAlive
	sWriteAfterFIN
	sResetAndClosing
	sCloseAfterHandlingError
	sPending // a write waits for the connection
	sCounted // counts among the server's connections
)

// rare is what few sockets need, or only when asked.
type rare struct {
	peer, local Address // as far as they were asked for
	host        string  // _host: the name that was looked up
	attempted   []string
	onRead      *OnRead
	blockList   *BlockList
	parent      *Socket
	pendingSize int // bytes of the write that waits for the connection
}

func (s *Socket) more() *rare {
	if s.rare == nil {
		s.rare = &rare{}
	}
	return s.rare
}

func (s *Socket) has(f socketFlags) bool { return s.flags&f != 0 }

func (s *Socket) put(f socketFlags, v bool) {
	if v {
		s.flags |= f
	} else {
		s.flags &^= f
	}
}

// OnRead is the option onread: every read goes into Buffer, and Callback gets
// what it brought; reading pauses where it returns false. 'data' is not emitted.
type OnRead struct {
	// Buffer returns the memory for the next read; the same each time, or
	// another.
	Buffer func() []byte
	// Callback gets the number of bytes and the memory that Buffer returned.
	Callback func(n int, p []byte) bool
}

// SocketOptions are those of new net.Socket(options). Begin with
// NewSocketOptions, which holds Node's defaults.
type SocketOptions struct {
	// Handle is taken over. FD is a descriptor to make a handle of, -1 for none.
	Handle *Handle
	FD     int

	AllowHalfOpen                                bool
	Readable, Writable                           bool // false: that half has ended
	ReadableHighWaterMark, WritableHighWaterMark int  // negative: the default
	NoDelay, KeepAlive                           bool
	KeepAliveInitialDelay                        int  // milliseconds
	PauseOnCreate, ManualStart                   bool // with Handle: do not begin to read
	OnRead                                       *OnRead
	BlockList                                    *BlockList
	Signal                                       stream.Signal

	// Host, if HasHost is set, is the host of an object that the program made;
	// otherwise the loop's realm gives one.
	Host    events.Host
	HasHost bool
}

// NewSocketOptions returns the defaults of new net.Socket().
func NewSocketOptions() SocketOptions {
	return SocketOptions{FD: -1, Readable: true, Writable: true, ReadableHighWaterMark: -1, WritableHighWaterMark: -1}
}

// NewSocket is new net.Socket(options). Errors: ERR_INVALID_FD_TYPE, and EINVAL,
// EEXIST or EBADF of a descriptor that cannot be used.
func NewSocket(l *loop.Loop, o SocketOptions) (*Socket, error) {
	s := new(Socket)
	if !o.HasHost {
		o.Host = hostFor(l, "net.Socket")
	}
	if err := s.Init(l, s, o); err != nil {
		return nil, err
	}
	return s, nil
}

// Init makes a zero Socket ready; self is the Go object that embeds it.
func (s *Socket) Init(l *loop.Loop, self any, o SocketOptions) error {
	h := o.Handle
	if h == nil && o.FD >= 0 {
		var err error
		if h, err = handleOfFD(l, o.FD); err != nil {
			return err
		}
	}
	s.timeout = -1
	s.handle = h
	s.flags = 0
	s.put(sNoDelay, o.NoDelay)
	s.put(sKeepAlive, o.KeepAlive)
	s.keepAliveDelay = int32(max(o.KeepAliveInitialDelay, 0) / 1000)
	if o.OnRead != nil {
		s.more().onRead = o.OnRead
	}
	if o.BlockList != nil {
		s.more().blockList = o.BlockList
	}
	s.Stream.Init(l, o.Host, self, s, stream.Options{
		Readable: true, Writable: true,
		ReadableFalse: !o.Readable, WritableFalse: !o.Writable,
		ReadableHighWaterMark: o.ReadableHighWaterMark, WritableHighWaterMark: o.WritableHighWaterMark,
		AllowHalfOpen: o.AllowHalfOpen, AutoDestroy: true,
		Signal: o.Signal,
	})
	s.Emitter.AddListener(events.Name("end"), envOf(l).onEnd, false)
	if h == nil {
		return nil
	}
	h.SetReader(s, s.Self())
	if o.Readable {
		if o.PauseOnCreate {
			h.ReadStop()
			s.SetReadableFlowing(stream.False)
		} else if !o.ManualStart {
			s.Read(0)
		}
	}
	return nil
}

// onReadableStreamEnd is the 'end' listener of every socket: a socket that is
// not half-open takes no writes once both directions have ended.
func onReadableStreamEnd(e *events.Emitter, _ ...any) {
	if s, ok := socketOf(e); ok && !s.AllowHalfOpen() {
		s.flags |= sWriteAfterFIN
	}
}

// Socketer is anything that embeds a Socket.
type Socketer interface{ AsSocket() *Socket }

// AsSocket returns s.
func (s *Socket) AsSocket() *Socket { return s }

func socketOf(e *events.Emitter) (*Socket, bool) {
	o, ok := e.Self().(Socketer)
	if !ok {
		return nil, false
	}
	return o.AsSocket(), true
}

// Handle returns socket._handle, nil before the connect and after Destroy.
func (s *Socket) Handle() *Handle { return s.handle }

// SetHandle replaces socket._handle, nil to take it away; the socket does not
// close the old one.
func (s *Socket) SetHandle(h *Handle) { s.handle = h }

// Server returns socket.server, nil for a socket that was not accepted.
func (s *Socket) Server() *Server { return s.server }

// Connecting is socket.connecting.
func (s *Socket) Connecting() bool { return s.has(sConnecting) }

// SetConnecting sets socket.connecting.
func (s *Socket) SetConnecting(v bool) { s.put(sConnecting, v) }

// Pending is socket.pending: not connected yet, or not any more.
func (s *Socket) Pending() bool { return s.handle == nil || s.Connecting() }

// ReadyState is socket.readyState.
func (s *Socket) ReadyState() string {
	r, w := s.Readable(), s.Writable()
	switch {
	case s.Connecting():
		return "opening"
	case r && w:
		return "open"
	case r:
		return "readOnly"
	case w:
		return "writeOnly"
	}
	return "closed"
}

// BytesRead is socket.bytesRead; it stays after Destroy.
func (s *Socket) BytesRead() uint64 {
	if s.handle != nil {
		return s.handle.BytesRead
	}
	return s.bytesRead
}

// BytesWritten is socket.bytesWritten: what was written and what waits.
func (s *Socket) BytesWritten() uint64 {
	n := s.bytesWritten
	if s.handle != nil {
		n = s.handle.BytesWritten
	}
	for _, r := range s.WritableBuffer() {
		n += uint64(byteLength(r.Chunk, r.Encoding))
	}
	if s.has(sPending) {
		n += uint64(s.rare.pendingSize)
	}
	return n
}

// BufferSize is socket.bufferSize; ok is false for undefined.
func (s *Socket) BufferSize() (n int, ok bool) {
	if s.handle == nil {
		return 0, false
	}
	return s.WritableLength(), true
}

// ParentHost is socket._host: the name that Connect looked up.
func (s *Socket) ParentHost() string {
	if s.rare == nil {
		return ""
	}
	return s.rare.host
}

// byteLength is Buffer.byteLength(c, enc).
func byteLength(c buffer.Chunk, enc string) int {
	if c.Kind == buffer.KindBytes {
		return len(c.Bytes)
	}
	return len(encodeChunk(c, enc))
}

// handleOfFD makes a handle of a descriptor that the program gave.
func handleOfFD(l *loop.Loop, fd int) (*Handle, error) {
	typ, name := guessHandleType(fd)
	if name != "" {
		return nil, nodeerr.InvalidFDType(name)
	}
	h := NewHandle(l, typ)
	if st := h.Open(fd); st.Failed() {
		return nil, errnoError(st, "open")
	}
	return h, nil
}
