package cryptomod

import (
	"bytes"
	"crypto/subtle"
	"math/big"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// keyObject is the state of a KeyObject.
type keyObject struct {
	kind   string // "secret", "public", "private"
	secret []byte
	key    *crypto.Key
	// details is asymmetricKeyDetails, once it was asked for.
	details goja.Value
}

// The symbols under which a KeyObject shows what it is.
var (
	symKeyType        = goja.NewSymbol("kKeyType")
	symAsymmetricType = goja.NewSymbol("kAsymmetricKeyType")
	symKeyDetails     = goja.NewSymbol("kAsymmetricKeyDetails")
)

// shown keeps what an accessor answered as Node does, under a symbol.
func shown(o goja.Value, name *goja.Symbol, v goja.Value) goja.Value {
	if k, ok := o.(*goja.Object); ok {
		_ = k.SetSymbol(name, v)
	}
	return v
}

type keyClasses struct{ base, secret, asymmetric, public, private *bind.Class }

func (m *module) defineKeyObjects() {
	rt := m.rt
	illegal := func(_ *goja.Object, args []goja.Value) *goja.Object {
		kind := arg(args, 0)
		if s := kind.String(); !goja.IsString(kind) || s != "secret" && s != "public" && s != "private" {
			rt.ArgValue("type", kind, "")
		}
		rt.ArgType("handle", arg(args, 1), "object")
		return nil
	}
	k := &m.keys
	k.base = rt.NewClass(bind.ClassDef{Name: "KeyObject", ES6: true, Length: 2, New: illegal})
	k.secret = rt.NewClass(bind.ClassDef{Name: "SecretKeyObject", ES6: true, Parent: k.base, Length: 1, New: illegal})
	k.asymmetric = rt.NewClass(bind.ClassDef{Name: "AsymmetricKeyObject", ES6: true, Parent: k.base, Length: 2, New: illegal})
	k.public = rt.NewClass(bind.ClassDef{Name: "PublicKeyObject", ES6: true, Parent: k.asymmetric, Length: 1, New: illegal})
	k.private = rt.NewClass(bind.ClassDef{Name: "PrivateKeyObject", ES6: true, Parent: k.asymmetric, Length: 1, New: illegal})
	k.base.Tag("KeyObject")
	k.base.Accessor("type", func(this goja.Value) goja.Value { return rt.VM.ToValue(m.keyOf(this).kind) }, nil)
	k.base.Method("equals", 1, func(c goja.FunctionCall) goja.Value {
		o, ok := bind.From(c.Argument(0)).(*keyObject)
		if !ok {
			rt.ArgType("otherKeyObject", c.Argument(0), "KeyObject")
		}
		return rt.VM.ToValue(m.keyOf(c.This).equal(o))
	})
	k.base.Static("from", 1, func(c goja.FunctionCall) goja.Value {
		o, ok := bind.From(c.Argument(0)).(*cryptoKey)
		if !ok {
			rt.ArgType("key", c.Argument(0), "CryptoKey")
		}
		return m.keyValue(o.key)
	})
	k.secret.Accessor("symmetricKeySize", func(this goja.Value) goja.Value { return rt.VM.ToValue(len(m.keyOf(this).secret)) }, nil)
	k.secret.Method("export", 1, m.exportSecret)
	k.secret.Method("toCryptoKey", 3, m.toCryptoKey)
	k.asymmetric.Accessor("asymmetricKeyType", func(this goja.Value) goja.Value {
		return shown(this, symAsymmetricType, rt.VM.ToValue(m.keyOf(this).key.Type))
	}, nil)
	k.asymmetric.Accessor("asymmetricKeyDetails", func(this goja.Value) goja.Value { return shown(this, symKeyDetails, m.keyDetails(m.keyOf(this))) }, nil)
	k.asymmetric.Method("toCryptoKey", 3, m.toCryptoKey)
	k.public.Method("export", 1, m.exportPublic)
	k.private.Method("export", 1, m.exportPrivate)
	rt.Brands["KeyObject"] = func(o *goja.Object) bool { _, ok := bind.From(o).(*keyObject); return ok }
	rt.Equals((*keyObject)(nil), func(a, b any) bool { return a.(*keyObject).equal(b.(*keyObject)) })
	m.funcs["createSecretKey"] = func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if !goja.IsString(v) {
			if _, ok := rt.BufferSource(v); !ok {
				rt.ArgType("key", v, "ArrayBuffer", "Buffer", "TypedArray", "DataView")
			}
		}
		return m.secretValue(bytes.Clone(m.bytes(v, c.Argument(1), "key")))
	}
	m.funcs["createPublicKey"] = func(c goja.FunctionCall) goja.Value {
		return m.asymmetricValue(m.readKey(c.Argument(0), createPublic).Public())
	}
	m.funcs["createPrivateKey"] = func(c goja.FunctionCall) goja.Value {
		return m.asymmetricValue(m.readKey(c.Argument(0), createPrivate))
	}
}

