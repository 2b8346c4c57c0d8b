package cryptomod

import (
	"crypto/hmac"
	"math/big"
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) webDigest(a []goja.Value) job {
	p := m.normalize(arg(a, 0), "digest")
	data := m.sourceArg("digest", a, 1)
	d := webDigest(p.name)
	return m.arrayBuffer(func() ([]byte, error) { return crypto.SumXOF(d, data, -1), nil })
}

// usable checks that a key belongs to the algorithm and may be used so.
func (m *module) usableFor(k *cryptoKey, name, usage string) {
	if k.algorithm.name != name {
		m.invalidAccess()
	}
	if !slices.Contains(k.usages, usage) {
		m.invalidAccess()
	}
}

// cipherFailed is the failure of a cipher.
func cipherFailed() error { return nodeerr.New(nodeerr.KindError, "", "Cipher job failed") }

func (m *module) webCipher(method string, a []goja.Value) job {
	p := m.normalize(arg(a, 0), "encrypt")
	k := m.keyArg(method, a, 1)
	data := m.sourceArg(method, a, 2)
	m.usableFor(k, p.name, method)
	return m.crypt(p, k, data, method == "encrypt")
}

// crypt encrypts or decrypts for encrypt, decrypt, wrapKey and unwrapKey.
func (m *module) crypt(p *webParams, k *cryptoKey, data []byte, encrypt bool) job {
	secret := k.key.secret
	bits := len(secret) * 8
	run := func(mode string, iv, aad []byte, tag int) job {
		if tag > 0 && !encrypt && len(data) < tag {
			m.domException("The provided data is too small.", "OperationError")
		}
		return m.arrayBuffer(func() ([]byte, error) { return webCrypt(mode, secret, iv, aad, data, tag, encrypt) })
	}
	name := "aes-" + bind.FormatNumber(float64(bits)) + "-"
	sixteen := func(member string) []byte {
		iv := m.source(p, member, true)
		if len(iv) != 16 {
			m.domException("algorithm."+member+" must contain exactly 16 bytes", "OperationError")
		}
		return iv
	}
	switch p.name {
	case "AES-CBC":
		return run(name+"cbc", sixteen("iv"), nil, 0)
	case "AES-GCM":
		iv := m.source(p, "iv", true)
		aad := m.source(p, "additionalData", false)
		tag := m.number(p, "tagLength", false, 255)
		if tag < 0 {
			tag = 128
		}
		if !slices.Contains([]int{32, 64, 96, 104, 112, 120, 128}, tag) {
			m.domException(bind.FormatNumber(float64(tag))+" is not a valid AES-GCM tag length", "OperationError")
		}
		return run(name+"gcm", iv, aad, tag/8)
	case "AES-CTR":
		counter := sixteen("counter")
		length := m.number(p, "length", true, 255)
		if length < 1 || length > 128 {
			m.domException("AES-CTR algorithm.length must be between 1 and 128", "OperationError")
		}
		return m.arrayBuffer(func() ([]byte, error) { return counterMode(name+"ctr", secret, counter, data, length) })
	case "AES-KW":
		return m.arrayBuffer(func() ([]byte, error) {
			iv := []byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}
			return webCrypt("aes"+bind.FormatNumber(float64(bits))+"-wrap", secret, iv, nil, data, 0, encrypt)
		})
	}
	o := crypto.OAEP{Hash: webDigest(k.algorithm.hash), Label: m.source(p, "label", false)}
	key := k.key.key
	if key.Private == encrypt {
		m.invalidAccess()
	}
	return m.arrayBuffer(func() ([]byte, error) {
		if encrypt {
			return key.RSA.PublicEncrypt(crypto.PaddingOAEP, o, data)
		}
		return key.RSA.PrivateDecrypt(crypto.PaddingOAEP, o, data)
	})
}

