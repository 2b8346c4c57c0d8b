package parser

// DefaultMaxHeaderSize is http.maxHeaderSize: the number of bytes of URL,
// status message, header names and values at which a head (or a chunked body's
// trailers) is refused.
const DefaultMaxHeaderSize = 16 << 10

// MaxChunkExtensions is the number of bytes of extensions that one chunk may
// carry.
const MaxChunkExtensions = 16 << 10

// Options says how a Parser reads. The zero value is Node's default.
type Options struct {
	Kind          Kind
	MaxHeaderSize int // bytes; 0 means DefaultMaxHeaderSize
	Lenient       Lenient
	// Yield makes Execute return, with Yielded true, wherever ticks and
	// microtasks run between two calls of Node's binding: after each OnBody, and
	// where header lines are handed over apart from the head, which is behind
	// each full batch of them (BatchPairs), behind trailers, and, once either has
	// happened, behind every head. The caller drains its queues and calls Execute
	// with the rest, which may be empty.
	Yield bool
	// Flushed says that lines were handed over apart from their head before, on
	// the same connection: see Parser.Flushed.
	Flushed bool
}

// Parser reads the messages of one direction of one connection. The zero value
// is not usable: see New and Get.
type Parser struct {
	handler Handler
	opt     Options
	state   state
	finish  finishKind
	flags   flag
	vkind   valueKind
	noFold  bool   // a folded line does not continue the Connection list
	match   uint8  // bytes of the constant that were matched
	word    string // the constant
	methods uint64 // the methods that are still possible, one bit each

	executing bool
	paused    bool
	yielded   bool
	upgraded  bool
	stop      bool // Execute returns after the present step
	freed     bool // Put was called during Execute
	inSpan    bool // a counted element is open
	inBlock   bool // a head or trailers are being read
	flushed   int  // lines of the block that were yielded for

	// The block that offsets count in is arena followed by what the present
	// input has from mark: the byte at index i has the offset i+delta.
	arena []byte
	mark  int
	delta int
	span  int // where the counted element begins in the present input

	cur       pair // the header line being read
	nread     int  // counted bytes of this head
	extRead   int  // bytes of extensions of this chunk
	remaining uint64
	// carry is a Content-Length whose body was not read and that llhttp puts in
	// front of the digits of the next one, when LenientKeepAlive keeps a closing
	// connection open: 5, then 6, reads as 56.
	carry uint64
	head  Head

	err      error   // what each further Execute returns, after a failure
	position int     // where it was, in bytes of the input then given
	thrown   error   // what the failing callback returned
	calling  errKind // what a failure of the present callback means
}

// New returns a parser of its own that reports to h. Get does the same from
// the free list.
func New(h Handler, o Options) *Parser {
	p := new(Parser)
	p.Reset(h, o)
	return p
}

// Reset makes p ready for a new connection. It must not be called during
// Execute.
func (p *Parser) Reset(h Handler, o Options) {
	if p.executing {
		panic("parser: Reset during Execute")
	}
	arena, pairs := p.arena[:0], p.head.pairs[:0]
	if cap(arena) > arenaKept {
		arena = nil
	}
	if cap(pairs) > pairsKept {
		pairs = nil
	}
	*p = Parser{arena: arena}
	p.head.pairs = pairs
	p.Serve(h, o)
}

// Serve gives a parser that was reset its work.
func (p *Parser) Serve(h Handler, o Options) {
	if o.MaxHeaderSize <= 0 {
		o.MaxHeaderSize = DefaultMaxHeaderSize
	}
	o.MaxHeaderSize = min(o.MaxHeaderSize, maxHeaderSizeMax)
	p.handler, p.opt = h, o
}

// maxHeaderSizeMax keeps offsets, which have separators between what counts,
// within 32 bits.
const maxHeaderSizeMax = 1 << 28

// What a recycled parser keeps of its buffers: bytes, header lines.
const (
	arenaKept = 16 << 10
	pairsKept = 128
)

