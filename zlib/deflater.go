package zlib

import (
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/zlib/deflate"
)

// deflater is Deflate, Gzip or DeflateRaw.
type deflater struct {
	c          *deflate.Compressor
	dictionary []byte
	gzip       bool
	err        *nodeerr.Error // of the dictionary, reported by the first step
}

func newDeflater(m Mode, o CodecOptions) (Codec, *nodeerr.Error) {
	format := map[Mode]deflate.Format{Deflate: deflate.Zlib, Gzip: deflate.Gzip, DeflateRaw: deflate.Raw}[m]
	c, err := deflate.New(deflate.Options{
		Format: format, Level: o.Level, WindowBits: o.WindowBits, MemLevel: o.MemLevel, Strategy: deflate.Strategy(o.Strategy),
	})
	if err != nil {
		return nil, nodeerr.Zlib(-2, "Init error")
	}
	d := &deflater{c: c, dictionary: o.Dictionary, gzip: m == Gzip}
	d.setDictionary()
	return d, nil
}

// setDictionary gives the dictionary, which a gzip stream cannot have and
// ignores.
func (d *deflater) setDictionary() {
	if d.dictionary != nil && !d.gzip && d.c.SetDictionary(d.dictionary) != nil {
		d.err = nodeerr.Zlib(-2, "Failed to set dictionary")
	}
}

func (d *deflater) Step(in, out []byte, flush int) (nin, nout int, err *nodeerr.Error) {
	if d.err != nil {
		return 0, 0, d.err
	}
	nin, nout, done := d.c.Step(in, out, deflate.Flush(flush))
	if flush == Finish && !done && nout < len(out) {
		err = nodeerr.Zlib(-5, "unexpected end of file")
	}
	return nin, nout, err
}

func (d *deflater) Reset() *nodeerr.Error {
	d.c.Reset()
	d.setDictionary()
	return d.err
}

// Params changes level and strategy; what was compressed before must have been
// flushed.
func (d *deflater) Params(level, strategy int) *nodeerr.Error {
	if _, ok := d.c.Params(level, deflate.Strategy(strategy), nil); !ok {
		return nodeerr.Zlib(-5, "Failed to set parameters")
	}
	return nil
}
