package cryptomod

import (
	"bytes"
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) webGenerate(a []goja.Value) job {
	p := m.normalize(arg(a, 0), "generateKey")
	extractable := arg(a, 1).ToBoolean()
	usages := m.usagesArg("generateKey", a, 2)
	pubOK, privOK := allowed(p.name)
	alg := keyAlgorithm{name: p.name}
	var generate func() (*crypto.Key, error)
	switch p.kind {
	case "AesKeyGenParams", "HmacKeyGenParams":
		return m.generateSecret(p, alg, extractable, usages, privOK)
	case "RsaHashedKeyGenParams":
		bits := m.number(p, "modulusLength", true, 1<<32-1)
		e := new(big.Int).SetBytes(m.source(p, "publicExponent", true))
		alg.hash = m.hashName(p)
		m.checkUsages(p.name, usages, append(slices.Clone(pubOK), privOK...))
		generate = func() (*crypto.Key, error) {
			k, err := crypto.GenerateRSA(bits, e)
			return &crypto.Key{Type: "rsa", Private: true, RSA: k}, err
		}
	case "EcKeyGenParams":
		c := m.webCurve(p)
		alg.curve = c.NISTName()
		generate = func() (*crypto.Key, error) {
			return &crypto.Key{Type: "ec", Private: true, EC: crypto.GenerateEC(c)}, nil
		}
	default:
		generate = func() (*crypto.Key, error) { return crypto.GenerateRaw(strings.ToLower(p.name)) }
	}
	m.checkUsages(p.name, usages, append(slices.Clone(pubOK), privOK...))
	priv := intersect(usages, privOK)
	if len(priv) == 0 {
		m.domException("Usages cannot be empty when creating a key.", "SyntaxError")
	}
	return job{run: func() (any, error) { return generate() }, value: one(func(v any) goja.Value {
		k := v.(*crypto.Key)
		o := m.rt.VM.NewObject()
		_ = o.Set("publicKey", m.cryptoKeyValue(&cryptoKey{key: asymmetricKey(k.Public()), algorithm: alg, extractable: true, usages: intersect(usages, pubOK)}))
		_ = o.Set("privateKey", m.cryptoKeyValue(&cryptoKey{key: asymmetricKey(k), algorithm: alg, extractable: extractable, usages: priv}))
		return o
	})}
}

func (m *module) webCurve(p *webParams) *crypto.Curve {
	name := m.member(p, "namedCurve", true).String()
	switch name {
	case "P-256", "P-384", "P-521":
		return crypto.LookupCurve(name)
	}
	m.domException("Unrecognized namedCurve", "NotSupportedError")
	return nil
}

func (m *module) generateSecret(p *webParams, alg keyAlgorithm, extractable bool, usages, ok []string) job {
	if p.name == "HMAC" {
		alg.hash = m.hashName(p)
		if alg.length = m.number(p, "length", false, 1<<32-1); alg.length < 0 {
			alg.length = webDigest(alg.hash).New().BlockSize() * 8
		}
		if alg.length == 0 {
			m.domException("Zero-length key is not supported", "OperationError")
		}
	} else {
		alg.length = m.number(p, "length", true, 65535)
		if alg.length != 128 && alg.length != 192 && alg.length != 256 {
			m.domException("AES key length must be 128, 192, or 256 bits", "OperationError")
		}
	}
	m.checkUsages(p.name, usages, ok)
	if len(usages) == 0 {
		m.domException("Usages cannot be empty when creating a key.", "SyntaxError")
	}
	return job{run: func() (any, error) { return crypto.RandomBytes((alg.length + 7) / 8), nil }, value: one(func(v any) goja.Value {
		return m.cryptoKeyValue(&cryptoKey{key: &keyObject{kind: "secret", secret: v.([]byte)}, algorithm: alg, extractable: extractable, usages: usages})
	})}
}

