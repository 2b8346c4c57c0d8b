package crypto

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/asn1"
	"math/big"

	"github.com/spindle-js/spindle/nodeerr"
)

// ECKey is a key on an elliptic curve: a point, and for a private key a scalar.
type ECKey struct {
	Curve *Curve
	X, Y  *big.Int
	D     *big.Int // nil in a public key
	// Explicit says that encodings carry the curve's parameters, not its name.
	Explicit bool
}

// GenerateEC makes a private key.
func GenerateEC(c *Curve) *ECKey {
	d := randomBelow(c.N)
	k, _ := NewECPrivate(c, d)
	return k
}

// randomBelow returns a uniform number from 1 to n-1.
func randomBelow(n *big.Int) *big.Int {
	limit := new(big.Int).Sub(n, big.NewInt(1))
	d, err := rand.Int(rand.Reader, limit)
	if err != nil {
		panic(err) // the system's generator does not fail
	}
	return d.Add(d, big.NewInt(1))
}

// NewECPrivate makes a key of a scalar; ok is false where it is out of range.
func NewECPrivate(c *Curve, d *big.Int) (key *ECKey, ok bool) {
	if d.Sign() <= 0 || d.Cmp(c.N) >= 0 {
		return nil, false
	}
	if c.std != nil {
		if p, err := ecdsa.ParseRawPrivateKey(c.std, d.FillBytes(make([]byte, c.scalarSize))); err == nil {
			if pub, err := p.PublicKey.Bytes(); err == nil {
				if x, y, ok := c.DecodePoint(pub); ok {
					return &ECKey{Curve: c, X: x, Y: y, D: d}, true
				}
			}
		}
	}
	x, y, ok := c.coordinates(c.scale(c.affine(c.Gx, c.Gy), d))
	return &ECKey{Curve: c, X: x, Y: y, D: d}, ok
}

// Matches reports whether k is a private key and its point belongs to it.
func (k *ECKey) Matches() bool {
	if k.D == nil {
		return false
	}
	p, ok := NewECPrivate(k.Curve, k.D)
	return ok && p.X.Cmp(k.X) == 0 && p.Y.Cmp(k.Y) == 0
}

// Public returns the public half.
func (k *ECKey) Public() *ECKey { return &ECKey{Curve: k.Curve, X: k.X, Y: k.Y, Explicit: k.Explicit} }

// Bytes encodes the point.
func (k *ECKey) Bytes(form int) []byte { return k.Curve.EncodePoint(k.X, k.Y, form) }

// Shared is the secret of a Diffie-Hellman exchange: the x coordinate of the
// product.
func (k *ECKey) Shared(peer *ECKey) ([]byte, error) {
	c := k.Curve
	if curve := ecdhCurve(c); curve != nil {
		priv, err := curve.NewPrivateKey(k.D.FillBytes(make([]byte, c.scalarSize)))
		if err == nil {
			if pub, err := curve.NewPublicKey(peer.Bytes(PointUncompressed)); err == nil {
				return priv.ECDH(pub)
			}
		}
	}
	d := new(big.Int).Mul(k.D, big.NewInt(c.H))
	x, _, ok := c.coordinates(c.scale(c.affine(peer.X, peer.Y), d.Mod(d, c.N)))
	if !ok {
		return nil, nodeerr.New(nodeerr.KindError, "", "Deriving bits failed")
	}
	return x.FillBytes(make([]byte, c.size)), nil
}

func ecdhCurve(c *Curve) ecdh.Curve {
	switch c.Name {
	case "prime256v1":
		return ecdh.P256()
	case "secp384r1":
		return ecdh.P384()
	case "secp521r1":
		return ecdh.P521()
	}
	return nil
}

// ecSignature is ECDSA-Sig-Value and DSA-Sig-Value (RFC 3279).
type ecSignature struct{ R, S *big.Int }

