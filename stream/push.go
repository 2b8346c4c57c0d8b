package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

const chunkTypes = "of type string or an instance of Buffer, TypedArray, or DataView"

// Push is this.push(chunk[, encoding]): it hands data to the consumer, the zero
// Chunk for the end, and reports whether more is wanted. enc is that of text.
func (s *Stream) Push(c buffer.Chunk, enc ...string) bool {
	e := ""
	if len(enc) > 0 {
		e = enc[0]
	}
	if o := s.Override(events.MethodPush); o != nil {
		r, _ := o.Call(pushArgs(c, e)...).(bool)
		return r
	}
	return s.BasePush(c, e)
}

func pushArgs(c buffer.Chunk, enc string) []any {
	if enc == "" {
		return []any{c}
	}
	return []any{c, enc}
}

// BasePush is readable.push
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readablepushchunk-encoding).
// In byte mode undefined is an empty chunk.
func (s *Stream) BasePush(c buffer.Chunk, enc string) bool {
	r := &s.r
	if c.Kind == buffer.KindNone {
		r.f.clear(rReading)
		s.onEOF()
		return false
	}
	encoded := enc != ""
	if !r.f.has(rObjectMode) {
		var ok bool
		if c, encoded, ok = s.pushable(c, enc); !ok {
			s.errorOrDestroy(nodeerr.InvalidArgType("chunk", chunkTypes, received(&s.Emitter, c)), false)
			return false
		}
		if chunkLen(c) == 0 {
			r.f.clear(rReading)
			s.maybeReadMore()
			return s.canPushMore()
		}
	}
	if r.f.has(rEnded) {
		s.errorOrDestroy(nodeerr.StreamPushAfterEOF(), false)
		return false
	}
	if r.f.has(rDestroyed) || r.errored != nil {
		return false
	}
	r.f.clear(rReading)
	if d := s.decoder(); d != nil && !encoded {
		c = s.decodeChunk(d, c)
		if c.Text == "" && !r.f.has(rObjectMode) {
			s.maybeReadMore()
			return s.canPushMore()
		}
	}
	s.addChunk(c, false)
	return s.canPushMore()
}

// pushable makes bytes of text unless the text is in the stream's own encoding;
// it reports whether c need not go through the decoder any more, and whether c
// is of a type that a byte stream takes.
func (s *Stream) pushable(c buffer.Chunk, enc string) (out buffer.Chunk, encoded, ok bool) {
	if c.Kind == buffer.KindBytes {
		return c, false, true
	}
	text, isText := textOf(c)
	if !isText {
		return c, false, false
	}
	if enc == "" {
		enc = s.readableDefaultEncoding()
	}
	if s.ReadableEncoding() == enc {
		return c, true, true
	}
	return buffer.Bytes(s.encode(text, enc)), false, true
}

// unshiftable is pushable for unshift, which puts c behind the decoder: text
// becomes what the decoder would have made of it.
func (s *Stream) unshiftable(c buffer.Chunk, enc string) (out buffer.Chunk, ok bool) {
	if c.Kind == buffer.KindBytes {
		return c, true
	}
	text, ok := textOf(c)
	if !ok {
		return c, false
	}
	if enc == "" {
		enc = s.readableDefaultEncoding()
	}
	own := s.ReadableEncoding()
	if own == enc {
		return c, true
	}
	p := s.encode(text, enc)
	if own == "" {
		return buffer.Bytes(p), true
	}
	if e, _ := buffer.ParseEncoding(own); e != buffer.UTF16LE {
		return buffer.Text(buffer.Decode(p, e)), true
	}
	return buffer.Text(textOfUnits(buffer.UTF16(p, buffer.UTF16LE))), true
}

func (s *Stream) encode(text, enc string) []byte {
	e, ok := buffer.ParseEncoding(enc)
	if !ok {
		s.Throw(nodeerr.UnknownEncoding(enc))
	}
	return buffer.Encode(text, e)
}

// Unshift is readable.unshift(chunk[, encoding]): c goes back to the front.
func (s *Stream) Unshift(c buffer.Chunk, enc ...string) bool {
	r := &s.r
	if c.Kind == buffer.KindNone {
		r.f.clear(rReading)
		s.onEOF()
		return false
	}
	if !r.f.has(rObjectMode) {
		e := ""
		if len(enc) > 0 {
			e = enc[0]
		}
		var ok bool
		if c, ok = s.unshiftable(c, e); !ok {
			s.errorOrDestroy(nodeerr.InvalidArgType("chunk", chunkTypes, received(&s.Emitter, c)), false)
			return false
		}
		if chunkLen(c) == 0 {
			return s.canPushMore()
		}
	}
	switch {
	case r.f.has(rEndEmitted):
		s.errorOrDestroy(nodeerr.StreamUnshiftAfterEndEvent(), false)
	case r.f.has(rDestroyed) || r.errored != nil:
		return false
	default:
		s.addChunk(c, true)
	}
	return s.canPushMore()
}

func (s *Stream) canPushMore() bool {
	r := &s.r
	return !r.f.has(rEnded) && (r.length < r.hwm || r.length == 0)
}

// addChunk delivers c at once if the stream flows and nothing is queued, and
// queues it otherwise.
func (s *Stream) addChunk(c buffer.Chunk, front bool) {
	r := &s.r
	if r.f&(rFlowing|rSync|rDataListening) == rFlowing|rDataListening && r.length == 0 {
		r.await = nil
		r.f.set(rDataEmitted)
		s.emitData(c)
	} else {
		r.length += s.readLen(c)
		if front {
			r.unshift(c)
		} else {
			r.buf = append(r.buf, c)
		}
		if r.f.has(rNeedReadable) {
			s.emitReadable()
		}
	}
	s.maybeReadMore()
}

// readLen is what c counts against the readable high-water mark.
func (s *Stream) readLen(c buffer.Chunk) int {
	if s.r.f.has(rObjectMode) {
		return 1
	}
	return chunkLen(c)
}

// onEOF is push(null).
func (s *Stream) onEOF() {
	r := &s.r
	if r.f.has(rEnded) {
		return
	}
	if d := s.decoder(); d != nil {
		if text := endDecoder(d); text != "" {
			c := buffer.Text(text)
			r.buf = append(r.buf, c)
			r.length += s.readLen(c)
		}
	}
	r.f.set(rEnded)
	if r.f.has(rSync) {
		s.emitReadable()
		return
	}
	r.f.clear(rNeedReadable)
	r.f.set(rEmittedReadable)
	s.emitReadableNow()
}

// emitData emits 'data'. Bytes that were only lent (loop.LendRead) are so to
// pipes, not to listeners that may keep them.
func (s *Stream) emitData(c buffer.Chunk) {
	if s.loop.ReadLent() && s.onlyPipe() == nil {
		s.loop.ShowRead()
	}
	events.EmitValue(&s.Emitter, "data", c)
}
