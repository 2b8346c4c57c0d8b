package protocol

import (
	"encoding/binary"
	"errors"
	"slices"

	"golang.org/x/net/http2"
)

const (
	frameHeader = 9

	maxACKs          = 1000 // answers that may wait, as in nghttp2
	maxContinuations = 8
)

// Receive takes bytes that were read. The handler is told of each frame as it is
// complete. After a fault of the connection what follows is not looked at.
func (c *Conn) Receive(p []byte) {
	c.bytesIn += uint64(len(p))
	if c.magic > 0 && !c.preface(&p) {
		return
	}
	for len(p) > 0 && !c.deaf {
		var frame []byte
		if len(c.in) > 0 {
			frame = c.complete(&p)
		} else {
			n, ok := c.length(p)
			switch {
			case !ok:
				return
			case n == 0 || len(p) < n:
				c.in = append(c.in, p...)
				return
			}
			frame, p = p[:n], p[n:]
		}
		if frame == nil {
			return
		}
		c.frame(frame)
	}
	if c.deaf {
		c.in = nil
	}
}

// preface looks for the bytes that a client begins with, and reports whether
// they are complete.
func (c *Conn) preface(p *[]byte) bool {
	n := min(c.magic, len(*p))
	from := len(http2.ClientPreface) - c.magic
	if string((*p)[:n]) != http2.ClientPreface[from:from+n] {
		c.deaf = true
		c.h.Error(ErrBadClientMagic, "")
		return false
	}
	c.magic -= n
	*p = (*p)[n:]
	return c.magic == 0
}

// length returns how long the frame that begins p is, 0 where that cannot be
// told yet, and false where it is longer than it may be.
func (c *Conn) length(p []byte) (int, bool) {
	if len(p) < frameHeader {
		return 0, true
	}
	n := int(p[0])<<16 | int(p[1])<<8 | int(p[2])
	if n > int(max(c.local.MaxFrameSize, 16384)) {
		c.broken(FrameSizeError, "too large frame size")
		return 0, false
	}
	return n + frameHeader, true
}

// complete adds to the unfinished frame from p, and returns it once it is whole.
func (c *Conn) complete(p *[]byte) []byte {
	if need := frameHeader - len(c.in); need > 0 {
		n := min(need, len(*p))
		c.in, *p = append(c.in, (*p)[:n]...), (*p)[n:]
	}
	n, ok := c.length(c.in)
	if n == 0 || !ok {
		return nil
	}
	m := min(n-len(c.in), len(*p))
	c.in, *p = append(c.in, (*p)[:m]...), (*p)[m:]
	if len(c.in) < n {
		return nil
	}
	frame := c.in
	c.in = nil
	return frame
}

// frame takes one whole frame.
func (c *Conn) frame(p []byte) {
	c.rd.Reset(p)
	f, err := c.fr.ReadFrame()
	if err != nil {
		c.badFrame(p, err)
		return
	}
	c.framesReceived++
	if !c.started {
		if _, ok := f.(*http2.SettingsFrame); !ok || p[4]&1 != 0 {
			c.fatal(ProtocolError, ErrProto)
			return
		}
	}
	switch f := f.(type) {
	case *http2.DataFrame:
		c.onData(f, len(p)-frameHeader)
	case *http2.HeadersFrame:
		c.onHeaders(f)
	case *http2.ContinuationFrame:
		c.onContinuation(f)
	case *http2.PushPromiseFrame:
		c.onPushPromise(f)
	case *http2.PriorityFrame:
		c.h.Priority(f.StreamID, f.StreamDep, int(f.Weight)+1, f.Exclusive)
	case *http2.RSTStreamFrame:
		c.onReset(f)
	case *http2.SettingsFrame:
		c.onSettings(f)
	case *http2.PingFrame:
		c.onPing(f)
	case *http2.GoAwayFrame:
		c.onGoaway(f)
	case *http2.WindowUpdateFrame:
		c.onWindowUpdate(f)
	case *http2.UnknownFrame:
		switch f.Type {
		case 0xa:
			c.onAltSvc(f.StreamID, f.Payload())
		case 0xc:
			c.onOrigin(f.StreamID, f.Payload())
		}
	}
}

// badFrame is a frame whose form is wrong.
func (c *Conn) badFrame(p []byte, err error) {
	var ce http2.ConnectionError
	var se http2.StreamError
	continuation := p[3] == byte(http2.FrameContinuation)
	switch {
	case continuation && c.block == nil:
		c.broken(ProtocolError, "CONTINUATION: unexpected")
	case c.block != nil && (!continuation || binary.BigEndian.Uint32(p[5:])&maxID != c.blockID):
		c.broken(ProtocolError, "unexpected non-CONTINUATION frame or stream_id is invalid")
	case errors.As(err, &se):
		c.invalidFrame(ErrProto, se.StreamID, Code(se.Code))
	case errors.As(err, &ce):
		lib := ErrProto
		switch ce {
		case http2.ConnectionError(http2.ErrCodeFlowControl):
			lib = ErrFlowControl
		case http2.ConnectionError(http2.ErrCodeFrameSize):
			lib = ErrFrameSize
		}
		c.fatal(Code(ce), lib)
	default: // a frame that ends before its fields do
		code, lib := FrameSizeError, ErrFrameSize
		if p[3] == byte(http2.FrameHeaders) || p[3] == byte(http2.FrameData) || p[3] == byte(http2.FramePushPromise) {
			code, lib = ProtocolError, ErrProto
		}
		c.fatal(code, lib)
	}
}

