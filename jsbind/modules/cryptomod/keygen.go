package cryptomod

import (
	"math"
	"math/big"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) defineKeygen() {
	m.funcs["generateKeyPairSync"] = func(c goja.FunctionCall) goja.Value {
		j := m.keyPair(c.Argument(0), c.Argument(1))
		r, err := j.run()
		m.rt.Must(err)
		v := j.value(r)
		o := m.rt.VM.NewObject()
		_ = o.Set("publicKey", v[0])
		_ = o.Set("privateKey", v[1])
		return o
	}
	m.funcs["generateKeyPair"] = func(c goja.FunctionCall) goja.Value {
		options, cb := c.Argument(1), c.Argument(2)
		if bind.IsCallable(options) {
			options, cb = goja.Undefined(), options
		}
		m.rt.Function(cb, "callback")
		m.start("KEYPAIRGENREQUEST", m.keyPair(c.Argument(0), options), cb)
		return goja.Undefined()
	}
	m.funcs["generateKeySync"] = func(c goja.FunctionCall) goja.Value { return m.now(m.secretKeygen(c.Argument(0), c.Argument(1))) }
	m.funcs["generateKey"] = func(c goja.FunctionCall) goja.Value {
		options, cb := c.Argument(1), c.Argument(2)
		if bind.IsCallable(options) {
			options, cb = goja.Undefined(), options
		}
		m.rt.Function(cb, "callback")
		m.start("SECRETKEYGENREQUEST", m.secretKeygen(c.Argument(0), options), cb)
		return goja.Undefined()
	}
}

