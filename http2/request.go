package http2

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// ServerRequest is Http2ServerRequest: a stream as a handler of package http sees
// a request
// (https://nodejs.org/docs/latest-v24.x/api/http2.html#class-http2http2serverrequest).
type ServerRequest struct {
	stream.Stream
	st       *Stream
	headers  *Headers
	trailers Headers
	closed   bool
	didRead  bool
	aborted  bool

	// OnTrailers, if it is set, is told of trailers: for a host that shows them
	// in objects that are there already.
	OnTrailers func(*Headers)
}

// NewServerRequest returns the request of a stream.
func NewServerRequest(l *loop.Loop, st *Stream, h *Headers) *ServerRequest {
	r := &ServerRequest{}
	o := stream.Options{Readable: true, ReadableHighWaterMark: -1, EmitClose: true}
	r.InitRequest(l, realmHost(l, "http2.Http2ServerRequest"), r, st, h, o)
	return r
}

// InitRequest prepares a zero request, which self embeds.
func (r *ServerRequest) InitRequest(l *loop.Loop, host events.Host, self any, st *Stream, h *Headers, o stream.Options) {
	r.st, r.headers = st, h
	r.Stream.Init(l, host, self, r, o)
	st.Shown, st.request = nil, r
	for _, x := range requestListeners {
		st.Emitter.AddListener(events.Name(x.event), x.l, false)
	}
	r.Emitter.AddListener(events.Name("pause"), onRequestPause, false)
	r.Emitter.AddListener(events.Name("resume"), onRequestResume, false)
}

func requestMethod(name string, f func(st *Stream, r *ServerRequest, args []any)) *events.Listener {
	return events.NewMethod(name, func(e *events.Emitter, args ...any) {
		if st, ok := e.Self().(*Stream); ok && st.request != nil {
			f(st, st.request, args)
		}
	})
}

// named is a listener of an event.
type named struct {
	event string
	l     *events.Listener
}

// requestListeners are what every request has on its stream.
var requestListeners = []named{
	{"trailers", requestMethod("onStreamTrailers", func(_ *Stream, r *ServerRequest, args []any) {
		if h, ok := args[0].(*Headers); ok {
			r.trailers.Fields = append(r.trailers.Fields, h.Fields...)
			if r.OnTrailers != nil {
				r.OnTrailers(h)
			}
		}
	})},
	{"end", requestMethod("onStreamEnd", func(_ *Stream, r *ServerRequest, _ []any) { r.Push(noChunk) })},
	{"error", events.NewMethod("onStreamError", func(*events.Emitter, ...any) {})}, // 'aborted' and 'close' tell of it
	{"aborted", requestMethod("onStreamAbortedRequest", func(_ *Stream, r *ServerRequest, _ []any) {
		if !r.closed {
			r.aborted = true
			r.Emit("aborted")
		}
	})},
	{"close", requestMethod("onStreamCloseRequest", func(st *Stream, r *ServerRequest, _ []any) {
		r.closed = true
		r.Push(noChunk)
		if !r.didRead && !r.ReadableIs(stream.ResumeScheduled) {
			r.Resume()
		}
		st.Shown, st.request = nil, nil
		r.Emit("close")
	})},
	{"timeout", requestMethod("onStreamTimeout", func(_ *Stream, r *ServerRequest, _ []any) { r.Emit("timeout") })},
}

var (
	onRequestPause = events.NewMethod("onRequestPause", func(e *events.Emitter, _ ...any) {
		if r, ok := e.Self().(interface{ AsRequest() *ServerRequest }); ok {
			r.AsRequest().st.Pause()
		}
	})
	onRequestResume = events.NewMethod("onRequestResume", func(e *events.Emitter, _ ...any) {
		if r, ok := e.Self().(interface{ AsRequest() *ServerRequest }); ok {
			r.AsRequest().st.Resume()
		}
	})
)

// AsRequest returns r.
func (r *ServerRequest) AsRequest() *ServerRequest { return r }

// ReadImpl is _read.
func (r *ServerRequest) ReadImpl(int) {
	if r.didRead {
		r.StreamLoop().NextTickFunc(r.st.Resume)
		return
	}
	r.didRead = true
	st := r.st
	st.OnData(func(c buffer.Chunk) {
		if st.request != nil && !st.request.Push(c) {
			st.Pause()
		}
	})
}

// HTTP2Stream returns the stream.
func (r *ServerRequest) HTTP2Stream() *Stream { return r.st }

// Headers returns the fields of the request.
func (r *ServerRequest) Headers() *Headers { return r.headers }

// Trailers returns the trailers that came, empty before 'end'.
func (r *ServerRequest) Trailers() *Headers { return &r.trailers }

// Method, URL, Scheme and Authority are the pseudo-headers of those names.
func (r *ServerRequest) Method() string { return r.headers.Get(":method") }

// URL is :path.
func (r *ServerRequest) URL() string { return r.headers.Get(":path") }

// Scheme is :scheme.
func (r *ServerRequest) Scheme() string { return r.headers.Get(":scheme") }

// Authority is :authority, or host.
func (r *ServerRequest) Authority() string { return authorityOf(r.headers) }

// Aborted is request.aborted.
func (r *ServerRequest) Aborted() bool { return r.aborted }

// Done reports whether the stream was closed.
func (r *ServerRequest) Done() bool { return r.closed }

// Complete is request.complete.
func (r *ServerRequest) Complete() bool {
	return r.aborted || r.ReadableEnded() || r.closed || r.st.Destroyed()
}

// SetTimeout is request.setTimeout.
func (r *ServerRequest) SetTimeout(ms int64, l *events.Listener) {
	if !r.closed {
		r.st.SetTimeout(ms, l)
	}
}
