package stream

// rflags are the booleans of a readable half, named as _readableState names
// them.
type rflags uint32

const (
	rObjectMode rflags = 1 << iota
	rEnded
	rEndEmitted
	rReading
	rConstructed
	rSync
	rNeedReadable
	rEmittedReadable
	rReadableListening
	rResumeScheduled
	rErrorEmitted
	rEmitClose
	rAutoDestroy
	rDestroyed
	rClosed
	rCloseEmitted
	rMultiAwaitDrain
	rReadingMore
	rDataEmitted
	rHasFlowing // flowing is not null
	rFlowing
	rHasPaused // paused is not null
	rPaused
	rDataListening // on('data') was called and a listener may still be there
	rHasReadable   // the property readable was set
	rReadable
	rPresent // the stream has a readable half
)

// wflags are the booleans of a writable half, named as _writableState names
// them.
type wflags uint32

const (
	wObjectMode wflags = 1 << iota
	wFinalCalled
	wNeedDrain
	wEnding
	wEnded
	wFinished
	wDestroyed
	wDecodeStrings
	wWriting
	wSync
	wBufferProcessing
	wConstructed
	wPrefinished
	wErrorEmitted
	wEmitClose
	wAutoDestroy
	wClosed
	wCloseEmitted
	wAllBuffers
	wAllNoop
	wExpectCallback    // _write has not called back yet
	wAfterWritePending // an afterWrite tick for callers without a callback is queued
	wHasWritable       // the property writable was set
	wWritable
	wPresent // the stream has a writable half
)

func (f rflags) has(x rflags) bool { return f&x != 0 }
func (f *rflags) set(x rflags)     { *f |= x }
func (f *rflags) clear(x rflags)   { *f &^= x }

func (f *rflags) put(x rflags, v bool) {
	if v {
		*f |= x
	} else {
		*f &^= x
	}
}

func (f wflags) has(x wflags) bool { return f&x != 0 }
func (f *wflags) set(x wflags)     { *f |= x }
func (f *wflags) clear(x wflags)   { *f &^= x }

func (f *wflags) put(x wflags, v bool) {
	if v {
		*f |= x
	} else {
		*f &^= x
	}
}
