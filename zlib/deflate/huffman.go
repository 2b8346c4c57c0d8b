package deflate

import "math/bits"

// The alphabets of RFC 1951, 3.2.5 and 3.2.7.
const (
	numLiterals  = 256
	numLengths   = 29
	numLitLen    = numLiterals + 1 + numLengths
	numDistances = 30
	numCodeLens  = 19
	endOfBlock   = 256
	maxCodeBits  = 15
	maxLenBits   = 7 // of the code that sends the code lengths

	repeatPrevious = 16 // 3 to 6 times, 2 bits
	repeatZero     = 17 // 3 to 10 times, 3 bits
	repeatZeroLong = 18 // 11 to 138 times, 7 bits
)

var (
	lengthExtra   = [numLengths]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceExtra = [numDistances]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
	codeLenExtra  = [numCodeLens]uint8{repeatPrevious: 2, repeatZero: 3, repeatZeroLong: 7}
	// codeLenOrder is the order in which the lengths of the code length code
	// are sent.
	codeLenOrder = [numCodeLens]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

	lengthBase   [numLengths]uint8      // of length-3
	lengthSymbol [256]uint8             // of length-3
	distanceBase [numDistances]uint16   // of distance-1
	nearSymbol   [256]uint8             // of distance-1 below 256
	farSymbol    [256]uint8             // of (distance-1)>>7
	fixedLitLen  [numLitLen + 2]code    // the code of blocks with fixed codes
	fixedDist    [numDistances]code     //
	fixedLitLens [numLitLen + 2]uint8   // its lengths
	fixedDists   = [numDistances]uint8{ // five bits each
		5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}
)

// code is a code word, its bits reversed as they are sent.
type code struct {
	bits uint16
	n    uint8
}

func init() {
	n := 0
	for s := 0; s < numLengths-1; s++ {
		lengthBase[s] = uint8(n)
		for i := 0; i < 1<<lengthExtra[s]; i++ {
			lengthSymbol[n] = uint8(s)
			n++
		}
	}
	lengthSymbol[255] = numLengths - 1 // 258 has a symbol of its own
	d := 0
	for s := range distanceBase {
		distanceBase[s] = uint16(d)
		for i := 0; i < 1<<distanceExtra[s]; i++ {
			if d < 256 {
				nearSymbol[d] = uint8(s)
			}
			farSymbol[d>>7] = uint8(s)
			d++
		}
	}
	for i := range fixedLitLens {
		switch {
		case i < 144:
			fixedLitLens[i] = 8
		case i < 256:
			fixedLitLens[i] = 9
		case i < 280:
			fixedLitLens[i] = 7
		default:
			fixedLitLens[i] = 8
		}
	}
	assign(fixedLitLen[:], fixedLitLens[:])
	assign(fixedDist[:], fixedDists[:])
}

// distanceSymbol returns the symbol of a distance less one.
func distanceSymbol(d uint16) uint8 {
	if d < 256 {
		return nearSymbol[d]
	}
	return farSymbol[d>>7]
}

// assign gives the canonical code words of lengths (RFC 1951, 3.2.2).
func assign(codes []code, lengths []uint8) {
	var count, next [maxCodeBits + 2]uint16
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	for n := 1; n <= maxCodeBits; n++ {
		next[n] = (next[n-1] + count[n-1]) << 1
	}
	for s, n := range lengths {
		if n == 0 {
			codes[s] = code{}
			continue
		}
		codes[s] = code{bits.Reverse16(next[n]) >> (16 - n), n}
		next[n]++
	}
}

// tree is an alphabet whose code is made of the frequencies of a block.
type tree struct {
	freq  []uint16
	lens  []uint8
	codes []code
	max   int // the largest symbol that occurs

	extra    []uint8 // extra bits of the symbols from first on
	first    int
	limit    int // longest code allowed
	fixed    []uint8
	optimal  int // bits of the block with this code, extra bits included
	asFixed  int // the same with the fixed code
	scratch  treeScratch
	alphabet int
}

// treeScratch is what building needs: at most 2n-1 nodes.
type treeScratch struct {
	freq   [2*numLitLen + 1]uint32
	parent [2*numLitLen + 1]uint16
	length [2*numLitLen + 1]uint8
	depth  [2*numLitLen + 1]uint8
	heap   [2*numLitLen + 1]uint16
}

func newTree(alphabet, first, limit int, extra, fixed []uint8) *tree {
	return &tree{
		freq: make([]uint16, alphabet), lens: make([]uint8, alphabet), codes: make([]code, alphabet),
		extra: extra, first: first, limit: limit, fixed: fixed, alphabet: alphabet,
	}
}

