package stream

import (
	"github.com/spindle-js/spindle/buffer"
)

// A host shows _readableState and _writableState as objects over these
// accessors: the booleans by the two tables of names, the rest by methods.

// ReadableFlag is a boolean of _readableState.
type ReadableFlag = rflags

// WritableFlag is a boolean of _writableState.
type WritableFlag = wflags

// ReadingMore is the flag that a message of http starts with.
const ReadingMore = rReadingMore

// Reading is _readableState.reading.
const Reading = rReading

// ResumeScheduled is set from resume() until the tick that acts on it.
const ResumeScheduled = rResumeScheduled

// Ending is _writableState.ending: end was called.
const Ending = wEnding

// ReadableEndedFlag is _readableState.ended: the end was pushed.
const ReadableEndedFlag = rEnded

// ReadableFlags are the booleans of _readableState in Node's order.
var ReadableFlags = []struct {
	Name string
	Flag ReadableFlag
}{
	{"objectMode", rObjectMode}, {"ended", rEnded}, {"endEmitted", rEndEmitted},
	{"reading", rReading}, {"constructed", rConstructed}, {"sync", rSync},
	{"needReadable", rNeedReadable}, {"emittedReadable", rEmittedReadable},
	{"readableListening", rReadableListening}, {"resumeScheduled", rResumeScheduled},
	{"errorEmitted", rErrorEmitted}, {"emitClose", rEmitClose}, {"autoDestroy", rAutoDestroy},
	{"destroyed", rDestroyed}, {"closed", rClosed}, {"closeEmitted", rCloseEmitted},
	{"multiAwaitDrain", rMultiAwaitDrain}, {"readingMore", rReadingMore}, {"dataEmitted", rDataEmitted},
}

// WritableFlags are the booleans of _writableState in Node's order.
var WritableFlags = []struct {
	Name string
	Flag WritableFlag
}{
	{"objectMode", wObjectMode}, {"finalCalled", wFinalCalled}, {"needDrain", wNeedDrain},
	{"ending", wEnding}, {"ended", wEnded}, {"finished", wFinished}, {"destroyed", wDestroyed},
	{"decodeStrings", wDecodeStrings}, {"writing", wWriting}, {"sync", wSync},
	{"bufferProcessing", wBufferProcessing}, {"constructed", wConstructed},
	{"prefinished", wPrefinished}, {"errorEmitted", wErrorEmitted}, {"emitClose", wEmitClose},
	{"autoDestroy", wAutoDestroy}, {"closed", wClosed}, {"closeEmitted", wCloseEmitted},
	{"allBuffers", wAllBuffers}, {"allNoop", wAllNoop},
}

// ReadableIs returns a boolean of _readableState.
func (s *Stream) ReadableIs(f ReadableFlag) bool { return s.r.f.has(f) }

// SetReadableIs sets a boolean of _readableState.
func (s *Stream) SetReadableIs(f ReadableFlag, v bool) { s.r.f.put(f, v) }

// WritableIs returns a boolean of _writableState.
func (s *Stream) WritableIs(f WritableFlag) bool { return s.w.f.has(f) }

// SetWritableIs sets a boolean of _writableState.
func (s *Stream) SetWritableIs(f WritableFlag, v bool) { s.w.f.put(f, v) }

// ReadablePaused is _readableState.paused.
func (s *Stream) ReadablePaused() Tri { return tri(s.r.f.has(rHasPaused), s.r.f.has(rPaused)) }

// SetReadablePaused sets _readableState.paused.
func (s *Stream) SetReadablePaused(v Tri) {
	s.r.f.put(rHasPaused, v != Null)
	s.r.f.put(rPaused, v == True)
}

// ReadableState is _readableState.readable: Null while it is undefined.
func (s *Stream) ReadableState() Tri { return tri(s.r.f.has(rHasReadable), s.r.f.has(rReadable)) }

// SetReadableState sets _readableState.readable.
func (s *Stream) SetReadableState(v Tri) {
	s.r.f.put(rHasReadable, v != Null)
	s.r.f.put(rReadable, v == True)
}