// webCrypt is one message of a cipher; an AEAD's tag stands at its end.
func webCrypt(name string, key, iv, aad, data []byte, tag int, encrypt bool) ([]byte, error) {
	tagLength := -1
	if tag > 0 {
		tagLength = tag
	}
	c, err := crypto.NewCipher(crypto.LookupCipher(name), key, iv, encrypt, tagLength)
	if err != nil {
		return nil, err
	}
	var given []byte
	if tag > 0 {
		if aad != nil {
			if err = c.SetAAD(aad, -1); err != nil {
				return nil, err
			}
		}
		if !encrypt {
			data, given = data[:len(data)-tag], data[len(data)-tag:]
			if _, err = c.SetAuthTag(given); err != nil {
				return nil, err
			}
		}
	}
	out, err := c.Update(data)
	if err == nil {
		var rest []byte
		rest, err = c.Final()
		out = append(out, rest...)
	}
	if err != nil {
		return nil, cipherFailed()
	}
	if tag > 0 && encrypt {
		t, err := c.AuthTag()
		if err != nil {
			return nil, err
		}
		out = append(out, t...)
	}
	return out, nil
}

// counterMode is AES-CTR whose counter is the last length bits: what is left of
// it stays as the counter wraps.
func counterMode(name string, key, counter, data []byte, length int) ([]byte, error) {
	whole := new(big.Int).SetBytes(counter)
	modulus := new(big.Int).Lsh(big.NewInt(1), uint(length))
	low := new(big.Int).Mod(whole, modulus)
	blocks := big.NewInt(int64((len(data) + 15) / 16))
	if blocks.Cmp(modulus) > 0 {
		return nil, cipherFailed()
	}
	left := new(big.Int).Sub(modulus, low)
	if blocks.Cmp(left) <= 0 {
		return webCrypt(name, key, counter, nil, data, 0, true)
	}
	cut := int(left.Int64()) * 16
	first, err := webCrypt(name, key, counter, nil, data[:cut], 0, true)
	if err != nil {
		return nil, err
	}
	wrapped := new(big.Int).Sub(whole, low).FillBytes(make([]byte, 16))
	second, err := webCrypt(name, key, wrapped, nil, data[cut:], 0, true)
	return append(first, second...), err
}

// signParams reads how a signature is made.
func (m *module) signParams(p *webParams, k *cryptoKey) crypto.SignOptions {
	o := crypto.SignOptions{Digest: webDigest(k.algorithm.hash)}
	switch p.name {
	case "RSA-PSS":
		o.Padding, o.Salt, o.HasSalt = crypto.PaddingPSS, m.number(p, "saltLength", true, 1<<32-1), true
	case "ECDSA":
		o.Digest, o.P1363 = webDigest(m.hashName(p)), true
	case "Ed25519", "Ed448":
		o.Digest = nil
		o.Context = m.source(p, "context", false)
	}
	return o
}

func (m *module) signKey(method string, a []goja.Value) (*webParams, *cryptoKey) {
	p := m.normalize(arg(a, 0), "sign")
	k := m.keyArg(method, a, 1)
	if k.algorithm.name != p.name {
		m.invalidSign(method)
	}
	if !slices.Contains(k.usages, method) {
		m.invalidSign(method)
	}
	return p, k
}

func (m *module) invalidSign(method string) {
	m.domException("Unable to use this key to "+method, "InvalidAccessError")
}

func (m *module) webSign(a []goja.Value) job {
	p, k := m.signKey("sign", a)
	data := m.sourceArg("sign", a, 2)
	if p.name == "HMAC" {
		d := webDigest(k.algorithm.hash)
		return m.arrayBuffer(func() ([]byte, error) { return mac(d, k.key.secret, data), nil })
	}
	o := m.signParams(p, k)
	return m.arrayBuffer(func() ([]byte, error) { return k.key.key.Sign(data, o) })
}

func mac(d *crypto.Digest, key, data []byte) []byte {
	h := hmac.New(d.New, key)
	h.Write(data)
	return h.Sum(nil)
}

func (m *module) webVerify(a []goja.Value) job {
	p, k := m.signKey("verify", a)
	sig, data := m.sourceArg("verify", a, 2), m.sourceArg("verify", a, 3)
	run := func() (any, error) { return hmac.Equal(mac(webDigest(k.algorithm.hash), k.key.secret, data), sig), nil }
	if p.name != "HMAC" {
		o := m.signParams(p, k)
		run = func() (any, error) { return k.key.key.Verify(data, sig, o) }
	}
	return job{run: run, value: one(func(v any) goja.Value { return m.rt.VM.ToValue(v.(bool)) })}
}

