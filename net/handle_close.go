package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

type shutdownRequest struct {
	loop.Request
	done func(Status)
	st   Status
}

// Run is the call-out of a finished shutdown.
func (r *shutdownRequest) Run() { r.done(r.st) }

// Shutdown is uv_shutdown: once what was written has left it sends FIN and calls
// done. ENOTCONN, and no call, if the handle is not connected or was shut down
// before.
func (h *Handle) Shutdown(done func(Status)) Status {
	if l := h.Layer(); l != nil {
		return l.Shutdown(done)
	}
	return h.shutdown(done)
}

func (h *Handle) shutdown(done func(Status)) Status {
	if !h.has(hWritable) || h.flags&(hShutting|hShut|hClosing) != 0 {
		return -Status(unix.ENOTCONN)
	}
	r := &shutdownRequest{done: done}
	r.Owner = r
	r.StartFor(&h.Handle, "ShutdownWrap")
	h.more().shutdown = r
	h.flags |= hShutting
	h.flags &^= hWritable
	if !h.waiting() {
		h.feed()
	}
	return OK
}

// drained follows the last queued write.
func (h *Handle) drained() {
	if h.extra == nil || h.extra.shutdown == nil {
		return
	}
	r := h.extra.shutdown
	h.extra.shutdown = nil
	h.flags &^= hShutting
	if r.st = statusOf(unix.Shutdown(int(h.fd), unix.SHUT_WR)); !r.st.Failed() {
		h.flags |= hShut
	}
	r.Request.Done()
	r.Callback(r)
}

// Close is uv_close: the descriptor is closed at once; what is under way ends
// with Canceled, and then done (which may be nil) is called, in the closing
// phase. Closing twice is allowed; only the first done is called.
func (h *Handle) Close(done func()) {
	if h.has(hClosing) {
		return
	}
	h.flags |= hClosing
	if x := h.extra; x != nil && x.onClose != nil {
		x.onClose()
	}
	h.flags &^= hReading | hWanted | hListening | hReadable | hWritable
	h.activity()
	h.Handle.Shut()
	h.watch.Close()
	if h.fd >= 0 {
		if h.fd > 2 {
			_ = unix.Close(int(h.fd))
		}
		h.fd = -1
	}
	// The last task queued is the first to run.
	l := h.Loop()
	l.QueueClose(&closeCall{h, done})
	h.closeLayer()
	if h.queue != nil {
		l.QueueClose((*cancelWriteCall)(h))
	}
	x := h.extra
	if x == nil {
		return
	}
	if x.path != "" && !x.shared {
		_ = unix.Unlink(x.path)
	}
	for _, fd := range x.fds {
		_ = unix.Close(fd)
	}
	x.fds = nil
	if x.spare >= 0 {
		_ = unix.Close(x.spare)
		x.spare = -1
	}
	if r := x.shutdown; r != nil {
		x.shutdown = nil
		r.st = Canceled
		l.QueueClose(loop.Func(func() { r.Request.Done(); r.Callback(r) }))
	}
	if r := x.connect; r != nil {
		x.connect = nil
		l.QueueClose(loop.Func(func() { r.Request.Done(); r.Callback(loop.Func(func() { r.done(Canceled) })) }))
	}
}

// Reset is uv_tcp_close_reset: Close with RST in the place of FIN. EINVAL, and no
// close, while a shutdown is under way.
func (h *Handle) Reset(done func()) Status {
	if h.has(hShutting) || h.fd < 0 {
		return -Status(unix.EINVAL)
	}
	if err := unix.SetsockoptLinger(int(h.fd), unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1}); err != nil {
		return statusOf(err)
	}
	h.Close(done)
	return OK
}

type closeCall struct {
	h    *Handle
	done func()
}

// Run is the close callback.
func (c *closeCall) Run() {
	c.h.flags |= hClosed
	c.h.reader, c.h.consumer, c.h.Handle.Owner = nil, nil, nil
	if c.done != nil {
		c.h.Handle.Callback(loop.Func(c.done))
	}
	c.h.End()
}

type cancelWriteCall Handle

// Run tells the writes that the close has cut off.
func (c *cancelWriteCall) Run() { (*Handle)(c).cancelWrites(Canceled) }
