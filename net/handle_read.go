package net

import (
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// readsPerEvent is how many full buffers one readiness may bring, so that a fast
// peer cannot keep the loop for itself. libuv has the same number.
const readsPerEvent = 32

// ReadStart makes the handle read whenever there is something. Doing it twice
// is allowed. ENOTCONN before the connect, EINVAL after Close.
func (h *Handle) ReadStart() Status {
	if h.has(hClosing) {
		return -Status(unix.EINVAL)
	}
	if !h.has(hReadable) {
		return -Status(unix.ENOTCONN)
	}
	h.flags |= hReading | hWanted
	if h.fd >= 0 {
		h.activity()
		h.interest()
	}
	if l := h.Layer(); l != nil {
		l.ReadStarted()
	}
	return OK
}

// ReadStop ends the reading, also in the middle of the bytes that are ready.
func (h *Handle) ReadStop() Status {
	if !h.has(hWanted) {
		return OK
	}
	h.flags &^= hReading | hWanted
	if l := h.Layer(); l != nil && l.KeepsReading() {
		h.flags |= hReading
	}
	if h.fd >= 0 {
		h.activity()
		h.interest()
	}
	return OK
}

// Reading is handle.reading: whether the handle is between ReadStart and
// ReadStop. It stays so when EOF or an error has ended the reading.
func (h *Handle) Reading() bool { return h.has(hWanted) }

// BufferProvider is a Reader that wants the bytes in memory of its own: the
// next read goes into what ReadInto returns, where nil means the loop's buffer.
// OwnBuffer reports whether there is such memory, without asking for it.
type BufferProvider interface {
	ReadInto() []byte
	OwnBuffer() bool
}

// readReady reads until a read leaves room in the buffer: then there is nothing
// more now, which saves the read that would say so.
func (h *Handle) readReady(ev loop.Events) {
	for range readsPerEvent {
		p := h.readBuffer()
		n, e := sysRead(int(h.fd), p)
		switch {
		case e == syscall.EAGAIN:
			return
		case e != 0:
			h.readEnded(-Status(e))
			return
		case n == 0:
			h.readEnded(EOF)
			return
		}
		if h.Layer() == nil {
			h.BytesRead += uint64(n)
		}
		h.input(p[:n], OK)
		if !h.has(hReading) || h.Loop().Stopping() {
			return
		}
		if n < len(p) {
			h.hungUp(ev)
			return
		}
	}
}

// hungUp follows a read that did not fill its buffer.
func (h *Handle) hungUp(ev loop.Events) {
	// Both directions are shut and the buffer was not filled: there is no more.
	if ev&loop.Hangup != 0 {
		h.readEnded(EOF)
	}
}

func (h *Handle) readBuffer() []byte {
	if h.consumer == nil && h.Layer() == nil {
		if b, ok := h.reader.(BufferProvider); ok {
			if p := b.ReadInto(); len(p) > 0 {
				return p
			}
		}
	}
	return h.Loop().ReadBuffer()
}

func (h *Handle) readEnded(st Status) {
	h.flags &^= hReading
	h.activity()
	h.interest()
	h.input(nil, st)
}

// Deliver gives the reader what a consumer does not take.
func (h *Handle) Deliver(p []byte, st Status) { h.deliver(p, st) }

func (h *Handle) deliver(p []byte, st Status) {
	switch {
	case h.consumer != nil:
		h.consumer.OnConsume(h, p, st)
	case h.reader != nil:
		c := &h.env.read
		c.h, c.p, c.st = h, p, st
		h.Handle.Callback(c)
	}
}

// readCall is the call-out of one read. A loop needs only one: reads do not
// nest.
type readCall struct {
	h  *Handle
	p  []byte
	st Status
}

func (c *readCall) Run() {
	h, p := c.h, c.p
	c.h, c.p = nil, nil
	h.reader.OnRead(h, p, c.st)
}
