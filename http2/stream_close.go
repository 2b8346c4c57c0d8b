package http2

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// reset says whether RST_STREAM follows a close.
type reset int

const (
	noReset reset = iota
	sendReset
	forceReset
)

// Close is stream.close(code): RST_STREAM, once what was written has left if
// the code is NoError.
func (st *Stream) Close(code protocol.Code) {
	if st.Ended() || st.session == nil {
		return
	}
	st.close(code, sendReset)
}

func (st *Stream) close(code protocol.Code, r reset) {
	st.log("closing stream with code %d", int(code))
	st.flags |= streamClosed
	st.rstCode = code
	st.SetTimeout(0, nil)
	st.RemoveAll(events.Name("timeout"))
	ending := st.WritableIs(stream.Ending)
	if !ending {
		if !st.Aborted() {
			st.flags |= streamAborted
			st.Emit("aborted")
		}
		st.End(noChunk, "", nil)
	}
	if r != noReset {
		if !ending || st.WritableFinished() || code != protocol.NoError || r == forceReset {
			st.finishClose(code)
		} else {
			st.Once("finish", func(...any) { st.finishClose(code) })
		}
	}
	if st.kind == ClientSession {
		publish(st.StreamLoop(), "http2.client.stream.close", field("stream", st))
	} else {
		publish(st.StreamLoop(), "http2.server.stream.close", field("stream", st))
	}
}

func (st *Stream) finishClose(code protocol.Code) {
	if st.Pending() {
		st.Push(noChunk)
		st.Once("ready", func(...any) { st.reset(code) })
		return
	}
	st.reset(code)
}

// reset sends RST_STREAM after what is queued.
func (st *Stream) reset(code protocol.Code) {
	w, s := st.wire, st.session
	if w == nil || s == nil || s.conn == nil {
		return
	}
	s.send() // what is queued leaves before
	w.Reset(code)
	s.schedule()
}

// onClose is the end of the stream on the wire.
func (st *Stream) onClose(code protocol.Code) {
	if st.Destroyed() || st.session == nil {
		return
	}
	st.native("closed with code %d", int(code))
	st.log("closed with code %d, closed %s, readable %s", int(code), st.Ended(), st.Readable())
	if !st.Ended() {
		st.close(code, noReset)
	}
	if !st.Readable() || code != protocol.NoError {
		st.Destroy(nil)
		return
	}
	st.On("end", func(...any) { st.maybeDestroy() })
	st.Push(noChunk)
	if st.kind == ServerSession && !st.didRead && st.ReadableFlowing() == stream.Null {
		st.Resume()
	} else {
		st.Read(0)
	}
}

// DestroyImpl is _destroy.
func (st *Stream) DestroyImpl(err error, done func(error)) {
	s := st.session
	st.log("destroying stream")
	sessionCode := s.goawayCode
	if sessionCode == protocol.NoError {
		sessionCode = s.destroyCode
	}
	code := sessionCode
	if st.Ended() {
		code = st.rstCode
	}
	if err != nil {
		switch {
		case sessionCode != protocol.NoError:
			code = sessionCode
		case isAbort(err):
			code = protocol.Cancel
		default:
			code = protocol.InternalError
		}
	}
	if !st.Ended() {
		r := noReset
		if st.wire != nil {
			r = forceReset
		}
		st.close(code, r)
	}
	st.Push(noChunk)
	if w := st.wire; w != nil {
		st.native("tearing down stream")
		w.Destroy()
		delete(s.streams, st.id)
		s.loop.QueueFirst(loop.Func(func() { w.Drop(nil) }))
		st.measure(s)
	} else {
		s.unpend(st)
	}
	s.writeQueue -= st.writeQueue
	st.writeQueue = 0
	if err == nil && code != protocol.NoError && code != protocol.Cancel {
		err = nodeerr.HTTP2("STREAM_ERROR", code.String())
	}
	st.session, st.wire = nil, nil
	if f := st.closing; f != nil {
		st.closing = nil
		f()
	}
	s.loop.SetImmediate(loop.Func(s.maybeDestroy))
	if err != nil {
		name := "http2.server.stream.error"
		if st.kind == ClientSession {
			name = "http2.client.stream.error"
		}
		publish(s.loop, name, field("stream", st), field("error", err))
	}
	done(err)
}

func isAbort(err error) bool {
	if e, ok := err.(interface{ ErrorName() string }); ok {
		return e.ErrorName() == "AbortError"
	}
	e, ok := err.(*nodeerr.Error)
	return ok && e.Kind == nodeerr.KindAbort
}

// maybeDestroy destroys a stream whose two halves have ended.
func (st *Stream) maybeDestroy() {
	if !st.WritableFinished() {
		return
	}
	if !st.Readable() && st.Ended() {
		st.Destroy(nil)
		return
	}
	if st.HeadersSent() && st.session != nil && st.kind == ServerSession && !st.has(hasTrailers) && !st.didRead && st.ReadableFlowing() == stream.Null {
		// Nobody reads the request: it is closed although the peer goes on.
		st.StreamLoop().SetImmediate(loop.Func(func() { st.Close(protocol.NoError) }))
	}
}
