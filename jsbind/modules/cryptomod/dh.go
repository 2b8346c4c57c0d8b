package cryptomod

import (
	"bytes"
	"math"
	"math/big"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// dhObject is a DiffieHellman or DiffieHellmanGroup.
type dhObject struct{ key *crypto.DHKey }

func (m *module) defineDH() {
	rt := m.rt
	m.dh = rt.NewClass(bind.ClassDef{Name: "DiffieHellman", Length: 4, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		m.newDH(this, m.dhParams(args))
		return nil
	}})
	m.dhGroup = rt.NewClass(bind.ClassDef{Name: "DiffieHellmanGroup", Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		name := arg(args, 0)
		if !goja.IsString(name) {
			rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "Group name must be a string"))
		}
		k := crypto.DHGroup(name.String())
		if k == nil {
			rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_UNKNOWN_DH_GROUP", "Unknown DH group"))
		}
		m.newDH(this, k)
		return nil
	}})
	for _, c := range []*bind.Class{m.dh, m.dhGroup} {
		m.dhMethods(c)
	}
	set := func(name, what string, f func(k *crypto.DHKey, n *big.Int)) {
		m.dh.Method(name, 2, func(c goja.FunctionCall) goja.Value {
			f(m.dhOf(c.This), new(big.Int).SetBytes(m.bytes(c.Argument(0), c.Argument(1), what)))
			return c.This
		})
	}
	set("setPublicKey", "key", func(k *crypto.DHKey, n *big.Int) { k.Y = n })
	set("setPrivateKey", "key", func(k *crypto.DHKey, n *big.Int) { k.X = n })
	m.dh.Seal()
	m.dhGroup.Seal()
	m.funcs["createDiffieHellman"] = func(c goja.FunctionCall) goja.Value { return m.construct(m.dh, c.Arguments...) }
	group := func(c goja.FunctionCall) goja.Value { return m.construct(m.dhGroup, c.Argument(0)) }
	m.funcs["createDiffieHellmanGroup"], m.funcs["getDiffieHellman"] = group, group
	m.funcs["diffieHellman"] = m.diffieHellman
}

func (m *module) newDH(this *goja.Object, k *crypto.DHKey) {
	m.rt.Attach(this, &dhObject{k})
	_ = this.DefineDataProperty("verifyError", m.rt.VM.ToValue(crypto.CheckDH(k.P, k.G)), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
}

func (m *module) dhOf(v goja.Value) *crypto.DHKey {
	d, ok := bind.From(v).(*dhObject)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type DiffieHellman"))
	}
	return d.key
}

// isEncoding is Buffer.isEncoding.
func isEncoding(v goja.Value) bool {
	if !goja.IsString(v) {
		return false
	}
	_, ok := buffer.ParseEncoding(v.String())
	return ok
}

// dhParams reads the arguments of createDiffieHellman: a size or a prime, and a
// generator.
func (m *module) dhParams(args []goja.Value) *crypto.DHKey {
	rt := m.rt
	size, keyEnc, gen, genEnc := arg(args, 0), arg(args, 1), arg(args, 2), arg(args, 3)
	types := []string{"number", "string", "ArrayBuffer", "Buffer", "TypedArray", "DataView"}
	if !goja.IsNumber(size) && !m.stringOrBuffer(size) {
		rt.ArgType("sizeOrKey", size, types...)
	}
	bits := 0
	if goja.IsNumber(size) {
		bits = m.int32Arg(size, "sizeOrKey", math.MinInt32)
	}
	if keyEnc.ToBoolean() && !(goja.IsString(keyEnc) && keyEnc.String() == "buffer") && !isEncoding(keyEnc) {
		gen, genEnc, keyEnc = keyEnc, gen, goja.Undefined()
	}
	k := &crypto.DHKey{}
	if !goja.IsNumber(size) {
		k.P = new(big.Int).SetBytes(m.bytes(size, keyEnc, "sizeOrKey"))
	}
	badGenerator := func() {
		rt.Throw(nodeerr.OpenSSL(0x02800065, "Diffie-Hellman routines", "bad generator", "ERR_OSSL_DH_BAD_GENERATOR"))
	}
	k.G = big.NewInt(2)
	switch {
	case !gen.ToBoolean():
	case goja.IsNumber(gen):
		k.G = big.NewInt(int64(m.int32Arg(gen, "generator", math.MinInt32)))
	case m.stringOrBuffer(gen):
		k.G = new(big.Int).SetBytes(m.bytes(gen, genEnc, "generator"))
	default:
		rt.ArgType("generator", gen, types...)
	}
	if k.P == nil && bits < 2 {
		rt.Throw(nodeerr.OpenSSL(0x0280007E, "Diffie-Hellman routines", "modulus too small", "ERR_OSSL_DH_MODULUS_TOO_SMALL"))
	}
	if k.G.Cmp(big.NewInt(1)) <= 0 {
		badGenerator()
	}
	if k.P == nil {
		made, err := crypto.GenerateDHParams(bits, k.G.Int64())
		if err != nil {
			rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_INVALID_ARG_VALUE", "Invalid DH parameters"))
		}
		return made
	}
	return k
}

