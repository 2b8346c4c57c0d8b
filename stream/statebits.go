package stream

// Node keeps the booleans of a state in one number, which util.inspect prints
// as Symbol(kState). These are its bits.

var readableBits = []struct {
	flag rflags
	bit  uint
}{
	{rObjectMode, 0}, {rErrorEmitted, 1}, {rAutoDestroy, 2}, {rEmitClose, 3}, {rDestroyed, 4}, {rClosed, 5},
	{rCloseEmitted, 6}, {rConstructed, 8}, {rEnded, 9}, {rEndEmitted, 10}, {rReading, 11}, {rSync, 12},
	{rNeedReadable, 13}, {rEmittedReadable, 14}, {rReadableListening, 15}, {rResumeScheduled, 16},
	{rMultiAwaitDrain, 17}, {rReadingMore, 18}, {rDataEmitted, 19}, {rHasFlowing, 23}, {rFlowing, 24},
	{rHasPaused, 25}, {rPaused, 26}, {rDataListening, 27},
}

var writableBits = []struct {
	flag wflags
	bit  uint
}{
	{wObjectMode, 0}, {wErrorEmitted, 1}, {wAutoDestroy, 2}, {wEmitClose, 3}, {wDestroyed, 4}, {wClosed, 5},
	{wCloseEmitted, 6}, {wConstructed, 8}, {wSync, 9}, {wFinalCalled, 10}, {wNeedDrain, 11}, {wEnding, 12},
	{wFinished, 13}, {wDecodeStrings, 14}, {wWriting, 15}, {wBufferProcessing, 16}, {wPrefinished, 17},
	{wAllBuffers, 18}, {wAllNoop, 19}, {wHasWritable, 21}, {wWritable, 22}, {wExpectCallback, 26},
	{wAfterWritePending, 28}, {wEnded, 30},
}

const (
	bitErrored          = 7 // of both
	bitReadableUTF8     = 20
	bitDecoder          = 21
	bitEncoding         = 22
	bitCorked           = 23
	bitWritableUTF8     = 24
	bitWriteCallback    = 25
	bitAfterWriteInfo   = 27
	bitWritableBuffered = 29
)

// ReadableBits is the number of _readableState.
func (s *Stream) ReadableBits() int32 {
	var n uint32
	for _, b := range readableBits {
		put(&n, b.bit, s.r.f.has(b.flag))
	}
	put(&n, bitErrored, s.r.errored != nil)
	put(&n, bitReadableUTF8, s.ReadableDefaultEncoding() == "utf8")
	put(&n, bitDecoder, s.ReadableEncoding() != "")
	put(&n, bitEncoding, s.ReadableEncoding() != "")
	return int32(n)
}

// WritableBits is the number of _writableState.
func (s *Stream) WritableBits() int32 {
	var n uint32
	for _, b := range writableBits {
		put(&n, b.bit, s.w.f.has(b.flag))
	}
	put(&n, bitErrored, s.w.errored != nil)
	put(&n, bitCorked, s.w.corked > 0)
	put(&n, bitWritableUTF8, s.WritableDefaultEncoding() == "utf8")
	put(&n, bitWriteCallback, s.w.cb != nil)
	put(&n, bitAfterWriteInfo, s.w.f.has(wAfterWritePending))
	put(&n, bitWritableBuffered, len(s.w.buffered) > 0)
	return int32(n)
}

func put(n *uint32, bit uint, v bool) {
	if v {
		*n |= 1 << bit
	}
}

// EventShape is the events that Node's constructors prepare, in order.
func (s *Stream) EventShape() []string {
	switch {
	case s.HasReadable() && s.HasWritable():
		return duplexShape
	case s.HasWritable():
		return writableShape
	}
	return readableShape
}

var (
	readableShape = []string{"close", "error", "data", "end", "readable"}
	writableShape = []string{"close", "error", "prefinish", "finish", "drain"}
	duplexShape   = []string{"close", "error", "prefinish", "finish", "drain", "data", "end", "readable"}
)
