package http2

import (
	"strconv"
	"time"

	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/nodeerr"
)

// RespondOptions are those of respond().
type RespondOptions struct {
	EndStream       bool
	WaitForTrailers bool
	NoDate          bool // sendDate: false
}

// Date returns the time as the field date has it.
func Date(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT") }

// PrepareResponse adds :status and date to the headers of an answer.
func PrepareResponse(h *Outgoing, o RespondOptions) (*Outgoing, int, error) {
	if h == nil {
		h = &Outgoing{}
	}
	h = h.Clone()
	status := 0
	find := h.Get
	if h.Raw {
		find = h.fold
	}
	if v, ok := find(":status"); ok {
		if f, err := strconv.ParseFloat(join(v.Text), 64); err == nil {
			status = int(int32(int64(f)))
		}
	}
	switch {
	case status == 0 && h.Raw:
		status = 200
		h.List = append([]Header{{Name: ":status", Value: Value{Text: []string{"200"}, Host: 200}}}, h.List...)
	case !h.Raw:
		if status == 0 {
			status = 200
		}
		h.Set(":status", Value{Text: []string{strconv.Itoa(status)}, Host: status})
	}
	if _, ok := find("date"); !ok && !o.NoDate {
		h.Set("date", Text(Date(time.Now())))
	}
	if status < 200 || status > 599 {
		return nil, 0, nodeerr.HTTP2("STATUS_INVALID", strconv.Itoa(status))
	}
	return h, status, nil
}

func (st *Stream) mayRespond() error {
	switch {
	case st.Destroyed() || st.Ended():
		return nodeerr.HTTP2("INVALID_STREAM")
	case st.HeadersSent():
		return nodeerr.HTTP2("HEADERS_SENT")
	}
	return nil
}

// Respond is stream.respond: it sends the headers of the answer.
func (st *Stream) Respond(h *Outgoing, o RespondOptions) error {
	if err := st.mayRespond(); err != nil {
		return err
	}
	st.log("initiating response")
	st.touch()
	end := o.EndStream
	if o.WaitForTrailers {
		st.flags |= hasTrailers
	}
	h, status, err := PrepareResponse(h, o)
	if err != nil {
		return err
	}
	st.sentHeaders = h
	fields, err := h.build(statusOnly)
	if err != nil {
		return err
	}
	st.flags |= headersSent
	if o.EndStream || status == 204 || status == 205 || status == 304 || st.HeadRequest() {
		st.End(noChunk, "", nil)
	}
	if st.wire == nil {
		return nil
	}
	lib := st.wire.Respond(fields, end, o.WaitForTrailers)
	st.session.schedule()
	if lib != 0 {
		st.Destroy(nodeerr.HTTP2Library(int(lib), lib.Error(), ""))
		return nil
	}
	publish(st.StreamLoop(), "http2.server.stream.finish", field("stream", st), field("headers", h), field("flags", int(st.flags)))
	return nil
}

// AdditionalHeaders is stream.additionalHeaders: headers before the answer's.
func (st *Stream) AdditionalHeaders(h *Outgoing) error {
	switch {
	case st.Destroyed() || st.Ended():
		return nodeerr.HTTP2("INVALID_STREAM")
	case st.HeadersSent():
		return nodeerr.HTTP2("HEADERS_AFTER_RESPOND")
	}
	h = h.Clone()
	if v, ok := h.Get(":status"); ok {
		n, _ := strconv.Atoi(join(v.Text))
		if n == 101 {
			return nodeerr.HTTP2("STATUS_101")
		}
		if n < 100 || n >= 200 {
			return nodeerr.HTTP2("INVALID_INFO_STATUS", strconv.Itoa(n))
		}
		h.Set(":status", Value{Text: []string{strconv.Itoa(n)}, Host: n})
	}
	st.touch()
	fields, err := h.build(statusOnly)
	if err != nil {
		return err
	}
	st.sentInfo = append(st.sentInfo, h)
	st.wire.Info(fields)
	st.session.schedule()
	return nil
}

// PushAllowed is stream.pushAllowed.
func (st *Stream) PushAllowed() bool {
	s := st.session
	return !st.Destroyed() && !st.Ended() && s != nil && !s.Closed() && !s.Destroyed() && s.conn != nil && s.conn.Remote().EnablePush != 0
}

// MayPush returns the error for a push that is not allowed.
func (st *Stream) MayPush() error {
	if !st.PushAllowed() {
		return nodeerr.HTTP2("PUSH_DISABLED")
	}
	if st.id%2 == 0 {
		return nodeerr.HTTP2("NESTED_PUSH")
	}
	return nil
}

// PushStream is stream.pushStream: it promises a stream for a request that the client
// would make. done gets the stream, in a tick, or the error.
func (st *Stream) PushStream(h *Outgoing, endStream bool, done func(err error, pushed *Stream, sent *Outgoing)) error {
	if err := st.MayPush(); err != nil {
		return err
	}
	st.log("initiating push stream")
	s := st.session
	st.touch()
	h = h.Clone()
	def := func(name, value string) {
		if !h.has(name) {
			h.Set(name, Text(value))
		}
	}
	def(":method", "GET")
	if !h.has("host") {
		def(":authority", st.authority)
	}
	def(":scheme", st.scheme)
	def(":path", "/")
	head := h.text(":method") == "HEAD"
	fields, err := h.build(anyPseudo)
	if err != nil {
		return err
	}
	w, lib := st.wire.Push(fields)
	if lib != 0 {
		var e error
		switch lib {
		case protocol.ErrStreamIDNotAvailable:
			e = nodeerr.HTTP2("OUT_OF_STREAMS")
		case protocol.ErrStreamClosed:
			e = nodeerr.HTTP2("INVALID_STREAM")
		default:
			e = nodeerr.HTTP2Library(int(lib), lib.Error(), "")
		}
		s.loop.NextTickFunc(func() { done(e, nil, nil) })
		return nil
	}
	s.schedule()
	p := s.newServerStream(w, h.text(":scheme"), h.text(":authority"))
	p.sentHeaders = h
	p.Push(noChunk)
	if endStream || head {
		p.End(noChunk, "", nil)
	}
	if head {
		p.flags |= headRequest
	}
	s.loop.NextTickFunc(func() {
		publish(s.loop, "http2.server.stream.start", field("stream", p), field("headers", h))
		done(nil, p, h)
	})
	publish(s.loop, "http2.server.stream.created", field("stream", p), field("headers", h))
	return nil
}

// FileOptions are those of RespondWithFD. Length is negative for all there is;
// Offset is negative for what cannot be sought in.
type FileOptions struct {
	Offset, Length  int64
	WaitForTrailers bool
	// Close, if it is set, is called when the descriptor is not used any more.
	Close func()
}

// RespondPrepared sends prepared headers and then what a descriptor has.
func (st *Stream) RespondPrepared(fd int, h *Outgoing, o FileOptions) {
	st.flags |= headersSent
	if o.WaitForTrailers {
		st.flags |= hasTrailers
	}
	closeFD := func() {
		if o.Close != nil {
			o.Close()
		}
	}
	fields, err := h.build(statusOnly)
	if err != nil {
		closeFD()
		st.Destroy(err)
		return
	}
	st.sentHeaders = h
	st.noFinal = true
	st.End(noChunk, "", nil)
	lib := st.wire.Respond(fields, false, o.WaitForTrailers)
	st.session.schedule()
	if lib != 0 {
		closeFD()
		st.Destroy(nodeerr.HTTP2Library(int(lib), lib.Error(), ""))
		return
	}
	st.count(1)
	sendFile(st, fd, o.Offset, o.Length, closeFD)
}