func (m *module) dhMethods(c *bind.Class) {
	rt := m.rt
	get := func(name, missing string, f func(k *crypto.DHKey) *big.Int) {
		c.Method(name, 1, func(call goja.FunctionCall) goja.Value {
			n := f(m.dhOf(call.This))
			if n == nil {
				rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_INVALID_STATE", "No "+missing+" - did you forget to generate one?"))
			}
			return m.strictOutput(n.Bytes(), call.Argument(0))
		})
	}
	c.Method("generateKeys", 1, func(call goja.FunctionCall) goja.Value {
		k := m.dhOf(call.This)
		if k.P.BitLen() < 512 || k.Generate() != nil {
			rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "Key generation failed"))
		}
		return m.strictOutput(k.Y.Bytes(), call.Argument(0))
	})
	c.Method("computeSecret", 3, func(call goja.FunctionCall) goja.Value {
		k := m.dhOf(call.This)
		peer := new(big.Int).SetBytes(m.bytes(call.Argument(0), call.Argument(1), "key"))
		invalid := func(text string) {
			rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_INVALID_KEYLEN", text))
		}
		one := big.NewInt(1)
		switch {
		case peer.Cmp(one) <= 0:
			invalid("Supplied key is too small")
		case peer.Cmp(new(big.Int).Sub(k.P, one)) >= 0:
			invalid("Supplied key is too large")
		case k.X == nil:
			rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_INVALID_STATE", "No private key - did you forget to generate one?"))
		}
		return m.strictOutput(k.Shared(peer), call.Argument(2))
	})
	get("getPrime", "p", func(k *crypto.DHKey) *big.Int { return k.P })
	get("getGenerator", "g", func(k *crypto.DHKey) *big.Int { return k.G })
	get("getPublicKey", "public key", func(k *crypto.DHKey) *big.Int { return k.Y })
	get("getPrivateKey", "private key", func(k *crypto.DHKey) *big.Int { return k.X })
}

// diffieHellman is crypto.diffieHellman({privateKey, publicKey}[, callback]).
func (m *module) diffieHellman(c goja.FunctionCall) goja.Value {
	rt := m.rt
	o, ok := c.Argument(0).(*goja.Object)
	if !ok || bind.IsArray(o) || bind.IsCallable(o) {
		rt.ArgType("options", c.Argument(0), "object")
	}
	cb := c.Argument(1)
	if !goja.IsUndefined(cb) {
		rt.Function(cb, "callback")
	}
	read := func(name string) *keyObject {
		v := bind.Get(o, name)
		k, ok := bind.From(v).(*keyObject)
		if !ok {
			rt.ArgValue("options."+name, v, "")
		}
		return k
	}
	priv, pub := read("privateKey"), read("publicKey")
	if priv.kind != "private" {
		rt.Throw(nodeerr.CryptoInvalidKeyObjectType(priv.kind, "private"))
	}
	if pub.kind == "secret" {
		rt.Throw(nodeerr.CryptoInvalidKeyObjectType(pub.kind, "private or public"))
	}
	a, b := priv.key.Type, pub.key.Type
	if able := map[string]bool{"dh": true, "ec": true, "x25519": true, "x448": true}; a != b || !able[a] {
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_INCOMPATIBLE_KEY", "Incompatible key types for Diffie-Hellman: "+a+" and "+b))
	}
	j := m.bufferResult(func() ([]byte, error) { return crypto.DiffieHellman(priv.key, pub.key) })
	if goja.IsUndefined(cb) {
		return m.now(j)
	}
	m.start("DERIVEBITSREQUEST", j, cb)
	return goja.Undefined()
}

// ecdhObject is an ECDH object.
type ecdhObject struct {
	curve *crypto.Curve
	key   *crypto.ECKey // nil until there is one
}

func (m *module) curve(v goja.Value) *crypto.Curve {
	name := m.rt.String(v, "curve")
	c := crypto.LookupCurve(name)
	if c == nil || strings.HasPrefix(name, "P-") { // those names are not OpenSSL's
		m.rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name"))
	}
	return c
}

