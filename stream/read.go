package stream

import (
	"math/bits"
	"strconv"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// ReadAll as the size given to Read is read() without a size. Any other
// negative size is a negative number.
const ReadAll = -1

const maxHighWaterMark = 0x40000000

// Read is this.read(n): n bytes (one chunk in object mode), or the zero Chunk
// if there are not as many. n is ReadAll for what is there.
func (s *Stream) Read(n int) buffer.Chunk {
	if o := s.Override(events.MethodRead); o != nil {
		if n == ReadAll {
			return ToChunk(o.Call())
		}
		return ToChunk(o.Call(n))
	}
	return s.BaseRead(n)
}

// BaseRead is readable.read
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readablereadsize).
func (s *Stream) BaseRead(n int) buffer.Chunk {
	r := &s.r
	asked := n
	if n > r.hwm {
		r.hwm = s.raiseHighWaterMark(n)
	}
	if n != 0 {
		r.f.clear(rEmittedReadable)
	}

	// read(0) that has nothing to ask for, only tells that data is waiting.
	if n == 0 && r.f.has(rNeedReadable) && (r.f.has(rEnded) || r.hwm != 0 && r.length >= r.hwm || r.hwm == 0 && r.length > 0) {
		if r.length == 0 && r.f.has(rEnded) {
			s.endReadable()
		} else {
			s.emitReadable()
		}
		return buffer.Chunk{}
	}

	n = r.howMuchToRead(n)
	if n == 0 && r.f.has(rEnded) {
		if r.length == 0 {
			s.endReadable()
		}
		return buffer.Chunk{}
	}

	wanted := r.f.has(rNeedReadable) || r.length == 0 || r.length-n < r.hwm
	if wanted && r.f&(rEnded|rReading|rDestroyed|rConstructed) == rConstructed && r.errored == nil {
		r.f.set(rReading | rSync)
		if r.length == 0 {
			r.f.set(rNeedReadable)
		}
		if err, thrown := s.tryUnderRead(r.hwm); thrown {
			s.errorOrDestroy(err, false)
		}
		r.f.clear(rSync)
		if !r.f.has(rReading) {
			n = r.howMuchToRead(asked)
		}
	}

	var c buffer.Chunk
	if n > 0 {
		c = s.take(n)
	}
	if c.Kind == buffer.KindNone {
		if r.length <= r.hwm {
			r.f.set(rNeedReadable)
		}
		n = 0
	} else {
		r.length -= n
		r.await = nil
	}
	if r.length == 0 {
		if !r.f.has(rEnded) {
			r.f.set(rNeedReadable)
		}
		if (asked == ReadAll || asked != n) && r.f.has(rEnded) {
			s.endReadable()
		}
	}
	if c.Kind != buffer.KindNone && !r.f.has(rErrorEmitted|rCloseEmitted) {
		r.f.set(rDataEmitted)
		s.emitData(c)
	}
	return c
}

// take removes n bytes or units, or one object, from the queue.
func (s *Stream) take(n int) buffer.Chunk {
	r := &s.r
	if r.length == 0 || len(r.queue()) == 0 {
		return buffer.Chunk{}
	}
	if r.f.has(rObjectMode) {
		return r.shift()
	}
	return r.takeBytes(n, s.decoder() != nil)
}

// howMuchToRead is how much a read(n) takes from the queue as it stands.
func (r *readable) howMuchToRead(n int) int {
	switch {
	case n != ReadAll && n <= 0 || r.length == 0 && r.f.has(rEnded):
		return 0
	case r.f.has(rObjectMode):
		return 1
	case n == ReadAll:
		if r.f.has(rFlowing) && r.length > 0 {
			return chunkLen(r.buf[r.index])
		}
		return r.length
	case n <= r.length:
		return n
	case r.f.has(rEnded):
		return r.length
	}
	return 0
}

// raiseHighWaterMark returns the next power of two, so that single large reads
// do not make the mark creep.
func (s *Stream) raiseHighWaterMark(n int) int {
	if n > maxHighWaterMark {
		s.Throw(nodeerr.OutOfRange("size", "<= 1GiB", strconv.Itoa(n)))
	}
	return 1 << bits.Len(uint(n-1))
}

func (s *Stream) tryUnderRead(n int) (err error, thrown bool) {
	defer func() {
		if p := recover(); p != nil {
			err, thrown = s.Caught(p), true
		}
	}()
	s.underRead(n)
	return nil, false
}

func (s *Stream) underRead(n int) {
	if o := s.Override(events.MethodUnderRead); o != nil {
		o.Call(n)
		return
	}
	s.BaseUnderRead(n)
}

// BaseUnderRead is the built-in _read of s.
func (s *Stream) BaseUnderRead(n int) {
	switch {
	case s.caps&capRead != 0:
		s.impl.(Reader).ReadImpl(n)
	case s.kind != kindPlain:
		s.TransformRead()
	default:
		s.Throw(nodeerr.MethodNotImplemented("_read()"))
	}
}