// bits is what deriveBits and deriveKey have in common.
func (m *module) deriveRun(method string, a []goja.Value, length func(p *webParams) int) (run func() ([]byte, error)) {
	p := m.normalize(arg(a, 0), "deriveBits")
	k := m.keyArg(method, a, 1)
	if k.algorithm.name != p.name || !slices.Contains(k.usages, method) {
		m.domException("baseKey does not have "+method+" usage", "InvalidAccessError")
	}
	secret := k.key.secret
	switch p.name {
	case "HKDF":
		d, salt, info := webDigest(m.hashName(p)), m.source(p, "salt", true), m.source(p, "info", true)
		n := m.derivedLength(length(p))
		return func() ([]byte, error) {
			if n == 0 {
				return []byte{}, nil
			}
			return crypto.HKDF(d, secret, salt, info, n)
		}
	case "PBKDF2":
		d, salt := webDigest(m.hashName(p)), m.source(p, "salt", true)
		iterations := m.number(p, "iterations", true, 1<<32-1)
		if iterations == 0 {
			m.domException("iterations cannot be zero", "OperationError")
		}
		n := m.derivedLength(length(p))
		return func() ([]byte, error) {
			if n == 0 {
				return []byte{}, nil
			}
			return crypto.PBKDF2(d, secret, salt, iterations, n)
		}
	}
	pub, ok := bind.From(m.member(p, "public", true)).(*cryptoKey)
	switch {
	case !ok:
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "Failed to normalize algorithm: 'public' of 'EcdhKeyDeriveParams' (passed algorithm) is not of type CryptoKey."))
	case pub.key.kind != "public":
		m.domException("algorithm.public must be a public key", "InvalidAccessError")
	case k.key.kind != "private":
		m.domException("baseKey must be a private key", "InvalidAccessError")
	case pub.algorithm.name != k.algorithm.name:
		m.domException("key algorithm mismatch", "InvalidAccessError")
	case pub.algorithm.curve != k.algorithm.curve:
		m.domException("Named curve mismatch", "InvalidAccessError")
	}
	bits := length(p)
	shared, err := crypto.DiffieHellman(k.key.key, pub.key.key)
	if err != nil {
		panic(m.operationError(err))
	}
	if bits >= 0 {
		if bits > len(shared)*8 {
			m.domException("derived bit length is too small", "OperationError")
		}
		n := (bits + 7) / 8
		shared = shared[:n]
		if r := bits % 8; r != 0 {
			shared[n-1] &= 0xff << (8 - r)
		}
	}
	return func() ([]byte, error) { return shared, nil }
}

// derivedLength turns bits, which must be given, into bytes.
func (m *module) derivedLength(bits int) int {
	if bits < 0 {
		m.domException("length cannot be null", "OperationError")
	}
	if bits%8 != 0 {
		m.domException("length must be a multiple of 8", "OperationError")
	}
	return bits / 8
}

func (m *module) webDeriveBits(a []goja.Value) job {
	return m.arrayBuffer(m.deriveRun("deriveBits", a, func(*webParams) int {
		if v := arg(a, 2); !bind.IsNullish(v) {
			return int(uint32(v.ToInteger()))
		}
		return -1
	}))
}

// keyBits is how many bits a derived key of an algorithm takes, -1 for all.
func (m *module) keyBits(v goja.Value) int {
	p := m.normalize(v, "get key length")
	switch p.name {
	case "HKDF", "PBKDF2":
		return -1
	case "HMAC":
		if n := m.number(p, "length", false, 1<<32-1); n >= 0 {
			if n == 0 {
				m.rt.Throw(nodeerr.New(nodeerr.KindType, "", "HmacKeyGenParams length cannot be 0"))
			}
			return n
		}
		return webDigest(m.hashName(p)).New().BlockSize() * 8
	}
	n := m.number(p, "length", true, 65535)
	if n != 128 && n != 192 && n != 256 {
		m.domException("Invalid key length", "OperationError")
	}
	return n
}

func (m *module) webDeriveKey(a []goja.Value) job {
	usages := m.usagesArg("deriveKey", a, 4)
	extractable := arg(a, 3).ToBoolean()
	p := m.normalize(arg(a, 2), "importKey")
	bits := -1
	run := m.deriveRun("deriveKey", a, func(*webParams) int { bits = m.keyBits(arg(a, 2)); return bits })
	return job{run: func() (any, error) { return run() }, value: one(func(v any) goja.Value {
		return m.cryptoKeyValue(m.importRaw(p, v.([]byte), extractable, usages))
	})}
}
