package inflate

import (
	"encoding/binary"
	"errors"
	"hash/adler32"
)

// Format is what stands around the compressed data.
type Format uint8

// The formats: RFC 1951, RFC 1950, RFC 1952, and either of the latter two.
const (
	Raw Format = iota
	Zlib
	Gzip
	Either
)

// Status says how a step ended.
type Status uint8

// The results of a step.
const (
	OK        Status = iota // something was done
	BufError                // nothing could be done without more input or room
	StreamEnd               // the stream is complete
	NeedDict                // SetDictionary, then go on
	DataError               // the data is corrupt: Message tells how
)

// ErrDictionary is returned for a dictionary that the stream does not name.
var ErrDictionary = errors.New("inflate: not the stream's dictionary")

// Decompressor is a stream under decompression.
type Decompressor struct {
	format     Format
	windowBits int // 0: as the zlib header says
	step       step
	message    string

	whole  []byte // the input of the step
	in     []byte // what is left of it
	acc    uint64 // bits taken from the input, the next one lowest
	nacc   uint
	out    []byte // during a step
	nout   int
	window []byte // a ring of what came before out
	wpos   int    // where its next byte goes
	whave  int
	wsize  int

	last                     bool // the block under way is the last one
	stored                   int  // bytes of the stored block that are left
	nlen, ndist, ncode, have int
	lens                     [320]uint8
	tables                   [3][]entry // memory of the codes
	litLen, dist             []entry
	length, distance         int

	check  check
	header header
	found  Format // the format that Either turned out to be
	dictID uint32
}

// New returns a Decompressor. windowBits is 8 to 15, or 0 in the formats with a
// header for what that says.
func New(f Format, windowBits int) *Decompressor {
	d := &Decompressor{format: f, windowBits: windowBits}
	d.Reset()
	return d
}

// Reset begins a new stream.
func (d *Decompressor) Reset() {
	d.acc, d.nacc, d.message, d.last = 0, 0, "", false
	d.wpos, d.whave = 0, 0
	d.header = header{}
	d.check = newCheck()
	d.setWindow(d.windowBits)
	if d.windowBits == 0 {
		d.setWindow(15)
	}
	d.found = d.format
	d.step = atMagic
	if d.format == Raw {
		d.step = atBlock
	}
}

func (d *Decompressor) setWindow(bits int) {
	if bits > 0 {
		d.wsize = 1 << bits
	}
}

// Message is the text of a DataError.
func (d *Decompressor) Message() string { return d.message }

// SetDictionary gives the data that the compressor had seen: in the raw format
// at any time, otherwise when a step said NeedDict.
func (d *Decompressor) SetDictionary(p []byte) error {
	if d.format != Raw {
		if d.step != atDictionary || adler32.Checksum(p) != d.dictID {
			return ErrDictionary
		}
		d.step = atBlock
	}
	d.remember(p)
	return nil
}

// remember appends p to the window.
func (d *Decompressor) remember(p []byte) {
	if len(p) == 0 {
		return
	}
	if len(d.window) != d.wsize {
		d.window = make([]byte, d.wsize)
		d.wpos, d.whave = 0, 0
	}
	if len(p) > d.wsize {
		p = p[len(p)-d.wsize:]
	}
	n := copy(d.window[d.wpos:], p)
	copy(d.window, p[n:])
	d.wpos = (d.wpos + len(p)) % d.wsize
	d.whave = min(d.whave+len(p), d.wsize)
}

// Step decompresses in to out: nin and nout say how much of each was used. Input
// after the end of the stream is left alone.
func (d *Decompressor) Step(in, out []byte) (nin, nout int, s Status) {
	d.whole, d.in, d.out, d.nout = in, in, out, 0
	s = d.run()
	d.check.write(d.found, d.out[:d.nout])
	if s == OK && d.step == atTrailer {
		s = d.trailer()
	}
	if s != OK || d.nout == len(d.out) {
		d.giveBack()
	} // else the bits wait for the rest of what they begin
	nin, nout = len(d.whole)-len(d.in), d.nout
	if s != DataError && d.step != atDone {
		d.remember(d.out[:d.nout])
	}
	d.whole, d.in, d.out = nil, nil, nil
	if s == OK && nin == 0 && nout == 0 {
		s = BufError
	}
	return nin, nout, s
}

// giveBack returns to the input the whole bytes that were taken and not used.
func (d *Decompressor) giveBack() {
	n := min(int(d.nacc>>3), len(d.whole)-len(d.in))
	if n == 0 {
		return
	}
	d.in = d.whole[len(d.whole)-len(d.in)-n:]
	d.nacc -= uint(n) * 8
	d.acc &= 1<<d.nacc - 1
}

// refill takes as much input as the accumulator holds.
func (d *Decompressor) refill() {
	if len(d.in) >= 8 {
		d.acc |= binary.LittleEndian.Uint64(d.in) << d.nacc
		n := (63 - d.nacc) >> 3
		d.in = d.in[n:]
		d.nacc += n * 8
		d.acc &= 1<<d.nacc - 1
		return
	}
	for d.nacc <= 55 && len(d.in) > 0 {
		d.acc |= uint64(d.in[0]) << d.nacc
		d.in = d.in[1:]
		d.nacc += 8
	}
}

// need makes n bits available, n <= 48; false means that the input has not got
// them.
func (d *Decompressor) need(n uint) bool {
	if d.nacc < n {
		d.refill()
	}
	return d.nacc >= n
}

func (d *Decompressor) drop(n uint) {
	d.acc >>= n
	d.nacc -= n
}

func (d *Decompressor) bits(n uint) int {
	v := int(d.acc & (1<<n - 1))
	d.drop(n)
	return v
}

func (d *Decompressor) fail(message string) Status {
	d.message = message
	d.step = atError
	return DataError
}
