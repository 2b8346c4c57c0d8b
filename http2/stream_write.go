package http2

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// WriteImpl is _write.
func (st *Stream) WriteImpl(c buffer.Chunk, enc string, done func(error)) {
	st.write([]stream.WriteRequest{{Chunk: c, Encoding: enc}}, false, done)
}

// WritevImpl is _writev.
func (st *Stream) WritevImpl(cs []stream.WriteRequest, done func(error)) {
	st.write(append([]stream.WriteRequest(nil), cs...), true, done)
}

// Written is the data of a write as diagnostics channels have it.
type Written struct {
	Requests []stream.WriteRequest
	Vector   bool
}

// write sends data. END_STREAM goes with the last of it: whether it is the last
// is known a tick later.
func (st *Stream) write(cs []stream.WriteRequest, vector bool, done func(error)) {
	if st.Pending() {
		st.Once("ready", func(...any) { st.write(cs, vector, done) })
		return
	}
	if st.Destroyed() {
		return
	}
	st.touch()
	if !st.HeadersSent() {
		if err := st.Respond(nil, RespondOptions{}); err != nil {
			st.Throw(err)
		}
	}
	if st.session == nil {
		return
	}
	w := &writing{st: st, done: done, end: true, write: true}
	st.StreamLoop().NextTick((*endCheck)(w))
	bufs := make([][]byte, len(cs))
	n := 0
	for i, c := range cs {
		bufs[i] = encode(c.Chunk, c.Encoding)
		n += len(bufs[i])
	}
	st.count(n)
	s := st.session
	ok := st.wire.Write(bufs, func(err error) {
		st.ctx.Callback(loop.Func(func() {
			st.uncount(n)
			st.stats.sent(n)
			st.touch()
			if st.Destroyed() {
				err = nil
			}
			w.wrote(err)
		}))
	})
	if !ok {
		st.uncount(n)
		w.wrote(nodeerr.New(nodeerr.KindError, "EOF", "write EOF"))
	}
	s.schedule()
	if st.kind == ClientSession {
		publish(s.loop, "http2.client.stream.bodyChunkSent", field("stream", st), field("writev", vector),
			field("data", Written{cs, vector}), field("encoding", encodingOf(cs, vector)))
	}
}

func encodingOf(cs []stream.WriteRequest, vector bool) string {
	if vector {
		return ""
	}
	return cs[0].Encoding
}

func (st *Stream) count(n int) {
	st.writeQueue += n
	st.session.writeQueue += n
	st.session.chunksSent = 0
	st.session.chunksSeen = 0
}

func (st *Stream) uncount(n int) {
	st.writeQueue = max(st.writeQueue-n, 0)
	if s := st.session; s != nil {
		s.writeQueue = max(s.writeQueue-n, 0)
	}
}

// writing is one write: done is called when it has left and it is known whether
// it was the last.
type writing struct {
	st               *Stream
	done             func(error)
	write, end       bool // due
	writeErr, endErr error
}

func (w *writing) wrote(err error) {
	w.write, w.writeErr = false, err
	w.finish()
}

func (w *writing) checked(err error) {
	w.end, w.endErr = false, err
	w.finish()
}

func (w *writing) finish() {
	if w.write || w.end {
		return
	}
	err := w.endErr
	if err == nil {
		err = w.writeErr
	}
	if err != nil {
		w.st.Destroy(err)
	}
	w.done(err)
}

// endCheck ends the stream after the last write, without a DATA frame of its
// own.
type endCheck writing

func (t *endCheck) Run() {
	w := (*writing)(t)
	st := w.st
	if w.writeErr != nil || !st.WritableIs(stream.Ending) || len(st.WritableBuffer()) > st.WritableBufferIndex() || st.has(hasTrailers) {
		w.checked(nil)
		return
	}
	st.log("shutting down writable on last write")
	st.shutdownWritable(w.checked)
}

// shutdownWritable says that nothing more will be written.
func (st *Stream) shutdownWritable(done func(error)) {
	if st.wire == nil || st.shutdownCalled {
		st.log("shutdownWritable")
		done(nil)
		return
	}
	st.shutdownCalled = true
	st.wire.Shutdown()
	st.session.schedule()
	st.On("finish", func(...any) { st.maybeDestroy() })
	done(nil)
}

// FinalImpl is _final.
func (st *Stream) FinalImpl(done func(error)) {
	if st.noFinal {
		done(nil)
		return
	}
	if st.Pending() {
		st.Once("ready", func(...any) { st.FinalImpl(done) })
		return
	}
	st.log("_final shutting down")
	st.shutdownWritable(done)
	if st.kind == ClientSession && st.session != nil {
		publish(st.StreamLoop(), "http2.client.stream.bodySent", field("stream", st))
	}
}

// onWantTrailers is the end of a body after which trailers may come.
func (st *Stream) onWantTrailers() {
	st.trailersReady = true
	if st.Destroyed() || st.Ended() {
		return
	}
	if !st.Emit("wantTrailers") {
		if err := st.SendTrailers(&Outgoing{}); err != nil {
			st.Throw(err)
		}
	}
}

// SendTrailers is stream.sendTrailers, to be called from 'wantTrailers' on.
func (st *Stream) SendTrailers(h *Outgoing) error {
	switch {
	case st.Destroyed() || st.Ended():
		return nodeerr.HTTP2("INVALID_STREAM")
	case st.sentTrailers != nil:
		return nodeerr.HTTP2("TRAILERS_ALREADY_SENT")
	case !st.trailersReady:
		return nodeerr.HTTP2("TRAILERS_NOT_READY")
	}
	h = h.Clone()
	st.log("sending trailers")
	st.touch()
	fields, err := h.build(noPseudo)
	if err != nil {
		return err
	}
	st.sentTrailers = h
	st.StreamLoop().SetImmediate(loop.Func(func() { st.finishTrailers(fields) }))
	return nil
}

func (st *Stream) finishTrailers(fields []protocol.Field) {
	if st.Destroyed() || st.wire == nil {
		return
	}
	st.flags &^= hasTrailers
	lib := st.wire.Trailers(fields)
	st.session.schedule()
	if lib != 0 {
		st.Destroy(nodeerr.HTTP2Library(int(lib), lib.Error(), ""))
		return
	}
	st.maybeDestroy()
}
