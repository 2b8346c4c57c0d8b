package deflate

import (
	"encoding/binary"
	"errors"
	"hash/adler32"
	"sync"
)

// Format is what stands around the compressed data.
type Format uint8

// The formats: RFC 1951, RFC 1950 and RFC 1952.
const (
	Raw Format = iota
	Zlib
	Gzip
)

// Flush says what a step must have sent when it ends, by zlib's numbers.
type Flush uint8

// The kinds of flush (https://nodejs.org/docs/latest-v24.x/api/zlib.html#zlib-constants).
const (
	NoFlush Flush = iota
	PartialFlush
	SyncFlush
	FullFlush
	Finish
	BlockFlush
)

// rank orders the kinds by what they do.
func (f Flush) rank() int {
	if f > Finish {
		return int(f)*2 - 9
	}
	return int(f) * 2
}

// Strategy says what kind of data comes, by zlib's numbers.
type Strategy uint8

// The strategies.
const (
	Default     Strategy = iota
	Filtered             // small values, mostly random: fewer matches
	HuffmanOnly          // no matches
	RunLengths           // matches of distance one
	Fixed                // no codes of the block's own
)

// operatingSystem is the byte of a gzip header that Node's zlib writes there.
const operatingSystem = 3

// Options configure a Compressor.
type Options struct {
	Format     Format
	Level      int // 0 to 9, -1 for 6
	WindowBits int // 8 to 15; 9 to 15 in the raw format
	MemLevel   int // 1 to 9
	Strategy   Strategy
}

// ErrOptions is returned for options out of range.
var ErrOptions = errors.New("deflate: options out of range")

// ErrDictionary is returned when a dictionary comes too late, or to a gzip
// stream.
var ErrDictionary = errors.New("deflate: a dictionary cannot be set now")

// Compressor is a stream under compression.
type Compressor struct {
	format   Format
	level    int
	strategy Strategy
	tuning   tuning
	check    check

	size        int // of the window's halves
	window      []byte
	head, prev  []uint16 // hash tables: the last string of a hash, the one before a string
	hashMask    uint32
	pos         int // of what is compressed next
	ahead       int // bytes in the window from pos on
	blockStart  int // of the block being collected, negative once it left the window
	matchStart  int
	matchLength int
	prevLength  int
	held        bool // the byte before pos waits to be a literal
	pending     int  // strings before pos that are not hashed yet
	stale       int  // slides of the window that the hash tables have not seen

	symbols               []symbol
	blockLimit            int
	pendingSize           int
	litLen, dist, codeLen *tree

	free    *sync.Pool // where Release puts it
	w       bitWriter
	in, out []byte // during a step
	state   state
	last    int // the last step's flush, -1 where a repetition counts, -2 before the first
	dictID  uint32
	hasDict bool
}

type state uint8

const (
	atHeader state = iota
	atData
	atEnd  // the last block is made
	atDone // and so is the trailer
)

// New returns a Compressor.
func New(o Options) (*Compressor, error) {
	if o.Level == -1 {
		o.Level = 6
	}
	if o.WindowBits == 8 && o.Format == Raw || o.WindowBits < 8 || o.WindowBits > 15 || o.MemLevel < 1 || o.MemLevel > 9 ||
		o.Level < 0 || o.Level > 9 || o.Strategy > Fixed {
		return nil, ErrOptions
	}
	if o.WindowBits == 8 {
		o.WindowBits = 9 // the search needs more than 256 bytes
	}
	free := &spares[o.WindowBits][o.MemLevel]
	c, _ := free.Get().(*Compressor)
	if c == nil {
		c = allocate(o.WindowBits, o.MemLevel)
		c.free = free
	} else {
		clear(c.window) // strings at the end of the data are hashed with a byte behind it
	}
	c.format, c.level, c.strategy = o.Format, o.Level, o.Strategy
	c.check.format = o.Format
	c.Reset()
	return c, nil
}

// spares are Compressors that were released, by window bits and memory level:
// one has 300 kB of tables.
var spares [16][10]sync.Pool

