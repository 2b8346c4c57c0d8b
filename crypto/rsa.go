package crypto

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"math/big"

	"github.com/spindle-js/spindle/nodeerr"
)

// RSAKey is an RSA key. A private key has D, and the factors unless it came
// without them.
type RSAKey struct {
	N, E             *big.Int
	D                *big.Int // nil in a public key
	P, Q, DP, DQ, QI *big.Int
	// PSS restricts a key of type rsa-pss, nil for none.
	PSS *PSSParams
}

// PSSParams are the parameters that a key of type rsa-pss is bound to (RFC 4055).
type PSSParams struct {
	Hash, MGF  *Digest
	SaltLength int
}

// Size is the length of the modulus in bytes.
func (k *RSAKey) Size() int { return (k.N.BitLen() + 7) / 8 }

// Public returns the public half.
func (k *RSAKey) Public() *RSAKey { return &RSAKey{N: k.N, E: k.E, PSS: k.PSS} }

// GenerateRSA makes a key of bits with the public exponent e.
func GenerateRSA(bits int, e *big.Int) (*RSAKey, error) {
	if e.IsInt64() && e.Int64() == 65537 && bits >= 1024 && bits%2 == 0 {
		k, err := rsa.GenerateKey(rand.Reader, bits)
		if err == nil {
			return rsaFromFactors(e, k.Primes[0], k.Primes[1]), nil
		}
	}
	if bits < 512 {
		return nil, nodeerr.New(nodeerr.KindError, "", "error:1C8000AB:Provider routines::key size too small")
	}
	if e.Bit(0) == 0 || e.Cmp(big.NewInt(1)) <= 0 {
		return nil, nodeerr.OpenSSL(0x020000B2, "rsa routines", "pub exponent out of range", "ERR_OSSL_RSA_PUB_EXPONENT_OUT_OF_RANGE")
	}
	one := big.NewInt(1)
	prime := func(n int) (*big.Int, error) {
		for {
			p, err := rand.Prime(rand.Reader, n)
			if err != nil {
				return nil, err
			}
			if new(big.Int).GCD(nil, nil, e, new(big.Int).Sub(p, one)).Cmp(one) == 0 {
				return p, nil
			}
		}
	}
	for {
		p, err := prime((bits + 1) / 2)
		if err != nil {
			return nil, err
		}
		q, err := prime(bits / 2)
		if err != nil {
			return nil, err
		}
		if p.Cmp(q) == 0 || new(big.Int).Mul(p, q).BitLen() != bits {
			continue
		}
		if p.Cmp(q) < 0 {
			p, q = q, p
		}
		return rsaFromFactors(e, p, q), nil
	}
}

func rsaFromFactors(e, p, q *big.Int) *RSAKey {
	one := big.NewInt(1)
	p1, q1 := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
	phi := new(big.Int).Mul(p1, q1)
	phi.Div(phi, new(big.Int).GCD(nil, nil, p1, q1)) // the least exponent, as OpenSSL has it
	d := new(big.Int).ModInverse(e, phi)
	return &RSAKey{N: new(big.Int).Mul(p, q), E: e, D: d, P: p, Q: q,
		DP: new(big.Int).Mod(d, p1), DQ: new(big.Int).Mod(d, q1), QI: new(big.Int).ModInverse(q, p)}
}

// public is the operation with the public exponent.
func (k *RSAKey) public(m *big.Int) *big.Int { return new(big.Int).Exp(m, k.E, k.N) }

// private is the operation with the private exponent. The input is multiplied
// by a random factor first, so that its time tells nothing of the input.
func (k *RSAKey) private(c *big.Int) *big.Int {
	var r, inv *big.Int
	for inv == nil {
		r = randomBelow(k.N)
		inv = new(big.Int).ModInverse(r, k.N)
	}
	x := new(big.Int).Mul(c, k.public(r))
	x.Mod(x, k.N)
	var m *big.Int
	if k.P != nil && k.Q != nil && k.DP != nil && k.DQ != nil && k.QI != nil {
		m1, m2 := new(big.Int).Exp(x, k.DP, k.P), new(big.Int).Exp(x, k.DQ, k.Q)
		h := new(big.Int).Sub(m1, m2)
		h.Mul(h, k.QI)
		h.Mod(h, k.P)
		m = h.Mul(h, k.Q)
		m.Add(m, m2)
	} else {
		m = new(big.Int).Exp(x, k.D, k.N)
	}
	m.Mul(m, inv)
	return m.Mod(m, k.N)
}

func rsaError(number uint32, reason, code string, stack ...string) error {
	return nodeerr.OpenSSL(number, "rsa routines", reason, code, stack...)
}

var signatureStack = []string{"error:030000EA:digital envelope routines::provider signature failure", "error:1C880004:Provider routines::RSA lib"}

func tooLarge(stack ...string) error {
	return rsaError(0x0200006E, "data too large for key size", "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE", stack...)
}

