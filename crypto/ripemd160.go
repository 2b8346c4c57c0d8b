package crypto

import (
	"encoding/binary"
	"hash"
	"math/bits"
)

// ripemd160 is the digest of ISO/IEC 10118-3: two parallel lines of five rounds
// of sixteen steps.
type ripemd160 struct{ blockHash }

func newRIPEMD160() hash.Hash {
	h := &ripemd160{blockHash{order: binary.LittleEndian, rounds: ripemdRounds, init: []uint32{
		0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}}}
	h.Reset()
	return h
}

func (h *ripemd160) clone() hash.Hash { return &ripemd160{*h.copy()} }

// For each line: the order of the message's words, the rotations, and the
// constant of each round.
var (
	ripemdWords = [2][80]uint8{
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
			7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
			3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
			1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
			4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13},
		{5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
			6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
			15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
			8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
			12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11},
	}
	ripemdShifts = [2][80]uint8{
		{11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
			7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
			11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
			11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
			9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6},
		{8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
			9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
			9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
			15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
			8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11},
	}
	ripemdConstants = [2][5]uint32{
		{0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e},
		{0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0},
	}
)

func ripemdRounds(state []uint32, block []byte) {
	var x [16]uint32
	for i := range x {
		x[i] = binary.LittleEndian.Uint32(block[4*i:])
	}
	var lines [2][5]uint32
	for l := range lines {
		a, b, c, d, e := state[0], state[1], state[2], state[3], state[4]
		for i := range 80 {
			round := i / 16
			f := round
			if l == 1 {
				f = 4 - round
			}
			var t uint32
			switch f {
			case 0:
				t = b ^ c ^ d
			case 1:
				t = b&c | ^b&d
			case 2:
				t = (b | ^c) ^ d
			case 3:
				t = b&d | c&^d
			case 4:
				t = b ^ (c | ^d)
			}
			t = bits.RotateLeft32(a+t+x[ripemdWords[l][i]]+ripemdConstants[l][round], int(ripemdShifts[l][i])) + e
			a, e, d, c, b = e, d, bits.RotateLeft32(c, 10), b, t
		}
		lines[l] = [5]uint32{a, b, c, d, e}
	}
	p, q := &lines[0], &lines[1]
	state[0], state[1], state[2], state[3], state[4] =
		state[1]+p[2]+q[3], state[2]+p[3]+q[4], state[3]+p[4]+q[0], state[4]+p[0]+q[1], state[0]+p[1]+q[2]
}