func (m *module) webImport(a []goja.Value) job {
	format := m.formatArg("importKey", a, 0)
	p := m.normalize(arg(a, 2), "importKey")
	usages := m.usagesArg("importKey", a, 4)
	return ready(m.cryptoKeyValue(m.importAny("importKey", format, arg(a, 1), 1, p, arg(a, 3).ToBoolean(), usages)))
}

// importAny imports a key in any format.
func (m *module) importAny(method, format string, data goja.Value, at int, p *webParams, extractable bool, usages []string) *cryptoKey {
	var k *cryptoKey
	if format == "jwk" {
		o, ok := data.(*goja.Object)
		if _, isBytes := m.rt.BufferSource(data); !ok || isBytes {
			m.badArgument(method, at, "ERR_INVALID_ARG_TYPE", "can not be converted to a dictionary")
		}
		k = m.importJWK(p, o, extractable, usages)
	} else {
		args := make([]goja.Value, at+1)
		args[at] = data
		k = m.importBytes(format, p, m.sourceArg(method, args, at), extractable, usages)
	}
	if k.key.kind != "public" && len(k.usages) == 0 {
		m.domException("Usages cannot be empty when importing a "+k.key.kind+" key.", "SyntaxError")
	}
	return k
}

func (m *module) dataError(message string) { m.domException(message, "DataError") }

func isSecret(name string) bool {
	return strings.HasPrefix(name, "AES-") || name == "HMAC" || name == "HKDF" || name == "PBKDF2"
}

