package loop

import (
	"strings"
	"unsafe"
)

// readBufferSize is what libuv offers Node's streams for one read.
const readBufferSize = 64 << 10

// readBuffer is the memory that everything on a loop reads into. It is the
// loop's, and read into again and again, until somebody keeps what is in it:
// then the loop goes on with another.
type readBuffer struct {
	p    []byte
	lent bool
}

// ReadBuffer returns 64 KiB shared by everything on this loop: valid until the
// caller returns or makes a call-out, and never to be kept or shown to JavaScript
// but through KeepRead and LendRead.
func (l *Loop) ReadBuffer() []byte {
	if l.buf.p == nil || l.buf.lent {
		l.buf = readBuffer{p: newReadBuffer()}
	}
	return l.buf.p
}

// newReadBuffer makes a buffer that is not cleared, which costs as much as a
// fifth of reading into it: only what was read is ever handed out. A
// strings.Builder is how the library gives such memory.
func newReadBuffer() []byte {
	var b strings.Builder
	b.Grow(readBufferSize)
	b.WriteByte(0)
	return unsafe.Slice(unsafe.StringData(b.String()), readBufferSize)
}

// KeepRead returns the bytes p, which ReadBuffer's memory or any other holds, in
// memory that is the caller's. Where p is most of the read buffer that is the
// buffer itself, else a copy, so that a few bytes do not hold on to all of it.
func (l *Loop) KeepRead(p []byte) []byte {
	if len(p) >= readBufferSize/2 && l.reads(p) {
		l.buf = readBuffer{}
		return p[:len(p):len(p)]
	}
	own := append([]byte(nil), p...)
	return own[:len(p):len(p)]
}

// reads reports whether p lies in the read buffer.
func (l *Loop) reads(p []byte) bool {
	b := l.buf.p
	if b == nil || len(p) == 0 {
		return false
	}
	first, at := uintptr(unsafe.Pointer(&b[0])), uintptr(unsafe.Pointer(&p[0]))
	return at >= first && at < first+readBufferSize
}

// LendRead lends p to a path on which nobody keeps it longer than the call-out
// under way takes: data that goes straight from one socket into another. It
// reports whether p is worth it and lies in the read buffer; otherwise KeepRead
// is the way. Who lent it says by ReturnRead that nobody has it any more. Until
// then, and for ever if that is never said, the loop does not read into it.
func (l *Loop) LendRead(p []byte) bool {
	if len(p) < readBufferSize/8 || !l.reads(p) {
		return false
	}
	l.buf.lent = true
	return true
}

// ReadLent reports whether LendRead has lent bytes that are not returned.
func (l *Loop) ReadLent() bool { return l.buf.lent }

// ReturnRead ends LendRead.
func (l *Loop) ReturnRead() { l.buf.lent = false }

// ShowRead is called before bytes are shown to a program, which may keep them:
// should they be lent ones, ReturnRead has no effect any more.
func (l *Loop) ShowRead() {
	if l.buf.lent {
		l.buf = readBuffer{}
	}
}

// TakeScratch returns memory of length 0 for what is put together and done with
// before the caller returns. It is the caller's alone until KeepScratch, which
// gets it back, grown or not; who cannot tell that nobody else has kept it does
// not give it back.
func (l *Loop) TakeScratch() []byte {
	b := l.scratch
	l.scratch = nil
	if b == nil {
		b = make([]byte, 0, scratchSize)
	}
	return b
}

// KeepScratch ends TakeScratch.
func (l *Loop) KeepScratch(b []byte) {
	if cap(b) <= scratchMax {
		l.scratch = b[:0]
	}
}

const (
	scratchSize = 1 << 10
	scratchMax  = 64 << 10
)
