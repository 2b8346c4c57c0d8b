package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/nodeerr"
)

// SetEncoding is readable.setEncoding: from now on chunks are text in enc, also
// those that wait in the queue. It returns ERR_UNKNOWN_ENCODING for a name that
// it does not know.
func (s *Stream) SetEncoding(enc string) (err error) {
	if _, ok := buffer.ParseEncoding(enc); !ok {
		return nodeerr.UnknownEncoding(enc)
	}
	s.setDecoder(enc)
	r, d := &s.r, s.r.decode.decoder
	q := r.queue()
	if len(q) == 0 {
		r.length = 0
		return nil
	}
	parts := make([]buffer.Chunk, len(q))
	for i, c := range q {
		parts[i] = s.decodeChunk(d, c)
	}
	r.reset()
	c := join(parts, true)
	if c.Text != "" {
		r.buf = append(r.buf, c)
	}
	r.length = chunkLen(c)
	return nil
}

// ReadableEncoding is readable.readableEncoding, "" for null.
func (s *Stream) ReadableEncoding() string {
	if s.r.decode == nil {
		return ""
	}
	return s.r.decode.encoding
}

func (s *Stream) readableDefaultEncoding() string {
	if s.r.decode == nil || s.r.decode.defaultEncoding == "" {
		return "utf8"
	}
	return s.r.decode.defaultEncoding
}
