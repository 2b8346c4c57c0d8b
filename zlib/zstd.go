package zlib

import (
	"bytes"

	"github.com/klauspost/compress/zstd"

	"github.com/spindle-js/spindle/nodeerr"
)

// Zstandard's parameters that matter here
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html#zstd-constants).
const (
	zstdLevel        = 100
	zstdWindowLog    = 101
	zstdContentSize  = 200
	zstdChecksum     = 201
	zstdWindowLogMax = 100 // of the decoder

	zstdMinWindowLog     = 10
	zstdMaxWindowLog     = 31
	zstdDefaultWindowMax = 27
)

// zstdBounds are the values that the library admits; 0 is its default
// everywhere.
var zstdBounds = map[int][2]int{
	zstdWindowLog: {zstdMinWindowLog, zstdMaxWindowLog}, 102: {6, 30}, 103: {6, 30}, 104: {1, 30}, 105: {3, 7}, 106: {0, 131072},
	107: {1, 9}, 160: {0, 2}, 161: {6, 30}, 162: {4, 4096}, 163: {1, 8}, 164: {0, 25}, zstdContentSize: {0, 1}, zstdChecksum: {0, 1}, 202: {0, 1},
}

// zstdWindowLogs are the windows of Zstandard's levels for input of unknown
// size.
var zstdWindowLogs = [...]int{21, 19, 20, 21, 21, 21, 21, 21, 21, 22, 22, 22, 22, 22, 22, 22, 22, 23, 23, 23, 25, 26, 27}

// zstdDictMagic begins a dictionary of Zstandard's own format; anything else is
// plain content.
var zstdDictMagic = []byte{0x37, 0xa4, 0x30, 0xec}

func zstdError(errno int, name, message string) *nodeerr.Error {
	return nodeerr.Compression(errno, "ZSTD_error_"+name, message)
}

func settingFailed() *nodeerr.Error {
	return nodeerr.ZlibInitializationFailed("Setting parameter failed")
}

// zstdStep is how much input the encoder is given between two looks at what it
// made.
const zstdStep = 128 << 10

// zstdWhole is how much input that comes with the end at once is compressed in
// one go.
const zstdWhole = 4 << 20

type zstdEncoder struct {
	options []zstd.EOption
	pledged int64
	enc     *zstd.Encoder
	out     output
	given   int64
	done    bool
}

func newZstdEncoder(o CodecOptions) (Codec, *nodeerr.Error) {
	level, checksum, windowLog := 3, false, 0
	e := &zstdEncoder{pledged: o.PledgedSrcSize}
	for k, v := range o.Params {
		if b, ok := zstdBounds[k]; ok && v != 0 && (v < b[0] || v > b[1]) {
			return nil, settingFailed()
		}
		switch k {
		case zstdLevel:
			if level = v; level == 0 {
				level = 3
			}
		case zstdWindowLog:
			windowLog = min(v, 29)
		case zstdChecksum:
			checksum = v != 0
		default:
			if _, ok := zstdBounds[k]; !ok && (k < 400 || k > 402) {
				return nil, settingFailed()
			}
		}
	}
	if windowLog == 0 {
		windowLog = zstdWindowLogs[min(max(level, 1), len(zstdWindowLogs)-1)]
	}
	e.options = append(e.options, zstd.WithWindowSize(1<<windowLog), zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(level)), zstd.WithEncoderCRC(checksum),
		zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true))
	if d := o.Dictionary; bytes.HasPrefix(d, zstdDictMagic) {
		e.options = append(e.options, zstd.WithEncoderDict(d))
	} else if len(d) > 8 {
		e.options = append(e.options, zstd.WithEncoderDictRaw(0, d))
	}
	return e, nil
}

func (e *zstdEncoder) Step(in, out []byte, flush int) (nin, nout int, _ *nodeerr.Error) {
	if e.enc == nil {
		whole := flush == OperationFinish && len(in) <= zstdWhole
		options := e.options
		if whole {
			options = append(options[:len(options):len(options)], zstd.WithSingleSegment(true))
		}
		enc, err := zstd.NewWriter(nil, options...)
		if err != nil {
			return 0, 0, zstdError(32, "dictionary_wrong", "Dictionary mismatch")
		}
		e.enc = enc
		if flush == OperationFinish {
			// All of it is here: its size stands in the frame, whatever was
			// pledged.
			if e.pledged = int64(len(in)); whole {
				e.out.pending = enc.EncodeAll(in, nil)
				e.given, e.done = e.pledged, true
				return len(in), e.out.drain(out), nil
			}
		}
		enc.ResetContentSize(&e.out, e.pledged)
	}
	for {
		nout += e.out.drain(out[nout:])
		if nout == len(out) || e.done {
			return nin, nout, nil
		}
		if nin == len(in) {
			break
		}
		n, err := e.enc.Write(in[nin:min(nin+zstdStep, len(in))])
		nin += n
		e.given += int64(n)
		if err != nil || e.pledged >= 0 && e.given > e.pledged {
			return nin, nout, zstdError(72, "srcSize_wrong", "Src size is incorrect")
		}
	}
	switch flush {
	case OperationFlush:
		_ = e.enc.Flush()
	case OperationFinish:
		if e.pledged >= 0 && e.given != e.pledged {
			return nin, nout, zstdError(72, "srcSize_wrong", "Src size is incorrect")
		}
		_ = e.enc.Close()
		e.done = true
	}
	nout += e.out.drain(out[nout:])
	return nin, nout, nil
}

func (e *zstdEncoder) Reset() *nodeerr.Error {
	e.enc, e.out, e.given, e.done = nil, output{}, 0, false
	return nil
}
