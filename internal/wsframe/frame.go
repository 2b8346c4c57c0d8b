// Package wsframe reads and writes the frames of WebSocket connections as a client
// does (RFC 6455), and inflates compressed messages (RFC 7692).
package wsframe

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf8"
)

// The opcodes of frames.
const (
	Continuation = 0
	Text         = 1
	Binary       = 2
	Close        = 8
	Ping         = 9
	Pong         = 10
)

// Encode makes a whole, masked frame.
func Encode(opcode byte, payload []byte, mask [4]byte) []byte {
	n := len(payload)
	out := make([]byte, 0, n+14)
	out = append(out, 0x80|opcode)
	switch {
	case n < 126:
		out = append(out, 0x80|byte(n))
	case n < 1<<16:
		out = append(out, 0x80|126)
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	default:
		out = append(out, 0x80|127)
		out = binary.BigEndian.AppendUint64(out, uint64(n))
	}
	out = append(out, mask[:]...)
	head := len(out)
	out = append(out, payload...)
	for i := range payload {
		out[head+i] ^= mask[i&3]
	}
	return out
}

// Error is why a connection must be failed: a close code and a reason.
type Error struct {
	Code   int
	Reason string
}

func (e *Error) Error() string { return e.Reason }

// Message is a whole message or a control frame.
type Message struct {
	Opcode  byte // Text, Binary, Close, Ping or Pong
	Payload []byte
}

// Decoder puts the frames of a server together.
type Decoder struct {
	// Deflate says that permessage-deflate was agreed on; NoContext that each
	// message is compressed by itself.
	Deflate, NoContext bool

	buf        []byte
	message    []byte // of the fragments so far
	opcode     byte   // of the message under way, 0 for none
	compressed bool
	window     []byte // what was inflated last
}

// maxMessage is how long a message may be.
const maxMessage = 1 << 30

// Write takes bytes of the connection and returns the messages that are whole.
func (d *Decoder) Write(p []byte) ([]Message, error) {
	d.buf = append(d.buf, p...)
	var out []Message
	for {
		m, n, err := d.frame()
		if err != nil {
			return out, err
		}
		if n == 0 {
			return out, nil
		}
		d.buf = d.buf[n:]
		if m != nil {
			out = append(out, *m)
		}
	}
}

func fail(reason string) error { return &Error{1002, reason} }

// frame reads one frame: the message that it ends, if any, and its length, 0
// while it is not whole.
func (d *Decoder) frame() (m *Message, size int, err error) {
	b := d.buf
	if len(b) < 2 {
		return nil, 0, nil
	}
	fin, opcode := b[0]&0x80 != 0, b[0]&0x0f
	compressed := b[0]&0x40 != 0
	control := opcode >= Close
	n, head := int64(b[1]&0x7f), 2
	switch {
	case b[0]&0x30 != 0:
		return nil, 0, fail("RSV1 must be clear.")
	case compressed && (!d.Deflate || control || opcode == Continuation):
		return nil, 0, fail("Expected RSV1 to be clear.")
	case b[1]&0x80 != 0:
		return nil, 0, fail("Frame cannot be masked")
	case opcode > Binary && opcode < Close || opcode > Pong:
		return nil, 0, fail("Invalid opcode received")
	case control && (!fin || n > 125):
		return nil, 0, fail("Invalid payload length for control frame")
	case opcode == Continuation && d.opcode == 0:
		return nil, 0, fail("Unexpected continuation frame")
	case (opcode == Text || opcode == Binary) && d.opcode != 0:
		return nil, 0, fail("Expected continuation frame")
	}
	switch n {
	case 126:
		if len(b) < 4 {
			return nil, 0, nil
		}
		n, head = int64(binary.BigEndian.Uint16(b[2:])), 4
	case 127:
		if len(b) < 10 {
			return nil, 0, nil
		}
		n, head = int64(binary.BigEndian.Uint64(b[2:])), 10
	}
	if n < 0 || n+int64(len(d.message)) > maxMessage {
		return nil, 0, &Error{1009, "Received payload length > 2^31 bytes."}
	}
	size = head + int(n)
	if len(b) < size {
		return nil, 0, nil
	}
	payload := b[head:size]
	if control {
		return &Message{opcode, bytes.Clone(payload)}, size, nil
	}
	if opcode != Continuation {
		d.opcode, d.compressed = opcode, compressed
	}
	d.message = append(d.message, payload...)
	if !fin {
		return nil, size, nil
	}
	m = &Message{d.opcode, d.message}
	d.message, d.opcode = nil, 0
	if d.compressed {
		if m.Payload, err = d.inflate(m.Payload); err != nil {
			return nil, 0, &Error{1007, err.Error()}
		}
	}
	if m.Opcode == Text && !utf8.Valid(m.Payload) {
		return nil, 0, &Error{1007, "Received invalid UTF-8 in text frame."}
	}
	return m, size, nil
}

// windowSize is how far back DEFLATE looks.
const windowSize = 32 << 10

func (d *Decoder) inflate(p []byte) ([]byte, error) {
	// The end of a block that the sender left out, and one that ends the data.
	tail := []byte{0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff}
	r := flate.NewReaderDict(io.MultiReader(bytes.NewReader(p), bytes.NewReader(tail)), d.window)
	out, err := io.ReadAll(io.LimitReader(r, maxMessage+1))
	if err != nil {
		return nil, err
	}
	if len(out) > maxMessage {
		return nil, errors.New("message is too long")
	}
	if !d.NoContext {
		d.window = append(d.window, out...)
		if n := len(d.window); n > windowSize {
			d.window = bytes.Clone(d.window[n-windowSize:])
		}
	}
	return out, nil
}
