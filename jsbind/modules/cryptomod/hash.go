package cryptomod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// hashStream is a Hash object: a Transform that yields the digest at its end.
type hashStream struct {
	lazyTransform
	hash      *crypto.Hash
	finalized bool
}

// TransformImpl is _transform.
func (h *hashStream) TransformImpl(c buffer.Chunk, enc string, done func(error, buffer.Chunk)) {
	_, _ = h.hash.Write(h.m.chunk(c, enc))
	done(nil, buffer.Chunk{})
}

// FlushImpl is _flush.
func (h *hashStream) FlushImpl(done func(error, buffer.Chunk)) {
	h.Push(buffer.Bytes(h.hash.Sum()))
	done(nil, buffer.Chunk{})
}

// chunk returns the bytes of a chunk that a stream was given.
func (m *module) chunk(c buffer.Chunk, enc string) []byte {
	switch c.Kind {
	case buffer.KindBytes:
		return c.Bytes
	case buffer.KindText:
		e, _ := buffer.ParseEncoding(enc)
		return buffer.Encode(c.Text, e)
	}
	v, _ := c.Value.(goja.Value)
	return m.data(v, m.rt.VM.ToValue(enc), "data")
}

// transformMethods adds _transform and _flush of a class whose objects do that
// in Go.
func (m *module) transformMethods(c *bind.Class) {
	rt := m.rt
	finish := func(cb goja.Value) func(error, buffer.Chunk) {
		return func(err error, _ buffer.Chunk) {
			if err != nil {
				rt.Call(cb, goja.Undefined(), rt.ErrorValue(err))
				return
			}
			rt.Call(cb, goja.Undefined())
		}
	}
	c.Method("_transform", 3, func(call goja.FunctionCall) goja.Value {
		if t, ok := bind.From(call.This).(stream.Transformer); ok {
			t.TransformImpl(toChunk(call.Argument(0)), encodingName(call.Argument(1)), finish(call.Argument(2)))
		}
		return goja.Undefined()
	})
	c.Method("_flush", 1, func(call goja.FunctionCall) goja.Value {
		if t, ok := bind.From(call.This).(stream.Flusher); ok {
			t.FlushImpl(finish(call.Argument(0)))
		}
		return goja.Undefined()
	})
}

func encodingName(v goja.Value) string {
	if goja.IsString(v) {
		return v.String()
	}
	return ""
}

func (m *module) defineHash() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Hash", Key: "crypto.Hash", Parent: m.streams.Transform, Length: 2,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			if !m.made() {
				m.deprecate("DEP0179", "crypto.Hash constructor is deprecated.")
			}
			m.newHash(this, arg(args, 0), arg(args, 1))
			return nil
		}})
	m.hash = c
	c.Method("copy", 1, func(call goja.FunctionCall) goja.Value {
		h := m.hashOf(call.This)
		if h.finalized {
			rt.Throw(nodeerr.CryptoHashFinalized())
		}
		m.internal = true
		o := rt.VM.CreateObject(c.Proto)
		m.internal = false
		m.copyHash(o, h, call.Argument(0))
		return o
	})
	m.transformMethods(c)
	m.lazyClass(c)
	c.Method("update", 2, func(call goja.FunctionCall) goja.Value {
		h := m.hashOf(call.This)
		if h.finalized {
			rt.Throw(nodeerr.CryptoHashFinalized())
		}
		_, _ = h.hash.Write(m.data(call.Argument(0), call.Argument(1), "data"))
		return call.This
	})
	c.Method("digest", 1, func(call goja.FunctionCall) goja.Value {
		h := m.hashOf(call.This)
		if h.finalized {
			rt.Throw(nodeerr.CryptoHashFinalized())
		}
		enc := normalizeOutput(rt, call.Argument(0))
		out := m.output(h.hash.Sum(), enc)
		h.finalized = true
		return out
	})
	c.Seal()
	m.funcs["createHash"] = func(call goja.FunctionCall) goja.Value { return m.construct(c, call.Arguments...) }
	m.funcs["getHashes"] = func(goja.FunctionCall) goja.Value { return rt.ToValue(crypto.Hashes()) }
	m.funcs["hash"] = m.oneShot
}

