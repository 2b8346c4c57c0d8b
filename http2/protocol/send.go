package protocol

// Flush returns what is to be written next, nil for nothing. When it was
// written, Sent is to be called, and before that Flush is not.
func (c *Conn) Flush() [][]byte {
	if c.finished {
		return nil
	}
	c.flushing = true
	c.runDeferred()
	if !c.terminated {
		c.start()
		c.sendData()
		c.runDeferred()
	}
	c.finished = c.terminated
	c.windowsSent()
	c.flushing = false
	c.acks = 0
	if c.out.size == 0 && len(c.done) == 0 {
		return nil
	}
	c.bytesOut += uint64(c.out.size)
	if c.out.size > 0 {
		c.framesSent++
	}
	return c.out.take()
}

// windowsSent gives back what came since the last WINDOW_UPDATE: there is one of
// a stream in what is flushed at once, and no peer may send more than that lets
// it.
func (c *Conn) windowsSent() {
	list := c.updated
	c.updated = nil
	if c.updateQueued {
		c.updateQueued = false
		c.giveBack(0)
	}
	for _, s := range list {
		s.updateQueued = false
		s.consume(0)
	}
}

// Sent says that what Flush returned was written, or failed to be: those who
// wait for it are told.
func (c *Conn) Sent(err error) {
	done := c.done
	c.done = nil
	for _, x := range done {
		x.done(err)
	}
}

// canSend reports whether a stream has something that may go.
func (c *Conn) canSend(s *Stream) bool {
	if !s.source || s.closed || s.shutWrite {
		return false
	}
	if len(s.queue) == 0 {
		return s.ended
	}
	return s.queued == 0 || s.sendWindow > 0 && c.sendWindow > 0
}

// sendData sends DATA of all streams in turn, as far as the windows go.
func (c *Conn) sendData() {
	for progress := true; progress && !c.terminated; {
		progress = false
		list := c.sending
		c.sending = nil
		for _, s := range list {
			s.listed = false
			if c.canSend(s) && !c.terminated {
				c.sendOne(s)
				progress = true
			}
			if len(s.queue) > 0 || s.ended {
				s.ready()
			}
		}
	}
}

// sendOne sends one frame of a stream.
func (c *Conn) sendOne(s *Stream) {
	for len(s.queue) > 0 && len(s.queue[0].p) == 0 {
		c.pop(s)
	}
	if len(s.queue) == 0 && !s.ended {
		return
	}
	n := min(s.queued, 16384, int(c.remote.MaxFrameSize), int(max(min(s.sendWindow, c.sendWindow), 0)))
	if n == 0 && s.queued > 0 {
		return
	}
	last := n == s.queued && s.ended
	end := last && !s.trailers
	if n == 0 && last && !end { // trailers follow: no frame of its own
		s.source, s.trailers = false, false
		c.h.WantTrailers(s)
		return
	}
	limit := min(n+256, int(c.remote.MaxFrameSize), int(max(min(s.sendWindow, c.sendWindow), 0)))
	pad := c.padding(n, limit)
	var flags byte
	if end {
		flags |= 1
	}
	if pad > 0 {
		flags |= 8
	}
	total := n + pad
	head := []byte{byte(total >> 16), byte(total >> 8), byte(total), 0, flags, byte(s.ID >> 24), byte(s.ID >> 16), byte(s.ID >> 8), byte(s.ID)}
	_, _ = c.out.Write(head)
	if pad > 0 {
		_, _ = c.out.Write([]byte{byte(pad - 1)})
	}
	for left := n; left > 0; {
		x := &s.queue[0]
		m := min(left, len(x.p))
		c.out.refer(x.p[:m:m])
		x.p = x.p[m:]
		left -= m
		s.queued -= m
		c.memory -= m
		if len(x.p) == 0 {
			c.pop(s)
		}
	}
	if pad > 1 {
		_, _ = c.out.Write(make([]byte, pad-1))
	}
	s.sendWindow -= int64(total)
	c.sendWindow -= int64(total)
	switch {
	case end:
		for len(s.queue) > 0 {
			c.pop(s)
		}
		s.shutWrite, s.source = true, false
		c.closeIfDone(s)
	case last:
		s.source, s.trailers = false, false
		c.h.WantTrailers(s)
	}
}

// pop takes the first piece off, which has been sent.
func (c *Conn) pop(s *Stream) {
	if x := s.queue[0]; x.done != nil {
		c.done = append(c.done, x)
	}
	s.queue[0] = piece{}
	if s.queue = s.queue[1:]; len(s.queue) == 0 {
		s.queue = nil
	}
}
