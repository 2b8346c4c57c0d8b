package zlib

import (
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/zlib/inflate"
)

// inflater is Inflate, Gunzip, InflateRaw or Unzip.
type inflater struct {
	d          *inflate.Decompressor
	mode       Mode
	dictionary []byte
	magic      int // how many of the bytes that tell gzip Unzip has seen
}

func newInflater(m Mode, o CodecOptions) Codec {
	i := &inflater{mode: m, dictionary: o.Dictionary}
	if m == Unzip {
		i.d = inflate.New(inflate.Either, o.WindowBits)
		return i
	}
	i.d = inflate.New(map[Mode]inflate.Format{Inflate: inflate.Zlib, Gunzip: inflate.Gzip, InflateRaw: inflate.Raw}[m], o.WindowBits)
	i.begin()
	return i
}

func (i *inflater) begin() {
	if i.mode == InflateRaw && i.dictionary != nil {
		_ = i.d.SetDictionary(i.dictionary)
	}
}

// tell looks for the two bytes that begin a gzip member, which may come apart.
func (i *inflater) tell(in []byte) {
	for _, b := range in {
		if i.magic == 0 && b == 0x1f {
			i.magic = 1
			continue
		}
		if i.magic == 1 && b == 0x8b {
			i.mode = Gunzip
		} else {
			i.mode = Inflate
		}
		return
	}
}

func (i *inflater) Step(in, out []byte, flush int) (nin, nout int, err *nodeerr.Error) {
	if i.mode == Unzip {
		i.tell(in)
	}
	var status inflate.Status
	for {
		k, n, s := i.d.Step(in[nin:], out[nout:])
		nin, nout, status = nin+k, nout+n, s
		if s == inflate.NeedDict && i.dictionary != nil {
			if i.d.SetDictionary(i.dictionary) != nil {
				return nin, nout, nodeerr.Zlib(2, "Bad dictionary")
			}
			continue
		}
		// What follows a gzip member is another one, unless it is padding.
		if s == inflate.StreamEnd && i.mode == Gunzip && nin < len(in) && in[nin] != 0 {
			i.d.Reset()
			continue
		}
		break
	}
	switch status {
	case inflate.NeedDict:
		err = nodeerr.Zlib(2, "Missing dictionary")
	case inflate.DataError:
		err = nodeerr.Zlib(-3, i.d.Message())
	case inflate.OK, inflate.BufError:
		if flush == Finish && nout < len(out) {
			err = nodeerr.Zlib(-5, "unexpected end of file")
		}
	}
	return nin, nout, err
}

func (i *inflater) Reset() *nodeerr.Error {
	i.d.Reset()
	i.begin()
	return nil
}