// promisifyNames gives generateKeyPair's results their names.
func (m *module) promisifyNames() {
	if f, ok := m.exports.Get("generateKeyPair").(*goja.Object); ok {
		_ = f.DefineDataPropertySymbol(bind.PromisifyNames, m.rt.ToValue([]string{"publicKey", "privateKey"}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
}

// secretKeygen is generateKey: hmac of any length, aes of three.
func (m *module) secretKeygen(kind, options goja.Value) job {
	rt := m.rt
	name := rt.String(kind, "type")
	o := m.object(options, "options")
	length := bind.Get(o, "length")
	n := 0
	switch name {
	case "hmac":
		n = int(rt.Integer(length, "options.length", 8, math.MaxInt32)) / 8
	case "aes":
		if f := length.ToFloat(); !goja.IsNumber(length) || f != 128 && f != 192 && f != 256 {
			rt.ArgValue("options.length", length, "must be one of: 128, 192, 256")
		}
		n = int(length.ToInteger()) / 8
	default:
		rt.ArgValue("type", kind, "must be a supported key type")
	}
	return job{run: func() (any, error) { return crypto.RandomBytes(n), nil }, value: one(func(v any) goja.Value { return m.secretValue(v.([]byte)) })}
}

// pairEncoding reads publicKeyEncoding or privateKeyEncoding, nil for none.
func (m *module) pairEncoding(o *goja.Object, name, keyType string, public bool) *keyEncoding {
	v := bind.Get(o, name)
	if bind.IsNullish(v) {
		return nil
	}
	e, ok := v.(*goja.Object)
	if !ok || bind.IsCallable(v) {
		m.rt.ArgValue("options."+name, v, "")
	}
	return m.encodingOptions(e, keyType, &public, name)
}

// pair is a generated key with its encoded halves.
type pair struct {
	key       *crypto.Key
	pub, priv []byte
}

// keyPair prepares generateKeyPair.
func (m *module) keyPair(kind, options goja.Value) job {
	rt := m.rt
	name := rt.String(kind, "type")
	var o *goja.Object
	if !goja.IsUndefined(options) {
		var ok bool
		if o, ok = options.(*goja.Object); !ok || bind.IsArray(options) || bind.IsCallable(options) {
			rt.ArgType("options", options, "object")
		}
	}
	pubEnc, privEnc := m.pairEncoding(o, "publicKeyEncoding", name, true), m.pairEncoding(o, "privateKeyEncoding", name, false)
	generate := m.generator(kind, name, options, o)
	return job{
		run: func() (any, error) {
			k, err := generate()
			if err != nil {
				return nil, err
			}
			p := pair{key: k}
			if pubEnc != nil && pubEnc.format != "jwk" {
				if p.pub, err = pubEnc.encode(k.Public()); err != nil {
					return nil, err
				}
			}
			if privEnc != nil && privEnc.format != "jwk" {
				if p.priv, err = privEnc.encode(k); err != nil {
					return nil, err
				}
			}
			if pubEnc != nil && pubEnc.format == "jwk" || privEnc != nil && privEnc.format == "jwk" {
				if _, err = k.JWK(); err != nil {
					return nil, err
				}
			}
			return p, nil
		},
		value: func(v any) []goja.Value {
			p := v.(pair)
			show := func(k *crypto.Key, e *keyEncoding, encoded []byte) goja.Value {
				switch {
				case e == nil:
					return m.asymmetricValue(k)
				case e.format == "jwk":
					return m.jwk(k)
				case e.format == "der":
					return rt.MakeBuffer(encoded)
				}
				return rt.VM.ToValue(string(encoded))
			}
			return []goja.Value{show(p.key.Public(), pubEnc, p.pub), show(p.key, privEnc, p.priv)}
		},
	}
}

// generator validates the options of a type of key and returns what makes one.
func (m *module) generator(kind goja.Value, name string, options goja.Value, o *goja.Object) func() (*crypto.Key, error) {
	rt := m.rt
	needed := func() {
		if o == nil {
			rt.ArgType("options", options, "object")
		}
	}
	switch name {
	case "rsa", "rsa-pss":
		needed()
		return m.rsaGenerator(name, o)
	case "dsa":
		needed()
		modulus := int(m.uint32Arg(bind.Get(o, "modulusLength"), "options.modulusLength"))
		divisor := -1
		if v := bind.Get(o, "divisorLength"); !bind.IsNullish(v) {
			divisor = m.int32Arg(v, "options.divisorLength", 0)
		}
		return func() (*crypto.Key, error) {
			k, err := crypto.GenerateDSA(modulus, divisor)
			return &crypto.Key{Type: "dsa", Private: true, DSA: k}, err
		}
	case "ec":
		needed()
		curve := rt.String(bind.Get(o, "namedCurve"), "options.namedCurve")
		explicit := false
		if v := bind.Get(o, "paramEncoding"); !bind.IsNullish(v) {
			s := v.String()
			if !goja.IsString(v) || s != "named" && s != "explicit" {
				rt.ArgValue("options.paramEncoding", v, "")
			}
			explicit = s == "explicit"
		}
		c := crypto.LookupCurve(curve)
		if c == nil {
			rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name"))
		}
		if c.OID == "" && !explicit {
			const text = "error:1C8000D1:Provider routines::missing OID"
			return func() (*crypto.Key, error) {
				return nil, nodeerr.OpenSSL(0x1C8000D1, "Provider routines", "missing OID", "ERR_OSSL_MISSING_OID", text)
			}
		}
		return func() (*crypto.Key, error) {
			k := crypto.GenerateEC(c)
			k.Explicit = explicit
			return &crypto.Key{Type: "ec", Private: true, EC: k}, nil
		}
	case "dh":
		needed()
		return m.dhGenerator(o)
	}
	if crypto.IsRaw(name) {
		return func() (*crypto.Key, error) { return crypto.GenerateRaw(name) }
	}
	rt.ArgValue("type", kind, "must be a supported key type")
	return nil
}

func (m *module) rsaGenerator(name string, o *goja.Object) func() (*crypto.Key, error) {
	bits := int(m.uint32Arg(bind.Get(o, "modulusLength"), "options.modulusLength"))
	exponent := int64(65537)
	if v := bind.Get(o, "publicExponent"); !bind.IsNullish(v) {
		exponent = int64(m.uint32Arg(v, "options.publicExponent"))
	}
	var pss *crypto.PSSParams
	if name == "rsa-pss" {
		pss = m.pssOptions(o)
	}
	return func() (*crypto.Key, error) {
		k, err := crypto.GenerateRSA(bits, big.NewInt(exponent))
		if err != nil {
			return nil, err
		}
		k.PSS = pss
		return &crypto.Key{Type: name, Private: true, RSA: k}, nil
	}
}

// pssOptions reads what a key of type rsa-pss is bound to, nil for nothing.
func (m *module) pssOptions(o *goja.Object) *crypto.PSSParams {
	rt := m.rt
	salt := -1
	if v := bind.Get(o, "saltLength"); !goja.IsUndefined(v) {
		salt = m.int32Arg(v, "options.saltLength", 0)
	}
	text := func(name string) string {
		v := bind.Get(o, name)
		if goja.IsUndefined(v) {
			return ""
		}
		return rt.String(v, "options."+name)
	}
	hash, mgf := text("hashAlgorithm"), text("mgf1HashAlgorithm")
	old := func(name, now string, at *string) {
		v := bind.Get(o, name)
		if goja.IsUndefined(v) {
			return
		}
		m.deprecatedOption(name, now)
		s := rt.String(v, "options."+name)
		if *at != "" && s != *at {
			rt.ArgValue("options."+name, v, "")
		}
		*at = s
	}
	old("hash", "hashAlgorithm", &hash)
	old("mgf1Hash", "mgf1HashAlgorithm", &mgf)
	if hash == "" && mgf == "" && salt < 0 {
		return nil
	}
	find := func(name, what string) *crypto.Digest {
		d := crypto.LookupDigest(name)
		if d == nil {
			rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_DIGEST", "Invalid "+what+": "+name))
		}
		return d
	}
	p := &crypto.PSSParams{Hash: crypto.LookupDigest("sha1"), SaltLength: salt}
	if hash != "" {
		p.Hash = find(hash, "digest")
	}
	p.MGF = p.Hash
	if mgf != "" {
		p.MGF = find(mgf, "MGF1 digest")
	}
	if salt < 0 {
		p.SaltLength = p.Hash.Size
		if hash == "" {
			p.SaltLength = 20
		}
	}
	return p
}

// deprecatedOption warns of options.hash and options.mgf1Hash.
func (m *module) deprecatedOption(name, now string) {
	key := "DEP0154 " + name
	if !m.warned[key] && m.rt.Warn != nil {
		m.warned[key] = true
		m.rt.Warn(`"options.`+name+`" is deprecated, use "options.`+now+`" instead.`, "DeprecationWarning", map[string]any{"code": "DEP0154"})
	}
}

func (m *module) dhGenerator(o *goja.Object) func() (*crypto.Key, error) {
	rt := m.rt
	group, length, prime, generator := bind.Get(o, "group"), bind.Get(o, "primeLength"), bind.Get(o, "prime"), bind.Get(o, "generator")
	clash := func(a, b string, v goja.Value) {
		if !bind.IsNullish(v) {
			rt.Throw(nodeerr.IncompatibleOptionPair(a, b))
		}
	}
	generate := func(k *crypto.DHKey) (*crypto.Key, error) {
		if err := k.Generate(); err != nil {
			return nil, err
		}
		return &crypto.Key{Type: "dh", Private: true, DH: k}, nil
	}
	if !bind.IsNullish(group) {
		clash("group", "prime", prime)
		clash("group", "primeLength", length)
		clash("group", "generator", generator)
		params := crypto.DHGroup(rt.String(group, "options.group"))
		if params == nil {
			rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_UNKNOWN_DH_GROUP", "Unknown DH group"))
		}
		return func() (*crypto.Key, error) { return generate(params) }
	}
	var p *big.Int
	bits := 0
	switch {
	case !bind.IsNullish(prime):
		clash("prime", "primeLength", length)
		b, ok := m.view(prime)
		if !ok {
			rt.ArgType("options.prime", prime, "Buffer", "TypedArray", "DataView")
		}
		p = new(big.Int).SetBytes(b)
	case !bind.IsNullish(length):
		bits = m.int32Arg(length, "options.primeLength", 0)
	default:
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_MISSING_OPTION", "At least one of the group, prime, or primeLength options is required"))
	}
	g := int64(2)
	if !bind.IsNullish(generator) {
		g = int64(m.int32Arg(generator, "options.generator", 0))
	}
	return func() (*crypto.Key, error) {
		if p != nil {
			return generate(&crypto.DHKey{P: p, G: big.NewInt(g)})
		}
		k, err := crypto.GenerateDHParams(bits, g)
		if err != nil {
			return nil, err
		}
		return generate(k)
	}
}
