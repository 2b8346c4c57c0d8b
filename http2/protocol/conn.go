package protocol

import (
	"bytes"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

const (
	maxWindow = 1<<31 - 1
	maxID     = 1<<31 - 1
	// streamMemory is what a stream counts for against MaxSessionMemory.
	streamMemory = 256
)

// Category says what a header block is, by nghttp2's numbers.
type Category int

// The categories.
const (
	CatRequest Category = iota
	CatResponse
	CatPushResponse
	CatHeaders
)

// Field is one header field. Never marks one that no table may keep.
type Field struct {
	Name, Value string
	Never       bool
}

// Handler is told what happens on a connection. Its methods may call the
// connection's, but for Receive and Flush.
type Handler interface {
	// Headers tells of a complete block; for a pushed request s is the stream that
	// is promised. A stream that was not there before has no Owner.
	Headers(s *Stream, cat Category, fields []Field, end bool)
	// Data brings a part of a body, valid until it returns.
	Data(s *Stream, p []byte)
	// DataEnd tells of END_STREAM on a DATA frame.
	DataEnd(s *Stream)
	// StreamClosed tells that the stream is closed for both sides.
	StreamClosed(s *Stream, code Code)
	// WantTrailers asks for Trailers once all data was sent.
	WantTrailers(s *Stream)
	Settings()
	Ping(payload []byte)
	Priority(id, parent uint32, weight int, exclusive bool)
	Goaway(code Code, last uint32, data []byte)
	AltSvc(id uint32, origin, value string)
	Origin(origins []string)
	// FrameError tells of a frame that could not be sent.
	FrameError(id uint32, frameType int, code Code)
	// Error tells of a fault that ends the connection; custom is Node's code for
	// it, empty for the common one.
	Error(err LibError, custom string)
}

// Conn is one side of a connection.
type Conn struct {
	h      Handler
	o      Options
	server bool

	fr  *http2.Framer
	rd  bytes.Reader
	out output

	in      []byte // an unfinished frame
	magic   int    // bytes of the client's preface that are missing
	started bool   // the peer's first SETTINGS came

	local, remote Settings
	pendingACK    []ack
	pings         []func(bool, []byte)

	enc     *hpack.Encoder
	encBuf  bytes.Buffer
	dec     *hpack.Decoder
	block   *block // being received
	blockID uint32 // of the stream whose frames it is in
	cont    int    // CONTINUATION frames of it

	streams        map[uint32]*Stream
	nextID         uint32 // of ours
	lastID         uint32 // greatest of the peer's that was taken
	reserved       int    // streams that are promised and not begun
	mineOpen       int    // streams of ours that count against the peer's limit
	theirs         int    // streams that the peer has opened
	waiting        []*request
	sending        []*Stream
	sendWindow     int64
	recvWindow     int64
	recvd          int64
	windowSize     int64 // of the connection, as it was set
	memory         int
	invalid        int
	rejected       int
	acks           int // answers that wait to be written
	resets         limiter
	goawaySent     bool
	goawayQueued   bool
	deaf           bool // nothing of the peer's counts any more
	terminated     bool // the last GOAWAY was queued
	finished       bool // the last GOAWAY was written
	deferred       []func()
	done           []piece // written with the bytes under way
	framesReceived int
	framesSent     int
	bytesIn        uint64
	bytesOut       uint64
	streamCount    int
	maxStreams     int
	goawayLast     uint32
	updateQueued   bool      // WINDOW_UPDATE of the connection was not flushed yet
	updated        []*Stream // those whose WINDOW_UPDATE was not
	goawayReceived bool
	flushing       bool
}

// ack is a SETTINGS frame that was not acknowledged.
type ack struct {
	list []Setting
	done func(acked bool)
}

// request is a request that was not sent yet.
type request struct {
	s      *Stream
	fields []Field
	prio   http2.PriorityParam
	end    bool
}

// limiter is nghttp2's token bucket.
type limiter struct {
	left, burst, rate uint64
	at                int64 // seconds
}

func (l *limiter) take(now int64) bool {
	if now > l.at {
		l.left = min(l.burst, l.left+uint64(now-l.at)*l.rate)
		l.at = now
	}
	if l.left == 0 {
		return false
	}
	l.left--
	return true
}

// New returns a side of a connection. The first frame to send is Settings.
func New(server bool, h Handler, o Options) *Conn {
	if o.Now == nil {
		o.Now = time.Now
	}
	c := &Conn{h: h, o: o, server: server, streams: map[uint32]*Stream{}, local: DefaultSettings(), remote: DefaultSettings(),
		sendWindow: 65535, recvWindow: 65535, windowSize: 65535, nextID: 1}
	c.remote.MaxConcurrentStreams = o.PeerMaxConcurrentStreams
	if server {
		c.nextID, c.magic = 2, len(http2.ClientPreface)
	}
	c.resets = limiter{left: o.StreamResetBurst, burst: o.StreamResetBurst, rate: o.StreamResetRate, at: o.Now().Unix()}
	c.out.separate = o.Separate
	c.fr = http2.NewFramer(&c.out, &c.rd)
	c.fr.SetReuseFrames()
	c.fr.SetMaxReadFrameSize(1<<24 - 1)
	c.fr.AllowIllegalWrites = true
	if !server {
		_, _ = c.out.Write([]byte(http2.ClientPreface))
	}
	c.enc = hpack.NewEncoder(&c.encBuf)
	c.enc.SetMaxDynamicTableSizeLimit(o.MaxDeflateDynamicTableSize)
	c.dec = hpack.NewDecoder(4096, c.field)
	c.dec.SetMaxStringLength(65536)
	return c
}

// mine reports whether this side opens streams of that number.
func (c *Conn) mine(id uint32) bool { return (id%2 == 0) == c.server }

func (c *Conn) streamWindow() int64 { return int64(c.local.InitialWindowSize) }

// Local and Remote return the settings in force: Local those that the peer has
// acknowledged.
func (c *Conn) Local() *Settings { return &c.local }

// Remote returns the peer's settings.
func (c *Conn) Remote() *Settings { return &c.remote }

// Stream returns the stream of a number, nil for none.
func (c *Conn) Stream(id uint32) *Stream { return c.streams[id] }

// later puts off what must not happen inside the caller.
func (c *Conn) later(f func()) { c.deferred = append(c.deferred, f) }

func (c *Conn) runDeferred() {
	for len(c.deferred) > 0 {
		d := c.deferred
		c.deferred = nil
		for _, f := range d {
			f()
		}
	}
}

// WantWrite reports whether Flush would have something to write: DATA that the
// windows hold back does not count.
func (c *Conn) WantWrite() bool {
	if c.finished {
		return false
	}
	if !c.flushing && (c.out.size > 0 || len(c.deferred) > 0) || c.canStart() {
		return true
	}
	for _, s := range c.sending {
		if c.canSend(s) {
			return true
		}
	}
	return false
}

// WantRead reports whether anything of the peer's still counts.
func (c *Conn) WantRead() bool { return !c.deaf }

func (c *Conn) newStream(id uint32) *Stream {
	s := &Stream{ID: id, c: c, sendWindow: int64(c.remote.InitialWindowSize), recvWindow: c.streamWindow(), weight: 16, maxHeaders: c.maxListSize()}
	c.streams[id] = s
	c.memory += streamMemory
	c.streamCount++
	if !c.mine(id) {
		c.theirs++
	}
	c.maxStreams = max(c.maxStreams, len(c.streams))
	return s
}

// closeStream ends a stream and tells the handler.
func (c *Conn) closeStream(s *Stream, code Code) {
	if s.closed {
		return
	}
	s.closed = true
	if s.code == 0 {
		s.code = code
	}
	delete(c.streams, s.ID)
	if !c.mine(s.ID) {
		c.theirs--
	}
	c.memory -= streamMemory
	if s.pushed && !s.opened && !c.mine(s.ID) {
		c.reserved--
	}
	if c.mine(s.ID) && s.opened {
		c.mineOpen--
	}
	if s.Owner != nil {
		c.h.StreamClosed(s, code)
	}
}

// closeIfDone ends a stream whose two halves have ended.
func (c *Conn) closeIfDone(s *Stream) {
	if s.shutRead && s.shutWrite {
		c.closeStream(s, NoError)
	}
}

// Stats are the counts of a connection, for performance entries.
type Stats struct {
	FramesReceived, FramesSent, StreamCount, MaxStreams int
	BytesRead, BytesWritten                             uint64
}

// Stats returns the counts.
func (c *Conn) Stats() Stats {
	return Stats{c.framesReceived, c.framesSent, c.streamCount, c.maxStreams, c.bytesIn, c.bytesOut}
}

// ConnState is session.state.
type ConnState struct {
	EffectiveLocalWindowSize, EffectiveRecvDataLength, NextStreamID, LocalWindowSize, LastProcStreamID, RemoteWindowSize,
	OutboundQueueSize, DeflateDynamicTableSize, InflateDynamicTableSize int64
}

// State returns the numbers of session.state.
func (c *Conn) State() ConnState {
	return ConnState{
		EffectiveLocalWindowSize: c.windowSize, EffectiveRecvDataLength: max(c.windowSize-c.recvWindow, 0), NextStreamID: int64(c.nextID),
		LocalWindowSize: c.recvWindow, LastProcStreamID: int64(c.lastID), RemoteWindowSize: c.sendWindow,
		OutboundQueueSize: int64(len(c.waiting) + len(c.out.bufs)),
	}
}