func (t *tree) clear() {
	clear(t.freq)
}

// build makes lens and codes of freq and counts the bits of the block.
//
// The order among equal frequencies decides which symbol gets the longer word:
// the shallower subtree is taken first, then what the heap yields, which is why
// this is a binary heap and not a sort.
func (t *tree) build() {
	x := &t.scratch
	heap := x.heap[:1] // slot 0 is unused: children of i are 2i and 2i+1
	t.max = -1
	for s, f := range t.freq {
		x.freq[s], x.depth[s], x.length[s] = uint32(f), 0, 0
		t.lens[s] = 0
		if f != 0 {
			heap = append(heap, uint16(s))
			t.max = s
		}
	}
	t.optimal, t.asFixed = 0, 0
	// A code has two words at least: decoders of old cannot do with fewer.
	var padded [2]int
	pads := 0
	for len(heap) < 3 {
		s := 0
		if t.max < 2 {
			t.max++
			s = t.max
		}
		heap = append(heap, uint16(s))
		x.freq[s] = 1
		padded[pads] = s
		pads++
	}
	n := len(heap) - 1
	for i := n / 2; i >= 1; i-- {
		x.sink(heap, i)
	}
	order := make([]uint16, 0, 2*numLitLen+1) // nodes by rising frequency
	node := t.alphabet
	for len(heap) > 2 {
		a := heap[1]
		heap[1] = heap[len(heap)-1]
		heap = heap[:len(heap)-1]
		x.sink(heap, 1)
		b := heap[1]
		order = append(order, a, b)
		x.freq[node] = x.freq[a] + x.freq[b]
		x.depth[node] = max(x.depth[a], x.depth[b]) + 1
		x.parent[a], x.parent[b] = uint16(node), uint16(node)
		heap[1] = uint16(node)
		node++
		x.sink(heap, 1)
	}
	order = append(order, heap[1])
	t.lengths(order)
	for _, s := range padded[:pads] { // they do not occur
		t.optimal -= int(t.lens[s])
		if t.fixed != nil {
			t.asFixed -= int(t.fixed[s])
		}
	}
	assign(t.codes[:t.max+1], t.lens[:t.max+1])
}

// sink moves heap[i] down to its place.
func (x *treeScratch) sink(heap []uint16, i int) {
	less := func(a, b uint16) bool {
		return x.freq[a] < x.freq[b] || x.freq[a] == x.freq[b] && x.depth[a] <= x.depth[b]
	}
	v := heap[i]
	for j := 2 * i; j < len(heap); j *= 2 {
		if j+1 < len(heap) && less(heap[j+1], heap[j]) {
			j++
		}
		if less(v, heap[j]) {
			break
		}
		heap[i] = heap[j]
		i = j
	}
	heap[i] = v
}

// lengths gives every symbol the length of its word, none longer than limit.
// order has the nodes by rising frequency, the root last.
func (t *tree) lengths(order []uint16) {
	x := &t.scratch
	var count [maxCodeBits + 1]int
	overflow := 0
	x.length[order[len(order)-1]] = 0
	for i := len(order) - 2; i >= 0; i-- {
		s := order[i]
		n := int(x.length[x.parent[s]]) + 1
		if n > t.limit {
			n = t.limit
			overflow++
		}
		x.length[s] = uint8(n)
		if int(s) >= t.alphabet {
			continue
		}
		count[n]++
		t.lens[s] = uint8(n)
	}
	if overflow > 0 {
		// Words of the full length are too many: move a shorter one down a
		// level, and one of those to be its brother.
		for ; overflow > 0; overflow -= 2 {
			n := t.limit - 1
			for count[n] == 0 {
				n--
			}
			count[n]--
			count[n+1] += 2
			count[t.limit]--
		}
		i := 0
		for n := t.limit; n > 0; n-- {
			for k := count[n]; k > 0; i++ {
				if s := order[i]; int(s) < t.alphabet {
					t.lens[s] = uint8(n)
					k--
				}
			}
		}
	}
	for _, s := range order {
		if int(s) >= t.alphabet {
			continue
		}
		e := 0
		if int(s) >= t.first && t.extra != nil {
			e = int(t.extra[int(s)-t.first])
		}
		f := int(x.freq[s])
		t.optimal += f * (int(t.lens[s]) + e)
		if t.fixed != nil {
			t.asFixed += f * (int(t.fixed[s]) + e)
		}
	}
}
