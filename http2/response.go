package http2

import (
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// ServerResponse is Http2ServerResponse: a stream as a handler of package http
// sees an answer
// (https://nodejs.org/docs/latest-v24.x/api/http2.html#class-http2http2serverresponse).
type ServerResponse struct {
	events.Emitter
	loop *loop.Loop
	st   *Stream
	// Req is the request, nil for an answer to a push.
	Req *ServerRequest

	// StatusCode is sent as :status; SetStatusCode checks it.
	StatusCode int
	// SendDate says that the field date is added.
	SendDate bool

	headers   Outgoing
	trailers  Outgoing
	closed    bool
	ending    bool
	destroyed bool
	head      bool // end was called while the request was a HEAD request
}

// NewServerResponse returns the answer of a stream.
func NewServerResponse(l *loop.Loop, st *Stream) *ServerResponse {
	r := &ServerResponse{}
	r.InitResponse(l, realmHost(l, "http2.Http2ServerResponse"), r, st)
	return r
}

// InitResponse prepares a zero response, which self embeds.
func (r *ServerResponse) InitResponse(l *loop.Loop, host events.Host, self any, st *Stream) {
	r.loop, r.st, r.StatusCode, r.SendDate = l, st, 200, true
	r.Bind(host, self)
	st.Shown, st.response, r.Req = nil, r, st.request
	for _, x := range responseListeners {
		st.Emitter.AddListener(events.Name(x.event), x.l, false)
	}
}

func responseMethod(name string, f func(st *Stream, r *ServerResponse)) *events.Listener {
	return events.NewMethod(name, func(e *events.Emitter, _ ...any) {
		if st, ok := e.Self().(*Stream); ok && st.response != nil {
			f(st, st.response)
		}
	})
}

var trailersReady = responseMethod("onStreamTrailersReady", func(st *Stream, r *ServerResponse) {
	if err := st.SendTrailers(&r.trailers); err != nil {
		st.Throw(err)
	}
})

// responseListeners are what every response has on its stream.
var responseListeners = []named{
	{"drain", responseMethod("onStreamDrain", func(_ *Stream, r *ServerResponse) { r.Emit("drain") })},
	{"aborted", events.NewMethod("onStreamAbortedResponse", func(*events.Emitter, ...any) {})},
	{"close", responseMethod("onStreamCloseResponse", func(_ *Stream, r *ServerResponse) { r.onClose() })},
	{"wantTrailers", trailersReady},
	{"timeout", responseMethod("onStreamTimeout", func(_ *Stream, r *ServerResponse) { r.Emit("timeout") })},
}

func (r *ServerResponse) onClose() {
	st := r.st
	if st.response != r || st.HeadRequest() != r.head {
		return
	}
	r.closed = true
	st.Shown = nil
	st.RemoveListener(events.Name("wantTrailers"), trailersReady)
	st.response = nil
	r.Emit("finish")
	r.Emit("close")
}

// HTTP2Stream returns the stream.
func (r *ServerResponse) HTTP2Stream() *Stream { return r.st }

// StreamLoop returns the loop that the response belongs to.
func (r *ServerResponse) StreamLoop() *loop.Loop { return r.loop }

// Done reports whether the stream was closed.
func (r *ServerResponse) Done() bool { return r.closed }

// Ended is response.writableEnded: End was called.
func (r *ServerResponse) Ended() bool { return r.ending }

// HeadersSent is response.headersSent.
func (r *ServerResponse) HeadersSent() bool { return r.st.HeadersSent() }

// HeaderList returns the headers that were set, in their order.
func (r *ServerResponse) HeaderList() []Header { return r.headers.List }

// Header returns a header that was set.
func (r *ServerResponse) Header(name string) (Value, bool) { return r.headers.Get(fieldName(name)) }

func fieldName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// SetStatusCode is an assignment to response.statusCode.
func (r *ServerResponse) SetStatusCode(code int) error {
	switch {
	case code >= 100 && code < 200:
		return nodeerr.HTTP2("INFO_STATUS_NOT_ALLOWED")
	case code < 100 || code > 599:
		return nodeerr.HTTP2("STATUS_INVALID", strconv.Itoa(code))
	}
	r.StatusCode = code
	return nil
}

// check checks a field's name and value. ok is false for a field that is
// dropped.
func (r *ServerResponse) check(name string, v Value) (ok bool, err error) {
	switch {
	case name == "" || strings.Contains(name, " "):
		return false, nodeerr.InvalidHTTPToken("Header name", name)
	case name == ":status" || name == ":method" || name == ":path" || name == ":authority" || name == ":scheme":
		return false, nodeerr.HTTP2("PSEUDOHEADER_NOT_ALLOWED")
	case name == "connection" && (v.List || len(v.Text) != 1 || v.Text[0] != "trailers"):
		warnConnection(r.loop)
		return false, nil
	case name[0] == ':' && !validPseudo[name]:
		return false, nodeerr.HTTP2("INVALID_PSEUDOHEADER", name)
	case name[0] != ':' && !Token(name):
		r.Destroy(nodeerr.InvalidHTTPToken("Header name", name))
	}
	return true, nil
}

// SetHeader is response.setHeader.
func (r *ServerResponse) SetHeader(name string, v Value) error {
	if r.st.HeadersSent() {
		return nodeerr.HTTP2("HEADERS_SENT")
	}
	name = fieldName(name)
	if ok, err := r.check(name, v); !ok {
		return err
	}
	r.headers.Set(name, v)
	return nil
}

// AppendHeader is response.appendHeader.
func (r *ServerResponse) AppendHeader(name string, v Value) error {
	old, had := r.Header(name)
	if !had {
		return r.SetHeader(name, v)
	}
	if r.st.HeadersSent() {
		return nodeerr.HTTP2("HEADERS_SENT")
	}
	name = fieldName(name)
	if ok, err := r.check(name, v); !ok {
		return err
	}
	r.headers.Set(name, Value{Text: append(append([]string(nil), old.Text...), v.Text...), List: true, Host: appended(old.Host, v.Host)})
	return nil
}

// Joined is the host's value of a header that was appended to: a list of what
// both were.
type Joined struct{ Parts []any }

func appended(a, b any) any {
	if a == nil && b == nil {
		return nil
	}
	if j, ok := a.(Joined); ok {
		return Joined{append(append([]any(nil), j.Parts...), b)}
	}
	return Joined{[]any{a, b}}
}

// RemoveHeader is response.removeHeader.
func (r *ServerResponse) RemoveHeader(name string) error {
	if r.st.HeadersSent() {
		return nodeerr.HTTP2("HEADERS_SENT")
	}
	name = fieldName(name)
	if name == "date" {
		r.SendDate = false
		return nil
	}
	for i, h := range r.headers.List {
		if h.Name == name {
			r.headers.List = append(r.headers.List[:i], r.headers.List[i+1:]...)
			break
		}
	}
	return nil
}

// SetTrailer is response.setTrailer.
func (r *ServerResponse) SetTrailer(name string, v Value) error {
	name = fieldName(name)
	switch {
	case name == "" || strings.Contains(name, " "):
		return nodeerr.InvalidHTTPToken("Header name", name)
	case name == ":status" || name == ":method" || name == ":path" || name == ":authority" || name == ":scheme":
		return nodeerr.HTTP2("PSEUDOHEADER_NOT_ALLOWED")
	}
	r.trailers.Set(name, v)
	return nil
}

// WriteHead sends the headers. On a stream that is closed it does nothing.
func (r *ServerResponse) WriteHead(code int) error {
	if r.closed || r.st.Destroyed() || r.st.Ended() {
		return nil
	}
	if r.st.HeadersSent() {
		return nodeerr.HTTP2("HEADERS_SENT")
	}
	r.StatusCode = code
	r.headers.Set(":status", Value{Text: []string{strconv.Itoa(code)}, Host: code})
	return r.st.Respond(&r.headers, RespondOptions{EndStream: r.ending, WaitForTrailers: true, NoDate: !r.SendDate})
}

func (r *ServerResponse) implicit() {
	if !r.st.HeadersSent() {
		if o := r.Override(events.MethodWriteHead); o != nil {
			o.Call(r.StatusCode)
		} else if err := r.WriteHead(r.StatusCode); err != nil {
			r.Throw(err)
		}
	}
}

// FlushHeaders is response.flushHeaders.
func (r *ServerResponse) FlushHeaders() {
	if !r.closed {
		r.implicit()
	}
}

// Write is this.write(chunk, encoding, callback).
func (r *ServerResponse) Write(c buffer.Chunk, enc string, cb func(error)) bool {
	if o := r.Override(events.MethodWrite); o != nil {
		args := []any{c}
		if enc != "" {
			args = append(args, enc)
		}
		if cb != nil {
			args = append(args, cb)
		}
		return o.Call(args...) != false
	}
	return r.BaseWrite(c, enc, cb)
}

// BaseWrite is response.write.
func (r *ServerResponse) BaseWrite(c buffer.Chunk, enc string, cb func(error)) bool {
	var err error
	switch {
	case r.ending:
		err = nodeerr.StreamWriteAfterEnd()
	case r.closed:
		err = nodeerr.HTTP2("INVALID_STREAM")
	case r.destroyed:
		return false
	}
	if err != nil {
		if cb != nil {
			r.loop.NextTickFunc(func() { cb(err) })
		}
		r.Destroy(err)
		return false
	}
	r.implicit()
	return r.st.Write(c, enc, cb)
}

// End is this.end(chunk, encoding, callback).
func (r *ServerResponse) End(c buffer.Chunk, enc string, cb func(error)) {
	if o := r.Override(events.MethodEnd); o != nil {
		if c.IsNone() {
			o.Call()
		} else {
			o.Call(c, enc)
		}
		return
	}
	r.BaseEnd(c, enc, cb)
}

// BaseEnd is response.end.
func (r *ServerResponse) BaseEnd(c buffer.Chunk, enc string, cb func(error)) {
	st := r.st
	if (r.closed || r.ending) && r.head == st.HeadRequest() {
		if cb != nil {
			r.loop.NextTickFunc(func() { cb(nil) })
		}
		return
	}
	if !c.IsNone() {
		r.Write(c, enc, nil)
	}
	r.head, r.ending = st.HeadRequest(), true
	if cb != nil {
		if st.WritableEnded() {
			r.Once("finish", func(...any) { cb(nil) })
		} else {
			st.Once("finish", func(...any) { cb(nil) })
		}
	}
	r.implicit()
	if r.closed || st.Destroyed() {
		if st.response != nil {
			st.response.onClose()
		}
		return
	}
	st.End(noChunk, "", nil)
}

// Destroy is response.destroy.
func (r *ServerResponse) Destroy(err error) {
	if o := r.Override(events.MethodDestroy); o != nil {
		o.Call(err)
		return
	}
	r.BaseDestroy(err)
}

// BaseDestroy is the built-in destroy.
func (r *ServerResponse) BaseDestroy(err error) {
	if !r.destroyed {
		r.destroyed = true
		r.st.Destroy(err)
	}
}

// WriteContinue sends 100 Continue, and reports whether it could.
func (r *ServerResponse) WriteContinue() (bool, error) {
	return r.WriteInformation(NewOutgoing(":status", "100"))
}

// WriteInformation sends headers before the answer's, and reports whether it
// could.
func (r *ServerResponse) WriteInformation(h *Outgoing) (bool, error) {
	if r.st.HeadersSent() || r.closed {
		return false, nil
	}
	return true, r.st.AdditionalHeaders(h)
}

// Push is response.createPushResponse: done gets the answer to a request that
// the client would make.
func (r *ServerResponse) Push(h *Outgoing, done func(error, *ServerResponse)) error {
	if r.closed {
		r.loop.NextTickFunc(func() { done(nodeerr.HTTP2("INVALID_STREAM"), nil) })
		return nil
	}
	return r.st.PushStream(h, false, func(err error, st *Stream, _ *Outgoing) {
		if err != nil {
			done(err, nil)
			return
		}
		done(nil, NewServerResponse(r.loop, st))
	})
}

// SetTimeout is response.setTimeout.
func (r *ServerResponse) SetTimeout(ms int64, l *events.Listener) {
	if !r.closed {
		r.st.SetTimeout(ms, l)
	}
}

// WritableNeedDrain reports whether 'drain' is to be waited for.
func (r *ServerResponse) WritableNeedDrain() bool { return r.st.WritableNeedDrain() }

var _ stream.Destination = (*ServerResponse)(nil)

// FieldName is a name as headers are kept under.
func FieldName(name string) string { return fieldName(name) }

// CheckName returns the error for a name that no header of an answer may have.
func CheckName(name string) error {
	name = fieldName(name)
	switch {
	case name == "" || strings.Contains(name, " "):
		return nodeerr.InvalidHTTPToken("Header name", name)
	case name == ":status" || name == ":method" || name == ":path" || name == ":authority" || name == ":scheme":
		return nodeerr.HTTP2("PSEUDOHEADER_NOT_ALLOWED")
	}
	return nil
}
