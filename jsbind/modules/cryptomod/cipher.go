package cryptomod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/nodeerr"
)

// cipherStream is a Cipheriv or Decipheriv object.
type cipherStream struct {
	lazyTransform
	cipher  *crypto.Cipher
	decoder *buffer.Decoder
}

// TransformImpl is _transform.
func (s *cipherStream) TransformImpl(c buffer.Chunk, enc string, done func(error, buffer.Chunk)) {
	out, err := s.cipher.Update(s.m.chunk(c, enc))
	if err == nil {
		s.Push(buffer.Bytes(out))
	}
	done(err, buffer.Chunk{})
}

// FlushImpl is _flush.
func (s *cipherStream) FlushImpl(done func(error, buffer.Chunk)) {
	out, err := s.cipher.Final()
	if err == nil {
		s.Push(buffer.Bytes(out))
	}
	done(err, buffer.Chunk{})
}

func (m *module) defineCiphers() {
	m.cipher = m.cipherClass("Cipheriv", true)
	m.decipher = m.cipherClass("Decipheriv", false)
	m.cipher.Method("getAuthTag", 0, func(c goja.FunctionCall) goja.Value {
		tag, err := m.cipherOf(c.This).cipher.AuthTag()
		m.rt.Must(err)
		return m.rt.MakeBuffer(tag)
	})
	m.decipher.Method("setAuthTag", 2, m.setAuthTag)
	for _, c := range []*bind.Class{m.cipher, m.decipher} {
		c.Method("setAAD", 2, m.setAAD)
		c.Seal()
	}
	m.funcs["createCipheriv"] = func(c goja.FunctionCall) goja.Value { return m.construct(m.cipher, c.Arguments...) }
	m.funcs["createDecipheriv"] = func(c goja.FunctionCall) goja.Value { return m.construct(m.decipher, c.Arguments...) }
	m.funcs["getCiphers"] = func(goja.FunctionCall) goja.Value { return m.rt.ToValue(crypto.Ciphers()) }
	m.funcs["getCipherInfo"] = m.cipherInfo
}

func (m *module) cipherOf(v goja.Value) *cipherStream {
	s, ok := bind.From(v).(*cipherStream)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Cipheriv"))
	}
	return s
}

// uintOption reads an option that is a whole number below 2^32, -1 for none.
func (m *module) uintOption(o *goja.Object, name string) int {
	v := bind.Get(o, name)
	if bind.IsNullish(v) {
		return -1
	}
	if f := v.ToFloat(); !goja.IsNumber(v) || f != math.Trunc(f) || f < 0 || f > math.MaxUint32 {
		m.rt.ArgValue("options."+name, v, "")
	}
	return int(v.ToInteger())
}

func (m *module) cipherClass(name string, encrypt bool) *bind.Class {
	rt := m.rt
	var class *bind.Class
	class = rt.NewClass(bind.ClassDef{Name: name, Key: "crypto." + name, Parent: m.streams.Transform, Length: 4,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			algorithm := rt.String(arg(args, 0), "cipher")
			options, _ := arg(args, 3).(*goja.Object)
			var enc goja.Value
			if options != nil {
				enc = bind.Get(options, "encoding")
			}
			key := m.secretKey(arg(args, 1), enc, "key")
			var iv []byte
			if v := arg(args, 2); !goja.IsNull(v) {
				iv = m.bytes(v, nil, "iv")
			}
			tagLength := m.uintOption(options, "authTagLength")
			info := crypto.LookupCipher(algorithm)
			if info == nil {
				rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher"))
			}
			c, err := crypto.NewCipher(info, key, iv, encrypt, tagLength)
			rt.Must(err)
			s := &cipherStream{cipher: c}
			m.lazily(class, this, &s.lazyTransform, s, arg(args, 3))
			return nil
		}})
	m.transformMethods(class)
	class.Default("_decoder", nil)
	m.lazyClass(class, "_decoder")
	class.Method("update", 3, func(c goja.FunctionCall) goja.Value {
		s := m.cipherOf(c.This)
		out, err := s.cipher.Update(m.data(c.Argument(0), c.Argument(1), "data"))
		rt.Must(err)
		return m.decode(s, out, c.Argument(2), false)
	})
	class.Method("final", 1, func(c goja.FunctionCall) goja.Value {
		s := m.cipherOf(c.This)
		m.decoder(s, c.Argument(0))
		out, err := s.cipher.Final()
		rt.Must(err)
		return m.decode(s, out, c.Argument(0), true)
	})
	class.Method("setAutoPadding", 1, func(c goja.FunctionCall) goja.Value {
		on := true
		if v := c.Argument(0); !goja.IsUndefined(v) {
			on = v.ToBoolean()
		}
		rt.Must(m.cipherOf(c.This).cipher.SetAutoPadding(on))
		return c.This
	})
	return class
}

