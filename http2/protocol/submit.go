package protocol

import (
	"encoding/binary"
	"strings"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// Settings sends SETTINGS. done is told when the peer acknowledges it, or with
// false when the connection ends before. It reports false where too many wait.
func (c *Conn) Settings(list []Setting, done func(acked bool)) bool {
	if len(c.pendingACK) >= c.o.MaxOutstandingSettings {
		return false
	}
	c.pendingACK = append(c.pendingACK, ack{list, done})
	for _, x := range list {
		if !known(x.ID) {
			c.local.setCustom(x)
		}
	}
	if !c.terminated {
		_ = c.fr.WriteRawFrame(http2.FrameSettings, 0, 0, Pack(list))
	}
	return true
}

// Ping sends PING with eight bytes. done is told when the answer comes, or with
// false when the connection ends before. It reports false where too many wait.
func (c *Conn) Ping(payload [8]byte, done func(acked bool, payload []byte)) bool {
	if len(c.pings) >= c.o.MaxOutstandingPings {
		return false
	}
	c.pings = append(c.pings, done)
	if !c.terminated {
		_ = c.fr.WritePing(false, payload)
	}
	return true
}

// Cancel tells those who wait for an answer that none will come.
func (c *Conn) Cancel() {
	pings, acks := c.pings, c.pendingACK
	c.pings, c.pendingACK = nil, nil
	for _, f := range pings {
		f(false, nil)
	}
	for _, a := range acks {
		if a.done != nil {
			a.done(false)
		}
	}
}

// Goaway sends GOAWAY; last 0 is the last stream of the peer's that was taken.
func (c *Conn) Goaway(code Code, last uint32, data []byte) {
	if last == 0 {
		last = c.lastID
	}
	c.goaway(last, code, data)
}

func (c *Conn) goaway(last uint32, code Code, data []byte) {
	if c.terminated {
		return
	}
	c.goawayQueued = true
	_ = c.fr.WriteGoAway(last, http2.ErrCode(code), data)
	c.later(func() { c.goawaySent = true })
}

// Terminate ends the connection: GOAWAY is the last that is sent, and what comes
// is not looked at.
func (c *Conn) Terminate(code Code) { c.terminate(code, nil) }

func (c *Conn) terminate(code Code, reason []byte) {
	if c.terminated {
		return
	}
	keep := c.framesSent == 0 && !c.server
	c.out = output{separate: c.o.Separate}
	if keep {
		_, _ = c.out.Write([]byte(http2.ClientPreface))
	}
	c.goaway(c.lastID, code, reason)
	c.terminated, c.deaf = true, true
}

// reset sends RST_STREAM.
func (c *Conn) reset(id uint32, code Code) {
	if !c.terminated {
		_ = c.fr.WriteRSTStream(id, http2.ErrCode(code))
	}
}

func (c *Conn) windowUpdate(id uint32, n int64) {
	if !c.terminated && n > 0 {
		_ = c.fr.WriteWindowUpdate(id, uint32(n))
	}
}

// SetLocalWindowSize sets how many bytes the peer may send on the connection
// before it gets window back.
func (c *Conn) SetLocalWindowSize(n int32) {
	d := int64(n) - c.windowSize
	c.windowSize = int64(n)
	if d <= 0 { // what is given back next is less
		c.recvd += d
		return
	}
	c.recvWindow += d
	c.windowUpdate(0, d)
}

// SetNextStreamID sets the number of the next stream of this side. It reports
// false for one that is not greater, or that is the peer's.
func (c *Conn) SetNextStreamID(id uint32) bool {
	if id < c.nextID || !c.mine(id) {
		return false
	}
	c.nextID = id
	return true
}

// RequestOptions are those of Request.
type RequestOptions struct {
	EndStream bool // there is no body
	Trailers  bool // the handler is asked for trailers after the body
	Parent    uint32
	Exclusive bool
}

// Request begins a stream with a request. It is sent as soon as the peer's limit
// of streams lets it.
func (c *Conn) Request(fields []Field, o RequestOptions) (*Stream, LibError) {
	switch {
	case c.server:
		return nil, ErrProto
	case c.goawayReceived:
		return nil, ErrStartNotAllowed
	case c.nextID > maxID:
		return nil, ErrStreamIDNotAvailable
	case o.Parent == c.nextID:
		return nil, ErrInvalidArgument
	}
	s := c.newStream(c.nextID)
	c.nextID += 2
	s.trailers, s.headersSent = o.Trailers && !o.EndStream, true
	for _, f := range fields {
		if f.Name == ":method" {
			s.rule.head, s.rule.connect = f.Value == "HEAD", f.Value == "CONNECT"
		}
	}
	r := &request{s: s, fields: fields, end: o.EndStream}
	if o.Exclusive || o.Parent != 0 {
		r.prio = http2.PriorityParam{StreamDep: o.Parent, Exclusive: o.Exclusive, Weight: 15}
	}
	s.waiting = r
	c.waiting = append(c.waiting, r)
	return s, 0
}

// canStart reports whether a request that waits may be sent.
func (c *Conn) canStart() bool {
	return len(c.waiting) > 0 && !c.terminated && !c.goawayReceived && uint32(c.mineOpen) < c.remote.MaxConcurrentStreams
}

// start sends the requests that may be.
func (c *Conn) start() {
	for c.canStart() {
		r := c.waiting[0]
		c.waiting = c.waiting[1:]
		s := r.s
		s.waiting = nil
		if c.tooLong(r.fields) {
			s.opened = true
			c.mineOpen++
			c.h.FrameError(s.ID, int(http2.FrameHeaders), FrameSizeError)
			c.closeStream(s, RefusedStream)
			continue
		}
		s.opened = true
		c.mineOpen++
		c.headers(s, r.fields, r.end, r.prio)
		if s.source = !r.end; s.source {
			s.ready()
		}
	}
}

// dropWaiting forgets a request that was not sent.
func (c *Conn) dropWaiting(s *Stream) {
	for i, r := range c.waiting {
		if r == s.waiting {
			c.waiting = append(c.waiting[:i], c.waiting[i+1:]...)
			break
		}
	}
	s.waiting = nil
}

// Respond sends the headers of an answer. end says that there is no body,
// trailers that the handler is asked for trailers after it.
func (s *Stream) Respond(fields []Field, end, trailers bool) LibError {
	switch {
	case s.closed || s.destroyed:
		return ErrStreamClosed
	case s.headersSent:
		return ErrDataExists
	}
	s.headersSent = true
	end = end || s.ended && len(s.queue) == 0
	if !s.c.send(s, fields, end) {
		return 0
	}
	if !end {
		s.source, s.trailers = true, trailers
		s.ready()
	}
	return 0
}

// send sends a HEADERS frame, or tells why not.
func (c *Conn) send(s *Stream, fields []Field, end bool) bool {
	if c.tooLong(fields) {
		c.later(func() { c.h.FrameError(s.ID, int(http2.FrameHeaders), FrameSizeError) })
		return false
	}
	s.openLocal()
	c.headers(s, fields, end, http2.PriorityParam{})
	return true
}

// openLocal begins a stream that was promised.
func (s *Stream) openLocal() {
	if s.pushed && !s.opened && s.c.mine(s.ID) {
		s.opened = true
		s.c.mineOpen++
		s.shutRead = true
	}
}

// Info sends headers that are not the answer's.
func (s *Stream) Info(fields []Field) LibError {
	if s.closed || s.destroyed {
		return ErrStreamClosed
	}
	s.c.send(s, fields, false)
	return 0
}

// Trailers ends the stream with trailers, or without any.
func (s *Stream) Trailers(fields []Field) LibError {
	if s.closed || s.destroyed || s.shutWrite {
		return ErrStreamClosed
	}
	s.trailers = false
	if len(fields) == 0 {
		s.source, s.ended = true, true
		s.ready()
		return 0
	}
	s.c.send(s, fields, true)
	return 0
}

// Push promises a stream for a request that the peer would make.
func (s *Stream) Push(fields []Field) (*Stream, LibError) {
	c := s.c
	switch {
	case !c.server:
		return nil, ErrProto
	case c.nextID > maxID:
		return nil, ErrStreamIDNotAvailable
	case s.closed || s.destroyed:
		return nil, ErrStreamClosed
	case c.remote.EnablePush == 0:
		return nil, ErrPushDisabled
	}
	p := c.newStream(c.nextID)
	p.pushed = true
	c.nextID += 2
	if c.tooLong(fields) {
		c.later(func() {
			c.h.FrameError(p.ID, int(http2.FramePushPromise), FrameSizeError)
			c.closeStream(p, RefusedStream)
		})
		return p, 0
	}
	if c.terminated {
		return p, 0
	}
	blk := c.encode(fields)
	first, rest := c.split(blk)
	_ = c.fr.WritePushPromise(http2.PushPromiseParam{StreamID: s.ID, PromiseID: p.ID, BlockFragment: first, EndHeaders: len(rest) == 0,
		PadLength: c.headerPad(len(first) + 4)})
	c.continuations(s.ID, rest)
	return p, 0
}

// AltSvc sends ALTSVC (RFC 7838).
func (c *Conn) AltSvc(id uint32, origin, value string) {
	if c.terminated {
		return
	}
	p := binary.BigEndian.AppendUint16(nil, uint16(len(origin)))
	_ = c.fr.WriteRawFrame(0xa, 0, id, append(append(p, origin...), value...))
}

// Origin sends ORIGIN (RFC 8336).
func (c *Conn) Origin(origins []string) {
	if c.terminated {
		return
	}
	var p []byte
	for _, o := range origins {
		p = append(binary.BigEndian.AppendUint16(p, uint16(len(o))), o...)
	}
	_ = c.fr.WriteRawFrame(0xc, 0, 0, p)
}

// tooLong reports whether a block is longer than may be sent, by the same
// estimate as nghttp2's.
func (c *Conn) tooLong(fields []Field) bool {
	n := 12
	for _, f := range fields {
		n += 12 + len(f.Name) + len(f.Value)
	}
	return n > c.o.MaxSendHeaderBlockLength
}

// encode compresses fields. Credentials are never kept in a table.
func (c *Conn) encode(fields []Field) []byte {
	c.encBuf.Reset()
	for _, f := range fields {
		name := strings.ToLower(f.Name)
		never := f.Never || name == "authorization" || name == "cookie" && len(f.Value) < 20
		_ = c.enc.WriteField(hpack.HeaderField{Name: name, Value: f.Value, Sensitive: never})
	}
	return c.encBuf.Bytes()
}

const fragmentSize = 16384

func (c *Conn) split(p []byte) (first, rest []byte) {
	if len(p) > fragmentSize-5 {
		return p[:fragmentSize-5], p[fragmentSize-5:]
	}
	return p, nil
}

// headers sends HEADERS and as many CONTINUATION frames as it takes.
func (c *Conn) headers(s *Stream, fields []Field, end bool, prio http2.PriorityParam) {
	if c.terminated {
		return
	}
	first, rest := c.split(c.encode(fields))
	_ = c.fr.WriteHeaders(http2.HeadersFrameParam{StreamID: s.ID, BlockFragment: first, EndStream: end, EndHeaders: len(rest) == 0, Priority: prio,
		PadLength: c.headerPad(len(first))})
	c.continuations(s.ID, rest)
	if end {
		s.shutWrite = true
		c.later(func() { c.closeIfDone(s) })
	}
}

func (c *Conn) continuations(id uint32, p []byte) {
	for len(p) > 0 {
		n := min(len(p), fragmentSize)
		_ = c.fr.WriteContinuation(id, n == len(p), p[:n])
		p = p[n:]
	}
}

// headerPad is how much padding a frame with header fields gets.
func (c *Conn) headerPad(n int) uint8 {
	p := c.padding(n, n+256)
	if p == 0 {
		return 0
	}
	return uint8(p - 1)
}

// padding returns by how many bytes a payload of n grows, of which the first
// counts the others.
func (c *Conn) padding(n, limit int) int {
	to := n
	switch c.o.Padding {
	case PadAligned:
		if r := (n + frameHeader) % 8; r != 0 {
			to = n + 8 - r
		}
	case PadMax:
		to = n + 256
	}
	return max(min(to, limit)-n, 0)
}
