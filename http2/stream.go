package http2

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

var noChunk buffer.Chunk

type streamFlags uint8

const (
	streamReady streamFlags = 1 << iota
	streamClosed
	headersSent
	headRequest
	streamAborted
	hasTrailers
)

// Stream is Http2Stream: a Duplex for one request and its answer
// (https://nodejs.org/docs/latest-v24.x/api/http2.html#class-http2stream). Its
// events are those of a Duplex and 'ready', 'response', 'headers', 'push',
// 'trailers', 'wantTrailers', 'aborted', 'continue', 'frameError', 'priority' and
// 'timeout'.
type Stream struct {
	stream.Stream
	session *Session         // nil once it is destroyed
	wire    *protocol.Stream // nil while it is pending, and once it is destroyed
	kind    Kind
	id      uint32
	flags   streamFlags

	rstCode         protocol.Code
	writeQueue      int
	didRead         bool
	trailersReady   bool
	endAfterHeaders bool
	shutdownCalled  bool
	noFinal         bool // a file is sent: the end of it ends the stream
	scheme          string
	authority       string
	origin          string
	sentHeaders     *Outgoing
	sentTrailers    *Outgoing
	sentInfo        []*Outgoing
	timer           *loop.Timer
	timeout         int64
	ctx             loop.Handle // the asynchronous context; never active
	request         *ServerRequest
	response        *ServerResponse
	closing         func() // a file that is under way
	stats           streamStats

	// Shown is free for a host to keep its stand-in of the socket.
	Shown any
}

func (s *Session) newStream(class string) *Stream {
	st := &Stream{session: s, kind: s.kind}
	st.ctx.Init(s.loop, "Http2Stream")
	st.Stream.Init(s.loop, realmHost(s.loop, class), st, st, stream.Options{
		Readable: true, Writable: true, ReadableHighWaterMark: -1, WritableHighWaterMark: -1,
		AllowHalfOpen: true, EmitClose: true,
	})
	st.Cork()
	s.pending = append(s.pending, st)
	st.SetReadableIs(stream.ReadingMore, true)
	st.Emitter.AddListener(events.Name("pause"), streamOnPause, false)
	return st
}

var streamOnPause = events.NewMethod("streamOnPause", func(e *events.Emitter, _ ...any) {
	if st, ok := e.Self().(*Stream); ok && !st.Destroyed() && st.wire != nil {
		st.wire.ReadStop()
	}
})

func (s *Session) newServerStream(w *protocol.Stream, scheme, authority string) *Stream {
	st := s.newStream("http2.ServerHttp2Stream")
	st.init(w)
	st.scheme, st.authority = scheme, authority
	return st
}

func (s *Session) newClientStream() *Stream {
	st := s.newStream("http2.ClientHttp2Stream")
	st.flags |= headersSent
	st.Emitter.AddListener(events.Name("headers"), handleContinue, false)
	return st
}

var handleContinue = events.NewMethod("handleHeaderContinue", func(e *events.Emitter, args ...any) {
	if h, ok := args[0].(*Headers); ok && h.Status() == 100 {
		e.Emit("continue")
	}
})

// init ties a stream to its number.
func (st *Stream) init(w *protocol.Stream) {
	s := st.session
	st.flags |= streamReady
	s.unpend(st)
	s.streams[w.ID] = st
	s.order = append(s.order, st)
	if len(s.order) > 64 && len(s.order) > 2*len(s.streams) {
		s.live()
	}
	st.id, st.wire, w.Owner = w.ID, w, st
	st.stats.begin()
	st.Uncork()
	st.Emit("ready")
}

func (s *Session) unpend(st *Stream) {
	for i, x := range s.pending {
		if x == st {
			s.pending = append(s.pending[:i], s.pending[i+1:]...)
			return
		}
	}
}

// start sends a request, once the session is connected.
func (st *Stream) start(fields []protocol.Field, o protocol.RequestOptions) {
	s := st.session
	if s == nil || s.Destroyed() {
		return
	}
	if s.Closed() {
		st.Destroy(nodeerr.HTTP2("GOAWAY_SESSION"))
		return
	}
	if s.debug != nil {
		s.log("connected, initializing request")
	}
	w, lib := s.conn.Request(fields, o)
	switch lib {
	case 0:
	case protocol.ErrStreamIDNotAvailable:
		st.Destroy(nodeerr.HTTP2("OUT_OF_STREAMS"))
		return
	case protocol.ErrInvalidArgument:
		st.Destroy(nodeerr.HTTP2("STREAM_SELF_DEPENDENCY"))
		return
	default:
		s.Destroy(nodeerr.HTTP2Library(int(lib), lib.Error(), ""))
		return
	}
	s.schedule()
	st.init(w)
	publish(s.loop, "http2.client.stream.start", field("stream", st), field("headers", st.sentHeaders))
}

