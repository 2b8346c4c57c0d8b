package buffer

// Kind says what a Chunk holds.
type Kind uint8

// What a Chunk holds.
const (
	KindNone  Kind = iota // nothing: the null that ends a readable, or "no data now"
	KindBytes             // Bytes, and in Value the host object over the same memory, if there is one
	KindText              // Text: a decoded string
	KindValue             // Value: any value of an object-mode stream, or a host string kept as it is
)

// Chunk is one piece of stream data. The zero Chunk is the end of a stream.
type Chunk struct {
	Bytes []byte
	Text  string
	Value any
	Kind  Kind
}

// Bytes returns a chunk over p; p is not copied and must not change while the
// chunk is under way.
func Bytes(p []byte) Chunk { return Chunk{Bytes: p, Kind: KindBytes} }

// Text returns a chunk that holds a decoded string.
func Text(s string) Chunk { return Chunk{Text: s, Kind: KindText} }

// Value returns an object-mode chunk.
func Value(v any) Chunk { return Chunk{Value: v, Kind: KindValue} }

// IsNone reports whether c holds nothing.
func (c Chunk) IsNone() bool { return c.Kind == KindNone }

// Len is the length that counts against a high-water mark: bytes, or UTF-16
// units of text. Values count by the stream's object mode, not here.
func (c Chunk) Len() int {
	switch c.Kind {
	case KindBytes:
		return len(c.Bytes)
	case KindText:
		return utf16Len(c.Text)
	}
	return 0
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}
