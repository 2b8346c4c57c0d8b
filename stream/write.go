package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

var none buffer.Chunk

// Write is this.write(chunk, encoding, callback). enc may be "", cb nil. It
// reports whether the writer should go on; if not, 'drain' follows. A program's
// write that returns no boolean has not asked for a pause.
func (s *Stream) Write(c buffer.Chunk, enc string, cb func(error)) bool {
	if o := s.Override(events.MethodWrite); o != nil {
		more, ok := o.Call(writeArgs(c, enc, cb)...).(bool)
		return more || !ok
	}
	return s.BaseWrite(c, enc, cb)
}

// writeArgs leaves out what Node's own callers of write and end leave out.
func writeArgs(c buffer.Chunk, enc string, cb func(error)) []any {
	switch {
	case cb != nil:
		if enc == "" {
			return []any{c, nil, cb}
		}
		return []any{c, enc, cb}
	case enc != "":
		return []any{c, enc}
	case c.Kind != buffer.KindNone:
		return []any{c}
	}
	return nil
}

// BaseWrite is writable.write
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#writablewritechunk-encoding-callback).
// It throws ERR_STREAM_NULL_VALUES, ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING.
func (s *Stream) BaseWrite(c buffer.Chunk, enc string, cb func(error)) bool {
	ok, _ := s.write(c, enc, callbackOf(cb))
	return ok
}

// write returns also the error that cb and 'error' get in a tick.
func (s *Stream) write(c buffer.Chunk, enc string, cb callback) (bool, error) {
	w := &s.w
	if c.Kind == buffer.KindNone {
		s.Throw(nodeerr.StreamNullValues())
	}
	if !w.f.has(wObjectMode) {
		if c.Kind == buffer.KindBytes && enc == "" {
			enc = "buffer"
		} else {
			c, enc = s.writeable(c, enc)
		}
	}
	var err error
	if w.f.has(wEnding) {
		err = nodeerr.StreamWriteAfterEnd()
	} else if w.f.has(wDestroyed) {
		err = nodeerr.StreamDestroyed("write")
	}
	if err != nil {
		if cb != nil {
			s.loop.NextTickFunc(func() { cb.Written(err) })
		}
		s.errorOrDestroy(err, true)
		return false, err
	}
	w.pending++
	return s.writeOrBuffer(c, enc, cb), nil
}

// writeable checks and converts a chunk of a byte stream.
func (s *Stream) writeable(c buffer.Chunk, enc string) (buffer.Chunk, string) {
	if enc == "" {
		if enc = s.w.encoding; enc == "" {
			enc = "utf8"
		}
	} else if enc != "buffer" {
		if _, ok := buffer.ParseEncoding(enc); !ok {
			s.Throw(nodeerr.UnknownEncoding(enc))
		}
	}
	if c.Kind == buffer.KindBytes {
		return c, "buffer"
	}
	text, ok := textOf(c)
	if !ok {
		s.Throw(nodeerr.InvalidArgType("chunk", chunkTypes, received(&s.Emitter, c)))
	}
	if s.w.f.has(wDecodeStrings) {
		return buffer.Bytes(s.encode(text, enc)), "buffer"
	}
	return c, enc
}

func (s *Stream) writeLen(c buffer.Chunk) int {
	if s.w.f.has(wObjectMode) {
		return 1
	}
	return chunkLen(c)
}

func (s *Stream) writeOrBuffer(c buffer.Chunk, enc string, cb callback) bool {
	w := &s.w
	n := s.writeLen(c)
	w.length += n
	if w.f&(wWriting|wConstructed) != wConstructed || w.corked > 0 || w.errored != nil {
		if w.buffered == nil {
			w.buffered = make([]WriteRequest, 0, 4)
		}
		w.buffered = append(w.buffered, WriteRequest{c, enc, funcOf(cb)})
		if enc != "buffer" {
			w.f.clear(wAllBuffers)
		}
		if cb != nil {
			w.f.clear(wAllNoop)
		}
	} else {
		w.writelen = n
		w.cb = cb
		w.f.set(wWriting | wSync | wExpectCallback)
		s.underWrite(c, enc)
		w.f.clear(wSync)
	}
	// A write that completed at once has brought the length down again.
	more := w.length < w.hwm || w.length == 0
	if !more {
		w.f.set(wNeedDrain) // never cleared here: an earlier false is still owed its 'drain'
	}
	// false also on an error, to break loops of while (write()).
	return more && w.errored == nil && !w.f.has(wDestroyed)
}

// doWrite writes one buffered request.
func (s *Stream) doWrite(n int, c buffer.Chunk, enc string, cb func(error)) {
	w := &s.w
	w.writelen = n
	w.cb = callbackOf(cb)
	w.f.set(wWriting | wSync | wExpectCallback)
	if w.f.has(wDestroyed) {
		s.onwrite(nodeerr.StreamDestroyed("write"))
	} else {
		s.underWrite(c, enc)
	}
	w.f.clear(wSync)
}

// onwriteDone returns the callback of _write, made at the first write.
func (s *Stream) onwriteDone() *Done {
	if s.w.onwrite == nil {
		s.w.onwrite = &Done{Call: s.onwrite}
	}
	return s.w.onwrite
}

func (s *Stream) underWrite(c buffer.Chunk, enc string) {
	d := s.onwriteDone()
	if o := s.Override(events.MethodUnderWrite); o != nil {
		o.Call(c, encArg(enc), d)
		return
	}
	s.baseUnderWrite(c, enc, d.Call, true)
}

// BaseUnderWrite is the built-in _write of s.
func (s *Stream) BaseUnderWrite(c buffer.Chunk, enc string, done func(error)) {
	s.baseUnderWrite(c, enc, done, false)
}

func (s *Stream) baseUnderWrite(c buffer.Chunk, enc string, done func(error), own bool) {
	switch {
	case s.caps&capWrite != 0:
		s.impl.(Writer).WriteImpl(c, enc, done)
	case s.kind != kindPlain:
		s.transformWrite(c, enc, done, own)
	case s.hasWritev():
		s.underWritev([]WriteRequest{{Chunk: c, Encoding: enc}}, &Done{Call: done})
	default:
		s.Throw(nodeerr.MethodNotImplemented("_write()"))
	}
}

func (s *Stream) hasWritev() bool {
	return s.Override(events.MethodUnderWritev) != nil || s.caps&capWritev != 0
}

func (s *Stream) underWritev(cs []WriteRequest, d *Done) {
	if o := s.Override(events.MethodUnderWritev); o != nil {
		o.Call(cs, d)
		return
	}
	s.impl.(VectorWriter).WritevImpl(cs, d.Call)
}

// NoEncoding is what an overridden _write or _transform gets for the encoding of
// an object-mode chunk that was written without one.
type NoEncoding struct{}

func encArg(enc string) any {
	if enc == "" {
		return NoEncoding{}
	}
	return enc
}
