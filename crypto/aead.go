package crypto

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"

	"golang.org/x/crypto/chacha20"
	//lint:ignore SA1019 the message comes in pieces, which chacha20poly1305 does not take
	"golang.org/x/crypto/poly1305"
)

// aead is a mode that authenticates. final returns what is left of the message
// and 16 bytes of tag.
type aead interface {
	aad(p []byte)
	update(p []byte, encrypt bool) []byte
	final(encrypt bool) (rest, tag []byte)
}

// gcm is Galois/counter mode (NIST SP 800-38D) for messages in pieces.
type gcm struct {
	hash    ghash
	stream  cipher.Stream
	mask    [16]byte
	aadLen  uint64
	dataLen uint64
}

func newGCM(b cipher.Block, iv []byte) *gcm {
	g := &gcm{}
	var h, counter [16]byte
	b.Encrypt(h[:], h[:])
	g.hash.init(h[:])
	if len(iv) == 12 {
		copy(counter[:], iv)
		counter[15] = 1
	} else {
		g.hash.write(iv)
		g.hash.pad()
		g.hash.lengths(0, uint64(len(iv)))
		counter = g.hash.sum()
		g.hash.reset()
	}
	b.Encrypt(g.mask[:], counter[:])
	g.stream = &ctr32{b: b, counter: counter}
	return g
}

func (g *gcm) aad(p []byte) {
	g.hash.write(p)
	g.aadLen += uint64(len(p))
}

func (g *gcm) update(p []byte, encrypt bool) []byte {
	if g.dataLen == 0 && len(p) > 0 {
		g.hash.pad()
	}
	g.dataLen += uint64(len(p))
	out := make([]byte, len(p))
	if !encrypt {
		g.hash.write(p)
	}
	g.stream.XORKeyStream(out, p)
	if encrypt {
		g.hash.write(out)
	}
	return out
}

func (g *gcm) final(bool) (rest, tag []byte) {
	g.hash.pad()
	g.hash.lengths(g.aadLen, g.dataLen)
	t := g.hash.sum()
	subtle.XORBytes(t[:], t[:], g.mask[:])
	return []byte{}, t[:]
}

// ctr32 is counter mode whose counter is the last 32 bits alone.
type ctr32 struct {
	b       cipher.Block
	counter [16]byte
	stream  cipher.Stream
	left    uint64 // bytes until the 32 bits wrap
}

// XORKeyStream implements cipher.Stream. The standard library's counter has 128
// bits: it is begun anew where 32 would wrap.
func (c *ctr32) XORKeyStream(dst, src []byte) {
	for len(src) > 0 {
		if c.left == 0 {
			n := binary.BigEndian.Uint32(c.counter[12:]) + 1
			binary.BigEndian.PutUint32(c.counter[12:], n)
			c.stream = cipher.NewCTR(c.b, c.counter[:])
			c.left = (1<<32 - uint64(n)) * 16
			binary.BigEndian.PutUint32(c.counter[12:], 1<<32-1)
		}
		n := int(min(uint64(len(src)), c.left))
		c.stream.XORKeyStream(dst[:n], src[:n])
		dst, src = dst[n:], src[n:]
		c.left -= uint64(n)
	}
}

// chachaPoly is ChaCha20-Poly1305 (RFC 8439) for messages in pieces.
type chachaPoly struct {
	stream          *chacha20.Cipher
	mac             *poly1305.MAC
	aadLen, dataLen uint64
}

func newChaChaPoly(key, nonce []byte) *chachaPoly {
	s, err := chacha20.NewUnauthenticatedCipher(key, nonce)
	if err != nil {
		panic(err) // the lengths were checked
	}
	var polyKey [32]byte
	s.XORKeyStream(polyKey[:], polyKey[:])
	s.SetCounter(1)
	return &chachaPoly{stream: s, mac: poly1305.New(&polyKey)}
}

func (c *chachaPoly) pad(n uint64) {
	if r := n % 16; r != 0 {
		_, _ = c.mac.Write(make([]byte, 16-r))
	}
}

func (c *chachaPoly) aad(p []byte) {
	_, _ = c.mac.Write(p)
	c.aadLen += uint64(len(p))
}

func (c *chachaPoly) update(p []byte, encrypt bool) []byte {
	if c.dataLen == 0 && len(p) > 0 {
		c.pad(c.aadLen)
	}
	c.dataLen += uint64(len(p))
	out := make([]byte, len(p))
	if !encrypt {
		_, _ = c.mac.Write(p)
	}
	c.stream.XORKeyStream(out, p)
	if encrypt {
		_, _ = c.mac.Write(out)
	}
	return out
}

func (c *chachaPoly) final(bool) (rest, tag []byte) {
	if c.dataLen == 0 {
		c.pad(c.aadLen)
	}
	c.pad(c.dataLen)
	var n [16]byte
	binary.LittleEndian.PutUint64(n[:], c.aadLen)
	binary.LittleEndian.PutUint64(n[8:], c.dataLen)
	_, _ = c.mac.Write(n[:])
	return []byte{}, c.mac.Sum(nil)
}