// Release gives the memory of c to later Compressors; c must not be used any
// more.
func (c *Compressor) Release() {
	if c.free != nil {
		c.free.Put(c)
	}
}

func allocate(windowBits, memLevel int) *Compressor {
	size := 1 << windowBits
	hashBits := max(memLevel+7, 15)
	symbols := 1 << (memLevel + 6)
	return &Compressor{
		size: size, window: make([]byte, 2*size+maxMatch+padding),
		head: make([]uint16, 1<<hashBits), prev: make([]uint16, size), hashMask: 1<<hashBits - 1,
		symbols: make([]symbol, 0, symbols), blockLimit: symbols - 1, pendingSize: symbols * 4,
		litLen:  newTree(numLitLen, numLiterals+1, maxCodeBits, lengthExtra[:], fixedLitLens[:]),
		dist:    newTree(numDistances, 0, maxCodeBits, distanceExtra[:], fixedDists[:]),
		codeLen: newTree(numCodeLens, 0, maxLenBits, codeLenExtra[:], nil),
	}
}

// Reset begins a new stream with the same options and no dictionary.
func (c *Compressor) Reset() {
	clear(c.head)
	c.pos, c.ahead, c.blockStart, c.matchStart = 0, 0, 0, 0
	c.matchLength, c.prevLength, c.held, c.pending, c.stale = minMatch-1, minMatch-1, false, 0, 0
	c.tuning = tunings[c.level]
	c.w = bitWriter{out: c.w.out[:0]}
	c.state, c.last, c.hasDict = atHeader, -2, false
	c.check.reset()
	c.newBlock()
}

// SetDictionary gives the data that the decompressor will have seen too. It must
// come before the first step, or in the raw format between two blocks.
func (c *Compressor) SetDictionary(p []byte) error {
	if c.format == Gzip || c.format == Zlib && c.state != atHeader || c.ahead != 0 {
		return ErrDictionary
	}
	if c.format == Zlib {
		c.dictID, c.hasDict = adler32.Checksum(p), true
	}
	if len(p) >= c.size {
		if c.format == Raw {
			clear(c.head)
			c.pos, c.blockStart, c.pending = 0, 0, 0
		}
		p = p[len(p)-c.size:]
	}
	format, in := c.check.format, c.in
	c.check.format, c.in = Raw, p // it is no part of the checksum
	c.fill()
	for c.ahead >= minMatch {
		for at, n := c.pos, c.ahead-(minMatch-1); n > 0; n-- {
			c.insert(at)
			at++
			c.pos = at
		}
		c.ahead = minMatch - 1
		c.fill()
	}
	c.pos += c.ahead
	c.blockStart = c.pos
	c.pending = c.ahead
	c.ahead = 0
	c.matchLength, c.prevLength, c.held = minMatch-1, minMatch-1, false
	c.check.format, c.in = format, in
	return nil
}

// Params changes level and strategy from the next input on. What went before
// must have been flushed; otherwise Params sends it to out and reports false if
// that is too small.
func (c *Compressor) Params(level int, strategy Strategy, out []byte) (nout int, ok bool) {
	if level == -1 {
		level = 6
	}
	if (strategy != c.strategy || tunings[level].run != c.tuning.run) && c.last != -2 {
		_, nout, _ = c.Step(nil, out, BlockFlush)
		if c.pos-c.blockStart+c.ahead > 0 || len(c.w.out) > 0 {
			return nout, false
		}
	}
	if c.level != level {
		if c.level == 0 && c.stale != 0 {
			if c.stale == 1 {
				c.slideHash()
			} else {
				clear(c.head)
			}
			c.stale = 0
		}
		c.level, c.tuning = level, tunings[level]
	}
	c.strategy = strategy
	return nout, true
}

// Step compresses in to out: nin and nout say how much of each was used. All
// that f asks for was sent if nout < len(out); otherwise call again with the
// rest of the input and the same f. done says that the stream is complete, which
// happens after Finish only.
func (c *Compressor) Step(in, out []byte, f Flush) (nin, nout int, done bool) {
	c.in, c.out = in, out
	done = c.step(f)
	nin, nout = len(in)-len(c.in), len(out)-len(c.out)
	c.in, c.out = nil, nil
	return nin, nout, done
}

