package protocol

// State is the state of a stream, by nghttp2's numbers (RFC 9113, section 5.1).
type State int

// The states.
const (
	Idle State = iota + 1
	Open
	ReservedLocal
	ReservedRemote
	HalfClosedLocal
	HalfClosedRemote
	Closed
)

// Stream is one stream of a Conn. Its methods are those of the side that owns
// the Conn; after its end (Handler.StreamClosed) or Destroy they do nothing.
type Stream struct {
	// ID is the stream's identifier.
	ID uint32
	// Owner is free for the Handler's use.
	Owner any

	c *Conn

	opened              bool // a HEADERS frame has passed
	pushed              bool // opened by PUSH_PROMISE
	shutRead, shutWrite bool // END_STREAM was received, was sent
	closed, destroyed   bool
	closing             bool // RST_STREAM was sent: what comes is not looked at
	headersSent         bool // a final response, or the request
	code                Code // what it was reset with
	sendWindow          int64
	recvWindow          int64 // what the peer may still send
	recvd               int64 // received and not given back
	held                int64 // given to the handler while it does not read
	updateQueued        bool  // WINDOW_UPDATE was not flushed yet
	reading             bool
	source              bool // DATA may follow the headers that were sent
	queue               []piece
	queued              int
	ended               bool // no more is written
	trailers            bool // the handler is asked for trailers at the end
	listed              bool // in c.ready
	rule                rules
	waiting             *request // not sent yet
	weight              int
	maxHeaders          uint32 // bytes of a header block
}

// piece is a part of what was written; done belongs to the last part of a write.
type piece struct {
	p    []byte
	done func(error)
}

// Conn returns the connection.
func (s *Stream) Conn() *Conn { return s.c }

// Code is what the stream was reset with.
func (s *Stream) Code() Code { return s.code }

// State returns the state of the stream.
func (s *Stream) State() State {
	switch {
	case s.closed:
		return Closed
	case s.pushed && !s.opened && s.c.mine(s.ID):
		return ReservedLocal
	case s.pushed && !s.opened:
		return ReservedRemote
	case s.waiting != nil:
		return Idle
	case s.shutRead && s.shutWrite:
		return Closed
	case s.shutRead:
		return HalfClosedRemote
	case s.shutWrite:
		return HalfClosedLocal
	}
	return Open
}

// Weight is the weight of RFC 7540's priorities, which nothing is done with.
func (s *Stream) Weight() int {
	if s.waiting != nil {
		return 0
	}
	return s.weight
}

// LocalClosed and RemoteClosed report whether END_STREAM was sent, or received.
func (s *Stream) LocalClosed() bool { return s.shutWrite }

// RemoteClosed reports whether END_STREAM was received.
func (s *Stream) RemoteClosed() bool { return s.shutRead }

// LocalWindow is how many bytes the peer may send.
func (s *Stream) LocalWindow() int64 {
	if s.waiting != nil {
		return 0
	}
	return s.recvWindow
}

// Writable reports whether Write may still be called.
func (s *Stream) Writable() bool { return !s.ended && !s.destroyed }

// Queued is how many bytes wait.
func (s *Stream) Queued() int { return s.queued }

// Write queues bytes, which belong to the connection until done is called: with
// nil when they were written to the transport. It reports false on a stream that
// takes no more; then done is not called.
func (s *Stream) Write(bufs [][]byte, done func(error)) bool {
	if s.ended || s.destroyed {
		return false
	}
	if len(bufs) == 0 {
		bufs = [][]byte{nil}
	}
	for i, p := range bufs {
		x := piece{p: p}
		if i == len(bufs)-1 {
			x.done = done
		}
		s.queue = append(s.queue, x)
		s.queued += len(p)
		s.c.memory += len(p)
	}
	s.ready()
	return true
}

// Shutdown says that no more will be written.
func (s *Stream) Shutdown() {
	if !s.destroyed {
		s.ended = true
		s.ready()
	}
}

// ready lists the stream among those that have something to send.
func (s *Stream) ready() {
	if s.source && !s.listed && !s.closed && !s.shutWrite {
		s.listed = true
		s.c.sending = append(s.c.sending, s)
	}
}

// ReadStart says that the handler takes data: what it got while it did not read
// is given back to the peer as window.
func (s *Stream) ReadStart() {
	s.reading = true
	if n := s.held; n > 0 {
		s.held = 0
		s.consume(n)
	}
}

// ReadStop says that the handler has enough for now.
func (s *Stream) ReadStop() { s.reading = false }

// consume gives n bytes of window back.
func (s *Stream) consume(n int64) {
	s.recvd += n
	if s.closed || s.shutRead {
		return
	}
	if !s.updateQueued && s.recvd > 0 && s.recvd*2 >= s.c.streamWindow() {
		s.updateQueued = true
		s.c.updated = append(s.c.updated, s)
		s.c.windowUpdate(s.ID, s.recvd)
		s.recvWindow += s.recvd
		s.recvd = 0
	}
}

// Reset sends RST_STREAM, after which the stream is closed.
func (s *Stream) Reset(code Code) {
	if s.closed {
		return
	}
	s.code, s.closing = code, true
	if s.waiting != nil { // the peer never hears of it
		s.c.dropWaiting(s)
		s.c.later(func() { s.c.closeStream(s, code) })
		return
	}
	s.c.reset(s.ID, code)
	s.c.later(func() { s.c.closeStream(s, code) })
}

// Destroy says that the handler has no more use for the stream. What still waits
// is dropped by Drop.
func (s *Stream) Destroy() { s.destroyed = true }

// Drop drops what still waits; the callbacks get err.
func (s *Stream) Drop(err error) {
	q := s.queue
	s.queue = nil
	s.c.memory -= s.queued
	s.queued = 0
	for _, x := range q {
		if x.done != nil {
			x.done(err)
		}
	}
}