// Execute reads input and reports what it finds. n is the number of bytes read:
// all of them unless Upgraded, Yielded or an error says otherwise. The error is
// a *nodeerr.Error with an HPE_* code, whose bytesParsed equals n, or the error
// that a callback returned.
func (p *Parser) Execute(input []byte) (n int, err error) {
	if p.executing {
		panic("parser: Execute during Execute")
	}
	if p.state == sFailed {
		return p.position, p.err
	}
	if p.paused && !p.yielded {
		return 0, newError(errPaused, 0)
	}
	if p.upgraded {
		p.finish = finishSafe
	}
	p.executing, p.yielded, p.upgraded, p.stop = true, false, false, false
	defer p.leave()
	p.mark, p.delta, p.span = 0, len(p.arena), 0

	i := 0
	for !p.stop && (i < len(input) || p.state >= sHeadComplete) {
		switch s := p.state; {
		case s >= sFirstHeader && s <= sHeadersLF:
			i = p.readHeaders(input, i)
		case s >= sChunkSizeStart && s <= sChunkDataLF:
			i = p.readChunk(input, i)
		case s >= sMethod && s <= sProtocol:
			i = p.readRequestLine(input, i)
		case s >= sMajor && s <= sStatusLF:
			i = p.readVersion(input, i)
		case s == sBodyLength:
			i = p.readBody(input, i)
		case s == sBodyEOF:
			i = p.body(input, i, len(input))
		case s == sHeadComplete:
			p.headComplete(i)
		case s == sComplete:
			p.complete(i)
		default:
			i = p.readStart(input, i)
		}
	}
	if p.inBlock && (!p.stop || p.yielded) {
		p.save(input[:i])
	}
	p.executing = false
	if err := p.thrown; err != nil {
		p.thrown = nil
		return p.position, err
	}
	if p.state == sFailed && !p.freed {
		return p.position, p.err
	}
	return i, nil
}

// leave ends an Execute. When a callback panics, the parser is left in the
// error state, as it is after an exception in Node.
func (p *Parser) leave() {
	if p.executing {
		p.executing = false
		p.fail(p.calling, 0)
	}
	if p.freed {
		p.freed = false
		Put(p)
	}
}

// Finish tells the parser that the input has ended. A body that is delimited
// by the end completes; in the middle of a message the error is
// HPE_INVALID_EOF_STATE. After an error, or after an upgrade, Finish is silent.
func (p *Parser) Finish() error {
	if p.executing {
		panic("parser: Finish during Execute")
	}
	if p.state == sFailed {
		return nil
	}
	switch p.finish {
	case finishComplete:
		p.executing, p.calling, p.finish = true, errCallbackComplete, finishSafe
		defer p.leave()
		err := p.handler.OnMessageComplete(p.noTrailers())
		p.executing = false
		return err
	case finishUnsafe:
		if p.flags&fTakeover != 0 {
			return nil
		}
		return newError(errEOF, 0)
	}
	return nil
}

// Pause makes the next Execute fail with HPE_PAUSED, until Resume. An Execute
// in progress (over all its yields) reads its input to the end.
func (p *Parser) Pause() { p.paused = true }

// Resume ends a pause.
func (p *Parser) Resume() { p.paused = false }

// Flushed reports whether lines were handed over apart from their head, for
// Options.Flushed of the parser that goes on with the same connection.
func (p *Parser) Flushed() bool { return p.opt.Flushed }

// Upgraded reports whether the last Execute stopped behind a message that
// another protocol follows: the rest of its input is not HTTP.
func (p *Parser) Upgraded() bool { return p.upgraded }

// Yielded reports whether the last Execute stopped because of Options.Yield.
func (p *Parser) Yielded() bool { return p.yielded }

// Err returns the error that the parser stopped at, or nil.
func (p *Parser) Err() error { return p.err }

// Lenient returns the lenient flags that the parser reads with.
func (p *Parser) Lenient() Lenient { return p.opt.Lenient }

// InMessage reports whether the input so far ends inside a message.
func (p *Parser) InMessage() bool { return p.finish != finishSafe && !p.upgraded }

// fail puts the parser in the error state; position is the error's bytesParsed.
// From the head of a message that another protocol follows to the next head
// Node reports no error: what cannot be read is left to the other protocol.
func (p *Parser) fail(k errKind, position int) {
	p.state, p.stop, p.inBlock = sFailed, true, false
	p.position = position
	if p.flags&fTakeover != 0 {
		p.upgraded = true
		return
	}
	p.err = newError(k, position)
}

// throw ends Execute because the present callback returned err.
func (p *Parser) throw(err error, position int) {
	p.fail(p.calling, position)
	p.thrown = err
}

// lenient reports whether any of the flags l is set.
func (p *Parser) lenient(l Lenient) bool { return p.opt.Lenient&l != 0 }

// Idle reports whether p stands between two messages that it may read one after
// the other: a parser from Get would read on in its place.
func (p *Parser) Idle() bool {
	return p.state == sStart && p.finish == finishSafe && p.carry == 0 && !p.paused && !p.yielded && !p.upgraded && !p.executing && !p.freed
}
