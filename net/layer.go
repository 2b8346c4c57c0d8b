package net

import "golang.org/x/sys/unix"

// Layer lies between a handle's stream and the system's: what the system reads
// goes to it, and what the stream writes. It is how TLS runs below a Socket
// without the Socket, or what runs above it, knowing. All its methods are called
// on the loop's goroutine.
type Layer interface {
	// Input gets what was read from the system, or how the reading ended; it
	// hands its own stream on with Handle.Deliver. p is valid until it returns.
	Input(p []byte, st Status)
	// Write takes all of bufs and reports whether everything has left; if not,
	// Queue follows at once with the same bytes.
	Write(bufs [][]byte) (sent bool, st Status)
	// Queue calls done when the bytes that Write took have left.
	Queue(done func(Status))
	// Shutdown ends the stream and then calls RawShutdown. It has the contract of
	// Handle.Shutdown.
	Shutdown(done func(Status)) Status
	// ReadStarted follows ReadStart: what waits may be delivered, in a later
	// call-out.
	ReadStarted()
	// KeepsReading reports whether the layer needs the system's bytes although
	// the stream does not read.
	KeepsReading() bool
	// Closed follows Close.
	Closed()
}

// SetLayer puts a layer into a handle; nil takes it out.
func (h *Handle) SetLayer(l Layer) {
	if l != nil || h.extra != nil {
		h.more().layer = l
	}
}

// SetConnected makes a handle without a descriptor count as connected: its layer
// moves the bytes by other means.
func (h *Handle) SetConnected() { h.flags |= hReadable | hWritable }

// Layer returns what SetLayer was given, nil for none.
func (h *Handle) Layer() Layer {
	if h.extra == nil {
		return nil
	}
	return h.extra.layer
}

// input takes what the system has read.
func (h *Handle) input(p []byte, st Status) {
	if l := h.Layer(); l != nil {
		l.Input(p, st)
		return
	}
	h.deliver(p, st)
}

// RawWrite is Write past the layer: it takes p, which belongs to the handle
// until done is called. sent reports that all has left; then done is not called.
func (h *Handle) RawWrite(p []byte, done func(Status)) (sent bool, st Status) {
	n, st := h.rawTryWrite(p)
	if st.Failed() || n == len(p) {
		return !st.Failed(), st
	}
	r := &writeRequest{done: done}
	r.one[0] = p[n:]
	r.bufs = r.one[:]
	h.enqueue(r, len(p)-n)
	return false, OK
}

// RawShutdown is Shutdown past the layer.
func (h *Handle) RawShutdown(done func(Status)) Status { return h.shutdown(done) }

// RawReadStart makes the system's bytes come in although the stream does not
// read: a layer needs them for itself.
func (h *Handle) RawReadStart() Status {
	if h.has(hClosing) {
		return -Status(unix.EINVAL)
	}
	if !h.has(hReadable) {
		return -Status(unix.ENOTCONN)
	}
	if h.fd >= 0 {
		h.flags |= hReading
		h.activity()
		h.interest()
	}
	return OK
}

// RawReadStop ends RawReadStart.
func (h *Handle) RawReadStop() {
	if h.fd >= 0 {
		h.flags &^= hReading
		h.activity()
		h.interest()
	}
}

func (h *Handle) closeLayer() {
	if l := h.Layer(); l != nil {
		l.Closed()
	}
}

// ReadsInto reports whether the reader has memory of its own for what comes.
func (h *Handle) ReadsInto() bool {
	if h.consumer != nil {
		return false
	}
	b, ok := h.reader.(BufferProvider)
	return ok && b.OwnBuffer()
}

// PlainBuffer returns the memory that the reader wants what a layer delivers in,
// the loop's read buffer where it has no wish.
func (h *Handle) PlainBuffer() []byte {
	if h.consumer == nil {
		if b, ok := h.reader.(BufferProvider); ok {
			if p := b.ReadInto(); len(p) > 0 {
				return p
			}
		}
	}
	return h.Loop().ReadBuffer()
}
