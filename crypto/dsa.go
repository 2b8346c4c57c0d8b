package crypto

import (
	"crypto/rand"
	"encoding/asn1"
	"math/big"

	"github.com/spindle-js/spindle/nodeerr"
)

// DSAKey is a DSA key (FIPS 186-4).
type DSAKey struct {
	P, Q, G, Y *big.Int
	X          *big.Int // nil in a public key
}

// Public returns the public half.
func (k *DSAKey) Public() *DSAKey { return &DSAKey{P: k.P, Q: k.Q, G: k.G, Y: k.Y} }

// GenerateDSA makes parameters of the given lengths in bits and a key; a
// negative divisor stands for the usual length.
func GenerateDSA(modulus, divisor int) (*DSAKey, error) {
	if divisor < 0 {
		divisor = 224
		if modulus >= 2048 {
			divisor = 256
		}
		if modulus < 1024 {
			divisor = 160
		}
	}
	if modulus < 512 || divisor < 160 || divisor >= modulus {
		return nil, nodeerr.OpenSSL(0x05000074, "dsa routines", "bad ffc parameters", "ERR_OSSL_DSA_BAD_FFC_PARAMETERS")
	}
	one := big.NewInt(1)
	q, err := rand.Prime(rand.Reader, divisor)
	if err != nil {
		return nil, err
	}
	k := &DSAKey{Q: q}
	twice := new(big.Int).Lsh(q, 1)
	for k.P == nil {
		x, err := rand.Int(rand.Reader, new(big.Int).Lsh(one, uint(modulus)))
		if err != nil {
			return nil, err
		}
		x.SetBit(x, modulus-1, 1)
		p := x.Sub(x, new(big.Int).Mod(x, twice))
		p.Add(p, one) // p = 1 modulo 2q
		if p.BitLen() == modulus && p.ProbablyPrime(20) {
			k.P = p
		}
	}
	e := new(big.Int).Div(new(big.Int).Sub(k.P, one), q)
	for h := big.NewInt(2); ; h.Add(h, one) {
		if k.G = new(big.Int).Exp(h, e, k.P); k.G.Cmp(one) > 0 {
			break
		}
	}
	k.X = randomBelow(q)
	k.Y = new(big.Int).Exp(k.G, k.X, k.P)
	return k, nil
}

// Sign signs a digest; the signature is in DER.
func (k *DSAKey) Sign(digest []byte) ([]byte, error) {
	e := hashNumber(digest, k.Q)
	for {
		n := randomBelow(k.Q)
		r := new(big.Int).Exp(k.G, n, k.P)
		r.Mod(r, k.Q)
		s := new(big.Int).Mul(k.X, r)
		s.Add(s, e)
		s.Mul(s, new(big.Int).ModInverse(n, k.Q))
		if s.Mod(s, k.Q); r.Sign() != 0 && s.Sign() != 0 {
			return asn1.Marshal(ecSignature{r, s})
		}
	}
}

// Verify checks a signature in DER.
func (k *DSAKey) Verify(digest, sig []byte) bool {
	r, s, ok := parseSignature(sig, k.Q)
	if !ok {
		return false
	}
	w := new(big.Int).ModInverse(s, k.Q)
	if w == nil {
		return false
	}
	u1 := new(big.Int).Mul(hashNumber(digest, k.Q), w)
	u2 := new(big.Int).Mul(r, w)
	v := new(big.Int).Exp(k.G, u1.Mod(u1, k.Q), k.P)
	v.Mul(v, new(big.Int).Exp(k.Y, u2.Mod(u2, k.Q), k.P))
	v.Mod(v, k.P)
	return v.Mod(v, k.Q).Cmp(r) == 0
}