// stdPrivate returns the standard library's form, nil where it has no such
// curve.
func (k *ECKey) stdPrivate() *ecdsa.PrivateKey {
	if k.Curve.std == nil || k.D == nil {
		return nil
	}
	p, err := ecdsa.ParseRawPrivateKey(k.Curve.std, k.D.FillBytes(make([]byte, k.Curve.scalarSize)))
	if err != nil {
		return nil
	}
	return p
}

func (k *ECKey) stdPublic() *ecdsa.PublicKey {
	if k.Curve.std == nil {
		return nil
	}
	p, err := ecdsa.ParseUncompressedPublicKey(k.Curve.std, k.Bytes(PointUncompressed))
	if err != nil {
		return nil
	}
	return p
}

// Sign signs a digest with ECDSA; the signature is in DER.
func (k *ECKey) Sign(digest []byte) ([]byte, error) {
	if p := k.stdPrivate(); p != nil {
		return ecdsa.SignASN1(rand.Reader, p, digest)
	}
	c := k.Curve
	e := hashNumber(digest, c.N)
	for {
		n := randomBelow(c.N)
		x, _, ok := c.coordinates(c.scale(c.affine(c.Gx, c.Gy), n))
		if !ok {
			continue
		}
		r := x.Mod(x, c.N)
		s := new(big.Int).Mul(r, k.D)
		s.Add(s, e)
		s.Mul(s, new(big.Int).ModInverse(n, c.N))
		if s.Mod(s, c.N); r.Sign() != 0 && s.Sign() != 0 {
			return asn1.Marshal(ecSignature{r, s})
		}
	}
}

// hashNumber is the number that a digest stands for: its leftmost bits.
func hashNumber(digest []byte, n *big.Int) *big.Int {
	e := new(big.Int).SetBytes(digest)
	if extra := len(digest)*8 - n.BitLen(); extra > 0 {
		e.Rsh(e, uint(extra))
	}
	return e
}

// Verify checks an ECDSA signature in DER.
func (k *ECKey) Verify(digest, sig []byte) bool {
	if p := k.stdPublic(); p != nil {
		return ecdsa.VerifyASN1(p, digest, sig)
	}
	c := k.Curve
	r, s, ok := parseSignature(sig, c.N)
	if !ok {
		return false
	}
	w := new(big.Int).ModInverse(s, c.N)
	u1 := new(big.Int).Mul(hashNumber(digest, c.N), w)
	u2 := new(big.Int).Mul(r, w)
	u1.Mod(u1, c.N)
	u2.Mod(u2, c.N)
	x, _, ok := c.coordinates(c.add(c.scale(c.affine(c.Gx, c.Gy), u1), c.scale(c.affine(k.X, k.Y), u2)))
	return ok && x.Mod(x, c.N).Cmp(r) == 0
}

func parseSignature(sig []byte, n *big.Int) (r, s *big.Int, ok bool) {
	var v ecSignature
	if rest, err := asn1.Unmarshal(sig, &v); err != nil || len(rest) > 0 {
		return nil, nil, false
	}
	in := func(x *big.Int) bool { return x.Sign() > 0 && x.Cmp(n) < 0 }
	return v.R, v.S, in(v.R) && in(v.S)
}

// SignatureToP1363 turns a signature in DER into r and s side by side, each of
// size bytes (IEEE P1363).
func SignatureToP1363(der []byte, size int) []byte {
	var v ecSignature
	if _, err := asn1.Unmarshal(der, &v); err != nil {
		return nil
	}
	out := make([]byte, 2*size)
	v.R.FillBytes(out[:size])
	v.S.FillBytes(out[size:])
	return out
}

// SignatureFromP1363 is the opposite; nil for a signature of another length.
func SignatureFromP1363(p []byte, size int) []byte {
	if len(p) != 2*size {
		return nil
	}
	der, _ := asn1.Marshal(ecSignature{new(big.Int).SetBytes(p[:size]), new(big.Int).SetBytes(p[size:])})
	return der
}
