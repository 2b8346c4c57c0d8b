package crypto

import (
	"crypto/elliptic"
	_ "embed" // the table of curves
	"math/big"
	"slices"
	"strings"
	"sync"
)

// Curve is an elliptic curve y² = x³ + ax + b over a prime field.
type Curve struct {
	Name             string // OpenSSL's
	OID              string // dotted, "" for none
	P, A, B, Gx, Gy  *big.Int
	N                *big.Int // the order of the generator
	H                int64    // cofactor
	std              elliptic.Curve
	size, scalarSize int // bytes of a coordinate and of a scalar
}

//go:embed curves.txt
var curveText string

type curveList struct {
	byName, byOID map[string]*Curve
	names         []string
}

var curves = sync.OnceValue(func() curveList {
	l := curveList{byName: map[string]*Curve{}, byOID: map[string]*Curve{}}
	std := map[string]elliptic.Curve{"secp224r1": elliptic.P224(), "prime256v1": elliptic.P256(), "secp384r1": elliptic.P384(), "secp521r1": elliptic.P521()}
	number := func(s string) *big.Int { n, _ := new(big.Int).SetString(s, 16); return n }
	for line := range strings.Lines(curveText) {
		f := strings.Fields(line)
		if len(f) != 8 {
			continue
		}
		half := len(f[5]) / 2
		c := &Curve{Name: f[0], OID: f[1], P: number(f[2]), A: number(f[3]), B: number(f[4]), Gx: number(f[5][:half]), Gy: number(f[5][half:]),
			N: number(f[6]), H: number(f[7]).Int64(), std: std[f[0]]}
		if c.OID == "-" {
			c.OID = ""
		}
		c.size, c.scalarSize = (c.P.BitLen()+7)/8, (c.N.BitLen()+7)/8
		l.byName[c.Name] = c
		l.names = append(l.names, c.Name)
		if c.OID != "" && l.byOID[c.OID] == nil {
			l.byOID[c.OID] = c
		}
	}
	for alias, of := range map[string]string{"P-192": "prime192v1", "P-224": "secp224r1", "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"} {
		l.byName[alias] = l.byName[of]
	}
	slices.Sort(l.names)
	return l
})

// LookupCurve finds a curve by OpenSSL's name or NIST's, nil if there is none.
func LookupCurve(name string) *Curve { return curves().byName[name] }

func curveByOID(oid string) *Curve { return curves().byOID[oid] }

// Curves is crypto.getCurves().
func Curves() []string { return slices.Clone(curves().names) }

// NISTName is the name of the curve in a JWK, "" for a curve that has none.
func (c *Curve) NISTName() string {
	switch c.Name {
	case "prime256v1":
		return "P-256"
	case "secp384r1":
		return "P-384"
	case "secp521r1":
		return "P-521"
	case "secp256k1":
		return c.Name
	}
	return ""
}

// Size is the length of a coordinate in bytes.
func (c *Curve) Size() int { return c.size }

// point is a point in Jacobian coordinates; z = 0 is the neutral one.
type point struct{ x, y, z *big.Int }

func (c *Curve) affine(x, y *big.Int) point { return point{x, y, big.NewInt(1)} }

func (p point) infinite() bool { return p.z.Sign() == 0 }

func (c *Curve) mod(x *big.Int) *big.Int { return x.Mod(x, c.P) }

func (c *Curve) mul(a, b *big.Int) *big.Int { return c.mod(new(big.Int).Mul(a, b)) }

func (c *Curve) double(p point) point {
	if p.infinite() || p.y.Sign() == 0 {
		return point{new(big.Int), big.NewInt(1), new(big.Int)}
	}
	yy := c.mul(p.y, p.y)
	s := c.mul(p.x, yy)
	s.Lsh(s, 2)
	zz := c.mul(p.z, p.z)
	m := c.mul(p.x, p.x)
	m.Mul(m, big.NewInt(3))
	m.Add(m, c.mul(c.A, c.mul(zz, zz)))
	c.mod(m)
	x := c.mul(m, m)
	x.Sub(x, new(big.Int).Lsh(s, 1))
	c.mod(x)
	y := c.mul(m, new(big.Int).Sub(s, x))
	y.Sub(y, new(big.Int).Lsh(c.mul(yy, yy), 3))
	z := c.mul(p.y, p.z)
	return point{x, c.mod(y), c.mod(z.Lsh(z, 1))}
}

