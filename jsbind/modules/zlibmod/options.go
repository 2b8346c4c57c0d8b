package zlibmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/zlib"
)

// options are what a constructor is given, checked.
type options struct {
	codec     zlib.CodecOptions
	stream    zlib.StreamOptions
	maxOutput int64
	info      goja.Value
}

// finite reads an optional number: ok is false where it is absent or NaN.
func (m *module) finite(v goja.Value, name string) (f float64, ok bool) {
	if v == nil || goja.IsUndefined(v) {
		return 0, false
	}
	f = m.rt.Number(v, name)
	if math.IsNaN(f) {
		return 0, false
	}
	if math.IsInf(f, 0) {
		m.rt.OutOfRange(name, "a finite number", v)
	}
	return f, true
}

// ranged reads an optional number between low and high.
func (m *module) ranged(v goja.Value, name string, low, high, otherwise float64) int64 {
	f, ok := m.finite(v, name)
	if !ok {
		return int64(otherwise)
	}
	if f < low || f > high {
		m.rt.OutOfRange(name, ">= "+bind.FormatNumber(low)+" and <= "+bind.FormatNumber(high), v)
	}
	return int64(f)
}

// read checks the options of a class.
func (m *module) read(mode zlib.Mode, v goja.Value) (o options, opts *goja.Object) {
	opts, _ = v.(*goja.Object)
	o = options{codec: zlib.DefaultOptions(mode), maxOutput: int64(m.maxLength), info: goja.Undefined()}
	o.stream = zlib.StreamOptions{ChunkSize: zlib.DefaultChunkSize, FinishFlush: mode.FinishFlush(), FullFlush: mode.FullFlush()}
	if opts == nil {
		return o, nil
	}
	switch {
	case mode.IsBrotli():
		o.codec.Params = m.params(opts, mode == zlib.BrotliDecompress, "brotli")
	case mode.IsZstd():
		o.codec.Params = m.params(opts, mode == zlib.ZstdDecompress, "zstd")
		if v := bind.Get(opts, "pledgedSrcSize"); goja.IsNumber(v) && !goja.IsNaN(v) {
			o.codec.PledgedSrcSize = v.ToInteger()
		}
		if _, ok := m.rt.BufferSource(bind.Get(opts, "dictionary")); ok { // anything else is none here
			m.dictionary(&o, opts)
		}
	default:
		m.tuning(&o, mode, opts)
		m.dictionary(&o, opts)
	}
	if f, ok := m.finite(bind.Get(opts, "chunkSize"), "options.chunkSize"); ok {
		if f < 64 {
			m.rt.OutOfRange("options.chunkSize", ">= 64", opts.Get("chunkSize"))
		}
		o.stream.ChunkSize = int(f)
	}
	last := float64(zlib.Block)
	if mode.IsBrotli() {
		last = 3
	} else if mode.IsZstd() {
		last = zlib.OperationFinish
	}
	o.stream.Flush = int(m.ranged(bind.Get(opts, "flush"), "options.flush", 0, last, 0))
	o.stream.FinishFlush = int(m.ranged(bind.Get(opts, "finishFlush"), "options.finishFlush", 0, last, float64(o.stream.FinishFlush)))
	o.maxOutput = m.ranged(bind.Get(opts, "maxOutputLength"), "options.maxOutputLength", 1, m.maxLength, m.maxLength)
	o.info = bind.Get(opts, "info")
	if v := bind.Get(opts, "rejectGarbageAfterEnd"); bind.TypeOf(v) == "boolean" {
		o.stream.RejectGarbage = v.ToBoolean()
	}
	return o, opts
}

// tuning reads what zlib's own formats have.
func (m *module) tuning(o *options, mode zlib.Mode, opts *goja.Object) {
	v := bind.Get(opts, "windowBits")
	decompress := mode == zlib.Inflate || mode == zlib.Gunzip || mode == zlib.Unzip
	zero := goja.IsNumber(v) && v.ToFloat() == 0
	if decompress && (bind.IsNullish(v) || zero) {
		o.codec.WindowBits = 0
	} else {
		low := 8.0
		if mode == zlib.Gzip {
			low = 9 // zlib has no gzip with a window of 256 bytes
		}
		o.codec.WindowBits = int(m.ranged(v, "options.windowBits", low, 15, 15))
		if mode == zlib.DeflateRaw && o.codec.WindowBits == 8 {
			o.codec.WindowBits = 9
		}
	}
	o.codec.Level = int(m.ranged(bind.Get(opts, "level"), "options.level", -1, 9, -1))
	o.codec.MemLevel = int(m.ranged(bind.Get(opts, "memLevel"), "options.memLevel", 1, 9, 8))
	o.codec.Strategy = int(m.ranged(bind.Get(opts, "strategy"), "options.strategy", 0, 4, 0))
}

func (m *module) dictionary(o *options, opts *goja.Object) {
	v := bind.Get(opts, "dictionary")
	if goja.IsUndefined(v) {
		return
	}
	p, ok := m.rt.BufferSource(v)
	if !ok {
		m.rt.ArgType("options.dictionary", v, "Buffer", "TypedArray", "DataView", "ArrayBuffer")
	}
	o.codec.Dictionary = append([]byte{}, p...)
}

// params reads the parameters of Brotli or Zstandard.
func (m *module) params(opts *goja.Object, decompress bool, family string) map[int]int {
	rt := m.rt
	p, ok := opts.Get("params").(*goja.Object)
	if !ok {
		return nil
	}
	out := map[int]int{}
	for _, key := range p.Keys() {
		f := rt.VM.ToValue(key).ToFloat()
		n := int(f)
		_, twice := out[n]
		admitted := f >= 0 && !twice
		switch {
		case family == "brotli":
			admitted = admitted && n <= 8
		case decompress:
			admitted = admitted && n <= 100
		default:
			admitted = admitted && n <= 402
		}
		if !admitted {
			if family == "brotli" {
				rt.Throw(nodeerr.BrotliInvalidParam(key))
			}
			rt.Throw(nodeerr.ZstdInvalidParam(key))
		}
		v := p.Get(key)
		if bind.TypeOf(v) != "number" && bind.TypeOf(v) != "boolean" {
			rt.ArgType("options.params[key]", v, "number")
		}
		out[n] = int(v.ToInteger())
	}
	return out
}

// view returns the memory of an ArrayBufferView.
func (m *module) view(v goja.Value) ([]byte, bool) {
	if o, ok := v.(*goja.Object); ok && m.rt.Mirror.Kind(o) != mirror.ArrayBuffer {
		return m.rt.BufferSource(v)
	}
	return nil, false
}
