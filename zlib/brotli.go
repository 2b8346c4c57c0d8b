package zlib

import (
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/andybalholm/brotli"

	"github.com/spindle-js/spindle/nodeerr"
)

// Brotli's parameters
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html#brotli-constants).
const (
	brotliQuality    = 1
	brotliLGWin      = 2
	brotliNoContexts = 4
	maxDecoderParam  = 1
)

// brotliStep is how much input an encoder is given between two looks at what
// it made.
const brotliStep = 64 << 10

type brotliEncoder struct {
	w       *brotli.Writer
	options brotli.WriterOptions
	out     output
	done    bool
}

func newBrotliEncoder(o CodecOptions) (Codec, *nodeerr.Error) {
	e := &brotliEncoder{options: brotli.WriterOptions{Quality: 11, LGWin: 22}}
	for k, v := range o.Params {
		switch k {
		case brotliQuality:
			e.options.Quality = min(max(v, 0), 11)
		case brotliLGWin:
			e.options.LGWin = min(max(v, 10), 24)
		case brotliNoContexts:
			if v != 0 && v != 1 {
				return nil, nodeerr.ZlibInitializationFailed("Initialization failed")
			}
		}
	}
	return e, nil
}

func (e *brotliEncoder) Step(in, out []byte, flush int) (nin, nout int, _ *nodeerr.Error) {
	if e.w == nil {
		e.w = brotli.NewWriterOptions(&e.out, e.options)
	}
	for {
		nout += e.out.drain(out[nout:])
		if nout == len(out) || e.done {
			return nin, nout, nil
		}
		if nin == len(in) {
			break
		}
		n, err := e.w.Write(in[nin:min(nin+brotliStep, len(in))])
		nin += n
		if err != nil {
			return nin, nout, nodeerr.Compression(-2, "ERR_BROTLI_COMPRESSION_FAILED", "Compression failed")
		}
	}
	var err error
	switch flush {
	case OperationFlush:
		err = e.w.Flush()
	case OperationFinish:
		err = e.w.Close()
		e.done = true
	}
	if err != nil {
		return nin, nout, nodeerr.Compression(-2, "ERR_BROTLI_COMPRESSION_FAILED", "Compression failed")
	}
	nout += e.out.drain(out[nout:])
	return nin, nout, nil
}

func (e *brotliEncoder) Reset() *nodeerr.Error {
	e.w, e.out, e.done = nil, output{}, false
	return nil
}

type brotliDecoder struct {
	r    *brotli.Reader
	in   input
	err  *nodeerr.Error
	done bool
}

func newBrotliDecoder(o CodecOptions) (Codec, *nodeerr.Error) {
	d := &brotliDecoder{}
	for k := range o.Params {
		if k > maxDecoderParam {
			return nil, nodeerr.ZlibInitializationFailed("Initialization failed")
		}
	}
	return d, nil
}

// errStarved is what the decoder's reader returns between steps.
var errStarved = errors.New("zlib: no input for now")

func (d *brotliDecoder) Step(in, out []byte, flush int) (nin, nout int, _ *nodeerr.Error) {
	if d.err != nil || d.done {
		return 0, 0, d.err
	}
	if d.r == nil {
		d.r = brotli.NewReader(&d.in)
	}
	d.in.p, d.in.end = in, errStarved
	for nout < len(out) {
		n, err := d.r.Read(out[nout:])
		nout += n
		switch {
		case err == nil && n > 0:
			continue
		case err == errStarved:
			// Only the end of the input tells a complete stream from one that
			// goes on.
			d.in.end = io.EOF
			_, err = d.r.Read(out[nout:])
			d.in.end = errStarved
			d.done = err == io.EOF
		case err == nil:
			d.done = true
		case err.Error() == "brotli: excessive input":
			d.done = true
			return len(in) - len(d.in.p) - d.unread(), nout, nil
		default:
			d.err = brotliError(err)
			return len(in) - len(d.in.p), nout, d.err
		}
		if !d.done && flush == OperationFinish {
			d.err = nodeerr.Zlib(-5, "unexpected end of file")
		}
		break
	}
	nin = len(in) - len(d.in.p)
	d.in.p = nil
	return nin, nout, d.err
}

// unread is how much the library took beyond the end of the stream. It does not
// say so itself, hence the look inside.
func (d *brotliDecoder) unread() int {
	if f := reflect.ValueOf(d.r).Elem().FieldByName("in"); f.Kind() == reflect.Slice {
		return f.Len()
	}
	return 1
}

func (d *brotliDecoder) Reset() *nodeerr.Error {
	*d = brotliDecoder{}
	return nil
}

// brotliErrors gives the numbers of the decoder's errors, which Node reports.
var brotliErrors = map[string]int{
	"EXUBERANT_NIBBLE": -1, "RESERVED": -2, "EXUBERANT_META_NIBBLE": -3, "SIMPLE_HUFFMAN_ALPHABET": -4, "SIMPLE_HUFFMAN_SAME": -5,
	"CL_SPACE": -6, "HUFFMAN_SPACE": -7, "CONTEXT_MAP_REPEAT": -8, "BLOCK_LENGTH_1": -9, "BLOCK_LENGTH_2": -10, "TRANSFORM": -11,
	"DICTIONARY": -12, "WINDOW_BITS": -13, "PADDING_1": -14, "PADDING_2": -15, "DISTANCE": -16,
}

func brotliError(err error) *nodeerr.Error {
	name := strings.TrimPrefix(err.Error(), "brotli: ")
	if n, ok := brotliErrors[name]; ok {
		return nodeerr.Compression(n, "ERR__ERROR_FORMAT_"+name, "Decompression failed")
	}
	return nodeerr.Compression(-31, "ERR__ERROR_UNREACHABLE", "Decompression failed")
}