func (m *module) pointForm(v goja.Value) int {
	if !v.ToBoolean() {
		return crypto.PointUncompressed
	}
	switch v.String() {
	case "compressed":
		return crypto.PointCompressed
	case "hybrid":
		return crypto.PointHybrid
	case "uncompressed":
		return crypto.PointUncompressed
	}
	m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_CRYPTO_ECDH_INVALID_FORMAT", "Invalid ECDH format: "+v.String()))
	return 0
}

func failed(what string) error {
	return nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", what)
}

func (m *module) defineECDH() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "ECDH", Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		rt.Attach(this, &ecdhObject{curve: m.curve(arg(args, 0))})
		return nil
	}})
	m.ecdh = c
	of := func(v goja.Value) *ecdhObject {
		e, ok := bind.From(v).(*ecdhObject)
		if !ok {
			panic(rt.VM.NewTypeError("Value of \"this\" must be of type ECDH"))
		}
		return e
	}
	public := func(e *ecdhObject, enc, format goja.Value) goja.Value {
		form := m.pointForm(format)
		if e.key == nil || e.key.X == nil {
			rt.Throw(failed("Failed to get ECDH public key"))
		}
		return m.strictOutput(e.key.Bytes(form), enc)
	}
	c.Method("computeSecret", 3, func(call goja.FunctionCall) goja.Value {
		e := of(call.This)
		p := m.bytes(call.Argument(0), call.Argument(1), "key")
		if e.key == nil || !e.key.Matches() {
			rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair"))
		}
		x, y, ok := e.curve.DecodePoint(p)
		if !ok {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY", "Public key is not valid for specified curve"))
		}
		out, err := e.key.Shared(&crypto.ECKey{Curve: e.curve, X: x, Y: y})
		rt.Must(err)
		return m.strictOutput(out, call.Argument(2))
	})
	c.Method("setPrivateKey", 2, func(call goja.FunctionCall) goja.Value {
		e := of(call.This)
		k, ok := crypto.NewECPrivate(e.curve, new(big.Int).SetBytes(m.bytes(call.Argument(0), call.Argument(1), "key")))
		if !ok {
			rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_INVALID_KEYTYPE", "Private key is not valid for specified curve."))
		}
		e.key = k
		return call.This
	})
	c.Method("setPublicKey", 2, func(call goja.FunctionCall) goja.Value {
		e := of(call.This)
		if m.pendingDeprecation() {
			m.deprecate("DEP0031", "ecdh.setPublicKey() is deprecated.")
		}
		x, y, ok := e.curve.DecodePoint(m.bytes(call.Argument(0), call.Argument(1), "key"))
		if !ok {
			rt.Throw(failed("Failed to convert Buffer to EC_POINT"))
		}
		k := &crypto.ECKey{Curve: e.curve, X: x, Y: y}
		if e.key != nil {
			k.D = e.key.D
		}
		e.key = k
		return call.This
	})
	c.Method("getPrivateKey", 1, func(call goja.FunctionCall) goja.Value {
		e := of(call.This)
		if e.key == nil || e.key.D == nil {
			rt.Throw(failed("Failed to get ECDH private key"))
		}
		return m.strictOutput(e.key.D.FillBytes(make([]byte, (e.curve.N.BitLen()+7)/8)), call.Argument(0))
	})
	c.Method("generateKeys", 2, func(call goja.FunctionCall) goja.Value {
		e := of(call.This)
		e.key = crypto.GenerateEC(e.curve)
		return public(e, call.Argument(0), call.Argument(1))
	})
	c.Method("getPublicKey", 2, func(call goja.FunctionCall) goja.Value {
		return public(of(call.This), call.Argument(0), call.Argument(1))
	})
	c.Static("convertKey", 5, func(call goja.FunctionCall) goja.Value {
		name := rt.String(call.Argument(1), "curve")
		p := bytes.Clone(m.bytes(call.Argument(0), call.Argument(2), "key"))
		curve := m.curve(rt.VM.ToValue(name))
		form := m.pointForm(call.Argument(4))
		if len(p) == 0 {
			return m.strictOutput(p, call.Argument(3))
		}
		x, y, ok := curve.DecodePoint(p)
		if !ok {
			rt.Throw(failed("Failed to convert Buffer to EC_POINT"))
		}
		return m.strictOutput(curve.EncodePoint(x, y, form), call.Argument(3))
	})
	c.Seal()
	m.funcs["createECDH"] = func(call goja.FunctionCall) goja.Value { return m.construct(c, call.Argument(0)) }
	m.funcs["getCurves"] = func(goja.FunctionCall) goja.Value { return rt.ToValue(crypto.Curves()) }
}
