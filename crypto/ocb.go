package crypto

import (
	"crypto/cipher"
	"crypto/subtle"
	"math/bits"
)

// ocb is offset codebook mode 3 (RFC 7253) for messages in pieces.
type ocb struct {
	b                cipher.Block
	star, dollar     [16]byte
	l                [][16]byte // L_0, L_1, …
	offset, checksum [16]byte
	count            uint64
	buf              []byte
	extra            []byte
}

func newOCB(b cipher.Block, nonce []byte, tagLength int) *ocb {
	o := &ocb{b: b}
	b.Encrypt(o.star[:], o.star[:])
	o.dollar = doubled(o.star)
	o.l = [][16]byte{doubled(o.dollar)}
	// The first offset is a window into the stretched encryption of the nonce.
	var n [16]byte
	copy(n[16-len(nonce):], nonce)
	n[15-len(nonce)] |= 1
	n[0] |= byte(tagLength*8%128) << 1
	bottom := n[15] & 63
	n[15] &^= 63
	var stretch [24]byte
	b.Encrypt(stretch[:16], n[:])
	for i := range 8 {
		stretch[16+i] = stretch[i] ^ stretch[i+1]
	}
	from, shift := int(bottom/8), bottom%8
	for i := range o.offset {
		o.offset[i] = stretch[from+i] << shift
		if shift > 0 {
			o.offset[i] |= stretch[from+i+1] >> (8 - shift)
		}
	}
	return o
}

// doubled multiplies by x in GF(2^128), big-endian.
func doubled(t [16]byte) (out [16]byte) {
	for i := range t {
		out[i] = t[i] << 1
		if i < 15 {
			out[i] |= t[i+1] >> 7
		}
	}
	out[15] ^= t[0] >> 7 * 0x87
	return out
}

// ln returns L at the number of trailing zeros of i.
func (o *ocb) ln(i uint64) *[16]byte {
	n := bits.TrailingZeros64(i)
	for len(o.l) <= n {
		o.l = append(o.l, doubled(o.l[len(o.l)-1]))
	}
	return &o.l[n]
}

func xor(dst *[16]byte, src []byte) { subtle.XORBytes(dst[:], dst[:], src[:16]) }

func (o *ocb) aad(p []byte) { o.extra = append(o.extra, p...) }

func (o *ocb) update(p []byte, encrypt bool) []byte {
	o.buf = append(o.buf, p...)
	n := len(o.buf) / 16 * 16
	out := make([]byte, n)
	for i := 0; i < n; i += 16 {
		o.count++
		xor(&o.offset, o.ln(o.count)[:])
		x := o.offset
		xor(&x, o.buf[i:])
		if encrypt {
			xor(&o.checksum, o.buf[i:])
			o.b.Encrypt(x[:], x[:])
		} else {
			o.b.Decrypt(x[:], x[:])
		}
		xor(&x, o.offset[:])
		copy(out[i:], x[:])
		if !encrypt {
			xor(&o.checksum, x[:])
		}
	}
	o.buf = append(o.buf[:0], o.buf[n:]...)
	return out
}

func (o *ocb) final(encrypt bool) (rest, tag []byte) {
	rest = []byte{}
	if len(o.buf) > 0 {
		xor(&o.offset, o.star[:])
		var pad [16]byte
		o.b.Encrypt(pad[:], o.offset[:])
		rest = make([]byte, len(o.buf))
		subtle.XORBytes(rest, o.buf, pad[:])
		plain := rest
		if encrypt {
			plain = o.buf
		}
		var last [16]byte
		last[copy(last[:], plain)] = 0x80
		xor(&o.checksum, last[:])
	}
	t := o.checksum
	xor(&t, o.offset[:])
	xor(&t, o.dollar[:])
	o.b.Encrypt(t[:], t[:])
	h := o.hash()
	xor(&t, h[:])
	return rest, t[:]
}

// hash is HASH over the additional data.
func (o *ocb) hash() (sum [16]byte) {
	var offset [16]byte
	p := o.extra
	for i := uint64(1); len(p) >= 16; i++ {
		xor(&offset, o.ln(i)[:])
		x := offset
		xor(&x, p)
		o.b.Encrypt(x[:], x[:])
		xor(&sum, x[:])
		p = p[16:]
	}
	if len(p) > 0 {
		xor(&offset, o.star[:])
		var x [16]byte
		x[copy(x[:], p)] = 0x80
		xor(&x, offset[:])
		o.b.Encrypt(x[:], x[:])
		xor(&sum, x[:])
	}
	return sum
}
