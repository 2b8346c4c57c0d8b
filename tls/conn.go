package tls

import (
	"context"
	stdtls "crypto/tls"
	"errors"
	"io"

	"syscall"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// transport carries ciphertext: a handle past its layer, or a stream.
type transport interface {
	RawWrite(p []byte, done func(net.Status)) (sent bool, st net.Status)
	RawShutdown(done func(net.Status)) net.Status
	RawReadStart() net.Status
}

// conn is one side of a TLS connection as a layer of a handle.
type conn struct {
	h      *net.Handle
	below  transport
	loop   *loop.Loop
	mem    *memory
	tls    *stdtls.Conn
	cancel context.CancelFunc

	onNeed   func()      // data is to be sent and the handshake has not begun
	onSecure func()      // the handshake is over
	onError  func(error) // it failed, or the connection did later
	refusal  func(error) []byte

	started, secure, closed, failed bool
	pumping, pumpQueued             bool
	pending                         []*write
	last                            *write // the write that Queue will complete
	shutdown                        func(net.Status)
	queued                          int // bytes of plaintext whose writes have not ended
	kept                            int // Hold calls that Release has not followed
	sawInput                        bool
	head                            []byte // the first bytes that came
	headLimit                       int    // how many of them are kept
	handshake                       context.Context
	plain, into                     []byte   // see read
	after                           []func() // what a read has found besides bytes
}

// write is plaintext that waits for the handshake, or ciphertext for the system.
type write struct {
	bufs [][]byte
	done func(net.Status)
	sent bool // all has left
	size int  // bytes of plaintext
}

func (w *write) finish(st net.Status) {
	if w.done != nil {
		w.done(st)
	}
}

// newConn makes the layer and puts it into the handle.
func newConn(h *net.Handle, below transport, l *loop.Loop) *conn {
	c := &conn{h: h, below: below, loop: l, headLimit: 8}
	c.mem = newMemory(func() { l.Post(c.flushNow) })
	h.SetLayer(c)
	return c
}

// start begins the handshake. make is given the transport for crypto/tls.
func (c *conn) start(build func(*memory) *stdtls.Conn) {
	if c.started || c.closed {
		return
	}
	c.started = true
	ctx, cancel := context.WithCancel(context.Background())
	c.handshake, c.cancel = ctx, cancel
	c.tls = build(c.mem)
	c.below.RawReadStart()
	t := c.tls
	if c.fdless() { // no descriptor keeps the loop alive while the handshake computes
		c.mem.idle = func() { c.loop.Post(c.release) }
		c.keep()
	}
	go func() {
		err := t.HandshakeContext(ctx)
		c.mem.unblock()
		c.loop.Post(func() { c.handshakeDone(err) })
	}()
}

// keep and release bracket the time that the handshake computes.
func (c *conn) keep() {
	c.kept++
	c.loop.Hold()
}

func (c *conn) release() {
	if c.kept > 0 {
		c.kept--
		c.loop.Release()
	}
}

// woken follows input that a blocked handshake waited for.
func (c *conn) woken(woke bool) {
	if woke && c.fdless() && !c.closed {
		c.keep()
	}
}

func (c *conn) handshakeDone(err error) {
	c.cancel()
	for c.kept > 0 {
		c.release()
	}
	c.mem.idle = nil
	if c.closed {
		return
	}
	if err != nil {
		c.failed = true
		var own *callbackError
		if errors.As(err, &own) {
			c.mem.take() // the program refused: the peer hears nothing of why
		} else if answer := c.refusal(err); answer != nil {
			c.mem.take()
			c.below.RawWrite(answer, func(net.Status) {})
		} else {
			c.flush(nil)
		}
		c.onError(err)
		return
	}
	c.secure = true
	c.onSecure() // the peer may be refused before it hears that all is well
	if c.closed {
		return
	}
	c.flush(nil)
	c.sendPending()
	if !c.h.Reading() && !c.closed {
		if !c.fdless() {
			c.h.RawReadStop() // what the handshake started
		}
	}
	c.pump()
}

func (c *conn) sendPending() {
	for len(c.pending) > 0 && !c.closed && c.secure {
		w := c.pending[0]
		c.pending = c.pending[1:]
		sent, st := c.encrypt(w.bufs, w)
		if sent || st.Failed() {
			c.h.Callback(loop.Func(func() { w.finish(st) }))
		}
	}
	if f := c.shutdown; f != nil && !c.closed {
		c.shutdown = nil
		if st := c.closeWrite(f); st.Failed() {
			c.h.Callback(loop.Func(func() { f(st) }))
		}
	}
}

// Input implements net.Layer.
func (c *conn) Input(p []byte, st net.Status) {
	switch {
	case len(p) > 0:
		if room := c.headLimit - len(c.head); room > 0 && !c.secure {
			c.head = append(c.head, p[:min(len(p), room)]...)
		}
		c.sawInput = true
		c.woken(c.mem.append(p))
	case st == net.EOF:
		c.woken(c.mem.finish(io.EOF))
	default:
		c.woken(c.mem.finish(statusError(st)))
	}
	if c.secure {
		c.pump()
	} else if len(p) == 0 && !c.started {
		c.h.Deliver(nil, st)
	}
}

type statusErr net.Status

func statusError(st net.Status) error { return statusErr(st) }

func (e statusErr) Error() string { return "read " + net.Status(e).Errno().Error() }

// pump decrypts as long as the stream reads.
func (c *conn) pump() {
	if c.pumping || !c.secure {
		return
	}
	c.pumping = true
	defer func() { c.pumping = false }()
	for c.h.Reading() && !c.closed && !c.failed && !c.loop.Stopping() {
		_, err := c.read()
		var temporary wouldBlock
		var failed statusErr
		switch {
		case err == nil:
		case errors.As(err, &temporary):
			return
		case errors.Is(err, io.EOF):
			c.failed = true
			c.h.Deliver(nil, net.EOF)
			return
		case errors.As(err, &failed):
			c.failed = true
			c.h.Deliver(nil, net.Status(failed))
			return
		default:
			c.failed = true
			c.h.Callback(loop.Func(func() { c.onError(err) }))
			return
		}
	}
}

// read decrypts what there is and hands it on. A reader with memory of its own is
// asked for it only once there is something to put there.
func (c *conn) read() (int, error) {
	buf, own := c.plain, c.h.ReadsInto()
	if !own {
		buf = c.h.PlainBuffer()
	} else if buf == nil {
		buf = make([]byte, 16<<10)
		c.plain = buf
	}
	n, err := c.tls.Read(buf)
	c.flush(nil)
	for len(c.after) > 0 && !c.closed {
		f := c.after[0]
		c.after = c.after[1:]
		c.h.Callback(loop.Func(f))
	}
	c.h.BytesRead += uint64(n)
	if !own {
		if n > 0 && !c.closed {
			c.h.Deliver(buf[:n], net.OK)
		}
		return n, err
	}
	for left := buf[:n]; len(left) > 0 && !c.closed; {
		if c.into == nil {
			c.into = c.h.PlainBuffer()
		}
		k := copy(c.into, left)
		left = left[k:]
		c.h.Deliver(c.into[:k], net.OK)
		if c.into = nil; !c.closed { // Node asks for the next memory at once
			c.into = c.h.PlainBuffer()
		}
	}
	return n, err
}

// ReadStarted implements net.Layer.
func (c *conn) ReadStarted() {
	if c.fdless() {
		c.below.RawReadStart()
	}
	if !c.secure || c.pumpQueued || c.pumping {
		return
	}
	c.pumpQueued = true
	c.loop.NextTickFunc(func() {
		c.pumpQueued = false
		c.pump()
	})
}

// KeepsReading implements net.Layer.
func (c *conn) KeepsReading() bool { return c.started && !c.secure && !c.failed && !c.closed }

func (c *conn) fdless() bool { return c.below != transport(c.h) }

// Write implements net.Layer.
func (c *conn) Write(bufs [][]byte) (bool, net.Status) {
	w := &write{}
	c.last = w
	w.size = 0
	for _, b := range bufs {
		w.size += len(b)
	}
	switch {
	case c.closed:
		return false, -net.Status(syscall.EBADF)
	case c.failed && c.secure:
		return false, -net.Status(syscall.EPIPE)
	case !c.secure || len(c.pending) > 0:
		for _, b := range bufs {
			w.bufs = append(w.bufs, append([]byte(nil), b...))
		}
		c.pending = append(c.pending, w)
		if !c.started && c.onNeed != nil {
			c.onNeed()
		}
		return false, net.OK
	}
	sent, st := c.encrypt(bufs, w)
	w.sent = sent && !st.Failed()
	return false, st
}

// Queue implements net.Layer. A write that has left is told in the check phase:
// in Node no write of a secure socket ends before the call does.
func (c *conn) Queue(done func(net.Status)) {
	size := c.last.size
	c.queued += size
	end := func(st net.Status) {
		c.queued -= size
		done(st)
	}
	if c.last.sent {
		c.loop.SetImmediate(loop.Func(func() { end(net.OK) }))
		return
	}
	c.last.done = end
}

// QueueSize is the number of bytes whose writes have not ended.
func (c *conn) QueueSize() int { return c.queued }

// joined is how much several small buffers are put into one record.
const joined = 16 << 10

func (c *conn) encrypt(bufs [][]byte, w *write) (bool, net.Status) {
	total := 0
	for _, b := range bufs {
		total += len(b)
	}
	c.h.BytesWritten += uint64(total)
	if len(bufs) > 1 && total <= joined {
		one := make([]byte, 0, total)
		for _, b := range bufs {
			one = append(one, b...)
		}
		bufs = [][]byte{one}
	}
	for _, b := range bufs {
		if len(b) == 0 {
			continue
		}
		if _, err := c.tls.Write(b); err != nil {
			c.flush(nil)
			return false, -net.Status(syscall.EPIPE)
		}
	}
	return c.flush(w)
}

// flush gives the ciphertext to the transport; w is told when it has left.
func (c *conn) flush(w *write) (bool, net.Status) {
	p := c.mem.take()
	if len(p) == 0 {
		return true, net.OK
	}
	if w == nil {
		w = &write{}
	}
	return c.below.RawWrite(p, w.finish)
}

// flushNow sends what the handshake has written.
func (c *conn) flushNow() {
	if c.closed {
		return
	}
	if p := c.mem.takeEarly(); len(p) > 0 {
		c.below.RawWrite(p, func(net.Status) {})
	}
}

// Shutdown implements net.Layer.
func (c *conn) Shutdown(done func(net.Status)) net.Status {
	if c.closed {
		return -net.Status(syscall.ENOTCONN)
	}
	if !c.secure && c.started && !c.failed || len(c.pending) > 0 {
		c.shutdown = done
		return net.OK
	}
	return c.closeWrite(done)
}

func (c *conn) closeWrite(done func(net.Status)) net.Status {
	if c.secure && !c.failed {
		_ = c.tls.CloseWrite()
		c.flush(nil)
	}
	return c.below.RawShutdown(done)
}

// Closed implements net.Layer.
func (c *conn) Closed() {
	if c.closed {
		return
	}
	c.closed = true
	for c.kept > 0 {
		c.release()
	}
	c.mem.finish(io.ErrClosedPipe)
	if c.cancel != nil {
		c.cancel()
	}
	pending, shutdown := c.pending, c.shutdown
	c.pending, c.shutdown = nil, nil
	if len(pending) > 0 || shutdown != nil {
		c.loop.QueueClose(loop.Func(func() {
			for _, w := range pending {
				w.finish(net.Canceled)
			}
			if shutdown != nil {
				shutdown(net.Canceled)
			}
		}))
	}
}

// ask brings a callback of the handshake to the loop and waits for its answer;
// false if the connection was closed meanwhile.
func (c *conn) ask(ctx context.Context, f func(answer func())) bool {
	done := make(chan struct{})
	if !c.loop.Post(func() {
		if c.closed {
			return
		}
		f(func() { close(done) })
	}) {
		return false
	}
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}
