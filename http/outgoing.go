package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// highWaterMark is http's own mark for what waits on a message without a
// socket: the default of byte streams.
const highWaterMark = 64 << 10

// OutgoingMessage is what ServerResponse and ClientRequest share
// (https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpoutgoingmessage).
// It is an emitter with a writable's members, not a stream.Stream, as in Node.
type OutgoingMessage struct {
	events.Emitter
	stream.PipeEnd
	loop *loop.Loop
	hook outgoingHook

	Conn    Conn // socket
	headers outHeaders

	header  string // _header: start line and headers as sent, "" before
	Trailer string // _trailer

	output     []outputChunk // outputData: waits for a socket or its turn
	OutputSize int

	contentLength int64 // _contentLength
	bytesWritten  int64 // counted for StrictContentLength

	chunked    []buffered // written while corked
	chunkedLen int
	corked     int
	hwm        int

	as                    rawArgs // of the raw write under way
	hasHeader             bool
	HeaderSent            bool // _headerSent
	hasContentLength      bool
	hasAgent              bool
	Finished              bool // end was called
	WritableFinishedFlag  bool // 'finish' is out
	IsDestroyed           bool
	Destroyed             bool // by destroy, which sets errored even without an error
	Closed                bool // _closed
	Last                  bool // _last
	ChunkedEncoding       bool
	ShouldKeepAlive       bool
	UseChunkedByDefault   bool
	SendDate              bool
	HasBody               bool // _hasBody
	StrictContentLength   bool
	RejectNonStandardBody bool
	MaxRequestsReached    bool // maxRequestsOnConnectionReached
	DefaultKeepAlive      bool // _defaultKeepAlive
	RemovedConnection     bool
	RemovedContLen        bool
	RemovedTE             bool
	needDrain             bool
	isWritable            bool
	KeepAliveTimeout      int64 // _keepAliveTimeout, ms
	MaxRequestsPerSocket  int64
	UniqueHeaders         map[string]bool
	Err                   error // errored
	OnPendingData         func(n int)

	afterWrite stream.AfterWrite
}

// outputChunk is an entry of outputData.
type outputChunk struct {
	data buffer.Chunk
	enc  string
	cb   func(error)
	as   rawArgs
	head bool // the header comes before data, which is text: one entry in Node
}

type buffered = outputChunk

// outgoingHook is what the two kinds of message do differently.
type outgoingHook interface {
	// baseImplicitHeader makes the header from what was set.
	baseImplicitHeader() error
	// status is the status code, 0 for a request.
	status() int
	// afterFinish runs when everything was handed to the socket.
	baseFinish()
	destroyed(err error)
}

func (m *OutgoingMessage) init(l *loop.Loop, host events.Host, self any, hook outgoingHook) {
	m.Bind(host, self)
	m.loop, m.hook = l, hook
	m.ShouldKeepAlive, m.UseChunkedByDefault, m.HasBody = true, true, true
	m.DefaultKeepAlive, m.isWritable = true, true
	m.hwm = highWaterMark
}

// AsOutgoing returns m: every type that embeds an OutgoingMessage can be told by
// it.
func (m *OutgoingMessage) AsOutgoing() *OutgoingMessage { return m }

// InitPlain prepares a message that is neither request nor response, as new
// http.OutgoingMessage() makes one.
func (m *OutgoingMessage) InitPlain(l *loop.Loop, host events.Host, self any) {
	m.init(l, host, self, plainHook{m})
}

// plainHook is the behaviour of an OutgoingMessage of its own.
type plainHook struct{ m *OutgoingMessage }

func (h plainHook) baseImplicitHeader() error {
	return nodeerr.MethodNotImplemented("_implicitHeader()")
}
func (h plainHook) status() int         { return 0 }
func (h plainHook) baseFinish()         { h.m.BaseFinish() }
func (h plainHook) destroyed(err error) { h.m.BaseDestroy(err) }

// AddListener is this.on(key, l), or prependListener if prepend is set.
func (m *OutgoingMessage) AddListener(key events.Key, l *events.Listener, prepend bool) {
	if !prepend {
		if o := m.Override(events.MethodOn); o != nil {
			o.Call(key, l)
			return
		}
	}
	m.Emitter.AddListener(key, l, prepend)
}

// Loop returns the message's loop.
func (m *OutgoingMessage) Loop() *loop.Loop { return m.loop }

// Header returns _header, "" before the headers are made.
func (m *OutgoingMessage) Header() string { return m.header }

// HeadersSent reports whether the headers are made: nothing can be set any more.
func (m *OutgoingMessage) HeadersSent() bool { return m.hasHeader }

// SetHeaderText is an assignment to _header.
func (m *OutgoingMessage) SetHeaderText(s string, ok bool) { m.header, m.hasHeader = s, ok }

// ContentLength returns _contentLength and whether it is known.
func (m *OutgoingMessage) ContentLength() (int64, bool) { return m.contentLength, m.hasContentLength }

// SetContentLength is an assignment to _contentLength.
func (m *OutgoingMessage) SetContentLength(n int64, ok bool) {
	m.contentLength, m.hasContentLength = n, ok
}