// normalizeOutput is the encoding of a digest: anything with a text.
func normalizeOutput(rt *bind.Runtime, v goja.Value) goja.Value {
	if bind.IsNullish(v) || !v.ToBoolean() {
		return goja.Undefined()
	}
	return rt.VM.ToValue(rt.Text(v))
}

func (m *module) hashOf(v goja.Value) *hashStream {
	h, ok := bind.From(v).(*hashStream)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Hash"))
	}
	return h
}

// outputLength reads options.outputLength, -1 for none.
func (m *module) outputLength(options goja.Value) int {
	if o, ok := options.(*goja.Object); ok {
		if v := bind.Get(o, "outputLength"); !goja.IsUndefined(v) {
			return int(m.uint32Arg(v, "options.outputLength"))
		}
	}
	return -1
}

func (m *module) newHash(this *goja.Object, algorithm, options goja.Value) {
	rt := m.rt
	name := rt.String(algorithm, "algorithm")
	size := m.outputLength(options)
	d, err := crypto.FindDigest(name)
	rt.Must(err)
	if d == nil {
		rt.Throw(nodeerr.New(nodeerr.KindError, "", "Digest method not supported"))
	}
	if d.XOF && size < 0 {
		m.warnXOF(d)
	}
	h, err := crypto.NewHash(d, size)
	rt.Must(err)
	m.initHash(this, h, options)
}

// warnXOF tells that the default length of an extendable-output function is
// deprecated.
func (m *module) warnXOF(d *crypto.Digest) {
	if m.pendingDeprecation() {
		m.deprecate("DEP0198", "Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.")
	}
}

func (m *module) initHash(this *goja.Object, h *crypto.Hash, options goja.Value) {
	s := &hashStream{hash: h}
	m.lazily(m.hash, this, &s.lazyTransform, s, options)
}

func (m *module) copyHash(this *goja.Object, from *hashStream, options goja.Value) {
	size := m.outputLength(options)
	h, err := from.hash.Copy(size)
	m.rt.Must(err)
	m.initHash(this, h, options)
}

// oneShot is crypto.hash(algorithm, data[, options]).
func (m *module) oneShot(c goja.FunctionCall) goja.Value {
	rt := m.rt
	name := rt.String(c.Argument(0), "algorithm")
	input := c.Argument(1)
	if !goja.IsString(input) {
		if _, ok := m.view(input); !ok {
			rt.ArgType("input", input, "string", "Buffer", "TypedArray", "DataView")
		}
	}
	var enc goja.Value = rt.VM.ToValue("hex")
	size := -1
	switch opts := c.Argument(2); {
	case goja.IsUndefined(opts):
	case goja.IsString(opts):
		enc = opts
	default:
		o, ok := opts.(*goja.Object)
		if !ok {
			rt.ArgType("options", opts, "object")
		}
		if v := bind.Get(o, "outputLength"); !goja.IsUndefined(v) {
			size = int(m.uint32Arg(v, "options.outputLength"))
		}
		if v := bind.Get(o, "outputEncoding"); !goja.IsUndefined(v) {
			enc = v
		}
	}
	if e := rt.String(enc, "outputEncoding"); strings.ToLower(e) != "buffer" {
		if _, ok := buffer.ParseEncoding(e); !ok {
			rt.ArgValue("outputEncoding", enc, "")
		}
	}
	d, err := crypto.FindDigest(name)
	rt.Must(err)
	if d == nil {
		rt.Throw(nodeerr.New(nodeerr.KindError, "", "Digest method "+name+" is not supported"))
	}
	if size >= 0 && size != d.Size && !d.XOF {
		rt.Throw(nodeerr.New(nodeerr.KindError, "", "Output length "+bind.FormatNumber(float64(size))+" is invalid for "+name+", which does not support XOF"))
	}
	return m.output(crypto.SumXOF(d, m.data(input, nil, "input"), size), enc)
}