func (c *Curve) add(p, q point) point {
	if p.infinite() {
		return q
	}
	if q.infinite() {
		return p
	}
	pz, qz := c.mul(p.z, p.z), c.mul(q.z, q.z)
	u1, u2 := c.mul(p.x, qz), c.mul(q.x, pz)
	s1, s2 := c.mul(p.y, c.mul(q.z, qz)), c.mul(q.y, c.mul(p.z, pz))
	h := c.mod(new(big.Int).Sub(u2, u1))
	r := c.mod(new(big.Int).Sub(s2, s1))
	if h.Sign() == 0 {
		if r.Sign() == 0 {
			return c.double(p)
		}
		return point{new(big.Int), big.NewInt(1), new(big.Int)}
	}
	hh := c.mul(h, h)
	hhh := c.mul(h, hh)
	v := c.mul(u1, hh)
	x := c.mul(r, r)
	x.Sub(x, hhh)
	x.Sub(x, new(big.Int).Lsh(v, 1))
	c.mod(x)
	y := c.mul(r, new(big.Int).Sub(v, x))
	y.Sub(y, c.mul(s1, hhh))
	return point{x, c.mod(y), c.mul(c.mul(p.z, q.z), h)}
}

// scale multiplies a point: an addition for every bit, whatever it is.
func (c *Curve) scale(p point, k *big.Int) point {
	r := [2]point{{new(big.Int), big.NewInt(1), new(big.Int)}, p}
	for i := c.N.BitLen(); i >= 0; i-- {
		b := k.Bit(i)
		r[1-b] = c.add(r[0], r[1])
		r[b] = c.double(r[b])
	}
	return r[0]
}

// coordinates returns x and y of a point, false for the neutral one.
func (c *Curve) coordinates(p point) (x, y *big.Int, ok bool) {
	if p.infinite() {
		return nil, nil, false
	}
	inv := new(big.Int).ModInverse(p.z, c.P)
	sq := c.mul(inv, inv)
	return c.mul(p.x, sq), c.mul(p.y, c.mul(sq, inv)), true
}

// OnCurve reports whether the coordinates are of a point on the curve.
func (c *Curve) OnCurve(x, y *big.Int) bool {
	if x.Sign() < 0 || y.Sign() < 0 || x.Cmp(c.P) >= 0 || y.Cmp(c.P) >= 0 {
		return false
	}
	return c.mul(y, y).Cmp(c.right(x)) == 0
}

// right is x³ + ax + b.
func (c *Curve) right(x *big.Int) *big.Int {
	r := c.mul(x, x)
	r.Add(r, c.A)
	r.Mul(r, x)
	r.Add(r, c.B)
	return c.mod(r)
}

// The forms of an encoded point (SEC 1, section 2.3.3).
const (
	PointCompressed   = 2
	PointUncompressed = 4
	PointHybrid       = 6
)

// EncodePoint writes a point in one of the forms.
func (c *Curve) EncodePoint(x, y *big.Int, form int) []byte {
	out := make([]byte, 1, 1+2*c.size)
	out[0] = byte(form)
	if form != PointUncompressed {
		out[0] |= byte(y.Bit(0))
	}
	out = append(out, x.FillBytes(make([]byte, c.size))...)
	if form != PointCompressed {
		out = append(out, y.FillBytes(make([]byte, c.size))...)
	}
	return out
}

// DecodePoint reads a point in any form; ok is false for what is no point of
// the curve.
func (c *Curve) DecodePoint(p []byte) (x, y *big.Int, ok bool) {
	if len(p) == 0 {
		return nil, nil, false
	}
	form := int(p[0])
	switch {
	case form&^1 == PointCompressed && len(p) == 1+c.size:
		x = new(big.Int).SetBytes(p[1:])
		if x.Cmp(c.P) >= 0 {
			return nil, nil, false
		}
		if y = new(big.Int).ModSqrt(c.right(x), c.P); y == nil {
			return nil, nil, false
		}
		if y.Bit(0) != uint(form&1) {
			y.Sub(c.P, y)
		}
	case (form == PointUncompressed || form&^1 == PointHybrid) && len(p) == 1+2*c.size:
		x, y = new(big.Int).SetBytes(p[1:1+c.size]), new(big.Int).SetBytes(p[1+c.size:])
		if form != PointUncompressed && y.Bit(0) != uint(form&1) {
			return nil, nil, false
		}
	default:
		return nil, nil, false
	}
	return x, y, c.OnCurve(x, y)
}

// same reports whether d has the same parameters.
func (c *Curve) same(d *Curve) bool {
	return c.P.Cmp(d.P) == 0 && c.A.Cmp(d.A) == 0 && c.B.Cmp(d.B) == 0 && c.Gx.Cmp(d.Gx) == 0 && c.Gy.Cmp(d.Gy) == 0 && c.N.Cmp(d.N) == 0
}
