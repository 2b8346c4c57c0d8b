package net

import (
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// writeQueue is what the system has not taken yet, and what it has taken but
// the writer has not been told.
type writeQueue struct {
	head, tail *writeRequest
	done       *writeRequest // finished, to be told
	doneTail   *writeRequest
	size       int // bytes from head on
}

// writeRequest is one Write that could not finish at once.
type writeRequest struct {
	loop.Request
	next *writeRequest
	bufs [][]byte // not written yet
	one  [1][]byte
	done func(Status)
	st   Status
	pass int32 // a descriptor to send with the first byte, plus one; 0 for none
}

// Run is the call-out of a finished request.
func (r *writeRequest) Run() { r.done(r.st) }

// waiting reports whether writes wait for the system.
func (h *Handle) waiting() bool { return h.queue != nil && h.queue.head != nil }

// WriteQueueSize is the number of bytes given to Write that the system has not
// taken.
func (h *Handle) WriteQueueSize() int {
	if l, ok := h.Layer().(interface{ QueueSize() int }); ok {
		return l.QueueSize()
	}
	if h.queue == nil {
		return 0
	}
	return h.queue.size
}

func (h *Handle) notWritable() Status {
	switch {
	case h.has(hClosing) || h.fd < 0:
		return -Status(unix.EBADF)
	case !h.has(hWritable) && !h.Connecting():
		return -Status(unix.EPIPE)
	}
	return -Status(unix.EAGAIN)
}

// Write writes p: with one system call and no allocation when nothing waits and
// the system takes it all. Then async is false, and so it is on an error; done is
// not called. Otherwise the rest of p belongs to the handle until done is called
// with the outcome, Canceled after Close.
func (h *Handle) Write(p []byte, done func(Status)) (async bool, st Status) {
	n, st := h.tryWrite(p)
	if st.Failed() || n == len(p) {
		return false, st
	}
	h.queueRest(p[n:], done)
	return true, OK
}

// Writev is Write for several buffers at once. bufs is the handle's until done
// is called, or until it returns with async false.
func (h *Handle) Writev(bufs [][]byte, done func(Status)) (async bool, st Status) {
	rest, st := h.tryWritev(bufs)
	if st.Failed() || len(rest) == 0 {
		return false, st
	}
	h.queueRestv(rest, done)
	return true, OK
}

// tryWrite writes what the system takes at once; queueRest must follow for the
// rest.
func (h *Handle) tryWrite(p []byte) (int, Status) {
	if l := h.Layer(); l != nil {
		sent, st := l.Write([][]byte{p})
		if st.Failed() || !sent {
			return 0, st
		}
		return len(p), OK
	}
	n, st := h.rawTryWrite(p)
	h.BytesWritten += uint64(n)
	return n, st
}

func (h *Handle) rawTryWrite(p []byte) (int, Status) {
	if !h.has(hWritable) || h.waiting() {
		if st := h.notWritable(); st != -Status(unix.EAGAIN) {
			return 0, st
		}
		return 0, OK
	}
	n, e := sysWrite(int(h.fd), p)
	if h.has(hBlocking) {
		n, e = h.writeAll(p, n, e)
	}
	if e == syscall.EAGAIN {
		return 0, OK
	} else if e != 0 {
		return 0, -Status(e)
	}
	return n, OK
}

// writeAll goes on with a write of a blocking handle until all of p is written.
// The descriptor itself does not block: it waits by poll(2).
func (h *Handle) writeAll(p []byte, n int, e syscall.Errno) (int, syscall.Errno) {
	done := 0
	for {
		switch e {
		case 0:
			if done += n; done == len(p) {
				return done, 0
			}
		case syscall.EAGAIN:
			fds := []unix.PollFd{{Fd: h.fd, Events: unix.POLLOUT}}
			if _, err := unix.Poll(fds, -1); err != nil && err != unix.EINTR {
				return done, errnoOf(err)
			}
		default:
			return done, e
		}
		n, e = sysWrite(int(h.fd), p[done:])
	}
}

// tryWritev is tryWrite for several buffers, which it changes; it returns what
// is left of them.
func (h *Handle) tryWritev(bufs [][]byte) ([][]byte, Status) {
	if l := h.Layer(); l != nil {
		sent, st := l.Write(bufs)
		if st.Failed() || !sent {
			return bufs, st
		}
		return nil, OK
	}
	if !h.has(hWritable) || h.waiting() {
		if st := h.notWritable(); st != -Status(unix.EAGAIN) {
			return bufs, st
		}
		return bufs, OK
	}
	for len(bufs) > 0 {
		n, e := h.writev(bufs)
		if e == syscall.EAGAIN && h.has(hBlocking) {
			n, e = h.writeAll(bufs[0], 0, e)
		}
		if e == syscall.EAGAIN {
			break
		} else if e != 0 {
			return bufs, -Status(e)
		}
		h.BytesWritten += uint64(n)
		before := len(bufs)
		if bufs = advance(bufs, n); before <= maxIOV && !h.has(hBlocking) {
			break
		}
	}
	return bufs, OK
}

func (h *Handle) writev(bufs [][]byte) (int, syscall.Errno) {
	if len(bufs) == 1 {
		return sysWrite(int(h.fd), bufs[0])
	}
	h.env.iov = gather(bufs, h.env.iov)
	n, e := sysWritev(int(h.fd), h.env.iov)
	clear(h.env.iov)
	return n, e
}

func (h *Handle) queueRest(p []byte, done func(Status)) {
	if l := h.Layer(); l != nil {
		l.Queue(done)
		return
	}
	r := &writeRequest{done: done}
	r.one[0] = p
	r.bufs = r.one[:]
	h.BytesWritten += uint64(len(p))
	h.enqueue(r, len(p))
}

func (h *Handle) queueRestv(bufs [][]byte, done func(Status)) {
	if l := h.Layer(); l != nil {
		l.Queue(done)
		return
	}
	n := 0
	for _, b := range bufs {
		n += len(b)
	}
	h.BytesWritten += uint64(n)
	h.enqueue(&writeRequest{done: done, bufs: bufs}, n)
}

// advance takes n written bytes off the front of bufs.
func advance(bufs [][]byte, n int) [][]byte {
	for len(bufs) > 0 {
		if n < len(bufs[0]) { // empty ones are taken off
			bufs[0] = bufs[0][n:]
			return bufs
		}
		n -= len(bufs[0])
		bufs[0] = nil
		bufs = bufs[1:]
	}
	return bufs
}

func (h *Handle) enqueue(r *writeRequest, size int) {
	if h.queue == nil {
		h.queue = &writeQueue{}
	}
	q := h.queue
	q.size += size
	if q.head == nil {
		q.head = r
	} else {
		q.tail.next = r
	}
	q.tail = r
	r.Owner = r
	r.StartFor(&h.Handle, "WriteWrap")
	h.interest()
}

// writesPerEvent bounds the system calls of one readiness, as in libuv.
const writesPerEvent = 32

// writeReady goes on with the queue and tells what is done. When nothing waits
// any more a shutdown that waited for it follows.
func (h *Handle) writeReady() {
	h.flush()
	h.tellWrites()
	if h.fd >= 0 && !h.waiting() {
		h.interest()
		h.drained()
	}
}

func (h *Handle) flush() {
	q := h.queue
	if q == nil {
		return
	}
	for range writesPerEvent {
		r := q.head
		if r == nil {
			return
		}
		var n int
		var e syscall.Errno
		if r.pass == 0 {
			n, e = h.writev(r.bufs)
		} else if n, e = sysSendFD(int(h.fd), r.bufs[0], int(r.pass-1)); e == 0 {
			r.pass = 0
		}
		switch {
		case e == syscall.EAGAIN:
			return
		case e != 0:
			r.st = -Status(e)
			n = 0
			for _, b := range r.bufs {
				n += len(b)
			}
			r.bufs = nil
		default:
			r.bufs = advance(r.bufs, n)
		}
		q.size -= n
		if len(r.bufs) == 0 {
			q.finish(r)
		}
	}
}

// finish moves the head of the queue to those that are to be told.
func (q *writeQueue) finish(r *writeRequest) {
	q.head = r.next
	r.next = nil
	if q.head == nil {
		q.tail = nil
	}
	if q.done == nil {
		q.done = r
	} else {
		q.doneTail.next = r
	}
	q.doneTail = r
}

// tellWrites makes one call-out for each finished request.
func (h *Handle) tellWrites() {
	for q := h.queue; q != nil && q.done != nil; {
		r := q.done
		q.done = r.next
		r.Request.Done()
		if q.done == nil && q.head == nil {
			h.queue = nil
		}
		r.Callback(r)
		if h.queue != q { // the writer has begun a new one
			return
		}
	}
}

// cancelWrites ends everything that waits with st.
func (h *Handle) cancelWrites(st Status) {
	q := h.queue
	if q == nil {
		return
	}
	for q.head != nil {
		r := q.head
		r.st, r.bufs = st, nil
		q.finish(r)
	}
	q.size = 0
	h.tellWrites()
}

// feed makes the loop look at the handle in the pending phase, as libuv's
// uv__io_feed.
func (h *Handle) feed() {
	if !h.has(hFed) {
		h.flags |= hFed
		h.Loop().QueuePending((*fedHandle)(h))
	}
}

type fedHandle Handle

// Run is a look of the pending phase.
func (f *fedHandle) Run() {
	h := (*Handle)(f)
	h.flags &^= hFed
	switch {
	case h.has(hClosing):
	case h.Connecting():
		h.connectReady()
	default:
		h.writeReady()
	}
}