// fatal ends the connection for a fault of the peer's. The handler may end it
// in its own way before.
func (c *Conn) fatal(code Code, err LibError) {
	if c.deaf {
		return
	}
	if c.countInvalid() {
		return
	}
	switch err {
	case ErrProto, ErrStreamClosed:
		c.h.Error(err, "")
	}
	c.Terminate(code)
}

// broken is a fault that nobody is told of but the peer, with the reason.
func (c *Conn) broken(code Code, reason string) {
	if !c.deaf {
		c.terminate(code, []byte(reason))
	}
}

// invalidFrame is a fault of one stream.
func (c *Conn) invalidFrame(err LibError, id uint32, code Code) {
	if s := c.streams[id]; s != nil {
		s.Reset(code)
	} else {
		c.reset(id, code)
	}
	if c.countInvalid() {
		return
	}
	if err == ErrProto || err == ErrStreamClosed {
		c.h.Error(err, "")
	}
}

// countInvalid counts a faulty frame, and reports whether there were too many.
func (c *Conn) countInvalid() bool {
	c.invalid++
	if c.invalid <= c.o.MaxSessionInvalidFrames+1 {
		return false
	}
	c.tooManyInvalid()
	return true
}

func (c *Conn) tooManyInvalid() {
	c.deaf = true
	c.h.Error(ErrCallbackFailure, "ERR_HTTP2_TOO_MANY_INVALID_FRAMES")
}

// answered counts an answer that the peer made necessary, and reports whether
// too many wait.
func (c *Conn) answered() bool {
	c.acks++
	if c.acks <= maxACKs {
		return true
	}
	c.deaf = true
	c.h.Error(ErrFlooded, "")
	return false
}

func (c *Conn) onData(f *http2.DataFrame, length int) {
	id := f.StreamID
	s := c.streams[id]
	if s == nil && c.idle(id) {
		c.broken(ProtocolError, "DATA: stream in idle")
		return
	}
	c.recvWindow -= int64(length)
	if c.recvWindow < 0 {
		c.fatal(FlowControlError, ErrFlowControl)
		return
	}
	c.giveBack(int64(length))
	if s == nil || s.closed || s.closing {
		return
	}
	if s.shutRead {
		c.broken(StreamClosed, "DATA: stream in half-closed(remote)")
		return
	}
	if s.pushed && !s.opened && !c.mine(id) || !s.rule.complete {
		c.fatal(ProtocolError, ErrProto)
		return
	}
	s.recvWindow -= int64(length)
	if s.recvWindow < 0 {
		s.Reset(FlowControlError)
		return
	}
	data := f.Data()
	if pad := int64(length - len(data)); pad > 0 {
		s.consume(pad)
	}
	if !s.rule.data(len(data)) {
		c.invalidFrame(ErrHTTPMessaging, id, ProtocolError)
		return
	}
	if len(data) > 0 && !s.destroyed {
		reading := s.reading
		c.h.Data(s, data)
		if reading {
			s.consume(int64(len(data)))
		} else {
			s.held += int64(len(data))
		}
	} else if len(data) > 0 {
		s.consume(int64(len(data)))
	}
	switch {
	case f.StreamEnded():
		c.endRead(s, true)
	case length == 0: // says nothing
		c.countInvalid()
	}
}

// endRead notes END_STREAM.
func (c *Conn) endRead(s *Stream, data bool) {
	if s.closed {
		return
	}
	s.shutRead = true
	if !s.rule.end() {
		c.invalidFrame(ErrHTTPMessaging, s.ID, ProtocolError)
		return
	}
	if data && !s.destroyed {
		c.h.DataEnd(s)
	}
	c.closeIfDone(s)
}

// giveBack gives window of the connection back.
func (c *Conn) giveBack(n int64) {
	c.recvd += n
	if !c.updateQueued && c.recvd > 0 && c.recvd*2 >= c.windowSize {
		c.updateQueued = true
		c.windowUpdate(0, c.recvd)
		c.recvWindow += c.recvd
		c.recvd = 0
	}
}

// idle reports whether the stream of a number was never begun.
func (c *Conn) idle(id uint32) bool {
	if c.mine(id) {
		return id >= c.nextID
	}
	return id > c.lastID
}

func (c *Conn) onReset(f *http2.RSTStreamFrame) {
	if c.idle(f.StreamID) {
		c.fatal(ProtocolError, ErrProto)
		return
	}
	s := c.streams[f.StreamID]
	if s != nil {
		c.closeStream(s, Code(f.ErrCode))
	}
	if c.server && !c.goawayQueued && !c.resets.take(c.o.Now().Unix()) {
		c.goaway(c.lastID, InternalError, nil)
	}
}