// WritableState is _writableState.writable: Null while it is undefined.
func (s *Stream) WritableState() Tri { return tri(s.w.f.has(wHasWritable), s.w.f.has(wWritable)) }

// SetWritableState sets _writableState.writable.
func (s *Stream) SetWritableState(v Tri) {
	s.w.f.put(wHasWritable, v != Null)
	s.w.f.put(wWritable, v == True)
}

// SetReadableHighWaterMark sets _readableState.highWaterMark.
func (s *Stream) SetReadableHighWaterMark(n int) { s.r.hwm = n }

// SetReadableLength sets _readableState.length.
func (s *Stream) SetReadableLength(n int) { s.r.length = n }

// ReadableBuffer is readable.readableBuffer, the queue. The caller must not
// change the slice.
func (s *Stream) ReadableBuffer() []buffer.Chunk { return s.r.queue() }

// SetReadableBuffer replaces the queue, without changing the length.
func (s *Stream) SetReadableBuffer(q []buffer.Chunk) { s.r.buf, s.r.index = q, 0 }

// ReadableBufferIndex is _readableState.bufferIndex.
func (s *Stream) ReadableBufferIndex() int { return int(s.r.index) }

// ReadablePipes is _readableState.pipes. The caller must not change the slice.
func (s *Stream) ReadablePipes() []Destination { return s.r.pipes }

// AwaitDrainWriters is _readableState.awaitDrainWriters: null if it is empty
// and multiAwaitDrain is unset, one destination, or with multiAwaitDrain a set.
func (s *Stream) AwaitDrainWriters() []Destination { return s.r.await }

// ReadableErrored is _readableState.errored.
func (s *Stream) ReadableErrored() error { return s.r.errored }

// SetReadableErrored sets _readableState.errored.
func (s *Stream) SetReadableErrored(err error) { s.r.errored = err }

// ReadableDefaultEncoding is _readableState.defaultEncoding.
func (s *Stream) ReadableDefaultEncoding() string { return s.readableDefaultEncoding() }

// SetReadableDefaultEncoding sets _readableState.defaultEncoding.
func (s *Stream) SetReadableDefaultEncoding(enc string) { s.decoding().defaultEncoding = enc }

// HasDecoder reports whether _readableState.decoder is set.
func (s *Stream) HasDecoder() bool { return s.decoder() != nil }

// SetWritableHighWaterMark sets _writableState.highWaterMark.
func (s *Stream) SetWritableHighWaterMark(n int) { s.w.hwm = n }

// SetWritableLength sets _writableState.length.
func (s *Stream) SetWritableLength(n int) { s.w.length = n }

// SetWritableCorked sets _writableState.corked.
func (s *Stream) SetWritableCorked(n int) { s.w.corked = int32(n) }

// WritableWriteLength is _writableState.writelen.
func (s *Stream) WritableWriteLength() int { return s.w.writelen }

// WritableBufferIndex is _writableState.bufferedIndex.
func (s *Stream) WritableBufferIndex() int { return int(s.w.index) }

// WritablePending is _writableState.pendingcb.
func (s *Stream) WritablePending() int { return int(s.w.pending) }

// SetWritablePending sets _writableState.pendingcb.
func (s *Stream) SetWritablePending(n int) { s.w.pending = int32(n) }

// WritableErrored is _writableState.errored.
func (s *Stream) WritableErrored() error { return s.w.errored }

// SetWritableErrored sets _writableState.errored.
func (s *Stream) SetWritableErrored(err error) { s.w.errored = err }

// WritableDefaultEncoding is _writableState.defaultEncoding.
func (s *Stream) WritableDefaultEncoding() string {
	if s.w.encoding == "" {
		return "utf8"
	}
	return s.w.encoding
}

// OnWrite is _writableState.onwrite, the callback of _write.
func (s *Stream) OnWrite() *Done { return s.onwriteDone() }

// WriteCallback is _writableState.writecb, nil for none.
func (s *Stream) WriteCallback() func(error) { return funcOf(s.w.cb) }