// pad1 is the padding of PKCS #1 v1.5 of block type 1.
func pad1(data []byte, size int) ([]byte, bool) {
	if len(data) > size-11 {
		return nil, false
	}
	out := make([]byte, size)
	out[1] = 1
	for i := 2; i < size-len(data)-1; i++ {
		out[i] = 0xff
	}
	copy(out[size-len(data):], data)
	return out, true
}

// The paddings, by OpenSSL's numbers.
const (
	PaddingPKCS1 = 1
	PaddingNone  = 3
	PaddingOAEP  = 4
	PaddingX931  = 5
	PaddingPSS   = 6
)

// OAEP are the parameters of that padding.
type OAEP struct {
	Hash  *Digest
	Label []byte
}

func (k *RSAKey) number(p []byte) *big.Int { return new(big.Int).SetBytes(p) }

func (k *RSAKey) bytes(m *big.Int) []byte { return m.FillBytes(make([]byte, k.Size())) }

// raw checks a message that is used without padding.
func (k *RSAKey) raw(p []byte, stack ...string) (*big.Int, error) {
	switch {
	case len(p) < k.Size():
		return nil, rsaError(0x0200007A, "data too small for key size", "ERR_OSSL_RSA_DATA_TOO_SMALL_FOR_KEY_SIZE", stack...)
	case len(p) > k.Size():
		return nil, tooLarge(stack...)
	}
	m := k.number(p)
	if m.Cmp(k.N) >= 0 {
		return nil, rsaError(0x02000084, "data too large for modulus", "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_MODULUS", stack...)
	}
	return m, nil
}

func unsupportedPadding() error {
	return nodeerr.OpenSSL(0x1C8000A5, "Provider routines", "illegal or unsupported padding mode", "ERR_OSSL_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE")
}

// PublicEncrypt is crypto.publicEncrypt.
func (k *RSAKey) PublicEncrypt(padding int, o OAEP, data []byte) ([]byte, error) {
	size := k.Size()
	switch padding {
	case PaddingNone:
		m, err := k.raw(data)
		if err != nil {
			return nil, err
		}
		return k.bytes(k.public(m)), nil
	case PaddingPKCS1:
		if len(data) > size-11 {
			return nil, tooLarge()
		}
		block := make([]byte, size)
		block[1] = 2
		pad := block[2 : size-len(data)-1]
		_, _ = rand.Read(pad)
		for i := range pad {
			for pad[i] == 0 {
				_, _ = rand.Read(pad[i : i+1])
			}
		}
		copy(block[size-len(data):], data)
		return k.bytes(k.public(k.number(block))), nil
	case PaddingOAEP:
		h := o.Hash.Size
		if len(data) > size-2*h-2 {
			return nil, tooLarge()
		}
		block := make([]byte, size)
		seed, db := block[1:1+h], block[1+h:]
		_, _ = rand.Read(seed)
		copy(db, sum(o.Hash, o.Label))
		db[len(db)-len(data)-1] = 1
		copy(db[len(db)-len(data):], data)
		mgf1(db, o.Hash, seed)
		mgf1(seed, o.Hash, db)
		return k.bytes(k.public(k.number(block))), nil
	}
	return nil, rsaError(0x02000076, "unknown padding type", "ERR_OSSL_RSA_UNKNOWN_PADDING_TYPE")
}

// mgf1 adds the mask generated from seed to p (RFC 8017, B.2.1).
func mgf1(p []byte, d *Digest, seed []byte) {
	var counter [4]byte
	for i := uint32(0); len(p) > 0; i++ {
		binary.BigEndian.PutUint32(counter[:], i)
		mask := sum(d, seed, counter[:])
		p = p[subtle.XORBytes(p, p, mask):]
	}
}

// PrivateDecrypt is crypto.privateDecrypt.
func (k *RSAKey) PrivateDecrypt(padding int, o OAEP, data []byte) ([]byte, error) {
	switch padding {
	case PaddingNone:
		m, err := k.raw(data)
		if err != nil {
			return nil, err
		}
		return k.bytes(k.private(m)), nil
	case PaddingPKCS1:
		c := k.number(data)
		if len(data) > k.Size() || c.Cmp(k.N) >= 0 {
			return nil, rsaError(0x02000084, "data too large for modulus", "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_MODULUS")
		}
		return k.unpad2(k.bytes(k.private(c)), k.bytes(c)), nil
	case PaddingOAEP:
		c := k.number(data)
		if len(data) <= k.Size() && c.Cmp(k.N) < 0 {
			if out, ok := unpadOAEP(k.bytes(k.private(c)), o); ok {
				return out, nil
			}
		}
		return nil, rsaError(0x02000079, "oaep decoding error", "ERR_OSSL_RSA_OAEP_DECODING_ERROR")
	}
	return nil, rsaError(0x02000076, "unknown padding type", "ERR_OSSL_RSA_UNKNOWN_PADDING_TYPE")
}

