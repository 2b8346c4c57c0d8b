package cryptomod

import (
	"math/big"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) webGenerate(c *webCall) job {
	p := m.normalize(c.algorithm(0), "generateKey")
	extractable, usages := c.flag(1), unique(c.usages(2))
	pubOK, privOK := allowed(p.name)
	alg := keyAlgorithm{name: p.name}
	var generate func() (*crypto.Key, error)
	switch {
	case isSecret(p.name):
		return m.generateSecret(p, alg, extractable, usages, privOK)
	case p.kind == "RsaHashedKeyGenParams":
		bits, e := p.number("modulusLength"), new(big.Int).SetBytes(p.source("publicExponent"))
		if e.BitLen() > 32 {
			m.domException("The publicExponent must be equivalent to an unsigned 32-bit value", "OperationError")
		}
		alg.hash = p.hash()
		generate = func() (*crypto.Key, error) {
			k, err := crypto.GenerateRSA(bits, e)
			return &crypto.Key{Type: "rsa", Private: true, RSA: k}, err
		}
	case p.kind == "EcKeyGenParams":
		curve := crypto.LookupCurve(p.curve())
		alg.curve = p.curve()
		generate = func() (*crypto.Key, error) {
			return &crypto.Key{Type: "ec", Private: true, EC: crypto.GenerateEC(curve)}, nil
		}
	default:
		generate = func() (*crypto.Key, error) { return crypto.GenerateRaw(strings.ToLower(p.name)) }
	}
	m.checkUsages(p.name, usages, append(slices.Clone(pubOK), privOK...), true)
	return job{run: func() (any, error) { return generate() }, value: one(func(v any) goja.Value {
		k := v.(*crypto.Key)
		public := &cryptoKey{key: asymmetricKey(k.Public()), algorithm: alg, extractable: true, usages: intersect(usages, pubOK)}
		private := &cryptoKey{key: asymmetricKey(k), algorithm: alg, extractable: extractable, usages: intersect(usages, privOK)}
		if len(private.usages) == 0 {
			m.domException("Usages cannot be empty when creating a key.", "SyntaxError")
		}
		o := m.rt.VM.CreateObject(nil)
		publicFirst := p.kind != ""
		if publicFirst {
			_ = o.Set("publicKey", m.cryptoKeyValue(public))
		}
		_ = o.Set("privateKey", m.cryptoKeyValue(private))
		if !publicFirst {
			_ = o.Set("publicKey", m.cryptoKeyValue(public))
		}
		return o
	})}
}

func (m *module) generateSecret(p *webParams, alg keyAlgorithm, extractable bool, usages, ok []string) job {
	bits := p.number("length")
	switch p.name {
	case "HMAC":
		if alg.hash = p.hash(); bits < 0 {
			if strings.HasPrefix(alg.hash, "SHA3-") {
				m.domException("Explicit algorithm length member is required", "NotSupportedError")
			}
			bits = webDigest(alg.hash).New().BlockSize() * 8
		}
		alg.length = bits
	case "KMAC128", "KMAC256":
		if bits < 0 {
			bits = kmacLength(p.name)
		}
		alg.length = bits
	case "ChaCha20-Poly1305":
		bits = 256
	default:
		alg.length = bits
	}
	m.checkUsages(p.name, usages, ok, true)
	return job{run: func() (any, error) { return crypto.RandomBytes(bits / 8), nil }, value: one(func(v any) goja.Value {
		if len(usages) == 0 {
			m.domException("Usages cannot be empty when creating a key.", "SyntaxError")
		}
		return m.cryptoKeyValue(&cryptoKey{key: &keyObject{kind: "secret", secret: v.([]byte)}, algorithm: alg, extractable: extractable, usages: usages})
	})}
}

// kmacLength is the default length of a key, in bits.
func kmacLength(name string) int {
	if name == "KMAC128" {
		return 128
	}
	return 256
}

func (m *module) webImport(c *webCall) job {
	p := m.normalize(c.algorithm(2), "importKey")
	return ready(m.cryptoKeyValue(m.importAny(c.format(0), c.values[1], p, c.flag(3), c.usages(4))))
}