// decoder returns the decoder of an output encoding, nil for none; the encoding
// of one message stays the same.
func (m *module) decoder(s *cipherStream, enc goja.Value) *buffer.Decoder {
	if bind.IsNullish(enc) || !enc.ToBoolean() || enc.String() == "buffer" {
		return nil
	}
	e, ok := buffer.ParseEncoding(enc.String())
	if !ok {
		m.rt.Throw(nodeerr.UnknownEncoding(enc.String()))
	}
	if s.decoder == nil {
		s.decoder = buffer.NewDecoder(e)
	}
	if s.decoder.Encoding() != e {
		m.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INTERNAL_ASSERTION", "Cannot change encoding\n"+
			"This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n"+
			"Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n"))
	}
	return s.decoder
}

func (m *module) decode(s *cipherStream, out []byte, enc goja.Value, end bool) goja.Value {
	d := m.decoder(s, enc)
	if d == nil {
		return m.rt.MakeBuffer(out)
	}
	out = d.Take(out)
	if end {
		out = append(out[:len(out):len(out)], d.Rest()...)
	}
	return buffermod.Text(m.rt.VM, out, d.Encoding())
}

func (m *module) setAAD(c goja.FunctionCall) goja.Value {
	options, _ := c.Argument(1).(*goja.Object)
	var enc goja.Value
	if options != nil {
		if enc = bind.Get(options, "encoding"); !bind.IsNullish(enc) {
			m.rt.String(enc, "options.encoding")
		}
	}
	plaintext := m.uintOption(options, "plaintextLength")
	m.rt.Must(m.cipherOf(c.This).cipher.SetAAD(m.bytes(c.Argument(0), enc, "aadbuf"), plaintext))
	return c.This
}

func (m *module) setAuthTag(c goja.FunctionCall) goja.Value {
	tag := m.bytes(c.Argument(0), c.Argument(1), "buffer")
	implicit, err := m.cipherOf(c.This).cipher.SetAuthTag(tag)
	m.rt.Must(err)
	if implicit {
		m.deprecate("DEP0182", "Using AES-GCM authentication tags of less than 128 bits without specifying the authTagLength option when initializing decryption is deprecated.")
	}
	return c.This
}

// cipherInfo is crypto.getCipherInfo(nameOrNid[, options]).
func (m *module) cipherInfo(c goja.FunctionCall) goja.Value {
	rt := m.rt
	v := c.Argument(0)
	var info *crypto.CipherInfo
	switch {
	case goja.IsString(v):
		info = crypto.LookupCipher(v.String())
	case goja.IsNumber(v):
		info = crypto.CipherByNID(m.int32Arg(v, "nameOrNid", math.MinInt32))
	default:
		rt.ArgType("nameOrNid", v, "string", "number")
	}
	key, iv := 0, -1
	if o := m.optionsObject(c.Argument(1), "options"); o != nil {
		if k := bind.Get(o, "keyLength"); !goja.IsUndefined(k) {
			key = m.int32Arg(k, "options.keyLength", math.MinInt32)
		}
		if x := bind.Get(o, "ivLength"); !goja.IsUndefined(x) {
			iv = m.int32Arg(x, "options.ivLength", math.MinInt32)
		}
	}
	if info != nil {
		info = info.WithLengths(key, iv)
	}
	if info == nil {
		return goja.Undefined()
	}
	o := rt.VM.NewObject()
	_ = o.Set("mode", info.Mode)
	_ = o.Set("name", info.Name)
	_ = o.Set("nid", info.NID)
	if info.BlockSize > 0 {
		_ = o.Set("blockSize", info.BlockSize)
	}
	if info.IVLength > 0 {
		_ = o.Set("ivLength", info.IVLength)
	}
	_ = o.Set("keyLength", info.KeyLength)
	return o
}