func (m *module) keyOf(v goja.Value) *keyObject {
	k, ok := bind.From(v).(*keyObject)
	if !ok {
		m.rt.Throw(bind.InvalidThis("KeyObject"))
	}
	return k
}

func (k *keyObject) equal(o *keyObject) bool {
	if k.kind != o.kind {
		return false
	}
	if k.kind == "secret" {
		return subtle.ConstantTimeCompare(k.secret, o.secret) == 1
	}
	return k.key.Equal(o.key)
}

func (m *module) keyValue(k *keyObject) *goja.Object {
	class := m.keys.secret
	switch k.kind {
	case "public":
		class = m.keys.public
	case "private":
		class = m.keys.private
	}
	o := m.rt.VM.CreateObject(class.Proto)
	m.rt.Attach(o, k)
	_ = o.SetSymbol(symKeyType, m.rt.VM.ToValue(k.kind))
	return o
}

func (m *module) secretValue(p []byte) *goja.Object {
	return m.keyValue(&keyObject{kind: "secret", secret: p})
}

func asymmetricKey(k *crypto.Key) *keyObject {
	kind := "public"
	if k.Private {
		kind = "private"
	}
	return &keyObject{kind: kind, key: k}
}

func (m *module) asymmetricValue(k *crypto.Key) *goja.Object { return m.keyValue(asymmetricKey(k)) }

// bigint makes a BigInt.
func (m *module) bigint(n *big.Int) goja.Value { return m.rt.VM.ToValue(new(big.Int).Set(n)) }

// keyDetails is keyObject.asymmetricKeyDetails.
func (m *module) keyDetails(k *keyObject) goja.Value {
	if k.details != nil {
		return k.details
	}
	o := m.rt.VM.NewObject()
	k.details = o
	switch {
	case k.key.RSA != nil:
		_ = o.Set("modulusLength", k.key.RSA.N.BitLen())
		_ = o.Set("publicExponent", m.bigint(k.key.RSA.E))
		if p := k.key.RSA.PSS; p != nil {
			_ = o.Set("hashAlgorithm", p.Hash.Name)
			_ = o.Set("mgf1HashAlgorithm", p.MGF.Name)
			_ = o.Set("saltLength", p.SaltLength)
		}
	case k.key.DSA != nil:
		_ = o.Set("modulusLength", k.key.DSA.P.BitLen())
		_ = o.Set("divisorLength", k.key.DSA.Q.BitLen())
	case k.key.EC != nil && k.key.EC.Curve.Name != "" && !k.key.EC.Explicit:
		_ = o.Set("namedCurve", k.key.EC.Curve.Name)
	}
	return o
}

