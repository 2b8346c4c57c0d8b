package crypto

import (
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
)

// initWrap makes the cipher a key wrap: the whole key in one update.
func (c *Cipher) initWrap(b cipher.Block, iv []byte) {
	c.oneShot = func(p []byte) ([]byte, error) {
		var out []byte
		ok := false
		switch {
		case b.BlockSize() == 8 && c.encrypt:
			out, ok = wrap3DES(b, p)
		case b.BlockSize() == 8:
			out, ok = unwrap3DES(b, p)
		case c.info.pad && c.encrypt:
			out, ok = wrapPadded(b, iv, p)
		case c.info.pad:
			out, ok = unwrapPadded(b, iv, p)
		case c.encrypt:
			out, ok = wrap(b, iv, p)
		default:
			out, ok = unwrap(b, iv, p)
		}
		if !ok {
			return nil, errUnsupportedState()
		}
		return out, nil
	}
}

// wrap is AES key wrap (RFC 3394).
func wrap(b cipher.Block, iv, key []byte) ([]byte, bool) {
	if len(key)%8 != 0 || len(key) < 16 {
		return nil, false
	}
	return wrapRounds(b, iv, key), true
}

func wrapRounds(b cipher.Block, iv, key []byte) []byte {
	n := len(key) / 8
	out := append(append(make([]byte, 0, len(key)+8), iv...), key...)
	var x [16]byte
	copy(x[:], iv)
	for t := range 6 * n {
		r := out[8*(t%n)+8:][:8]
		copy(x[8:], r)
		b.Encrypt(x[:], x[:])
		copy(r, x[8:])
		binary.BigEndian.PutUint64(x[:], binary.BigEndian.Uint64(x[:])^uint64(t+1))
	}
	copy(out, x[:8])
	return out
}

func unwrap(b cipher.Block, iv, p []byte) ([]byte, bool) {
	if len(p)%8 != 0 || len(p) < 24 {
		return nil, false
	}
	a, out := unwrapRounds(b, p)
	return out, subtle.ConstantTimeCompare(a[:], iv) == 1
}

func unwrapRounds(b cipher.Block, p []byte) (a [8]byte, out []byte) {
	n := len(p)/8 - 1
	out = append([]byte{}, p[8:]...)
	var x [16]byte
	copy(x[:], p[:8])
	for t := 6*n - 1; t >= 0; t-- {
		r := out[8*(t%n):][:8]
		binary.BigEndian.PutUint64(x[:], binary.BigEndian.Uint64(x[:])^uint64(t+1))
		copy(x[8:], r)
		b.Decrypt(x[:], x[:])
		copy(r, x[8:])
	}
	copy(a[:], x[:8])
	return a, out
}

// wrapPadded is AES key wrap with padding (RFC 5649); iv has four bytes.
func wrapPadded(b cipher.Block, iv, key []byte) ([]byte, bool) {
	if len(key) == 0 {
		return nil, false
	}
	head := binary.BigEndian.AppendUint32(append([]byte{}, iv...), uint32(len(key)))
	padded := append([]byte{}, key...)
	for len(padded)%8 != 0 {
		padded = append(padded, 0)
	}
	if len(padded) == 8 {
		out := append(head, padded...)
		b.Encrypt(out, out)
		return out, true
	}
	return wrapRounds(b, head, padded), true
}

func unwrapPadded(b cipher.Block, iv, p []byte) ([]byte, bool) {
	if len(p)%8 != 0 || len(p) < 16 {
		return nil, false
	}
	var a [8]byte
	var out []byte
	if len(p) == 16 {
		x := make([]byte, 16)
		b.Decrypt(x, p)
		copy(a[:], x)
		out = x[8:]
	} else {
		a, out = unwrapRounds(b, p)
	}
	n := int(binary.BigEndian.Uint32(a[4:]))
	if subtle.ConstantTimeCompare(a[:4], iv) != 1 || n > len(out) || n <= len(out)-8 {
		return nil, false
	}
	for _, x := range out[n:] {
		if x != 0 {
			return nil, false
		}
	}
	return out[:n], true
}

// wrap3DES is the key wrap of RFC 3217: a checksum, and two passes of CBC with
// the bytes reversed between them.
func wrap3DES(b cipher.Block, key []byte) ([]byte, bool) {
	if len(key)%8 != 0 || len(key) == 0 {
		return nil, false
	}
	sum := sha1.Sum(key)
	iv := make([]byte, 8)
	_, _ = rand.Read(iv)
	body := append(append([]byte{}, key...), sum[:8]...)
	cipher.NewCBCEncrypter(b, iv).CryptBlocks(body, body)
	out := append(iv, body...)
	reverse(out)
	cipher.NewCBCEncrypter(b, wrap3DESVector).CryptBlocks(out, out)
	return out, true
}

var wrap3DESVector = []byte{0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05}

func unwrap3DES(b cipher.Block, p []byte) ([]byte, bool) {
	if len(p)%8 != 0 || len(p) < 24 {
		return nil, false
	}
	x := append([]byte{}, p...)
	cipher.NewCBCDecrypter(b, wrap3DESVector).CryptBlocks(x, x)
	reverse(x)
	body := x[8:]
	cipher.NewCBCDecrypter(b, x[:8]).CryptBlocks(body, body)
	key, check := body[:len(body)-8], body[len(body)-8:]
	sum := sha1.Sum(key)
	return key, subtle.ConstantTimeCompare(sum[:8], check) == 1
}

func reverse(p []byte) {
	for i, j := 0, len(p)-1; i < j; i, j = i+1, j-1 {
		p[i], p[j] = p[j], p[i]
	}
}
