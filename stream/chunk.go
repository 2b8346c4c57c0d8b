package stream

import (
	"fmt"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// HostText is a host's string that travels as it is in a chunk's Value. Length
// is in UTF-16 units.
type HostText interface {
	Length() int
	String() string
}

// textOf returns the text of c and whether c is a string.
func textOf(c buffer.Chunk) (string, bool) {
	switch c.Kind {
	case buffer.KindText:
		return c.Text, true
	case buffer.KindValue:
		if t, ok := c.Value.(HostText); ok {
			return t.String(), true
		}
	}
	return "", false
}

// chunkLen is chunk.length in a stream that is not in object mode.
func chunkLen(c buffer.Chunk) int {
	switch c.Kind {
	case buffer.KindBytes:
		return len(c.Bytes)
	case buffer.KindText:
		return utf16Len(c.Text)
	case buffer.KindValue:
		if t, ok := c.Value.(HostText); ok {
			return t.Length()
		}
	}
	return 0
}

// cut splits c before its n'th byte or UTF-16 unit, 0 < n < chunkLen(c).
func cut(c buffer.Chunk, n int) (head, tail buffer.Chunk) {
	if text, ok := textOf(c); ok {
		a, b := utf16Cut(text, n)
		return buffer.Text(a), buffer.Text(b)
	}
	return buffer.Bytes(c.Bytes[:n:n]), buffer.Bytes(c.Bytes[n:])
}

// join concatenates chunks of one kind: to text if text is set, else to bytes.
func join(cs []buffer.Chunk, text bool) buffer.Chunk {
	n := 0
	if text {
		var b []byte
		for _, c := range cs {
			t, ok := textOf(c)
			if !ok {
				t = buffer.Decode(c.Bytes, buffer.UTF8)
			}
			b = appendText(b, t)
		}
		return buffer.Text(string(b))
	}
	for _, c := range cs {
		n += len(c.Bytes)
	}
	p := make([]byte, 0, n)
	for _, c := range cs {
		p = append(p, c.Bytes...)
	}
	return buffer.Bytes(p)
}

// chunkArg makes a chunk of the first argument of an emit or of the result of a
// host's read().
func chunkArg(args []any) buffer.Chunk {
	if len(args) == 0 {
		return buffer.Chunk{}
	}
	return ToChunk(args[0])
}

// ToChunk makes a chunk of a Go value: a Chunk, bytes, a string, nil for null;
// anything else becomes an object-mode value.
func ToChunk(v any) buffer.Chunk {
	switch v := v.(type) {
	case nil:
		return buffer.Chunk{}
	case buffer.Chunk:
		return v
	case *buffer.Chunk:
		return *v
	case []byte:
		return buffer.Bytes(v)
	case string:
		return buffer.Text(v)
	}
	return buffer.Value(v)
}

// ForBytes returns c as a sink of bytes takes it: text that travels as a host's
// value is made KindText. Any other value is ERR_INVALID_ARG_TYPE: types says what
// the sink takes ("of type string or …"), e's host words what it got.
func ForBytes(e *events.Emitter, c buffer.Chunk, types string) (buffer.Chunk, error) {
	if c.Kind != buffer.KindValue {
		return c, nil
	}
	text, ok := textOf(c)
	if !ok {
		return c, nodeerr.InvalidArgType("chunk", types, received(e, c))
	}
	return buffer.Text(text), nil
}

// received words the value of c for ERR_INVALID_ARG_TYPE.
func received(e *events.Emitter, c buffer.Chunk) string {
	if d, ok := e.Host().(events.Describer); ok {
		return d.Describe(c.Value)
	}
	switch v := c.Value.(type) {
	case nil:
		return "null"
	case bool:
		return fmt.Sprintf("type boolean (%t)", v)
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64:
		return fmt.Sprintf("type number (%v)", v)
	}
	return fmt.Sprintf("an instance of %T", c.Value)
}

// toError makes an error of what an 'error' event of o carries.
func toError(o any, v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case error:
		return v
	}
	if o, ok := o.(events.Object); ok {
		if c, ok := o.Base().Host().(events.Catcher); ok {
			if err, ok := c.Caught(v); ok {
				return err
			}
		}
	}
	return nodeerr.New(nodeerr.KindError, "", fmt.Sprint(v))
}