func (m *module) importBytes(format string, p *webParams, data []byte, extractable bool, usages []string) *cryptoKey {
	if isSecret(p.name) {
		if format != "raw" && format != "raw-secret" {
			m.domException("Unable to import "+p.name+" using "+format+" format", "NotSupportedError")
		}
		return m.importRaw(p, data, extractable, usages)
	}
	var k *crypto.Key
	var err error
	switch format {
	case "spki":
		k, err = crypto.ParseSPKI(data)
	case "pkcs8":
		k, err = crypto.ParsePKCS8(data)
	case "raw", "raw-public":
		switch {
		case p.kind == "EcKeyImportParams":
			c := m.webCurve(p)
			x, y, ok := c.DecodePoint(data)
			if !ok {
				m.dataError("Invalid keyData")
			}
			k = &crypto.Key{Type: "ec", EC: &crypto.ECKey{Curve: c, X: x, Y: y}}
		case crypto.IsRaw(strings.ToLower(p.name)):
			if k = crypto.NewRaw(strings.ToLower(p.name), data, false); k == nil {
				m.dataError("Invalid keyData")
			}
		default:
			m.domException("Unable to import "+p.name+" using "+format+" format", "NotSupportedError")
		}
	default:
		m.domException("Unable to import "+p.name+" using "+format+" format", "NotSupportedError")
	}
	if err != nil {
		e := m.rt.NewDOMException("Invalid keyData", "DataError")
		_ = e.DefineDataProperty("cause", m.rt.ErrorValue(nodeerr.New(nodeerr.KindError, "", "Failed to read asymmetric key")), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		panic(e)
	}
	return m.asymmetric(p, k, extractable, usages)
}

// asymmetric makes a CryptoKey of a key that must suit the algorithm.
func (m *module) asymmetric(p *webParams, k *crypto.Key, extractable bool, usages []string) *cryptoKey {
	alg := keyAlgorithm{name: p.name}
	want := strings.ToLower(p.name)
	switch p.kind {
	case "RsaHashedImportParams":
		alg.hash, want = m.hashName(p), "rsa"
	case "EcKeyImportParams":
		alg.curve, want = m.webCurve(p).NISTName(), "ec"
	}
	if k.Type != want {
		m.dataError("Invalid key type")
	}
	if k.EC != nil && k.EC.Curve.NISTName() != alg.curve {
		m.dataError("Named curve mismatch")
	}
	public, private := allowed(p.name)
	ok := public
	if k.Private {
		ok = private
	}
	m.checkUsages(p.name, usages, ok)
	return &cryptoKey{key: asymmetricKey(k), algorithm: alg, extractable: extractable, usages: usages}
}

// importRaw makes a secret CryptoKey of bytes.
func (m *module) importRaw(p *webParams, data []byte, extractable bool, usages []string) *cryptoKey {
	_, ok := allowed(p.name)
	alg := keyAlgorithm{name: p.name}
	switch {
	case p.name == "HMAC":
		m.checkUsages(p.name, usages, ok)
		alg.hash = m.hashName(p)
		if len(data) == 0 {
			m.dataError("Zero-length key is not supported")
		}
		alg.length = len(data) * 8
		if n := m.number(p, "length", false, 1<<32-1); n >= 0 {
			if n > alg.length || n <= alg.length-8 {
				m.dataError("Invalid key length")
			}
			alg.length = n
		}
	case strings.HasPrefix(p.name, "AES-"):
		m.checkUsages(p.name, usages, ok)
		if n := len(data); n != 16 && n != 24 && n != 32 {
			m.dataError("Invalid key length")
		}
		alg.length = len(data) * 8
	default:
		if extractable {
			m.domException(p.name+" keys are not extractable", "SyntaxError")
		}
		m.checkUsages(p.name, usages, ok)
	}
	return &cryptoKey{key: &keyObject{kind: "secret", secret: bytes.Clone(data)}, algorithm: alg, extractable: extractable, usages: usages}
}

// jwkAlg is the member alg of a key's JWK, "" for none.
func jwkAlg(a keyAlgorithm) string {
	bits := strings.TrimPrefix(a.hash, "SHA-")
	switch a.name {
	case "HMAC":
		return "HS" + bits
	case "RSASSA-PKCS1-v1_5":
		return "RS" + bits
	case "RSA-PSS":
		return "PS" + bits
	case "RSA-OAEP":
		if bits == "1" {
			return "RSA-OAEP"
		}
		return "RSA-OAEP-" + bits
	case "Ed25519", "Ed448":
		return a.name
	case "AES-CTR", "AES-CBC", "AES-GCM", "AES-KW":
		return "A" + bind.FormatNumber(float64(a.length)) + strings.TrimPrefix(a.name, "AES-")
	}
	return ""
}

func (m *module) importJWK(p *webParams, o *goja.Object, extractable bool, usages []string) *cryptoKey {
	text := func(name string) string {
		if v := bind.Get(o, name); !goja.IsUndefined(v) {
			return v.String()
		}
		return ""
	}
	kty := text("kty")
	if kty == "" {
		m.dataError("Invalid keyData")
	}
	want := map[string]string{"RsaHashedImportParams": "RSA", "EcKeyImportParams": "EC"}[p.kind]
	use := "enc"
	switch {
	case isSecret(p.name):
		want = "oct"
	case want == "":
		want = "OKP"
	}
	switch p.name {
	case "HMAC", "RSASSA-PKCS1-v1_5", "RSA-PSS", "ECDSA", "Ed25519", "Ed448":
		use = "sig"
	}
	if p.name == "HKDF" || p.name == "PBKDF2" {
		m.domException("Unable to import "+p.name+" using jwk format", "NotSupportedError")
	}
	if kty != want {
		m.dataError(`Invalid JWK "kty" Parameter`)
	}
	if u := bind.Get(o, "use"); len(usages) > 0 && !goja.IsUndefined(u) && u.String() != use {
		m.dataError(`Invalid JWK "use" Parameter`)
	}
	if list, ok := bind.Get(o, "key_ops").(*goja.Object); ok {
		var ops []string
		for i := range int(bind.Get(list, "length").ToInteger()) {
			s := list.Get(bind.FormatNumber(float64(i))).String()
			if slices.Contains(ops, s) {
				m.dataError("Duplicate key operation")
			}
			ops = append(ops, s)
		}
		for _, u := range usages {
			if !slices.Contains(ops, u) {
				m.dataError("Key operations and usage mismatch")
			}
		}
	}
	if e := bind.Get(o, "ext"); !goja.IsUndefined(e) && !e.ToBoolean() && extractable {
		m.dataError(`JWK "ext" Parameter and extractable mismatch`)
	}
	var k *cryptoKey
	if want == "oct" {
		if goja.IsUndefined(bind.Get(o, "k")) {
			m.dataError("Invalid keyData")
		}
		k = m.importRaw(p, buffer.Encode(text("k"), buffer.Base64URL), extractable, usages)
	} else {
		if want != "RSA" {
			crv := text("crv")
			if expected := bind.Get(p.o, "namedCurve"); want == "EC" && crv != expected.String() || want == "OKP" && crv != p.name {
				if want == "EC" {
					m.webCurve(p)
					m.dataError(`JWK "crv" does not match the requested algorithm`)
				}
				m.dataError(`JWK "crv" Parameter and algorithm name mismatch`)
			}
		}
		purpose := createPublic
		if !goja.IsUndefined(bind.Get(o, "d")) {
			purpose = createPrivate
		}
		var key *crypto.Key
		_, thrown := m.try(func() goja.Value { key = m.keyFromJWK(o, purpose); return nil })
		if thrown != nil {
			e := m.rt.NewDOMException("Invalid keyData", "DataError")
			_ = e.DefineDataProperty("cause", thrown, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			panic(e)
		}
		k = m.asymmetric(p, key, extractable, usages)
	}
	if alg := text("alg"); alg != "" {
		expected := jwkAlg(k.algorithm)
		ok := expected == "" || alg == expected || alg == "EdDSA" && strings.HasPrefix(expected, "Ed")
		if p.name == "ECDSA" {
			ok = alg == map[string]string{"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}[k.algorithm.curve]
		}
		if !ok {
			m.dataError(`JWK "alg" does not match the requested algorithm`)
		}
	}
	return k
}

func (m *module) webExport(a []goja.Value) job {
	format := m.formatArg("exportKey", a, 0)
	k := m.keyArg("exportKey", a, 1)
	if n := k.algorithm.name; n == "HKDF" || n == "PBKDF2" {
		m.domException(n+" key export is not supported", "NotSupportedError")
	}
	if !k.extractable {
		m.domException("key is not extractable", "InvalidAccessException")
	}
	v, p := m.exportAny(format, k)
	if v != nil {
		return ready(v)
	}
	return ready(m.rt.VM.ToValue(m.rt.VM.NewArrayBuffer(p)))
}

// exportAny exports a key: an object for jwk, else bytes.
func (m *module) exportAny(format string, k *cryptoKey) (*goja.Object, []byte) {
	key := k.key.key
	switch {
	case format == "jwk":
		return m.exportJWK(k), nil
	case (format == "raw" || format == "raw-secret") && k.key.kind == "secret" && k.algorithm.name != "HKDF" && k.algorithm.name != "PBKDF2":
		return nil, bytes.Clone(k.key.secret)
	case format == "spki" && k.key.kind == "public":
		return nil, key.MarshalSPKI()
	case format == "pkcs8" && k.key.kind == "private":
		return nil, key.MarshalPKCS8()
	case (format == "raw" || format == "raw-public") && k.key.kind == "public" && key.EC != nil:
		return nil, key.EC.Bytes(crypto.PointUncompressed)
	case (format == "raw" || format == "raw-public") && k.key.kind == "public" && key.Raw != nil:
		return nil, bytes.Clone(key.Raw.Public)
	}
	m.domException("Unable to export "+k.algorithm.name+" "+k.key.kind+" key using "+format+" format", "NotSupportedError")
	return nil, nil
}

func (m *module) exportJWK(k *cryptoKey) *goja.Object {
	o := m.rt.VM.NewObject()
	_ = o.Set("key_ops", m.rt.ToValue(k.usages))
	_ = o.Set("ext", k.extractable)
	if alg := jwkAlg(k.algorithm); alg != "" {
		_ = o.Set("alg", alg)
	}
	fields := []crypto.JWKField{{Name: "kty", Value: "oct"}, {Name: "k", Value: crypto.Base64URL(k.key.secret)}}
	if k.key.key != nil {
		var err error
		fields, err = k.key.key.JWK()
		m.rt.Must(err)
	}
	for _, f := range fields {
		_ = o.Set(f.Name, f.Value)
	}
	return o
}

// wrapParams reads the algorithm of wrapKey and unwrapKey.
func (m *module) wrapParams(v goja.Value) *webParams {
	var p *webParams
	if _, thrown := m.try(func() goja.Value { p = m.normalize(v, "wrapKey"); return nil }); thrown != nil {
		p = m.normalize(v, "encrypt")
	}
	return p
}

func (m *module) webWrap(a []goja.Value) job {
	format := m.formatArg("wrapKey", a, 0)
	k, w := m.keyArg("wrapKey", a, 1), m.keyArg("wrapKey", a, 2)
	p := m.wrapParams(arg(a, 3))
	m.usableFor(w, p.name, "wrapKey")
	if !k.extractable {
		m.domException("key is not extractable", "InvalidAccessException")
	}
	o, data := m.exportAny(format, k)
	if o != nil {
		text, err := o.MarshalJSON()
		m.rt.Must(err)
		if data = text; p.name == "AES-KW" { // whole blocks
			for len(data)%8 != 0 {
				data = append(data, ' ')
			}
		}
	}
	return m.crypt(p, w, data, true)
}

func (m *module) webUnwrap(a []goja.Value) job {
	format := m.formatArg("unwrapKey", a, 0)
	wrapped := m.sourceArg("unwrapKey", a, 1)
	w := m.keyArg("unwrapKey", a, 2)
	p := m.wrapParams(arg(a, 3))
	inner := m.normalize(arg(a, 4), "importKey")
	extractable, usages := arg(a, 5).ToBoolean(), m.usagesArg("unwrapKey", a, 6)
	m.usableFor(w, p.name, "unwrapKey")
	j := m.crypt(p, w, wrapped, false)
	return job{run: j.run, value: one(func(v any) goja.Value {
		data := v.([]byte)
		var value goja.Value = m.rt.VM.ToValue(m.rt.VM.NewArrayBuffer(data))
		if format == "jwk" {
			if !json.Valid(data) {
				m.dataError("Invalid keyData")
			}
			parse := m.rt.VM.Get("JSON").(*goja.Object)
			value = m.rt.Call(parse.Get("parse"), parse, m.rt.VM.ToValue(string(data)))
		}
		return m.cryptoKeyValue(m.importAny("unwrapKey", format, value, 1, inner, extractable, usages))
	})}
}

// toCryptoKey is keyObject.toCryptoKey(algorithm, extractable, usages).
func (m *module) toCryptoKey(c goja.FunctionCall) goja.Value {
	k := m.keyOf(c.This)
	p := m.normalize(c.Argument(0), "importKey")
	usages := m.usagesArg("importKey", c.Arguments, 2)
	extractable := c.Argument(1).ToBoolean()
	var out *cryptoKey
	if k.kind == "secret" {
		if !isSecret(p.name) {
			m.unrecognized()
		}
		out = m.importRaw(p, k.secret, extractable, usages)
	} else {
		out = m.asymmetric(p, k.key, extractable, usages)
	}
	if out.key.kind != "public" && len(out.usages) == 0 {
		m.domException("Usages cannot be empty when importing a "+out.key.kind+" key.", "SyntaxError")
	}
	return m.cryptoKeyValue(out)
}
