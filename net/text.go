package net

import (
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/stream"
)

// encodeChunk returns the bytes of a chunk. Those of text may be the text's own
// memory, which nobody may change.
func encodeChunk(c buffer.Chunk, enc string) []byte {
	text := c.Text
	switch c.Kind {
	case buffer.KindBytes:
		return c.Bytes
	case buffer.KindValue:
		t, ok := c.Value.(stream.HostText)
		if !ok {
			return nil
		}
		text = t.String()
	}
	e, _ := buffer.ParseEncoding(enc)
	switch e {
	case buffer.UTF8:
		if strings.IndexByte(text, 0xED) >= 0 { // may hold surrogates in WTF-8
			return []byte(strings.ToValidUTF8(text, "\ufffd"))
		}
		return buffer.TextBytes(text)
	case buffer.Latin1, buffer.ASCII:
		if p := buffer.TextBytes(text); buffer.IsASCII(p) {
			return p
		}
	}
	return buffer.Encode(text, e)
}
