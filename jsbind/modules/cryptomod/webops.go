package cryptomod

import (
	"crypto/hmac"
	"math/big"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) webDigest(c *webCall) job {
	p := m.normalize(c.algorithm(0), "digest")
	data := c.data(1)
	d := webDigest(p.name)
	size := -1
	if n := p.number("length"); n >= 0 {
		size = n / 8
	}
	return m.arrayBuffer(func() ([]byte, error) { return crypto.SumXOF(d, data, size), nil })
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

func (m *module) webCipher(c *webCall) job {
	p := m.normalize(c.algorithm(0), c.method)
	k := c.key(1)
	m.usableFor(k, p.name, c.method)
	return m.crypt(p, k, c.data(2), c.method == "encrypt")
}

// crypt encrypts or decrypts for encrypt, decrypt, wrapKey and unwrapKey.
func (m *module) crypt(p *webParams, k *cryptoKey, data []byte, encrypt bool) job {
	secret := k.key.secret
	run := func(mode string, iv, aad []byte, tag int) job {
		if tag > 0 && !encrypt && len(data) < tag {
			m.domException("The provided data is too small.", "OperationError")
		}
		return m.arrayBuffer(func() ([]byte, error) { return webCrypt(mode, secret, iv, aad, data, tag, encrypt) })
	}
	bits := bind.FormatNumber(float64(len(secret) * 8))
	name := "aes-" + bits + "-"
	switch p.name {
	case "AES-CBC":
		return run(name+"cbc", p.source("iv"), nil, 0)
	case "AES-GCM", "AES-OCB", "ChaCha20-Poly1305":
		if name += strings.ToLower(strings.TrimPrefix(p.name, "AES-")); p.name == "ChaCha20-Poly1305" {
			name = "chacha20-poly1305"
		}
		tag := p.number("tagLength")
		if tag < 0 {
			tag = 128
		}
		return run(name, p.source("iv"), p.source("additionalData"), tag/8)
	case "AES-CTR":
		counter, length := p.source("counter"), p.number("length")
		return m.arrayBuffer(func() ([]byte, error) { return counterMode(name+"ctr", secret, counter, data, length) })
	case "AES-KW":
		return m.arrayBuffer(func() ([]byte, error) {
			iv := []byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}
			return webCrypt("aes"+bits+"-wrap", secret, iv, nil, data, 0, encrypt)
		})
	}
	o := crypto.OAEP{Hash: webDigest(k.algorithm.hash), Label: p.source("label")}
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
	o := crypto.SignOptions{}
	switch p.name {
	case "RSASSA-PKCS1-v1_5":
		o.Digest = webDigest(k.algorithm.hash)
	case "RSA-PSS":
		o.Digest = webDigest(k.algorithm.hash)
		o.Padding, o.Salt, o.HasSalt = crypto.PaddingPSS, p.number("saltLength"), true
		if limit := (k.key.key.RSA.N.BitLen()-1+7)/8 - o.Digest.Size - 2; o.Salt > limit {
			panic(m.operationError(nodeerr.OutOfRange("algorithm.saltLength", ">= 0 && <= "+bind.FormatNumber(float64(limit)), bind.FormatNumber(float64(o.Salt)))))
		}
	case "ECDSA":
		o.Digest, o.P1363 = webDigest(p.hash()), true
	default:
		o.Context = p.source("context")
	}
	return o
}

// signKey is what sign and verify have in common.
func (m *module) signKey(c *webCall) (*webParams, *cryptoKey) {
	p := m.normalize(c.algorithm(0), c.method)
	k := c.key(1)
	if k.algorithm.name != p.name || !slices.Contains(k.usages, c.method) {
		m.domException("Unable to use this key to "+c.method, "InvalidAccessError")
	}
	return p, k
}

// webMAC makes the function that computes HMAC and KMAC, nil for other
// algorithms.
func webMAC(p *webParams, k *cryptoKey, data []byte) func() ([]byte, error) {
	secret := k.key.secret
	switch p.name {
	case "HMAC":
		d := webDigest(k.algorithm.hash)
		return func() ([]byte, error) { return mac(d, secret, data), nil }
	case "KMAC128", "KMAC256":
		size, custom := p.number("length")/8, p.source("customization")
		return func() ([]byte, error) { return crypto.KMAC(p.name == "KMAC256", secret, custom, data, size) }
	}
	return nil
}

func (m *module) webSign(c *webCall) job {
	p, k := m.signKey(c)
	data := c.data(2)
	if f := webMAC(p, k, data); f != nil {
		return m.arrayBuffer(f)
	}
	o := m.signParams(p, k)
	return m.arrayBuffer(func() ([]byte, error) { return k.key.key.Sign(data, o) })
}

func mac(d *crypto.Digest, key, data []byte) []byte {
	h := hmac.New(d.New, key)
	h.Write(data)
	return h.Sum(nil)
}

func (m *module) webVerify(c *webCall) job {
	p, k := m.signKey(c)
	sig, data := c.data(2), c.data(3)
	var run func() (any, error)
	if f := webMAC(p, k, data); f != nil {
		run = func() (any, error) {
			want, err := f()
			return hmac.Equal(want, sig), err
		}
	} else {
		o := m.signParams(p, k)
		run = func() (any, error) { return k.key.key.Verify(data, sig, o) }
	}
	return job{run: run, value: one(func(v any) goja.Value { return m.rt.VM.ToValue(v.(bool)) })}
}

