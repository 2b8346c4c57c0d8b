package crypto

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
)

// ccm is counter mode with CBC-MAC (NIST SP 800-38C): the whole message comes in
// one piece.
type ccm struct {
	b         cipher.Block
	nonce     []byte
	tagLength int
	extra     []byte
	used      bool
	tag       []byte
}

func newCCM(b cipher.Block, nonce []byte, tagLength int) *ccm {
	return &ccm{b: b, nonce: nonce, tagLength: tagLength}
}

func (c *ccm) aad(p []byte) { c.extra = append(c.extra, p...) }

// mac is the CBC-MAC over the first block, the additional data and the message.
func (c *ccm) mac(msg []byte) [16]byte {
	var x [16]byte
	add := func(p []byte) {
		for len(p) > 0 {
			n := min(16, len(p))
			subtle.XORBytes(x[:n], x[:n], p[:n])
			c.b.Encrypt(x[:], x[:])
			p = p[n:]
		}
	}
	q := 15 - len(c.nonce)
	var first [16]byte
	first[0] = byte((c.tagLength-2)/2<<3 | (q - 1))
	if len(c.extra) > 0 {
		first[0] |= 0x40
	}
	copy(first[1:], c.nonce)
	for i, n := 15, len(msg); i >= 16-q; i, n = i-1, n>>8 {
		first[i] = byte(n)
	}
	add(first[:])
	if n := len(c.extra); n > 0 {
		var head []byte
		if n < 0xff00 {
			head = binary.BigEndian.AppendUint16(nil, uint16(n))
		} else {
			head = binary.BigEndian.AppendUint32([]byte{0xff, 0xfe}, uint32(n))
		}
		add(append(head, c.extra...))
	}
	add(msg)
	return x
}

// counter is the block of the key stream's start.
func (c *ccm) counter() [16]byte {
	var a [16]byte
	a[0] = byte(14 - len(c.nonce))
	copy(a[1:], c.nonce)
	return a
}

func (c *ccm) crypt(p []byte) (out []byte, mask [16]byte) {
	a := c.counter()
	s := cipher.NewCTR(c.b, a[:])
	s.XORKeyStream(mask[:], mask[:])
	out = make([]byte, len(p))
	s.XORKeyStream(out, p)
	return out, mask
}

func (c *ccm) update(p []byte, _ bool) []byte {
	c.used = true
	out, mask := c.crypt(p)
	t := c.mac(p)
	subtle.XORBytes(t[:], t[:], mask[:])
	c.tag = t[:]
	return out
}

// open decrypts and returns the tag that the message should have.
func (c *ccm) open(p []byte) (out, tag []byte) {
	c.used = true
	out, mask := c.crypt(p)
	t := c.mac(out)
	subtle.XORBytes(t[:], t[:], mask[:])
	return out, t[:]
}

func (c *ccm) final(bool) (rest, tag []byte) {
	if c.tag == nil {
		c.update(nil, true)
	}
	return nil, c.tag
}
