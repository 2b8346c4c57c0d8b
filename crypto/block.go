package crypto

import "encoding/binary"

// blockHash is the Merkle-Damgård frame of the digests that are written out
// here: 64-byte blocks, a message length of 64 bits at the end.
type blockHash struct {
	state  []uint32
	init   []uint32
	order  binary.ByteOrder
	rounds func(state []uint32, block []byte)
	buf    [64]byte
	n      int
	length uint64
}

func (h *blockHash) Reset() {
	h.state = append(h.state[:0], h.init...)
	h.n, h.length = 0, 0
}

func (h *blockHash) Size() int      { return 4 * len(h.init) }
func (h *blockHash) BlockSize() int { return 64 }

func (h *blockHash) Write(p []byte) (int, error) {
	n := len(p)
	h.length += uint64(n)
	if h.n > 0 {
		k := copy(h.buf[h.n:], p)
		h.n += k
		p = p[k:]
		if h.n < 64 {
			return n, nil
		}
		h.rounds(h.state, h.buf[:])
		h.n = 0
	}
	for len(p) >= 64 {
		h.rounds(h.state, p[:64])
		p = p[64:]
	}
	h.n = copy(h.buf[:], p)
	return n, nil
}

func (h *blockHash) Sum(b []byte) []byte {
	c := h.copy()
	bits := c.length * 8
	pad := make([]byte, 1, 72)
	pad[0] = 0x80
	for (c.n+len(pad))%64 != 56 {
		pad = append(pad, 0)
	}
	var end [8]byte
	h.order.PutUint64(end[:], bits)
	_, _ = c.Write(append(pad, end[:]...))
	for _, w := range c.state {
		var x [4]byte
		h.order.PutUint32(x[:], w)
		b = append(b, x[:]...)
	}
	return b
}

func (h *blockHash) copy() *blockHash {
	c := *h
	c.state = append([]uint32(nil), h.state...)
	return &c
}