// importAny imports a key in any format: data is bytes, or the object of a JWK.
func (m *module) importAny(format string, data any, p *webParams, extractable bool, usages []string) *cryptoKey {
	var k *cryptoKey
	switch {
	case isSecret(p.name):
		k = m.importSecret(format, data, p, extractable, usages)
	case format == "jwk" && family(p.name) != "ML-KEM":
		k = m.importJWK(p, data.(*goja.Object), extractable, usages)
	case format != "jwk":
		k = m.importAsymmetric(format, p, data.([]byte), extractable, usages)
	}
	if k == nil {
		switch format {
		case "raw-public", "raw-secret":
			switch family(p.name) {
			case "AES-CBC", "AES-CTR", "AES-GCM", "AES-KW", "AES-OCB", "HMAC", "KMAC", "ML-DSA", "ML-KEM", "ChaCha20-Poly1305", "Argon2":
			default:
				format = "raw"
			}
		}
		m.domException("Unable to import "+p.name+" using "+format+" format", "NotSupportedError")
	}
	m.checkEmptyUsages(k)
	return k
}

func (m *module) checkEmptyUsages(k *cryptoKey) {
	if k.key.kind != "public" && len(k.usages) == 0 {
		m.domException("Usages cannot be empty when importing a "+k.key.kind+" key.", "SyntaxError")
	}
}

func (m *module) dataError(message string) { m.domException(message, "DataError") }

