package cryptomod

import (
	"bytes"
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// signStream is a Sign or Verify object.
type signStream struct {
	stream.Stream
	m      *module
	digest *crypto.Digest
	hash   *crypto.Hash // nil once it was used
}

// WriteImpl is _write.
func (s *signStream) WriteImpl(c buffer.Chunk, enc string, done func(error)) {
	if s.hash != nil {
		_, _ = s.hash.Write(s.m.chunk(c, enc))
	}
	done(nil)
}

func (m *module) defineSign() {
	m.sign, m.verify = m.signClass("Sign"), m.signClass("Verify")
	m.sign.Method("sign", 2, m.signStream)
	m.verify.Method("verify", 3, m.verifyStream)
	m.sign.Seal()
	m.verify.Seal()
	m.funcs["createSign"] = func(c goja.FunctionCall) goja.Value { return m.construct(m.sign, c.Arguments...) }
	m.funcs["createVerify"] = func(c goja.FunctionCall) goja.Value { return m.construct(m.verify, c.Arguments...) }
	m.funcs["sign"] = m.signOnce
	m.funcs["verify"] = m.verifyOnce
}

func (m *module) signClass(name string) *bind.Class {
	rt := m.rt
	var class *bind.Class
	class = rt.NewClass(bind.ClassDef{Name: name, Key: "crypto." + name, Parent: m.writableClass(), Length: 2,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			algorithm := rt.String(arg(args, 0), "algorithm")
			if algorithm == "dss1" || algorithm == "DSS1" { // the name of old
				algorithm = "sha1"
			}
			d := crypto.LookupDigest(algorithm)
			if d == nil {
				rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest"))
			}
			h, err := crypto.NewHash(d, -1)
			rt.Must(err)
			s := &signStream{m: m, digest: d, hash: h}
			s.Bind(class.Host(), s)
			class.Adopt(this, s)
			o := stream.WritableOptions()
			if given, ok := arg(args, 1).(*goja.Object); ok {
				readOptions(rt, &o, given)
			}
			s.Init(rt.Loop, class.Host(), s, s, o)
			return nil
		}})
	class.Method("_write", 3, func(c goja.FunctionCall) goja.Value {
		m.signOf(c.This).WriteImpl(toChunk(c.Argument(0)), encodingName(c.Argument(1)), func(error) { rt.Call(c.Argument(2), goja.Undefined()) })
		return goja.Undefined()
	})
	class.Method("update", 2, func(c goja.FunctionCall) goja.Value {
		p := m.data(c.Argument(0), c.Argument(1), "data")
		s := m.signOf(c.This)
		if s.hash == nil {
			rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_INVALID_STATE", "Not initialised"))
		}
		_, _ = s.hash.Write(p)
		return c.This
	})
	return class
}

func (m *module) writableClass() *bind.Class { return m.streams.Writable }

func (m *module) signOf(v goja.Value) *signStream {
	s, ok := bind.From(v).(*signStream)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Sign"))
	}
	return s
}

// intOption reads an option that is a 32-bit number.
func (m *module) intOption(o *goja.Object, name string) (int, bool) {
	v := bind.Get(o, name)
	if goja.IsUndefined(v) {
		return 0, false
	}
	if f := v.ToFloat(); !goja.IsNumber(v) || f != math.Trunc(f) || f < math.MinInt32 || f > math.MaxInt32 {
		m.rt.ArgValue("options."+name, v, "")
	}
	return int(v.ToInteger()), true
}

// signOptions reads padding, saltLength, dsaEncoding and context of a key
// argument.
func (m *module) signOptions(v goja.Value) (o crypto.SignOptions) {
	obj, ok := v.(*goja.Object)
	if !ok || keyIn(v) != nil {
		return o
	}
	if n, ok := m.intOption(obj, "padding"); ok {
		o.Padding = n
	}
	o.Salt, o.HasSalt = m.intOption(obj, "saltLength")
	if e := bind.Get(obj, "dsaEncoding"); !goja.IsUndefined(e) {
		switch s := e.String(); {
		case goja.IsString(e) && s == "der":
		case goja.IsString(e) && s == "ieee-p1363":
			o.P1363 = true
		default:
			m.rt.ArgValue("options.dsaEncoding", e, "")
		}
	}
	if c := bind.Get(obj, "context"); !goja.IsUndefined(c) {
		p, ok := m.view(c)
		if !ok {
			m.rt.ArgType("options.context", c, "Buffer", "TypedArray", "DataView")
		}
		o.Context = bytes.Clone(p)
	}
	return o
}