// derivingKey checks the key of deriveBits and deriveKey.
func (m *module) derivingKey(p *webParams, c *webCall) {
	k := c.key(1)
	if !slices.Contains(k.usages, c.method) {
		m.domException("baseKey does not have "+c.method+" usage", "InvalidAccessError")
	}
	if k.algorithm.name != p.name {
		m.domException("Key algorithm mismatch", "InvalidAccessError")
	}
}

// deriveRun makes what derives a number of bits, -1 for what there is.
func (m *module) deriveRun(p *webParams, k *cryptoKey, bits int) func() ([]byte, error) {
	secret := k.key.secret
	if p.kind != "EcdhKeyDeriveParams" {
		if reason := derivedLength(p.name, bits); reason != "" {
			m.domException(reason, "OperationError")
		}
	}
	n := bits / 8
	switch p.name {
	case "HKDF":
		d, salt, info := webDigest(p.hash()), p.source("salt"), p.source("info")
		return func() ([]byte, error) {
			if n == 0 {
				return []byte{}, nil
			}
			return crypto.HKDF(d, secret, salt, info, n)
		}
	case "PBKDF2":
		d, salt, iterations := webDigest(p.hash()), p.source("salt"), p.number("iterations")
		return func() ([]byte, error) {
			if n == 0 {
				return []byte{}, nil
			}
			return crypto.PBKDF2(d, secret, salt, iterations, n)
		}
	case "Argon2d", "Argon2i", "Argon2id":
		a := crypto.Argon2Params{Type: argonTypes[strings.ToLower(p.name)], Message: secret, Nonce: p.source("nonce"), Secret: p.source("secretValue"),
			Data: p.source("associatedData"), Parallelism: p.number("parallelism"), TagLength: n, Memory: p.number("memory"), Passes: p.number("passes")}
		if len(a.Nonce) < 8 {
			panic(m.operationError(nodeerr.OutOfRange("parameters.nonce.byteLength", ">= 8 && <= 4294967295", bind.FormatNumber(float64(len(a.Nonce))))))
		}
		if a.Passes < 1 {
			panic(m.operationError(nodeerr.OutOfRange("parameters.passes", ">= 1 && <= 4294967295", "0")))
		}
		return func() ([]byte, error) { return crypto.Argon2(a), nil }
	}
	pub := p.members["public"].(*cryptoKey)
	if k.key.kind != "private" {
		m.domException("baseKey must be a private key", "InvalidAccessError")
	}
	if pub.algorithm.curve != k.algorithm.curve {
		m.domException("Named curve mismatch", "InvalidAccessError")
	}
	shared, err := crypto.DiffieHellman(k.key.key, pub.key.key)
	if err != nil {
		panic(m.operationError(err))
	}
	if bits >= 0 {
		if n = (bits + 7) / 8; n > len(shared) {
			m.domException("derived bit length is too small", "OperationError")
		}
		shared = shared[:n]
		if r := bits % 8; r != 0 {
			shared[n-1] &= 0xff << (8 - r)
		}
	}
	return func() ([]byte, error) { return shared, nil }
}

// derivedLength says what is wrong with a number of bits for a function that
// derives from a secret, "" for nothing.
func derivedLength(name string, bits int) string {
	switch {
	case bits < 0:
		return "length cannot be null"
	case bits%8 != 0:
		return "length must be a multiple of 8"
	case family(name) == "Argon2" && bits < 32:
		return "length must be >= 32"
	}
	return ""
}

func (m *module) webDeriveBits(c *webCall) job {
	p := m.normalize(c.algorithm(0), "deriveBits")
	m.derivingKey(p, c)
	return m.arrayBuffer(m.deriveRun(p, c.key(1), c.length(2)))
}

// keyBits is how many bits a derived key of an algorithm takes, -1 for all.
func (m *module) keyBits(v goja.Value) int {
	p := m.normalize(v, "get key length")
	n := p.number("length")
	switch family(p.name) {
	case "HMAC":
		if n >= 0 {
			return n
		}
		if strings.HasPrefix(p.hash(), "SHA3-") {
			m.domException("Explicit algorithm length member is required", "NotSupportedError")
		}
		return webDigest(p.hash()).New().BlockSize() * 8
	case "KMAC":
		if n < 0 {
			n = kmacLength(p.name)
		}
	case "ChaCha20-Poly1305":
		n = 256
	}
	return n
}

func (m *module) webDeriveKey(c *webCall) job {
	p := m.normalize(c.algorithm(0), "deriveBits")
	derived := m.normalize(c.algorithm(2), "importKey")
	m.derivingKey(p, c)
	run := m.deriveRun(p, c.key(1), m.keyBits(c.algorithm(2)))
	return job{run: func() (any, error) { return run() }, value: one(func(v any) goja.Value {
		return m.cryptoKeyValue(m.importAny("raw-secret", v.([]byte), derived, c.flag(3), c.usages(4)))
	})}
}
