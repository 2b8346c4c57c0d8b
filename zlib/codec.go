package zlib

import "github.com/spindle-js/spindle/nodeerr"

// Codec is a stream of compression or decompression.
type Codec interface {
	// Step processes in to out and says how much of each it used. All that
	// flush asks for was sent if nout < len(out); otherwise it is to be called
	// again with the rest and the same flush. Input that is left while out has
	// room lies behind the end of the compressed stream.
	Step(in, out []byte, flush int) (nin, nout int, err *nodeerr.Error)
	// Reset begins a new stream with the same options.
	Reset() *nodeerr.Error
}

// Tunable is a Codec whose level can be changed between steps.
type Tunable interface {
	Params(level, strategy int) *nodeerr.Error
}

// Release gives the memory of a codec back where that is worth while. It must
// not be used any more.
func Release(c Codec) {
	if d, ok := c.(*deflater); ok {
		d.c.Release()
	}
}

// NewCodec returns the codec of a mode.
func NewCodec(m Mode, o CodecOptions) (Codec, *nodeerr.Error) {
	switch m {
	case Deflate, Gzip, DeflateRaw:
		return newDeflater(m, o)
	case BrotliCompress:
		return newBrotliEncoder(o)
	case BrotliDecompress:
		return newBrotliDecoder(o)
	case ZstdCompress:
		return newZstdEncoder(o)
	case ZstdDecompress:
		return newZstdDecoder(o)
	}
	return newInflater(m, o), nil
}

// output collects what an encoder makes of its own accord until Step has room
// for it.
type output struct{ pending []byte }

// Write takes what the encoder made.
func (o *output) Write(p []byte) (int, error) {
	o.pending = append(o.pending, p...)
	return len(p), nil
}

// drain moves what it can to out.
func (o *output) drain(out []byte) int {
	n := copy(out, o.pending)
	if o.pending = o.pending[n:]; len(o.pending) == 0 {
		o.pending = nil
	}
	return n
}

// input is what a decoder that reads is given: never more than one step's.
type input struct {
	p   []byte
	end error // what a read finds when there is no more
}

func (i *input) Read(p []byte) (int, error) {
	if len(i.p) == 0 {
		return 0, i.end
	}
	n := copy(p, i.p)
	i.p = i.p[n:]
	return n, nil
}