// invalidKeyData throws the DataError that Node makes of a failure of its own.
func (m *module) invalidKeyData(cause goja.Value) {
	e := m.rt.NewDOMException("Invalid keyData", "DataError")
	_ = e.DefineDataProperty("cause", cause, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	panic(e)
}

func isSecret(name string) bool {
	switch f := family(name); f {
	case "HMAC", "HKDF", "PBKDF2", "KMAC", "Argon2", "ChaCha20-Poly1305":
		return true
	default:
		return strings.HasPrefix(f, "AES-")
	}
}

// importAsymmetric reads a key of bytes; nil for a format that the algorithm does
// not have.
func (m *module) importAsymmetric(format string, p *webParams, data []byte, extractable bool, usages []string) *cryptoKey {
	pq := strings.HasPrefix(p.name, "ML-")
	name := strings.ToLower(p.name)
	private := format == "pkcs8" || format == "raw-seed"
	if !pq && (format == "raw-public" || format == "raw-secret") {
		format = "raw"
	}
	rsa := p.kind == "RsaHashedImportParams"
	switch {
	case format == "spki", format == "pkcs8":
	case format == "raw" && !pq && !rsa, pq && (format == "raw-public" || format == "raw-seed"):
	default:
		return nil
	}
	public, privateUsages := allowed(p.name)
	if private {
		public = privateUsages
	}
	m.checkUsages(p.name, usages, public, false)
	var k *crypto.Key
	var err error
	switch {
	case format == "spki":
		k, err = crypto.ParseSPKI(data)
	case format == "pkcs8":
		k, err = crypto.ParsePKCS8(data)
	case p.kind == "EcKeyImportParams":
		c := crypto.LookupCurve(p.curve())
		x, y, ok := c.DecodePoint(data)
		if !ok {
			m.dataError("Invalid keyData")
		}
		k = &crypto.Key{Type: "ec", EC: &crypto.ECKey{Curve: c, X: x, Y: y}}
	case pq:
		if k = crypto.NewRaw(name, data, private); k == nil {
			e := m.rt.NewDOMException("Invalid keyData", "DataError")
			m.invalidKeyData(e)
		}
	default:
		if k = crypto.NewRaw(name, data, false); k == nil {
			size := map[string]string{"Ed448": "57", "X448": "56"}[p.name]
			if size == "" {
				size = "32"
			}
			m.dataError(p.name + " raw keys must be exactly " + size + "-bytes")
		}
	}
	if err != nil {
		m.invalidKeyData(m.rt.ErrorValue(nodeerr.New(nodeerr.KindError, "", "Failed to read asymmetric key")))
	}
	return m.asymmetric(p, k, extractable, usages)
}

// asymmetric makes a CryptoKey of a key that must suit the algorithm.
func (m *module) asymmetric(p *webParams, k *crypto.Key, extractable bool, usages []string) *cryptoKey {
	alg := keyAlgorithm{name: p.name}
	want := strings.ToLower(p.name)
	switch p.kind {
	case "RsaHashedImportParams":
		alg.hash, want = p.hash(), "rsa"
	case "EcKeyImportParams":
		alg.curve, want = p.curve(), "ec"
	}
	public, private := allowed(p.name)
	ok := public
	if k.Private {
		ok = private
	}
	m.checkUsages(p.name, usages, ok, false)
	if k.Type != want {
		m.dataError("Invalid key type")
	}
	if k.EC != nil && k.EC.Curve.NISTName() != alg.curve {
		m.dataError("Named curve mismatch")
	}
	return &cryptoKey{key: asymmetricKey(k), algorithm: alg, extractable: extractable, usages: usages}
}

// importSecret makes a secret CryptoKey; nil for a format that the algorithm does
// not have.
func (m *module) importSecret(format string, data any, p *webParams, extractable bool, usages []string) *cryptoKey {
	f := family(p.name)
	derives := f == "HKDF" || f == "PBKDF2" || f == "Argon2"
	if f == "Argon2" && format != "raw-secret" {
		return nil
	}
	_, ok := allowed(p.name)
	if derives && extractable {
		m.domException(p.name+" keys are not extractable", "SyntaxError")
	}
	m.checkUsages(p.name, usages, ok, false)
	switch {
	case format == "jwk" && !derives:
		return m.importOct(p, data.(*goja.Object), extractable, usages)
	case format == "raw-secret", format == "raw" && f != "KMAC" && f != "AES-OCB" && f != "ChaCha20-Poly1305":
		return m.rawSecret(p, data.([]byte), extractable, usages)
	case format == "raw-public" && derives:
		return m.rawSecret(p, data.([]byte), extractable, usages)
	}
	return nil
}

// rawSecret makes a secret CryptoKey of bytes, which become its own.
func (m *module) rawSecret(p *webParams, data []byte, extractable bool, usages []string) *cryptoKey {
	_, ok := allowed(p.name)
	alg := keyAlgorithm{name: p.name}
	f := family(p.name)
	if extractable && (f == "HKDF" || f == "PBKDF2" || f == "Argon2") {
		m.domException(p.name+" keys are not extractable", "SyntaxError")
	}
	m.checkUsages(p.name, usages, ok, false)
	bits := len(data) * 8
	switch {
	case f == "HMAC", f == "KMAC":
		alg.hash, alg.length = p.hash(), bits
		if bits == 0 {
			m.dataError("Zero-length key is not supported")
		}
		if n := p.number("length"); n >= 0 && n != bits {
			m.dataError("Invalid key length")
		}
	case f == "ChaCha20-Poly1305":
		if bits != 256 {
			m.dataError("Invalid key length")
		}
	case strings.HasPrefix(f, "AES-"):
		if bits != 128 && bits != 192 && bits != 256 {
			m.dataError("Invalid key length")
		}
		alg.length = bits
	}
	return &cryptoKey{key: &keyObject{kind: "secret", secret: data}, algorithm: alg, extractable: extractable, usages: usages}
}

// toCryptoKey is keyObject.toCryptoKey(algorithm, extractable, usages).
func (m *module) toCryptoKey(c goja.FunctionCall) goja.Value {
	k := m.keyOf(c.This)
	p := m.normalize(m.algorithmArg("", 0, c.Argument(0)), "importKey")
	extractable := c.Argument(1).ToBoolean()
	usages := m.usagesArg("", 0, c.Argument(2))
	return m.cryptoKeyValue(m.keyFor(k, p, extractable, usages))
}

// keyFor makes a CryptoKey of a key for an algorithm.
func (m *module) keyFor(k *keyObject, p *webParams, extractable bool, usages []string) (out *cryptoKey) {
	if isSecret(p.name) != (k.kind == "secret") {
		m.unrecognized()
	}
	if k.kind == "secret" {
		out = m.rawSecret(p, k.secret, extractable, usages)
	} else {
		out = m.asymmetric(p, k.key, extractable, usages)
	}
	m.checkEmptyUsages(out)
	return out
}

// webGetPublic is getPublicKey(key, usages).
func (m *module) webGetPublic(c *webCall) job {
	k := c.key(0)
	switch k.key.kind {
	case "secret":
		m.domException("key must be a private key", "NotSupportedError")
	case "public":
		m.domException("key must be a private key", "InvalidAccessError")
	}
	members := map[string]any{"hash": k.algorithm.hash, "namedCurve": k.algorithm.curve}
	p := &webParams{name: k.algorithm.name, kind: webAlgorithms[upper(k.algorithm.name)].ops["importKey"], members: members}
	return ready(m.cryptoKeyValue(m.keyFor(asymmetricKey(k.key.key.Public()), p, true, c.usages(1))))
}

// webExportable checks that a key may leave.
func (m *module) webExportable(k *cryptoKey) {
	if _, ok := webAlgorithms[upper(k.algorithm.name)].ops["exportKey"]; !ok {
		m.domException(k.algorithm.name+" key export is not supported", "NotSupportedError")
	}
	if !k.extractable {
		m.domException("key is not extractable", "InvalidAccessException")
	}
}

func (m *module) webExport(c *webCall) job {
	k := c.key(1)
	m.webExportable(k)
	v, p := m.exportAny(c.format(0), k)
	if v != nil {
		return ready(v)
	}
	return ready(m.rt.VM.ToValue(m.rt.VM.NewArrayBuffer(p)))
}

// exportAny exports a key: an object for jwk, else bytes.
func (m *module) exportAny(format string, k *cryptoKey) (*goja.Object, []byte) {
	key, f := k.key.key, family(k.algorithm.name)
	pq := f == "ML-DSA" || f == "ML-KEM"
	switch k.key.kind {
	case "secret":
		named := f == "AES-OCB" || f == "KMAC" || f == "ChaCha20-Poly1305"
		if format == "raw-secret" || format == "raw" && !named {
			return nil, slices.Clone(k.key.secret)
		}
	case "public":
		switch raw := format == "raw-public" || format == "raw" && !pq; {
		case format == "spki":
			return nil, key.MarshalSPKI()
		case raw && key.EC != nil:
			return nil, key.EC.Bytes(crypto.PointUncompressed)
		case raw && key.Raw != nil:
			return nil, slices.Clone(key.Raw.Public)
		}
	case "private":
		switch seeded := pq && (format == "raw-seed" || format == "pkcs8"); {
		case seeded && key.Raw.Seed == nil:
			panic(m.operationError(nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "Failed to get raw seed")))
		case seeded && format == "raw-seed":
			return nil, slices.Clone(key.Raw.Seed)
		case seeded:
			return nil, key.MarshalPKCS8Seed()
		case format == "pkcs8":
			return nil, key.MarshalPKCS8()
		}
	}
	if format == "jwk" && f != "ML-KEM" {
		return m.exportJWK(k), nil
	}
	m.domException("Unable to export "+k.algorithm.name+" "+k.key.kind+" key using "+format+" format", "NotSupportedError")
	return nil, nil
}

