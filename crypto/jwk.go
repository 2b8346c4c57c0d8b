package crypto

import (
	"encoding/base64"
	"math/big"

	"github.com/spindle-js/spindle/nodeerr"
)

// JWKField is a member of a JSON Web Key (RFC 7517): a name and a text.
type JWKField struct{ Name, Value string }

// Base64URL encodes without padding, as JWKs do.
func Base64URL(p []byte) string { return base64.RawURLEncoding.EncodeToString(p) }

// JWK returns the members of the key in OpenSSL's order of values; a private key
// shows its secret.
func (k *Key) JWK() ([]JWKField, error) {
	switch {
	case k.Type == "rsa":
		r := k.RSA
		f := []JWKField{{"kty", "RSA"}, {"n", Base64URL(r.N.Bytes())}, {"e", Base64URL(r.E.Bytes())}}
		if k.Private {
			for _, x := range []struct {
				name string
				n    *big.Int
			}{{"d", r.D}, {"p", r.P}, {"q", r.Q}, {"dp", r.DP}, {"dq", r.DQ}, {"qi", r.QI}} {
				f = append(f, JWKField{x.name, Base64URL(x.n.Bytes())})
			}
		}
		return f, nil
	case k.EC != nil:
		c := k.EC.Curve
		name := c.NISTName()
		if name == "" {
			shown := c.Name
			return nil, nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_JWK_UNSUPPORTED_CURVE", "Unsupported JWK EC curve: "+shown+".")
		}
		at := func(n *big.Int, size int) string { return Base64URL(n.FillBytes(make([]byte, size))) }
		f := []JWKField{{"kty", "EC"}, {"x", at(k.EC.X, c.size)}, {"y", at(k.EC.Y, c.size)}, {"crv", name}}
		if k.Private {
			f = append(f, JWKField{"d", at(k.EC.D, c.scalarSize)})
		}
		return f, nil
	case k.Raw != nil && rawTypes[k.Type].kem == nil:
		t := rawTypes[k.Type]
		if t.pq {
			f := []JWKField{{"kty", "AKP"}, {"alg", t.jwk}, {"pub", Base64URL(k.Raw.Public)}}
			if k.Private {
				if k.Raw.Seed == nil {
					return nil, nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "key does not have an available seed")
				}
				f = append([]JWKField{{"priv", Base64URL(k.Raw.Seed)}}, f...)
			}
			return f, nil
		}
		f := []JWKField{{"crv", t.jwk}}
		if k.Private {
			f = append(f, JWKField{"d", Base64URL(k.Raw.Seed)})
		}
		return append(f, JWKField{"x", Base64URL(k.Raw.Public)}, JWKField{"kty", "OKP"}), nil
	}
	return nil, nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE", "Unsupported JWK Key Type.")
}

// RawTypeOfJWK finds the raw type that a JWK's crv or alg names, "" for none.
func RawTypeOfJWK(name string) string {
	for n, t := range rawTypes {
		if t.jwk == name && t.kem == nil {
			return n
		}
	}
	return ""
}

// RSAFromJWK makes an RSA key of the members of a JWK, decoded; get returns nil
// for one that is not there. A key with d needs the factors.
func RSAFromJWK(get func(string) []byte) *Key {
	number := func(name string) *big.Int {
		if p := get(name); p != nil {
			return new(big.Int).SetBytes(p)
		}
		return nil
	}
	k := &Key{Type: "rsa", RSA: &RSAKey{N: number("n"), E: number("e"), D: number("d")}}
	if k.RSA.N == nil || k.RSA.E == nil || k.RSA.N.Sign() == 0 || k.RSA.E.Sign() == 0 {
		return nil
	}
	if k.RSA.D == nil {
		return k
	}
	k.Private = true
	r := k.RSA
	r.P, r.Q, r.DP, r.DQ, r.QI = number("p"), number("q"), number("dp"), number("dq"), number("qi")
	if r.P == nil || r.Q == nil || r.DP == nil || r.DQ == nil || r.QI == nil {
		return nil
	}
	return k
}

// ECFromJWK makes an EC key of coordinates and, if d is not nil, a scalar. It is
// nil for what is no key of the curve.
func ECFromJWK(c *Curve, x, y, d []byte) *Key {
	k := &ECKey{Curve: c, X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}
	if !c.OnCurve(k.X, k.Y) {
		return nil
	}
	if d == nil {
		return &Key{Type: "ec", EC: k}
	}
	p, ok := NewECPrivate(c, new(big.Int).SetBytes(d))
	if !ok {
		return nil
	}
	return &Key{Type: "ec", Private: true, EC: p}
}
