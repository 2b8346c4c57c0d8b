package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Parser is socket.parser: the parser of a transport with the message it is in.
type Parser struct {
	p        *parser.Parser // nil between messages: an idle connection has none
	o        parser.Options
	Conn     Conn
	Incoming *IncomingMessage
	Outgoing *ClientRequest // of a client

	side  parserSide
	async loop.Async // of the parser's callbacks

	MaxHeaderPairs int
	// Host is the object that stands for the parser in the host.
	Host any

	joinDuplicateHeaders bool
	pool                 *parserPool
	owned                bool // the input is the program's to keep
	freed                bool
	lent                 straight // the way that the last part of a body took uncopied
}

// parserSide is the side of a connection that a parser reports to.
type parserSide interface {
	// requestBegan tells of the first byte of a message, headersEnded of the
	// end of its head.
	requestBegan()
	headersEnded()
	newIncoming() *IncomingMessage
	onIncoming(m *IncomingMessage, keepAlive bool) parser.Action
}

// execute parses p.
func (x *Parser) execute(p []byte) (int, error) {
	if x.p == nil {
		x.p = x.pool.get(x)
	}
	return x.p.Execute(p)
}

// park gives back what reads, if it stands between two messages.
func (x *Parser) park() {
	if x.p != nil && x.p.Idle() {
		x.o.Flushed = x.p.Flushed()
		x.pool.put(x.p)
		x.p = nil
	}
}

func (x *Parser) inMessage() bool { return x.p != nil && x.p.InMessage() }
func (x *Parser) yielded() bool   { return x.p != nil && x.p.Yielded() }
func (x *Parser) upgraded() bool  { return x.p != nil && x.p.Upgraded() }

func (x *Parser) finish() error {
	if x.p == nil {
		return nil
	}
	return x.p.Finish()
}

// settle follows the call-out in which a part of a body was pushed.
func (x *Parser) settle(l *loop.Loop) {
	if x.lent.from == nil {
		return
	}
	if x.lent.through() {
		l.ReturnRead()
	}
	x.lent = straight{}
}

// newParser takes a parser from the free list.
func newParser(kind parser.Kind, c Conn, maxHeaderSize int, lenient bool) *Parser {
	o := parser.Options{Kind: kind, MaxHeaderSize: maxHeaderSize, Yield: true}
	if lenient {
		o.Lenient = parser.LenientAll
	}
	pool := poolOf(c.AsStream().StreamLoop())
	x := pool.take()
	*x = Parser{o: o, Conn: c, pool: pool, MaxHeaderPairs: parser.DefaultMaxHeaderPairs, Host: x.Host}
	return x
}

// parserPool keeps the parsers of one loop that are free: a program that looks
// sees the same object again.
type parserPool struct {
	free  []*Parser
	spare *parser.Parser // reset; one is enough where messages come whole
}

type parserPoolKey struct{}

func poolOf(l *loop.Loop) *parserPool {
	p, ok := l.Slot(parserPoolKey{}).(*parserPool)
	if !ok {
		p = &parserPool{}
		l.SetSlot(parserPoolKey{}, p)
	}
	return p
}

// get returns what reads for x.
func (p *parserPool) get(x *Parser) *parser.Parser {
	r := p.spare
	if r == nil {
		return parser.Get(x, x.o)
	}
	p.spare = nil
	r.Serve(x, x.o)
	return r
}

// put takes back what has read.
func (p *parserPool) put(r *parser.Parser) {
	if p.spare != nil {
		parser.Put(r)
		return
	}
	r.Reset(nil, parser.Options{})
	p.spare = r
}

func (p *parserPool) take() *Parser {
	if n := len(p.free); n > 0 {
		x := p.free[n-1]
		p.free = p.free[:n-1]
		return x
	}
	return new(Parser)
}

// free gives the parser back; it must not be used again.
func (x *Parser) free() {
	if x.freed {
		return
	}
	x.freed = true
	if x.p != nil {
		parser.Put(x.p)
		x.p = nil
	}
	x.async.End()
	if s := slotOf(x.Conn); s.Parser == x {
		s.Parser = nil
	}
	x.Conn, x.Incoming, x.Outgoing, x.side = nil, nil, nil, nil
	if len(x.pool.free) < parser.FreeListMax {
		x.pool.free = append(x.pool.free, x)
	}
}

// OnMessageBegin notes when a request began, for the server's timeouts.
func (x *Parser) OnMessageBegin() {
	x.side.requestBegan()
}

// begin makes the present asynchronous context that of the callbacks.
func (x *Parser) begin(kind string) {
	var cause *loop.Handle
	if s, ok := x.Conn.(net.Socketer); ok && kind == "HTTPIncomingMessage" {
		if h := s.AsSocket().Handle(); h != nil {
			cause = &h.Handle
		}
	}
	x.async.Begin(x.Conn.AsStream().StreamLoop(), kind, cause)
}

// OnHeadersComplete makes the message and hands it to the side that waits.
func (x *Parser) OnHeadersComplete(h *parser.Head) (parser.Action, error) {
	if !x.async.Tracked() {
		return x.headersComplete(h)
	}
	return x.headersWithin(h)
}

// headersWithin is headersComplete in the parser's asynchronous context.
func (x *Parser) headersWithin(h *parser.Head) (act parser.Action, err error) {
	x.async.Run(loop.Func(func() { act, err = x.headersComplete(h) }))
	return act, err
}

func (x *Parser) headersComplete(h *parser.Head) (parser.Action, error) {
	m := x.side.newIncoming()
	m.JoinDuplicateHeaders = x.joinDuplicateHeaders
	m.take(h, x.MaxHeaderPairs)
	x.Incoming = m
	x.side.headersEnded()
	return x.side.onIncoming(m, h.ShouldKeepAlive), nil
}

// OnBody pushes a part of the body; a message that is full stops the transport.
func (x *Parser) OnBody(b []byte) error {
	m := x.Incoming
	if m == nil || m.Dumped {
		return nil
	}
	if !x.owned {
		if to, ok := straightOf(m); ok && m.loop.LendRead(b) {
			x.lent = to
		} else {
			b = m.loop.KeepRead(b)
		}
	}
	if x.async.Tracked() {
		x.async.Run(loop.Func(func() { x.push(m, b) }))
	} else {
		x.push(m, b)
	}
	return nil
}

func (x *Parser) push(m *IncomingMessage, b []byte) {
	if !m.Push(buffer.Bytes(b)) {
		readStop(x.Conn)
	}
}

// OnMessageComplete ends the message with its trailers.
func (x *Parser) OnMessageComplete(trailers *parser.Fields) error {
	if x.async.Tracked() {
		x.async.Run(loop.Func(func() { x.messageComplete(trailers) }))
	} else {
		x.messageComplete(trailers)
	}
	return nil
}

func (x *Parser) messageComplete(trailers *parser.Fields) {
	if m := x.Incoming; m != nil {
		m.Complete = true
		if trailers.Len() > 0 {
			m.RawTrailers, _ = rawFields(trailers, x.MaxHeaderPairs)
		}
		m.Push(noChunk)
	}
	readStart(x.Conn)
}