func (c *Conn) onPing(f *http2.PingFrame) {
	data := f.Data
	if f.IsAck() {
		if len(c.pings) == 0 { // an answer to nothing
			c.h.Error(ErrProto, "")
			return
		}
		done := c.pings[0]
		c.pings = c.pings[1:]
		done(true, data[:])
		return
	}
	if !c.answered() {
		return
	}
	_ = c.fr.WritePing(true, data)
	c.h.Ping(data[:])
}

func (c *Conn) onGoaway(f *http2.GoAwayFrame) {
	if f.LastStreamID > 0 && !c.mine(f.LastStreamID) || c.goawayReceived && f.LastStreamID > c.goawayLast {
		c.fatal(ProtocolError, ErrProto)
		return
	}
	c.goawayReceived, c.goawayLast = true, f.LastStreamID
	c.h.Goaway(Code(f.ErrCode), f.LastStreamID, f.DebugData())
	for id, s := range c.streams {
		if c.mine(id) && id > f.LastStreamID {
			c.closeStream(s, RefusedStream)
		}
	}
	for _, r := range c.waiting {
		c.closeStream(r.s, RefusedStream)
	}
	c.waiting = nil
}

func (c *Conn) onWindowUpdate(f *http2.WindowUpdateFrame) {
	if f.StreamID == 0 {
		if c.sendWindow += int64(f.Increment); c.sendWindow > maxWindow {
			c.fatal(FlowControlError, ErrFlowControl)
		}
		return
	}
	s := c.streams[f.StreamID]
	switch {
	case s == nil && c.idle(f.StreamID), s != nil && s.pushed && !s.opened && !c.mine(s.ID):
		c.fatal(ProtocolError, ErrProto)
	case s != nil:
		if s.sendWindow += int64(f.Increment); s.sendWindow > maxWindow {
			c.invalidFrame(ErrFlowControl, s.ID, FlowControlError)
		}
	}
}

func (c *Conn) onSettings(f *http2.SettingsFrame) {
	if f.IsAck() {
		if len(c.pendingACK) == 0 {
			c.fatal(ProtocolError, ErrProto)
			return
		}
		a := c.pendingACK[0]
		c.pendingACK = c.pendingACK[1:]
		c.applyLocal(a.list)
		if a.done != nil {
			a.done(true)
		}
		return
	}
	if f.NumSettings() > c.o.MaxSettings {
		c.broken(EnhanceYourCalm, "SETTINGS: too many setting entries")
		return
	}
	if !c.answered() {
		return
	}
	if !c.started {
		c.started = true
		c.remote.MaxConcurrentStreams = 1<<32 - 1
	}
	window := c.remote.InitialWindowSize
	ok := true
	_ = f.ForeachSetting(func(x http2.Setting) error {
		if ok {
			var code Code
			if code, ok = c.remote.set(Setting{uint16(x.ID), x.Val}); !ok {
				lib := ErrProto
				if code == FlowControlError {
					lib = ErrFlowControl
				}
				c.fatal(code, lib)
			}
			if slices.Contains(c.o.RemoteCustom, uint16(x.ID)) && !known(uint16(x.ID)) {
				c.remote.setCustom(Setting{uint16(x.ID), x.Val})
			}
			if x.ID == http2.SettingHeaderTableSize {
				c.enc.SetMaxDynamicTableSize(min(x.Val, c.o.MaxDeflateDynamicTableSize))
			}
		}
		return nil
	})
	if !ok {
		return
	}
	if d := int64(c.remote.InitialWindowSize) - int64(window); d != 0 {
		for _, s := range c.streams {
			if s.sendWindow += d; s.sendWindow > maxWindow {
				c.fatal(FlowControlError, ErrFlowControl)
				return
			}
		}
	}
	_ = c.fr.WriteSettingsAck()
	c.h.Settings()
}

// applyLocal puts settings in force that the peer has acknowledged.
func (c *Conn) applyLocal(list []Setting) {
	window := c.local.InitialWindowSize
	for _, x := range list {
		_, _ = c.local.set(x)
		if x.ID == SettingHeaderTableSize {
			c.dec.SetAllowedMaxDynamicTableSize(x.Value)
		}
	}
	if d := int64(c.local.InitialWindowSize) - int64(window); d != 0 {
		for _, s := range c.streams {
			s.recvWindow += d
		}
	}
}

func (c *Conn) onAltSvc(id uint32, p []byte) {
	if c.server || len(p) < 2 {
		return
	}
	n := int(binary.BigEndian.Uint16(p))
	if len(p) < 2+n || (id == 0) != (n > 0) {
		return
	}
	c.h.AltSvc(id, string(p[2:2+n]), string(p[2+n:]))
}

func (c *Conn) onOrigin(id uint32, p []byte) {
	if c.server || id != 0 {
		return
	}
	var list []string
	for len(p) > 0 {
		if len(p) < 2 {
			return
		}
		n := int(binary.BigEndian.Uint16(p))
		if len(p) < 2+n {
			return
		}
		list = append(list, string(p[2:2+n]))
		p = p[2+n:]
	}
	c.h.Origin(list)
}
