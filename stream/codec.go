package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/nodeerr"
)

// decoding is what a readable half with an encoding has besides.
type decoding struct {
	decoder         *buffer.Decoder
	encoding        string
	defaultEncoding string // "": utf8
}

func (s *Stream) decoding() *decoding {
	if s.r.decode == nil {
		s.r.decode = &decoding{}
	}
	return s.r.decode
}

func (s *Stream) setDecoder(enc string) {
	e, ok := buffer.ParseEncoding(enc)
	if !ok {
		s.Throw(nodeerr.UnknownEncoding(enc))
	}
	d := s.decoding()
	d.decoder = buffer.NewDecoder(e)
	d.encoding = e.String()
}

// decoder returns the readable half's decoder, nil for none.
func (s *Stream) decoder() *buffer.Decoder {
	if s.r.decode == nil {
		return nil
	}
	return s.r.decode.decoder
}

// decodeChunk runs c through the decoder d: text goes through as it is.
func (s *Stream) decodeChunk(d *buffer.Decoder, c buffer.Chunk) buffer.Chunk {
	if t, ok := textOf(c); ok {
		return buffer.Text(t)
	}
	if c.Kind != buffer.KindBytes {
		s.Throw(nodeerr.InvalidArgType("buf", "an instance of Buffer, TypedArray, or DataView", received(&s.Emitter, c)))
	}
	if d.Encoding() == buffer.UTF16LE {
		return buffer.Text(textOfUnits(buffer.UTF16(d.Take(c.Bytes), buffer.UTF16LE)))
	}
	return buffer.Text(d.Write(c.Bytes))
}

// endDecoder is what the decoder makes of an incomplete character at the end.
func endDecoder(d *buffer.Decoder) string {
	if d.Encoding() == buffer.UTF16LE {
		return textOfUnits(buffer.UTF16(d.Rest(), buffer.UTF16LE))
	}
	return d.End()
}
