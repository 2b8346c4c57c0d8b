package crypto

import (
	"crypto/cipher"
	"crypto/subtle"
	"strconv"

	"github.com/spindle-js/spindle/nodeerr"
)

func itoa(n int) string { return strconv.Itoa(n) }

// blockMode is ECB or CBC with PKCS #7 padding.
type blockMode struct {
	crypt            func(dst, src []byte)
	size             int
	encrypt, padding bool
	buf              []byte // what is no whole block yet
}

func (m *blockMode) update(p []byte) []byte {
	m.buf = append(m.buf, p...)
	n := len(m.buf) / m.size * m.size
	if !m.encrypt && m.padding && n == len(m.buf) && n > 0 {
		n -= m.size // the last block may be padding
	}
	out := make([]byte, n)
	m.crypt(out, m.buf[:n])
	m.buf = append(m.buf[:0], m.buf[n:]...)
	return out
}

func (m *blockMode) final() ([]byte, error) {
	if !m.padding {
		if len(m.buf) != 0 {
			return nil, errFinalBlock()
		}
		return []byte{}, nil
	}
	if m.encrypt {
		n := m.size - len(m.buf)
		block := append([]byte{}, m.buf...)
		for range n {
			block = append(block, byte(n))
		}
		m.crypt(block, block)
		return block, nil
	}
	if len(m.buf) != m.size {
		return nil, errFinalBlock()
	}
	block := make([]byte, m.size)
	m.crypt(block, m.buf)
	n, ok := unpad(block)
	if !ok {
		const text = "error:1C800064:Provider routines::bad decrypt"
		return nil, nodeerr.OpenSSL(0x1C800064, "Provider routines", "bad decrypt", "ERR_OSSL_BAD_DECRYPT", text)
	}
	return block[:n], nil
}

// unpad returns the length without padding, looking at every byte whatever the
// padding is.
func unpad(block []byte) (int, bool) {
	n := int(block[len(block)-1])
	good := subtle.ConstantTimeLessOrEq(1, n) & subtle.ConstantTimeLessOrEq(n, len(block))
	for i := range block {
		in := subtle.ConstantTimeLessOrEq(len(block)-n, i)
		good &= 1 - in&(1-subtle.ConstantTimeByteEq(block[i], byte(n)))
	}
	if good != 1 {
		return 0, false
	}
	return len(block) - n, true
}

func errFinalBlock() error {
	const text = "error:1C80006B:Provider routines::wrong final block length"
	return nodeerr.OpenSSL(0x1C80006B, "Provider routines", "wrong final block length", "ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH", text)
}

func ecb(b cipher.Block, encrypt bool) func(dst, src []byte) {
	n := b.BlockSize()
	return func(dst, src []byte) {
		for i := 0; i < len(src); i += n {
			if encrypt {
				b.Encrypt(dst[i:i+n], src[i:i+n])
			} else {
				b.Decrypt(dst[i:i+n], src[i:i+n])
			}
		}
	}
}

// newOFB is output feedback (NIST SP 800-38A).
func newOFB(b cipher.Block, iv []byte) func(dst, src []byte) {
	key := append([]byte{}, iv...)
	used := len(key)
	return func(dst, src []byte) {
		for i := range src {
			if used == len(key) {
				b.Encrypt(key, key)
				used = 0
			}
			dst[i] = src[i] ^ key[used]
			used++
		}
	}
}

// newCFB is cipher feedback of a whole block, of 8 bits or of one.
func newCFB(b cipher.Block, iv []byte, bits int, encrypt bool) func(dst, src []byte) {
	reg := append([]byte{}, iv...)
	out := make([]byte, len(iv))
	switch bits {
	case 8:
		return func(dst, src []byte) {
			for i, x := range src {
				b.Encrypt(out, reg)
				y := x ^ out[0]
				copy(reg, reg[1:])
				if reg[len(reg)-1] = x; encrypt {
					reg[len(reg)-1] = y
				}
				dst[i] = y
			}
		}
	case 1:
		return func(dst, src []byte) {
			for i, x := range src {
				var y byte
				for bit := 7; bit >= 0; bit-- {
					b.Encrypt(out, reg)
					in := x >> bit & 1
					o := in ^ out[0]>>7
					y |= o << bit
					if !encrypt {
						o = in
					}
					for j := range reg {
						next := o
						if j+1 < len(reg) {
							next = reg[j+1] >> 7
						}
						reg[j] = reg[j]<<1 | next
					}
				}
				dst[i] = y
			}
		}
	}
	used := len(reg)
	return func(dst, src []byte) {
		for i, x := range src {
			if used == len(reg) {
				b.Encrypt(out, reg)
				used = 0
			}
			y := x ^ out[used]
			if reg[used] = x; encrypt {
				reg[used] = y
			}
			used++
			dst[i] = y
		}
	}
}