// wrapParams reads the algorithm of wrapKey and unwrapKey.
func (m *module) wrapParams(v goja.Value, operation, otherwise string) *webParams {
	var p *webParams
	if _, thrown := m.try(func() goja.Value { p = m.normalize(v, operation); return nil }); thrown != nil {
		p = m.normalize(v, otherwise)
	}
	return p
}

func (m *module) webWrap(c *webCall) job {
	k, w := c.key(1), c.key(2)
	p := m.wrapParams(c.algorithm(3), "wrapKey", "encrypt")
	m.webExportable(k)
	o, data := m.exportAny(c.format(0), k)
	if o != nil {
		text, err := o.MarshalJSON()
		m.rt.Must(err)
		if data = text; p.name == "AES-KW" { // whole blocks
			for len(data)%8 != 0 {
				data = append(data, ' ')
			}
		}
	}
	m.usableFor(w, p.name, "wrapKey")
	return m.crypt(p, w, data, true)
}

func (m *module) webUnwrap(c *webCall) job {
	format, wrapped, w := c.format(0), c.data(1), c.key(2)
	p := m.wrapParams(c.algorithm(3), "unwrapKey", "decrypt")
	inner := m.normalize(c.algorithm(4), "importKey")
	m.usableFor(w, p.name, "unwrapKey")
	j := m.crypt(p, w, wrapped, false)
	return job{run: j.run, value: one(func(v any) goja.Value {
		data := v.([]byte)
		if format != "jwk" {
			return m.cryptoKeyValue(m.importAny(format, data, inner, c.flag(5), c.usages(6)))
		}
		var o goja.Value
		_, thrown := m.try(func() goja.Value {
			parse := m.rt.VM.Get("JSON").(*goja.Object)
			o = m.rt.Call(parse.Get("parse"), parse, m.rt.VM.ToValue(string(data)))
			return nil
		})
		object, ok := o.(*goja.Object)
		if thrown != nil || !ok {
			m.dataError("Invalid wrapped JWK key")
		}
		return m.cryptoKeyValue(m.importAny(format, object, inner, c.flag(5), c.usages(6)))
	})}
}

// bindText is a member of an object as text; ok is false where there is none.
func bindText(o *goja.Object, name string) (s string, ok bool) {
	v := bind.Get(o, name)
	if goja.IsUndefined(v) {
		return "", false
	}
	return v.String(), true
}
