package inflate

import "math/bits"

const (
	maxCodeBits = 15
	litLenBits  = 10 // of the first table; longer words go on in a second one
	distBits    = 9
	codeLenBits = 7
)

// entry is a decoded word: value in the high 16 bits, then kind or extra bits,
// then the bits of the word in the lowest byte. An entry that leads to a second
// table has kindTable, its offset as the value and the table's bits as extra.
type entry uint32

// The kinds, in bits 12 to 15; bits 8 to 11 hold the number of extra bits.
const (
	kindLiteral entry = iota << 12
	kindBase          // a length or a distance: value plus extra bits
	kindEnd
	kindTable
	kindInvalid
	kindMask entry = 15 << 12
)

func (e entry) length() uint { return uint(e & 0xff) }
func (e entry) extra() uint  { return uint(e >> 8 & 15) }
func (e entry) value() int   { return int(e >> 16) }

// alphabet makes the entries of one of the three codes.
type alphabet uint8

const (
	codeLengths alphabet = iota
	literalsLengths
	distances
)

var (
	lengthBase  = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distBase    = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distExtra   = [30]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

func (a alphabet) entry(sym int) entry {
	switch {
	case a == codeLengths || a == literalsLengths && sym < 256:
		return entry(sym)<<16 | kindLiteral
	case a == literalsLengths && sym == 256:
		return kindEnd
	case a == literalsLengths && sym-257 < len(lengthBase):
		return entry(lengthBase[sym-257])<<16 | kindBase | entry(lengthExtra[sym-257])<<8
	case a == distances && sym < len(distBase):
		return entry(distBase[sym])<<16 | kindBase | entry(distExtra[sym])<<8
	}
	return kindInvalid
}

// build makes the table of a canonical code whose first level has root bits, in
// dst's memory. It reports false for lengths that are no code: too many words,
// or too few, other than a single word of one bit in the codes that allow it.
// No word at all is a table without a valid entry, whose lengths are zero.
func build(dst []entry, a alphabet, lens []uint8, root uint) ([]entry, bool) {
	var count [maxCodeBits + 1]int
	longest := 0
	for _, n := range lens {
		count[n]++
		longest = max(longest, int(n))
	}
	dst = dst[:0]
	for range 1 << root {
		dst = append(dst, kindInvalid|1)
	}
	if longest == 0 {
		return dst, true
	}
	left := 1
	for n := 1; n <= maxCodeBits; n++ {
		left = left<<1 - count[n]
		if left < 0 {
			return dst, false
		}
	}
	if left > 0 && (a == codeLengths || longest != 1) {
		return dst, false
	}
	var next [maxCodeBits + 2]int
	for n := 1; n <= maxCodeBits; n++ {
		next[n+1] = (next[n] + count[n]) << 1
	}
	for sym, n := range lens {
		if n == 0 {
			continue
		}
		word := int(bits.Reverse16(uint16(next[n])) >> (16 - n))
		next[n]++
		e := a.entry(sym) | entry(n)
		if uint(n) <= root {
			for i := word; i < 1<<root; i += 1 << n {
				dst[i] = e
			}
			continue
		}
		low := word & (1<<root - 1)
		sub := dst[low]
		if sub&kindMask != kindTable {
			size := uint(longest) - root
			sub = entry(len(dst))<<16 | kindTable | entry(size)<<8 | entry(root)
			dst[low] = sub
			for range 1 << size {
				dst = append(dst, kindInvalid|entry(n))
			}
		}
		for i := word >> root; i < 1<<sub.extra(); i += 1 << (uint(n) - root) {
			dst[sub.value()+i] = e
		}
	}
	return dst, true
}

// fixedLitLen and fixedDist are the codes of blocks of type 1.
var fixedLitLen, fixedDist = func() ([]entry, []entry) {
	var lens [288]uint8
	for i := range lens {
		switch {
		case i < 144:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		case i < 280:
			lens[i] = 7
		default:
			lens[i] = 8
		}
	}
	l, _ := build(nil, literalsLengths, lens[:], litLenBits)
	var dist [32]uint8
	for i := range dist {
		dist[i] = 5
	}
	d, _ := build(nil, distances, dist[:], distBits)
	return l, d
}()
