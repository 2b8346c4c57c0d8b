package crypto

import (
	"encoding/binary"
	"math/bits"
)

// ghash is GCM's hash: a polynomial over GF(2^128) evaluated at the key, in
// integer multiplications whose time does not depend on the data.
type ghash struct {
	h0, h1, h2    uint64 // the key: low, high, and their sum
	h0r, h1r, h2r uint64 // the same with bits reversed
	y0, y1        uint64
	buf           [16]byte
	n             int
}

func (g *ghash) init(key []byte) {
	g.h1, g.h0 = binary.BigEndian.Uint64(key), binary.BigEndian.Uint64(key[8:])
	g.h0r, g.h1r = bits.Reverse64(g.h0), bits.Reverse64(g.h1)
	g.h2, g.h2r = g.h0^g.h1, g.h0r^g.h1r
}

func (g *ghash) reset() { g.y0, g.y1, g.n = 0, 0, 0 }

func (g *ghash) write(p []byte) {
	if g.n > 0 {
		k := copy(g.buf[g.n:], p)
		g.n += k
		p = p[k:]
		if g.n < 16 {
			return
		}
		g.block(g.buf[:])
		g.n = 0
	}
	for len(p) >= 16 {
		g.block(p)
		p = p[16:]
	}
	g.n = copy(g.buf[:], p)
}

// pad fills the last block with zeros.
func (g *ghash) pad() {
	if g.n > 0 {
		clear(g.buf[g.n:])
		g.block(g.buf[:])
		g.n = 0
	}
}

// lengths adds the last block: both lengths in bits.
func (g *ghash) lengths(aad, data uint64) {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], aad*8)
	binary.BigEndian.PutUint64(b[8:], data*8)
	g.block(b[:])
}

func (g *ghash) sum() (out [16]byte) {
	binary.BigEndian.PutUint64(out[:], g.y1)
	binary.BigEndian.PutUint64(out[8:], g.y0)
	return out
}

// carryless multiplies two polynomials over GF(2) and returns the low 64 bits
// of the product. Each operand is split into four with a gap of three bits
// between its own, so that carries fall into the gaps.
func carryless(x, y uint64) uint64 {
	const m0, m1, m2, m3 = 0x1111111111111111, 0x2222222222222222, 0x4444444444444444, 0x8888888888888888
	x0, x1, x2, x3 := x&m0, x&m1, x&m2, x&m3
	y0, y1, y2, y3 := y&m0, y&m1, y&m2, y&m3
	return (x0*y0^x1*y3^x2*y2^x3*y1)&m0 | (x0*y1^x1*y0^x2*y3^x3*y2)&m1 |
		(x0*y2^x1*y1^x2*y0^x3*y3)&m2 | (x0*y3^x1*y2^x2*y1^x3*y0)&m3
}

// block multiplies the sum of the state and a block by the key, by Karatsuba's
// rule; the high half of a product comes from the reversed operands.
func (g *ghash) block(p []byte) {
	y1 := g.y1 ^ binary.BigEndian.Uint64(p)
	y0 := g.y0 ^ binary.BigEndian.Uint64(p[8:])
	y0r, y1r := bits.Reverse64(y0), bits.Reverse64(y1)
	z0, z1, z2 := carryless(y0, g.h0), carryless(y1, g.h1), carryless(y0^y1, g.h2)
	z0h, z1h, z2h := carryless(y0r, g.h0r), carryless(y1r, g.h1r), carryless(y0r^y1r, g.h2r)
	z2 ^= z0 ^ z1
	z2h ^= z0h ^ z1h
	z0h, z1h, z2h = bits.Reverse64(z0h)>>1, bits.Reverse64(z1h)>>1, bits.Reverse64(z2h)>>1
	v0, v1, v2, v3 := z0, z0h^z2, z1^z2h, z1h
	v3 = v3<<1 | v2>>63
	v2 = v2<<1 | v1>>63
	v1 = v1<<1 | v0>>63
	v0 <<= 1
	v2 ^= v0 ^ v0>>1 ^ v0>>2 ^ v0>>7
	v1 ^= v0<<63 ^ v0<<62 ^ v0<<57
	v3 ^= v1 ^ v1>>1 ^ v1>>2 ^ v1>>7
	v2 ^= v1<<63 ^ v1<<62 ^ v1<<57
	g.y0, g.y1 = v2, v3
}
