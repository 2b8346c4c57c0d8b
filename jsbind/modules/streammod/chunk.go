package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

var none buffer.Chunk

// toChunk makes a chunk of a value given to push, unshift or write: bytes share
// the Buffer's memory, a string stays a string, anything else is a value.
func toChunk(v goja.Value) buffer.Chunk {
	if v == nil || goja.IsUndefined(v) {
		return buffer.Value(goja.Undefined())
	}
	if goja.IsNull(v) {
		return none
	}
	if s, ok := v.(goja.String); ok {
		return buffer.Chunk{Kind: buffer.KindValue, Value: s}
	}
	if b, ok := bind.BytesOf(v); ok {
		return buffer.Chunk{Kind: buffer.KindBytes, Bytes: b, Value: v}
	}
	return buffer.Value(v)
}

// encodingArg reads an encoding argument; anything but a string is none.
func encodingArg(v goja.Value) string {
	if v != nil && goja.IsString(v) {
		return v.String()
	}
	return ""
}

// ToChunk makes a chunk of a value given to write.
func ToChunk(v goja.Value) buffer.Chunk { return toChunk(v) }

// Requests reads the chunks given to _writev: objects with chunk and encoding.
func Requests(v goja.Value) []stream.WriteRequest {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	out := make([]stream.WriteRequest, int(bind.Get(o, "length").ToInteger()))
	for i := range out {
		item, ok := o.Get(bind.FormatNumber(float64(i))).(*goja.Object)
		if !ok {
			continue
		}
		c := bind.Get(item, "chunk")
		if goja.IsUndefined(c) {
			c = item // allBuffers: the chunk itself
		}
		out[i] = stream.WriteRequest{Chunk: toChunk(c), Encoding: encodingArg(bind.Get(item, "encoding"))}
	}
	return out
}
