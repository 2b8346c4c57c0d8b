package stream

import (
	"unsafe"

	"github.com/spindle-js/spindle/nodeerr"
)

// afterWriteTick calls back writes that completed within _write. Consecutive
// writes with one callback share a tick.
type afterWriteTick struct {
	s     *Stream
	cb    func(error)
	count int
}

func (t *afterWriteTick) Run() {
	t.s.w.tick = nil
	t.s.afterWrite(t.count, t.cb)
}

// plainAfterWriteTick is the same for a write without a callback.
type plainAfterWriteTick Stream

func (t *plainAfterWriteTick) Run() { (*Stream)(t).afterWrite(1, nil) }

// onwrite is the callback of _write and _writev.
func (s *Stream) onwrite(err error) {
	w := &s.w
	if !w.f.has(wExpectCallback) {
		s.errorOrDestroy(nodeerr.MultipleCallback(), false)
		return
	}
	sync, cb := w.f.has(wSync), w.cb
	w.cb = nil
	w.f.clear(wWriting | wExpectCallback)
	w.length -= w.writelen
	w.writelen = 0
	if err != nil {
		if w.errored == nil {
			w.errored = err
		}
		if s.HasReadable() && s.r.errored == nil {
			s.r.errored = err
		}
		if sync {
			s.loop.NextTickFunc(func() { s.onwriteError(err, cb) })
		} else {
			s.onwriteError(err, cb)
		}
		return
	}
	if len(w.buffered) > int(w.index) {
		s.clearBuffer()
	}
	if !sync {
		s.afterWrite(1, cb)
		return
	}
	if cb != nil {
		if t := w.tick; t != nil && sameFunc(t.cb, cb) {
			t.count++
			return
		}
		w.tick = &afterWriteTick{s, cb, 1}
		w.f.set(wAfterWritePending)
		s.loop.NextTick(w.tick)
		return
	}
	// In object mode Node 24 always takes the tick.
	tick := w.f.has(wObjectMode) || w.f.has(wNeedDrain) && w.length == 0
	if tick && !w.f.has(wAfterWritePending) {
		w.f.set(wAfterWritePending)
		s.loop.NextTick((*plainAfterWriteTick)(s))
		return
	}
	w.pending--
	if w.f.has(wEnding) {
		s.finishMaybe(true)
	}
}

// sameFunc reports whether a and b are the same function value, as === does
// for functions: Go's == cannot, and reflect tells only the code.
func sameFunc(a, b func(error)) bool {
	return *(*unsafe.Pointer)(unsafe.Pointer(&a)) == *(*unsafe.Pointer)(unsafe.Pointer(&b))
}

func (s *Stream) onwriteError(err error, cb func(error)) {
	s.w.pending--
	if cb != nil {
		cb(err)
	}
	s.errorBuffer()
	s.errorOrDestroy(err, false)
}

func (s *Stream) afterWrite(count int, cb func(error)) {
	w := &s.w
	w.f.clear(wAfterWritePending)
	if w.f&(wEnding|wNeedDrain|wDestroyed) == wNeedDrain && w.length == 0 {
		w.f.clear(wNeedDrain)
		s.Emit("drain")
	}
	for ; count > 0; count-- {
		w.pending--
		if cb != nil {
			cb(nil)
		}
	}
	if w.f.has(wDestroyed) {
		s.errorBuffer()
	}
	if w.f.has(wEnding) {
		s.finishMaybe(true)
	}
}

type errorBufferTick Stream

func (t *errorBufferTick) Run() { (*Stream)(t).errorBuffer() }

// errorBuffer fails what is still buffered and the callbacks of end.
func (s *Stream) errorBuffer() {
	w := &s.w
	if w.f.has(wWriting) {
		return
	}
	for i := int(w.index); i < len(w.buffered); i++ {
		q := w.buffered[i]
		w.length -= s.writeLen(q.Chunk)
		if q.Callback != nil {
			q.Callback(w.failure("write"))
		}
	}
	s.callFinished(w.failure("end"))
	w.resetBuffer(false)
}

// failure is the error that pending callbacks get.
func (w *writable) failure(call string) error {
	if w.errored != nil {
		return w.errored
	}
	return nodeerr.StreamDestroyed(call)
}
