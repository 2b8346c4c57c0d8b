package stream

import (
	"unsafe"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/nodeerr"
)

// Completer is the callback of a write that is an object, which needs no
// function made for it. AfterWrite is where it keeps what calls it back.
type Completer interface {
	Written(err error)
	AfterWrite() *AfterWrite
}

// WriteFor is the built-in write of bytes with to as its callback.
func (s *Stream) WriteFor(p []byte, to Completer) bool {
	ok, _ := s.write(buffer.Bytes(p), "", to)
	return ok
}

// callback is the callback of a write, nil for none: a funcCallback or a
// Completer.
type callback interface{ Written(err error) }

type funcCallback func(error)

// Written calls f.
func (f funcCallback) Written(err error) { f(err) }

func callbackOf(f func(error)) callback {
	if f == nil {
		return nil
	}
	return funcCallback(f)
}

func funcOf(cb callback) func(error) {
	switch x := cb.(type) {
	case nil:
		return nil
	case funcCallback:
		return x
	}
	return cb.Written
}

// AfterWrite calls back writes that completed within _write, in a tick.
// Consecutive writes with one callback share a tick.
type AfterWrite struct {
	s     *Stream
	cb    callback
	count int
}

// Run is the tick.
func (t *AfterWrite) Run() {
	s, cb, n := t.s, t.cb, t.count
	s.w.tick, t.cb = nil, nil
	s.afterWrite(n, cb)
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
		if t := w.tick; t != nil && sameCallback(t.cb, cb) {
			t.count++
			return
		}
		var t *AfterWrite
		if c, ok := cb.(Completer); ok {
			t = c.AfterWrite()
		} else {
			t = new(AfterWrite)
		}
		*t = AfterWrite{s, cb, 1}
		w.tick = t
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

// sameCallback reports whether a and b are the same function value, as === does
// for functions: Go's == cannot, and reflect tells only the code.
func sameCallback(a, b callback) bool {
	x, ok := a.(funcCallback)
	y, _ := b.(funcCallback)
	return ok && *(*unsafe.Pointer)(unsafe.Pointer(&x)) == *(*unsafe.Pointer)(unsafe.Pointer(&y))
}

func (s *Stream) onwriteError(err error, cb callback) {
	s.w.pending--
	if cb != nil {
		cb.Written(err)
	}
	s.errorBuffer()
	s.errorOrDestroy(err, false)
}

func (s *Stream) afterWrite(count int, cb callback) {
	w := &s.w
	w.f.clear(wAfterWritePending)
	if w.f&(wEnding|wNeedDrain|wDestroyed) == wNeedDrain && w.length == 0 {
		w.f.clear(wNeedDrain)
		s.Emit("drain")
	}
	for ; count > 0; count-- {
		w.pending--
		if cb != nil {
			cb.Written(nil)
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
