package zlib

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"

	"github.com/spindle-js/spindle/nodeerr"
)

const (
	zstdMagic     = 0xfd2fb528
	zstdSkippable = 0x184d2a50 // and the fifteen after it
	zstdMaxBlock  = 128 << 10
)

// zstdDecoder gives the library, which pulls its input, one whole block at a
// time (RFC 8878, 3.1.1): so it never wants what is not there yet, and no
// goroutine has to wait for it.
type zstdDecoder struct {
	options   []zstd.DOption
	windowMax int
	dec       *zstd.Decoder
	src       input
	state     zstdState
	unit      []byte // input that is not complete yet
	block     []byte // what a block made
	rest      []byte // of block, not yet given out
	want      int    // bytes of the header, the block or the frame to be skipped
	last      bool
	checksum  bool
	err       *nodeerr.Error
}

type zstdState uint8

const (
	zstdAtMagic zstdState = iota
	zstdAtHeader
	zstdAtBlock
	zstdAtData
	zstdAtSkip
)

func newZstdDecoder(o CodecOptions) (Codec, *nodeerr.Error) {
	d := &zstdDecoder{windowMax: zstdDefaultWindowMax}
	if v := o.Params[zstdWindowLogMax]; v != 0 {
		if v < zstdMinWindowLog || v > zstdMaxWindowLog {
			return nil, settingFailed()
		}
		d.windowMax = v
	}
	d.options = []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(1 << d.windowMax), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(1 << 62)}
	if p := o.Dictionary; bytes.HasPrefix(p, zstdDictMagic) {
		d.options = append(d.options, zstd.WithDecoderDicts(p))
	} else if len(p) > 8 {
		d.options = append(d.options, zstd.WithDecoderDictRaw(0, p))
	}
	return d, nil
}

// gather completes unit to n bytes; false means that the input has not got
// them.
func (d *zstdDecoder) gather(in []byte, nin *int, n int) bool {
	k := min(n-len(d.unit), len(in)-*nin)
	if k > 0 {
		d.unit = append(d.unit, in[*nin:*nin+k]...)
		*nin += k
	}
	return len(d.unit) >= n
}

func (d *zstdDecoder) Step(in, out []byte, _ int) (nin, nout int, _ *nodeerr.Error) {
	for d.err == nil {
		n := copy(out[nout:], d.rest)
		nout += n
		d.rest = d.rest[n:]
		if len(d.rest) > 0 {
			return nin, nout, nil
		}
		var frameEnd, ok bool
		switch d.state {
		case zstdAtMagic:
			ok = d.magic(in, &nin)
		case zstdAtHeader:
			ok = d.header(in, &nin)
		case zstdAtBlock:
			ok = d.blockHead(in, &nin)
		case zstdAtData:
			if ok = d.gather(in, &nin, d.want); ok {
				frameEnd = d.last
				d.decode()
			}
		case zstdAtSkip:
			k := min(d.want, len(in)-nin)
			nin += k
			d.want -= k
			if ok = d.want == 0; ok {
				frameEnd = true
				d.next(zstdAtMagic)
			}
		}
		if frameEnd && d.err == nil { // the library stops here, whatever follows
			nout += d.giveRest(out[nout:])
			return nin, nout, nil
		}
		if !ok {
			return nin, nout, d.err
		}
	}
	return nin, nout, d.err
}

func (d *zstdDecoder) giveRest(out []byte) int {
	n := copy(out, d.rest)
	d.rest = d.rest[n:]
	return n
}

func (d *zstdDecoder) next(s zstdState) {
	d.state, d.unit = s, d.unit[:0]
}

func (d *zstdDecoder) fail(e *nodeerr.Error) bool {
	d.err = e
	return false
}