func unpadOAEP(block []byte, o OAEP) ([]byte, bool) {
	h := o.Hash.Size
	if len(block) < 2*h+2 {
		return nil, false
	}
	seed, db := block[1:1+h], block[1+h:]
	mgf1(seed, o.Hash, db)
	mgf1(db, o.Hash, seed)
	good := subtle.ConstantTimeByteEq(block[0], 0) & subtle.ConstantTimeCompare(db[:h], sum(o.Hash, o.Label))
	rest := db[h:]
	index, looking, invalid := 0, 1, 0
	for i := range rest {
		zero, one := subtle.ConstantTimeByteEq(rest[i], 0), subtle.ConstantTimeByteEq(rest[i], 1)
		index = subtle.ConstantTimeSelect(looking&one, i, index)
		looking = subtle.ConstantTimeSelect(one, 0, looking)
		invalid = subtle.ConstantTimeSelect(looking&^zero, 1, invalid)
	}
	if good&^invalid&^looking != 1 {
		return nil, false
	}
	return rest[index+1:], true
}

// unpad2 takes off PKCS #1 v1.5 padding of block type 2. A wrong padding gives a
// message that looks random but is always the same for the same ciphertext, so
// that nobody learns whether the padding was right
// (draft-irtf-cfrg-rsa-guidance, "implicit rejection").
func (k *RSAKey) unpad2(block, ciphertext []byte) []byte {
	size := len(block)
	digest := sha256.Sum256(k.D.FillBytes(make([]byte, size)))
	mac := func(key []byte, parts ...[]byte) []byte {
		h := hmac.New(sha256.New, key)
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	kdk := mac(digest[:], ciphertext)
	prf := func(label string, n int) []byte {
		var out []byte
		for i := 0; len(out) < n; i++ {
			out = append(out, mac(kdk, []byte{byte(i >> 8), byte(i)}, []byte(label), []byte{byte(n * 8 >> 8), byte(n * 8)})...)
		}
		return out[:n]
	}
	lengths, fake := prf("length", 256), prf("message", size)
	most := size - 2 - 8
	mask := 1
	for mask < most {
		mask = mask<<1 | 1
	}
	fakeLength := 0
	for i := 0; i < 256; i += 2 {
		n := int(binary.BigEndian.Uint16(lengths[i:])) & mask
		fakeLength = subtle.ConstantTimeSelect(subtle.ConstantTimeLessOrEq(n+1, most), n, fakeLength)
	}
	good := subtle.ConstantTimeByteEq(block[0], 0) & subtle.ConstantTimeByteEq(block[1], 2)
	looking, at := 1, 0
	for i := 2; i < size; i++ {
		zero := subtle.ConstantTimeByteEq(block[i], 0)
		at = subtle.ConstantTimeSelect(looking&zero, i, at)
		looking = subtle.ConstantTimeSelect(zero, 0, looking)
	}
	good &= 1 - looking
	good &= subtle.ConstantTimeLessOrEq(10, at)
	from := subtle.ConstantTimeSelect(good, at+1, size-fakeLength)
	out := make([]byte, size)
	copy(out, fake)
	subtle.ConstantTimeCopy(good, out, block)
	return out[from:]
}

// PrivateEncrypt is crypto.privateEncrypt.
func (k *RSAKey) PrivateEncrypt(padding int, data []byte) ([]byte, error) {
	switch padding {
	case PaddingNone:
		m, err := k.raw(data, signatureStack...)
		if err != nil {
			return nil, err
		}
		return k.bytes(k.private(m)), nil
	case PaddingPKCS1:
		block, ok := pad1(data, k.Size())
		if !ok {
			return nil, tooLarge(signatureStack...)
		}
		return k.bytes(k.private(k.number(block))), nil
	}
	return nil, unsupportedPadding()
}

// PublicDecrypt is crypto.publicDecrypt.
func (k *RSAKey) PublicDecrypt(padding int, data []byte) ([]byte, error) {
	switch padding {
	case PaddingNone, PaddingPKCS1:
	default:
		return nil, unsupportedPadding()
	}
	if len(data) > k.Size() || k.number(data).Cmp(k.N) >= 0 {
		return nil, rsaError(0x02000084, "data too large for modulus", "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_MODULUS", signatureStack...)
	}
	block := k.bytes(k.public(k.number(data)))
	if padding == PaddingNone {
		return block, nil
	}
	if out, ok := unpad1(block); ok {
		return out, nil
	}
	return nil, rsaError(0x0200008A, "invalid padding", "ERR_OSSL_RSA_INVALID_PADDING",
		append(signatureStack[:2:2], "error:02000072:rsa routines::padding check failed")...)
}

func unpad1(block []byte) ([]byte, bool) {
	if len(block) < 11 || block[0] != 0 || block[1] != 1 {
		return nil, false
	}
	for i := 2; i < len(block); i++ {
		switch block[i] {
		case 0xff:
		case 0:
			return block[i+1:], i >= 10
		default:
			return nil, false
		}
	}
	return nil, false
}
