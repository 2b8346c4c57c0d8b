package crypto

import (
	"crypto/cipher"
	"crypto/subtle"
)

// xts is one data unit of AES-XTS (IEEE 1619) of at least 16 bytes, with
// ciphertext stealing.
func xts(data, tweakKey cipher.Block, iv, src []byte, encrypt bool) []byte {
	var tweak [16]byte
	tweakKey.Encrypt(tweak[:], iv)
	dst := make([]byte, len(src))
	one := func(d, s []byte, t *[16]byte) {
		var x [16]byte
		subtle.XORBytes(x[:], s, t[:])
		if encrypt {
			data.Encrypt(x[:], x[:])
		} else {
			data.Decrypt(x[:], x[:])
		}
		subtle.XORBytes(d, x[:], t[:])
	}
	whole, rest := len(src)/16, len(src)%16
	if rest > 0 {
		whole--
	}
	for i := range whole {
		one(dst[16*i:16*i+16], src[16*i:16*i+16], &tweak)
		double(&tweak)
	}
	if rest == 0 {
		return dst
	}
	first, second := tweak, tweak
	double(&second)
	if !encrypt {
		first, second = second, first
	}
	at := 16 * whole
	var last [16]byte
	one(last[:], src[at:at+16], &first)
	copy(dst[at+16:], last[:rest])
	copy(last[:], src[at+16:])
	one(dst[at:at+16], last[:], &second)
	return dst
}

// double multiplies by x in GF(2^128), little-endian.
func double(t *[16]byte) {
	var carry byte
	for i := range t {
		next := t[i] >> 7
		t[i] = t[i]<<1 | carry
		carry = next
	}
	t[0] ^= carry * 0x87
}