func (d *zstdDecoder) magic(in []byte, nin *int) bool {
	ok := d.gather(in, nin, 5)
	var want [4]byte
	binary.LittleEndian.PutUint32(want[:], zstdMagic)
	if n := min(len(d.unit), 4); !bytes.Equal(d.unit[:n], want[:n]) {
		binary.LittleEndian.PutUint32(want[:], zstdSkippable)
		want[0] |= first(d.unit) & 15
		if !bytes.Equal(d.unit[:n], want[:n]) {
			return d.fail(zstdError(10, "prefix_unknown", "Unknown frame descriptor"))
		}
		if !d.gather(in, nin, 8) {
			return false
		}
		d.want = int(binary.LittleEndian.Uint32(d.unit[4:]))
		d.next(zstdAtSkip)
		return true
	}
	if !ok {
		return false
	}
	// RFC 8878, 3.1.1.1.1: the descriptor gives the length of the header.
	f := d.unit[4]
	if f&8 != 0 {
		return d.fail(zstdError(14, "frameParameter_unsupported", "Unsupported frame parameter"))
	}
	d.checksum = f&4 != 0
	single := f>>5&1 == 1
	d.want = 5 + [4]int{0, 1, 2, 4}[f&3] + [4]int{0, 2, 4, 8}[f>>6]
	if single && f>>6 == 0 || !single {
		d.want++
	}
	d.state = zstdAtHeader
	return true
}

func first(p []byte) byte {
	if len(p) == 0 {
		return 0
	}
	return p[0]
}

func (d *zstdDecoder) header(in []byte, nin *int) bool {
	if !d.gather(in, nin, d.want) {
		return false
	}
	var h zstd.Header
	if err := h.Decode(d.unit); err != nil {
		return d.fail(zstdError(20, "corruption_detected", "Data corruption detected"))
	}
	window := h.WindowSize
	if h.SingleSegment {
		window = h.FrameContentSize
	}
	if window > 1<<d.windowMax {
		return d.fail(zstdError(16, "frameParameter_windowTooLarge", "Frame requires too much memory for decoding"))
	}
	if d.dec == nil {
		dec, err := zstd.NewReader(nil, d.options...)
		if err != nil {
			return d.fail(zstdError(30, "dictionary_corrupted", "Dictionary is corrupted"))
		}
		d.dec = dec
	}
	d.src.p = append([]byte(nil), d.unit...)
	d.src.end = io.EOF
	if err := d.dec.Reset(&d.src); err != nil {
		return d.fail(zstdFailure(err))
	}
	d.next(zstdAtBlock)
	return true
}

func (d *zstdDecoder) blockHead(in []byte, nin *int) bool {
	if !d.gather(in, nin, 3) {
		return false
	}
	h := int(d.unit[0]) | int(d.unit[1])<<8 | int(d.unit[2])<<16
	d.last = h&1 == 1
	size := h >> 3
	switch h >> 1 & 3 {
	case 1:
		size = 1
	case 3:
		return d.fail(zstdError(20, "corruption_detected", "Data corruption detected"))
	}
	if size > zstdMaxBlock {
		return d.fail(zstdError(20, "corruption_detected", "Data corruption detected"))
	}
	d.want = 3 + size
	if d.last && d.checksum {
		d.want += 4
	}
	d.state = zstdAtData
	return true
}

// decode has the library decode the block in unit.
func (d *zstdDecoder) decode() {
	if d.block == nil {
		d.block = make([]byte, zstdMaxBlock+1) // never filled by one block
	}
	empty := len(d.unit) == 3 && !d.last
	d.src.p = append(d.src.p, d.unit...)
	d.next(zstdAtBlock)
	if d.last {
		d.state = zstdAtMagic
	}
	if empty { // it makes nothing: the library would go on to the next one
		return
	}
	n, err := d.dec.Read(d.block)
	d.rest = d.block[:n]
	if err != nil && err != io.EOF {
		d.err = zstdFailure(err)
	}
}

// zstdFailure gives the library's error its number.
func zstdFailure(err error) *nodeerr.Error {
	switch {
	case errors.Is(err, zstd.ErrCRCMismatch):
		return zstdError(22, "checksum_wrong", "Restored data doesn't match checksum")
	case errors.Is(err, zstd.ErrUnknownDictionary):
		return zstdError(32, "dictionary_wrong", "Dictionary mismatch")
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return zstdError(16, "frameParameter_windowTooLarge", "Frame requires too much memory for decoding")
	}
	return zstdError(20, "corruption_detected", "Data corruption detected")
}

func (d *zstdDecoder) Reset() *nodeerr.Error {
	*d = zstdDecoder{options: d.options, windowMax: d.windowMax, dec: d.dec}
	return nil
}