func publish(l *loop.Loop, name string, fields ...diagnostics.Field) {
	if diagnostics.Any() {
		diagnostics.Publish(l, name, fields...)
	}
}

func field(name string, v any) diagnostics.Field { return diagnostics.Field{Name: name, Value: v} }

func (s *Session) logStream(id uint32, format string, args ...any) {
	s.debug("Http2Stream %d [Http2Session "+s.kind.String()+"]: "+format, append([]any{int(id)}, args...)...)
}

func (st *Stream) log(format string, args ...any) {
	if s := st.session; s != nil && s.debug != nil {
		s.logStream(st.id, format, args...)
	}
}

func (st *Stream) has(f streamFlags) bool { return st.flags&f != 0 }

// Session returns the session, nil once the stream is destroyed.
func (st *Stream) Session() *Session { return st.session }

// ID is the number of the stream; ok is false while it is pending.
func (st *Stream) ID() (id uint32, ok bool) { return st.id, st.id != 0 }

// Pending is stream.pending: it has no number yet.
func (st *Stream) Pending() bool { return st.id == 0 }

// Ended is stream.closed: RST_STREAM was sent or received, or both sides have
// ended.
func (st *Stream) Ended() bool { return st.has(streamClosed) }

// Aborted is stream.aborted: it was closed before its writable half had ended.
func (st *Stream) Aborted() bool { return st.has(streamAborted) }

// HeadersSent is stream.headersSent.
func (st *Stream) HeadersSent() bool { return st.has(headersSent) }

// HeadRequest is stream.headRequest: the request's method is HEAD.
func (st *Stream) HeadRequest() bool { return st.has(headRequest) }

// EndAfterHeaders is stream.endAfterHeaders.
func (st *Stream) EndAfterHeaders() bool { return st.endAfterHeaders }

// RSTCode is stream.rstCode.
func (st *Stream) RSTCode() protocol.Code { return st.rstCode }

// BufferSize is stream.bufferSize: bytes that were written and have not left.
func (st *Stream) BufferSize() int { return st.writeQueue + st.WritableLength() }

// SentHeaders are the headers that were sent, nil for none.
func (st *Stream) SentHeaders() *Outgoing { return st.sentHeaders }

// SentTrailers are the trailers that were sent, nil for none.
func (st *Stream) SentTrailers() *Outgoing { return st.sentTrailers }

// SentInfoHeaders are the blocks of additionalHeaders.
func (st *Stream) SentInfoHeaders() []*Outgoing { return st.sentInfo }

// Wire returns the stream of the protocol, nil while there is none.
func (st *Stream) Wire() *protocol.Stream { return st.wire }

// Request and Response return the objects of the compatibility API.
func (st *Stream) Request() *ServerRequest { return st.request }

// Response returns the answer of the compatibility API, nil for none.
func (st *Stream) Response() *ServerResponse { return st.response }

// SetTimeout is stream.setTimeout. See Session.SetTimeout.
func (st *Stream) SetTimeout(ms int64, onTimeout *events.Listener) {
	if st.Destroyed() && ms > 0 {
		return
	}
	st.timeout = ms
	setTimer(st.StreamLoop(), &st.timer, ms, loop.Func(st.OnTimeout))
	if ms > 0 && st.session != nil {
		st.session.touch()
	}
	timeoutListener(&st.Emitter, ms, onTimeout)
}

// Timeout is the property timeout.
func (st *Stream) Timeout() int64 { return st.timeout }

func (st *Stream) touch() {
	if st.Destroyed() {
		return
	}
	if st.timer != nil && st.timeout > 0 {
		st.timer.Refresh()
	}
	if st.session != nil {
		st.session.touch()
	}
}

// OnTimeout is stream._onTimeout. See Session.OnTimeout.
func (st *Stream) OnTimeout() {
	if st.Destroyed() {
		return
	}
	if s := st.session; st.writeQueue > 0 && s != nil && s.conn != nil && s.progress() {
		st.touch()
		return
	}
	st.Emit("timeout")
}

// ReadImpl is _read.
func (st *Stream) ReadImpl(int) {
	if st.Destroyed() {
		st.Push(noChunk)
		return
	}
	if !st.didRead {
		st.SetReadableIs(stream.ReadingMore, false)
		st.didRead = true
	}
	if st.Pending() {
		st.log("awaiting ready to call readStart")
		st.Once("ready", func(...any) { st.readStart() })
		return
	}
	st.readStart()
}

func (st *Stream) readStart() {
	if !st.Destroyed() && st.wire != nil {
		st.native("reading starting")
		st.wire.ReadStart()
		st.session.schedule()
	}
}