func (c *Compressor) step(f Flush) (done bool) {
	before := c.last
	c.last = int(f)
	if len(c.w.out) > 0 {
		if c.drain(); len(c.out) == 0 {
			c.last = -1
			return c.state == atDone && len(c.w.out) == 0
		}
	} else if len(c.in) == 0 && before >= 0 && f.rank() <= Flush(before).rank() && f != Finish {
		return c.state == atDone
	}
	if c.state == atHeader {
		c.header()
		c.state = atData
		if c.drain(); len(c.w.out) > 0 {
			c.last = -1
			return false
		}
	}
	if c.state == atData && (len(c.in) > 0 || c.ahead > 0 || f != NoFlush) {
		p := c.search(f)
		if p >= finishing {
			c.state = atEnd
		}
		if p == needMore || p == finishing {
			if len(c.out) == 0 {
				c.last = -1
			}
			if p == needMore {
				return false
			}
		}
		if p == blockDone {
			c.boundary(f)
			if c.drain(); len(c.out) == 0 {
				c.last = -1
				return false
			}
		}
	}
	if f != Finish {
		return false
	}
	if c.state == atEnd {
		if len(c.w.out) > 0 && len(c.out) == 0 {
			return false
		}
		c.trailer()
		c.state = atDone
	}
	c.drain()
	return c.state == atDone && len(c.w.out) == 0
}

func (c *Compressor) search(f Flush) progress {
	switch {
	case c.level == 0:
		return c.store(f)
	case c.strategy == HuffmanOnly:
		return c.searchNothing(f)
	case c.strategy == RunLengths:
		return c.searchRuns(f)
	case c.tuning.run == greedy:
		return c.searchGreedy(f)
	}
	return c.searchLazy(f)
}

// boundary marks the end of a flushed block.
func (c *Compressor) boundary(f Flush) {
	switch f {
	case PartialFlush:
		c.emptyFixed()
	case BlockFlush:
	default:
		c.stored(nil, false)
		if f == FullFlush {
			clear(c.head)
			if c.ahead == 0 {
				c.pos, c.blockStart, c.pending = 0, 0, 0
			}
		}
	}
	c.w.whole()
}

// drain moves what was made to the output.
func (c *Compressor) drain() {
	c.w.whole()
	n := copy(c.out, c.w.out)
	c.out = c.out[n:]
	c.w.out = c.w.out[:copy(c.w.out, c.w.out[n:])]
}

func (c *Compressor) header() {
	quick := c.strategy >= HuffmanOnly || c.level < 2
	switch c.format {
	case Zlib:
		bits := 0
		for 1<<bits < c.size {
			bits++
		}
		h := uint16(8+(bits-8)<<4) << 8
		switch {
		case quick:
		case c.level < 6:
			h |= 1 << 6
		case c.level == 6:
			h |= 2 << 6
		default:
			h |= 3 << 6
		}
		if c.hasDict {
			h |= 0x20
		}
		h += 31 - h%31
		c.w.out = binary.BigEndian.AppendUint16(c.w.out, h)
		if c.hasDict {
			c.w.out = binary.BigEndian.AppendUint32(c.w.out, c.dictID)
		}
	case Gzip:
		extra := byte(0)
		if c.level == 9 {
			extra = 2
		} else if quick {
			extra = 4
		}
		c.w.out = append(c.w.out, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, operatingSystem)
	}
}

func (c *Compressor) trailer() {
	switch c.format {
	case Zlib:
		c.w.out = binary.BigEndian.AppendUint32(c.w.out, c.check.adler.sum())
	case Gzip:
		c.w.out = binary.LittleEndian.AppendUint32(c.w.out, c.check.crc)
		c.w.out = binary.LittleEndian.AppendUint32(c.w.out, c.check.size)
	}
}