func (m *module) signStream(c goja.FunctionCall) goja.Value {
	rt := m.rt
	v := c.Argument(0)
	if !v.ToBoolean() {
		rt.Throw(nodeerr.CryptoSignKeyRequired())
	}
	k := m.readKey(v, consumePrivate)
	o := m.signOptions(v)
	s := m.signOf(c.This)
	digest := m.finishHash(s)
	if k.NeedsMessage() {
		rt.Throw(unsupportedOperation())
	}
	o.Digest = s.digest
	sig, err := k.SignDigest(digest, o)
	rt.Must(err)
	return m.strictOutput(sig, c.Argument(1))
}

func unsupportedOperation() error {
	return nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported crypto operation")
}

func (m *module) finishHash(s *signStream) []byte {
	if s.hash == nil {
		m.rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_INVALID_STATE", "Not initialised"))
	}
	digest := s.hash.Sum()
	s.hash = nil
	return digest
}

func (m *module) verifyStream(c goja.FunctionCall) goja.Value {
	rt := m.rt
	v := c.Argument(0)
	k := m.readKey(v, consumePublic)
	o := m.signOptions(v)
	sig := m.bytes(c.Argument(1), c.Argument(2), "signature")
	s := m.signOf(c.This)
	digest := m.finishHash(s)
	if k.NeedsMessage() {
		rt.Throw(unsupportedOperation())
	}
	o.Digest = s.digest
	ok, err := k.VerifyDigest(digest, sig, o)
	rt.Must(err)
	return rt.VM.ToValue(ok)
}

// oneShotDigest reads the algorithm of crypto.sign and crypto.verify.
func (m *module) oneShotDigest(v goja.Value) *crypto.Digest {
	if bind.IsNullish(v) {
		return nil
	}
	name := m.rt.String(v, "algorithm")
	return m.digest(name)
}

func (m *module) signOnce(c goja.FunctionCall) goja.Value {
	rt := m.rt
	if !bind.IsNullish(c.Argument(0)) {
		rt.String(c.Argument(0), "algorithm")
	}
	cb := c.Argument(3)
	if !goja.IsUndefined(cb) {
		rt.Function(cb, "callback")
	}
	data := m.secret(c.Argument(1), "data")
	v := c.Argument(2)
	if !v.ToBoolean() {
		rt.Throw(nodeerr.CryptoSignKeyRequired())
	}
	o := m.signOptions(v)
	k := m.readKey(v, consumePrivate)
	o.Digest = m.oneShotDigest(c.Argument(0))
	j := m.bufferResult(func() ([]byte, error) { return k.Sign(data, o) })
	if goja.IsUndefined(cb) {
		return m.now(j)
	}
	m.start("SIGNREQUEST", j, cb)
	return goja.Undefined()
}

func (m *module) verifyOnce(c goja.FunctionCall) goja.Value {
	rt := m.rt
	if !bind.IsNullish(c.Argument(0)) {
		rt.String(c.Argument(0), "algorithm")
	}
	cb := c.Argument(4)
	if !goja.IsUndefined(cb) {
		rt.Function(cb, "callback")
	}
	data := m.secret(c.Argument(1), "data")
	v := c.Argument(2)
	if bind.IsNullish(v) {
		panic(rt.VM.NewTypeError("Cannot read properties of " + v.String() + " (reading 'padding')"))
	}
	o := m.signOptions(v)
	sig, ok := m.view(c.Argument(3))
	if !ok {
		rt.ArgType("signature", c.Argument(3), "Buffer", "TypedArray", "DataView")
	}
	sig = bytes.Clone(sig)
	k := m.readKey(v, consumePublic)
	o.Digest = m.oneShotDigest(c.Argument(0))
	j := job{run: func() (any, error) { return k.Verify(data, sig, o) }, value: one(func(v any) goja.Value { return rt.VM.ToValue(v.(bool)) })}
	if goja.IsUndefined(cb) {
		return m.now(j)
	}
	m.start("VERIFYREQUEST", j, cb)
	return goja.Undefined()
}
