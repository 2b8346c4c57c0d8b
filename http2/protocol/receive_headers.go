package protocol

import (
	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// block is a header block under way.
type block struct {
	s       *Stream // nil where the block is only decompressed
	cat     Category
	end     bool
	id      uint32
	fields  []Field
	size    int
	fault   LibError // of the fields; 0 for none
	refused Code     // what the stream is reset with when the block is there
	limit   bool
}

// onHeaders takes a HEADERS frame.
func (c *Conn) onHeaders(f *http2.HeadersFrame) {
	b := &block{end: f.StreamEnded(), id: f.StreamID}
	c.block, c.blockID, c.cont = b, f.StreamID, 0
	s := c.streams[b.id]
	switch {
	case s == nil && c.server && !c.mine(b.id):
		if !c.open(b) {
			return
		}
	case s == nil && c.idle(b.id), c.server && c.mine(b.id):
		c.fatal(ProtocolError, ErrProto)
		return
	case s == nil, s.closing:
	case s.shutRead:
		c.fatal(StreamClosed, ErrStreamClosed)
		return
	case c.server:
		b.s, b.cat = s, CatHeaders
	case s.pushed && !s.opened:
		s.opened = true
		c.reserved--
		b.s, b.cat = s, CatPushResponse
	case !s.rule.complete:
		b.s, b.cat = s, CatResponse
	default:
		b.s, b.cat = s, CatHeaders
	}
	if b.s != nil {
		b.s.rule.begin(b.cat, b.end)
	}
	c.fragment(f.HeaderBlockFragment(), f.HeadersEnded())
}

// open takes a request's stream, as far as it is let in.
func (c *Conn) open(b *block) bool {
	if b.id <= c.lastID { // closed long ago
		return true
	}
	if c.goawaySent || c.deaf {
		return true
	}
	if int64(c.theirs) >= int64(c.local.MaxConcurrentStreams) {
		c.fatal(ProtocolError, ErrProto)
		return false
	}
	c.lastID = b.id
	if int64(c.theirs) >= c.pendingMax() {
		b.refused = RefusedStream
		return true
	}
	if c.memory+streamMemory > c.o.MaxSessionMemory {
		if c.rejected++; c.rejected > c.o.MaxSessionRejectedStreams+1 {
			c.tooManyInvalid()
			return false
		}
		b.refused = EnhanceYourCalm
		return true
	}
	c.rejected = 0
	b.s, b.cat = c.newStream(b.id), CatRequest
	b.s.opened = true
	return true
}

// pendingMax is the limit of streams that the peer may not have heard of yet.
func (c *Conn) pendingMax() int64 {
	n := int64(c.local.MaxConcurrentStreams)
	for _, a := range c.pendingACK {
		for _, x := range a.list {
			if x.ID == SettingMaxConcurrentStreams {
				n = int64(x.Value)
			}
		}
	}
	return n
}

// onPushPromise takes a PUSH_PROMISE frame.
func (c *Conn) onPushPromise(f *http2.PushPromiseFrame) {
	id := f.PromiseID
	parent := c.streams[f.StreamID]
	b := &block{id: id}
	c.block, c.blockID, c.cont = b, f.StreamID, 0
	switch {
	case c.server || c.local.EnablePush == 0 || c.mine(id) || id <= c.lastID || !c.mine(f.StreamID) || c.idle(f.StreamID):
		c.fatal(ProtocolError, ErrProto)
		return
	case parent != nil && parent.shutRead:
		c.fatal(StreamClosed, ErrStreamClosed)
		return
	}
	c.lastID = id
	switch {
	case parent == nil || c.goawaySent:
		b.refused = Cancel
	case c.reserved >= c.o.MaxReservedRemoteStreams:
		b.refused = Cancel
	case c.memory+streamMemory > c.o.MaxSessionMemory:
		b.refused = EnhanceYourCalm
	default:
		s := c.newStream(id)
		s.pushed, s.shutWrite = true, true
		c.reserved++
		b.s, b.cat = s, CatRequest
		s.rule.begin(CatRequest, false)
		s.rule.push = true
	}
	c.fragment(f.HeaderBlockFragment(), f.HeadersEnded())
}

func (c *Conn) onContinuation(f *http2.ContinuationFrame) {
	if c.block == nil {
		c.fatal(ProtocolError, ErrProto)
		return
	}
	if c.cont++; c.cont > maxContinuations {
		c.deaf = true
		c.h.Error(ErrTooManyContinuations, "")
		return
	}
	c.fragment(f.HeaderBlockFragment(), f.HeadersEnded())
}

// fragment decompresses a part of a block.
func (c *Conn) fragment(p []byte, end bool) {
	_, err := c.dec.Write(p)
	if err == nil && end {
		err = c.dec.Close()
	}
	if err != nil {
		c.fatal(CompressionError, ErrHeaderComp)
		return
	}
	if end {
		b := c.block
		c.block = nil
		c.headersEnd(b)
	}
}

// field takes one field from the decompressor.
func (c *Conn) field(f hpack.HeaderField) {
	b := c.block
	if b == nil || b.s == nil || b.limit || b.fault != 0 {
		return
	}
	switch b.s.rule.field(c, f.Name, f.Value) {
	case ErrHTTPHeader:
		b.fault = ErrHTTPHeader
		return
	case ignoredField:
		return
	}
	if f.Name == "" {
		return
	}
	n := len(f.Name) + len(f.Value) + 32
	if len(b.fields) >= c.maxPairs() || uint32(b.size+n) > b.s.maxHeaders || c.memory+n > c.o.MaxSessionMemory {
		b.limit = true
		return
	}
	b.size += n
	b.fields = append(b.fields, Field{f.Name, f.Value, f.Sensitive})
}

func (c *Conn) maxPairs() int {
	if c.server {
		return max(c.o.MaxHeaderListPairs, 4)
	}
	return max(c.o.MaxHeaderListPairs, 1)
}

// maxListSize is Node's limit for the size of a block: its default is less than
// the unlimited one of the protocol.
func (c *Conn) maxListSize() uint32 {
	if c.local.MaxHeaderListSize == 1<<32-1 {
		return 65535
	}
	return c.local.MaxHeaderListSize
}

// headersEnd takes a block that is complete.
func (c *Conn) headersEnd(b *block) {
	if b.refused != 0 {
		c.reset(b.id, b.refused)
		return
	}
	s := b.s
	if s == nil || s.closed {
		return
	}
	if b.limit {
		s.Reset(EnhanceYourCalm)
		return
	}
	if b.fault == 0 && (!s.rule.headersDone(c) || b.end && !s.rule.end()) {
		b.fault = ErrHTTPMessaging
	}
	if b.fault != 0 {
		c.invalidFrame(b.fault, s.ID, ProtocolError)
		return
	}
	c.h.Headers(s, b.cat, b.fields, b.end)
	if b.end {
		c.endRead(s, false)
	}
}