func (m *module) exportSecret(c goja.FunctionCall) goja.Value {
	k := m.keyOf(c.This)
	if v := c.Argument(0); !goja.IsUndefined(v) {
		o := m.rt.Object(v, "options")
		f := bind.Get(o, "format")
		if !goja.IsUndefined(f) {
			if s := f.String(); !goja.IsString(f) || s != "buffer" && s != "jwk" {
				m.rt.ArgValue("options.format", f, "must be one of: undefined, 'buffer', 'jwk'")
			}
			if f.String() == "jwk" {
				return m.jwkValue([]crypto.JWKField{{Name: "kty", Value: "oct"}, {Name: "k", Value: crypto.Base64URL(k.secret)}})
			}
		}
	}
	return m.rt.MakeBuffer(bytes.Clone(k.secret))
}

func (m *module) jwkValue(fields []crypto.JWKField) *goja.Object {
	o := m.rt.VM.NewObject()
	for _, f := range fields {
		_ = o.Set(f.Name, f.Value)
	}
	return o
}

func (m *module) exportPublic(c goja.FunctionCall) goja.Value {
	k := m.keyOf(c.This)
	if o, ok := c.Argument(0).(*goja.Object); ok && goja.IsString(bind.Get(o, "format")) && bind.Get(o, "format").String() == "jwk" {
		return m.jwk(k.key)
	}
	e := m.keyEncoding(c.Argument(0), k.key.Type, true, "")
	return m.encodeKey(k.key, e)
}

func (m *module) jwk(k *crypto.Key) goja.Value {
	f, err := k.JWK()
	m.rt.Must(err)
	return m.jwkValue(f)
}

func (m *module) exportPrivate(c goja.FunctionCall) goja.Value {
	k := m.keyOf(c.This)
	if o, ok := c.Argument(0).(*goja.Object); ok && goja.IsString(bind.Get(o, "format")) && bind.Get(o, "format").String() == "jwk" {
		if !goja.IsUndefined(bind.Get(o, "passphrase")) {
			m.rt.Throw(nodeerr.CryptoIncompatibleKeyOptions("jwk", "does not support encryption"))
		}
		return m.jwk(k.key)
	}
	e := m.keyEncoding(c.Argument(0), k.key.Type, false, "")
	return m.encodeKey(k.key, e)
}

// encodeKey writes a key: text for PEM, a Buffer for DER, an object for JWK.
func (m *module) encodeKey(k *crypto.Key, e *keyEncoding) goja.Value {
	if e.format == "jwk" {
		return m.jwk(k)
	}
	p, err := e.encode(k)
	m.rt.Must(err)
	if e.format == "der" {
		return m.rt.MakeBuffer(p)
	}
	return m.rt.VM.ToValue(string(p))
}

// encode writes a key in DER or PEM; it may run off the loop.
func (e *keyEncoding) encode(k *crypto.Key) ([]byte, error) {
	var der []byte
	label := ""
	switch e.kind {
	case "spki":
		der, label = k.MarshalSPKI(), "PUBLIC KEY"
	case "pkcs1":
		if k.Private {
			der, label = k.MarshalPKCS1(), "RSA PRIVATE KEY"
		} else {
			der, label = k.MarshalPKCS1Public(), "RSA PUBLIC KEY"
		}
	case "sec1":
		der, label = k.MarshalSEC1(), "EC PRIVATE KEY"
	default:
		der, label = k.MarshalPKCS8(), "PRIVATE KEY"
		if e.cipher != "" {
			info := crypto.LookupCipher(e.cipher)
			if info == nil {
				return nil, nodeerr.CryptoUnknownCipher()
			}
			var err error
			if der, err = crypto.EncryptPKCS8(der, info, e.passphrase); err != nil {
				return nil, err
			}
			label = "ENCRYPTED PRIVATE KEY"
		}
	}
	if e.cipher != "" && e.kind != "pkcs8" && e.format == "pem" {
		info := crypto.LookupCipher(e.cipher)
		if info == nil {
			return nil, nodeerr.CryptoUnknownCipher()
		}
		return crypto.EncryptPEM(label, der, info, e.passphrase)
	}
	if e.format == "pem" {
		return crypto.EncodePEM(label, der), nil
	}
	return der, nil
}
