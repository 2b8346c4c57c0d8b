package cryptomod

import (
	"crypto/hmac"
	"hash"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// hmacStream is an Hmac object.
type hmacStream struct {
	lazyTransform
	mac       hash.Hash
	finalized bool
}

// TransformImpl is _transform.
func (h *hmacStream) TransformImpl(c buffer.Chunk, enc string, done func(error, buffer.Chunk)) {
	_, _ = h.mac.Write(h.m.chunk(c, enc))
	done(nil, buffer.Chunk{})
}

// FlushImpl is _flush.
func (h *hmacStream) FlushImpl(done func(error, buffer.Chunk)) {
	h.Push(buffer.Bytes(h.mac.Sum(nil)))
	done(nil, buffer.Chunk{})
}

func (m *module) defineHmac() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Hmac", Key: "crypto.Hmac", Parent: m.streams.Transform, Length: 3,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			if !m.made() {
				m.deprecate("DEP0181", "crypto.Hmac constructor is deprecated.")
			}
			name := rt.String(arg(args, 0), "hmac")
			options := arg(args, 2)
			var enc goja.Value
			if o, ok := options.(*goja.Object); ok {
				if enc = bind.Get(o, "encoding"); !bind.IsNullish(enc) {
					rt.String(enc, "options.encoding")
				}
			}
			key := m.secretKey(arg(args, 1), enc, "key")
			d := crypto.LookupDigest(name)
			if d == nil {
				rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+name))
			}
			s := &hmacStream{mac: hmac.New(d.New, key)}
			m.lazily(m.hmac, this, &s.lazyTransform, s, options)
			return nil
		}})
	m.hmac = c
	c.Method("update", 2, func(call goja.FunctionCall) goja.Value {
		h := m.hmacOf(call.This)
		if h.finalized {
			rt.Throw(nodeerr.CryptoHashFinalized())
		}
		_, _ = h.mac.Write(m.data(call.Argument(0), call.Argument(1), "data"))
		return call.This
	})
	c.Method("digest", 1, func(call goja.FunctionCall) goja.Value {
		h := m.hmacOf(call.This)
		enc := call.Argument(0)
		if h.finalized { // the second digest is empty
			return m.output(nil, enc)
		}
		h.finalized = true
		return m.output(h.mac.Sum(nil), enc)
	})
	m.transformMethods(c)
	m.lazyClass(c)
	c.Seal()
	m.funcs["createHmac"] = func(call goja.FunctionCall) goja.Value { return m.construct(c, call.Arguments...) }
}

func (m *module) hmacOf(v goja.Value) *hmacStream {
	h, ok := bind.From(v).(*hmacStream)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Hmac"))
	}
	return h
}

// secretOf returns the bytes of a secret KeyObject.
func (m *module) secretOf(v goja.Value) ([]byte, bool) {
	k := keyIn(v)
	if k == nil {
		return nil, false
	}
	if k.kind != "secret" {
		m.rt.Throw(nodeerr.CryptoInvalidKeyObjectType(k.kind, "secret"))
	}
	return k.secret, true
}

// secretKey reads a symmetric key: bytes, a string, or a secret KeyObject.
func (m *module) secretKey(v, encoding goja.Value, name string) []byte {
	if k, ok := m.secretOf(v); ok {
		return k
	}
	if goja.IsString(v) {
		return m.bytes(v, encoding, name)
	}
	p, ok := m.rt.BufferSource(v)
	if !ok {
		m.rt.ArgType(name, v, "string", "ArrayBuffer", "Buffer", "TypedArray", "DataView", "KeyObject", "CryptoKey")
	}
	return p
}