// Output returns outputData: what waits for the socket.
func (m *OutgoingMessage) Output() (chunks []buffer.Chunk) {
	for _, o := range m.output {
		if o.head {
			o.data = buffer.Text(m.header + o.data.Text)
		}
		chunks = append(chunks, o.data)
	}
	return
}

// Writable is the property of that name.
func (m *OutgoingMessage) Writable() bool { return m.isWritable }

// SetWritable assigns the property.
func (m *OutgoingMessage) SetWritable(v bool) { m.isWritable = v }

// SetHighWaterMark sets the mark for what waits without a socket.
func (m *OutgoingMessage) SetHighWaterMark(n int) { m.hwm = n }

// WritableFinished reports whether everything was handed to the socket.
func (m *OutgoingMessage) WritableFinished() bool {
	return m.Finished && m.OutputSize == 0 && (m.Conn == nil || m.Conn.AsStream().WritableLength() == 0)
}

// WritableLength is the number of bytes that wait.
func (m *OutgoingMessage) WritableLength() int {
	n := m.OutputSize + m.chunkedLen
	if m.Conn != nil {
		n += m.Conn.AsStream().WritableLength()
	}
	return n
}

// WritableHighWaterMark is the mark in force.
func (m *OutgoingMessage) WritableHighWaterMark() int {
	if m.Conn != nil {
		return m.Conn.AsStream().WritableHighWaterMark()
	}
	return m.hwm
}

// WritableCorked is how often cork was called.
func (m *OutgoingMessage) WritableCorked() int { return m.corked }

// WritableNeedDrain reports whether a 'drain' is to be waited for.
func (m *OutgoingMessage) WritableNeedDrain() bool {
	return !m.IsDestroyed && !m.Finished && m.needDrain
}

// SetNeedDrain sets or clears the wait for 'drain'.
func (m *OutgoingMessage) SetNeedDrain(v bool) { m.needDrain = v }

// Cork holds writes back until Uncork.
func (m *OutgoingMessage) Cork() {
	m.corked++
	if m.Conn != nil {
		m.Conn.AsStream().Cork()
	}
}

// Uncork sends what was written since Cork; chunks of a chunked body become one.
func (m *OutgoingMessage) Uncork() {
	m.corked--
	if m.Conn != nil {
		m.Conn.AsStream().Uncork()
	}
	if m.corked > 0 || len(m.chunked) == 0 {
		return
	}
	list, n := m.chunked, m.chunkedLen
	m.chunked, m.chunkedLen = nil, 0
	m.send(buffer.Text(hex(n)), "latin1", nil)
	m.send(crlf, "", nil)
	for _, c := range list {
		m.send(c.data, c.enc, nil)
	}
	m.send(crlf, "", func(err error) {
		for _, c := range list {
			if c.cb != nil {
				c.cb(err)
			}
		}
	})
}

// SetTimeout sets the socket's timeout, now or when there is a socket; cb
// listens for 'timeout'.
func (m *OutgoingMessage) SetTimeout(ms int64, cb func()) {
	if cb != nil {
		m.On("timeout", func(...any) { cb() })
	}
	m.TimeoutSocket(ms)
}

// TimeoutSocket sets the timeout of the socket, now or when it comes.
func (m *OutgoingMessage) TimeoutSocket(ms int64) {
	if m.Conn != nil {
		setTimeout(m.Conn, ms)
		return
	}
	m.Once("socket", func(args ...any) {
		if c, ok := args[0].(Conn); ok {
			setTimeout(c, ms)
		}
	})
}

// Destroy is this.destroy(err).
func (m *OutgoingMessage) Destroy(err error) {
	if o := m.Override(events.MethodDestroy); o != nil {
		if err == nil {
			o.Call()
		} else {
			o.Call(err)
		}
		return
	}
	m.hook.destroyed(err)
}

// BaseDestroy is OutgoingMessage.prototype.destroy: it destroys the socket, now
// or when there is one.
func (m *OutgoingMessage) BaseDestroy(err error) {
	if m.IsDestroyed {
		return
	}
	m.IsDestroyed, m.Destroyed = true, true
	m.Err = err
	if m.Conn != nil {
		m.Conn.AsStream().Destroy(err)
		return
	}
	m.Once("socket", func(args ...any) {
		if c, ok := args[0].(Conn); ok {
			c.AsStream().Destroy(err)
		}
	})
}

// fail reports a write that came too late: the callback and 'error' on the next
// tick, but nothing to a message that was destroyed.
func (m *OutgoingMessage) fail(err error, cb func(error)) {
	if m.IsDestroyed {
		return
	}
	m.loop.NextTickFunc(func() {
		if cb != nil {
			cb(err)
		}
		if !m.IsDestroyed {
			m.Emit("error", err)
		}
	})
}

// writeAfterEnd is ERR_STREAM_WRITE_AFTER_END.
func writeAfterEnd() error {
	return nodeerr.New(nodeerr.KindError, "ERR_STREAM_WRITE_AFTER_END", "write after end")
}

func streamDestroyed(call string) error {
	return nodeerr.New(nodeerr.KindError, "ERR_STREAM_DESTROYED", "Cannot call "+call+" after a stream was destroyed")
}
