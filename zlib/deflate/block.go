package deflate

// The types of blocks, RFC 1951, 3.2.3.
const (
	blockStored = iota
	blockFixed
	blockDynamic
)

// maxStored is the most that a stored block can hold.
const maxStored = 65535

// symbol is a literal (distance 0) or a match: its distance, and its length
// less three.
type symbol struct {
	distance uint16
	value    uint8
}

// literal adds a literal to the block and reports whether the block is full.
func (c *Compressor) literal(b byte) bool {
	c.symbols = append(c.symbols, symbol{0, b})
	c.litLen.freq[b]++
	return len(c.symbols) == c.blockLimit
}

// match adds a match to the block and reports whether the block is full.
func (c *Compressor) match(distance, length int) bool {
	c.symbols = append(c.symbols, symbol{uint16(distance), uint8(length - minMatch)})
	c.litLen.freq[int(lengthSymbol[length-minMatch])+numLiterals+1]++
	c.dist.freq[distanceSymbol(uint16(distance-1))]++
	return len(c.symbols) == c.blockLimit
}

func (c *Compressor) newBlock() {
	c.symbols = c.symbols[:0]
	c.litLen.clear()
	c.dist.clear()
	c.codeLen.clear()
	c.litLen.freq[endOfBlock] = 1
}

// flushBlock sends the symbols since the last block, in the shortest form.
func (c *Compressor) flushBlock(last bool) {
	var stored []byte
	size := c.pos - c.blockStart
	if c.blockStart >= 0 { // else a part has left the window
		stored = c.window[c.blockStart:c.pos]
	}
	c.litLen.build()
	c.dist.build()
	order := c.codeLengths()
	dynamic := c.litLen.optimal + c.dist.optimal + c.codeLen.optimal + 3*(order+1) + 5 + 5 + 4
	bytes := (dynamic + 3 + 7) >> 3
	fixed := (c.litLen.asFixed + c.dist.asFixed + 3 + 7) >> 3
	useFixed := fixed <= bytes || c.strategy == Fixed
	if useFixed {
		bytes = fixed
	}
	switch {
	case size+4 <= bytes && stored != nil:
		c.stored(stored, last)
	case useFixed:
		c.w.bits(blockFixed<<1|bit(last), 3)
		c.send(fixedLitLen[:], fixedDist[:])
	default:
		c.w.bits(blockDynamic<<1|bit(last), 3)
		c.sendTrees(order)
		c.send(c.litLen.codes, c.dist.codes)
	}
	c.newBlock()
	if last {
		c.w.align()
	} else {
		c.w.whole()
	}
	c.blockStart = c.pos
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// stored sends a stored block of at most maxStored bytes.
func (c *Compressor) stored(p []byte, last bool) {
	c.w.bits(blockStored<<1|bit(last), 3)
	c.w.align()
	n := uint16(len(p))
	c.w.out = append(c.w.out, byte(n), byte(n>>8), byte(^n), byte(^n>>8))
	c.w.out = append(c.w.out, p...)
}

// emptyFixed sends an empty block with fixed codes: ten bits, which let a
// decoder see all that came before them.
func (c *Compressor) emptyFixed() {
	c.w.bits(blockFixed<<1, 3)
	c.w.code(fixedLitLen[endOfBlock])
	c.w.whole()
}

// send sends the symbols of the block and its end.
func (c *Compressor) send(litLen, dist []code) {
	w := &c.w
	for _, s := range c.symbols {
		if s.distance == 0 {
			w.code(litLen[s.value])
			continue
		}
		l := lengthSymbol[s.value]
		w.code(litLen[int(l)+numLiterals+1])
		if n := lengthExtra[l]; n > 0 {
			w.bits(uint32(s.value-lengthBase[l]), uint(n))
		}
		d := s.distance - 1
		k := distanceSymbol(d)
		w.code(dist[k])
		if n := distanceExtra[k]; n > 0 {
			w.bits(uint32(d-distanceBase[k]), uint(n))
		}
	}
	w.code(litLen[endOfBlock])
}

// codeLengths makes the code that sends the two trees and returns the index in
// codeLenOrder of the last of its lengths.
func (c *Compressor) codeLengths() int {
	count := func(sym uint8, _, _ uint32) { c.codeLen.freq[sym]++ }
	runs(c.litLen.lens[:c.litLen.max+1], count)
	runs(c.dist.lens[:c.dist.max+1], count)
	c.codeLen.build()
	last := numCodeLens - 1
	for last >= 3 && c.codeLen.lens[codeLenOrder[last]] == 0 {
		last--
	}
	return last
}

// sendTrees sends the head of a block with codes of its own, RFC 1951, 3.2.7.
func (c *Compressor) sendTrees(order int) {
	w := &c.w
	w.bits(uint32(c.litLen.max+1-257), 5)
	w.bits(uint32(c.dist.max+1-1), 5)
	w.bits(uint32(order+1-4), 4)
	for _, s := range codeLenOrder[:order+1] {
		w.bits(uint32(c.codeLen.lens[s]), 3)
	}
	put := func(sym uint8, extra, n uint32) {
		w.code(c.codeLen.codes[sym])
		if n > 0 {
			w.bits(extra, uint(n))
		}
	}
	runs(c.litLen.lens[:c.litLen.max+1], put)
	runs(c.dist.lens[:c.dist.max+1], put)
}

// runs yields the symbols that send a list of code lengths: a length, or a
// repetition with n extra bits.
func runs(lens []uint8, yield func(sym uint8, extra, n uint32)) {
	previous := -1
	for i := 0; i < len(lens); {
		v := lens[i]
		limit, least := 138, 3
		if v != 0 {
			if limit, least = 7, 4; int(v) == previous {
				limit, least = 6, 3
			}
		}
		k := 1
		for k < limit && i+k < len(lens) && lens[i+k] == v {
			k++
		}
		i += k
		switch {
		case k < least:
			for ; k > 0; k-- {
				yield(v, 0, 0)
			}
		case v != 0:
			if int(v) != previous {
				yield(v, 0, 0)
				k--
			}
			yield(repeatPrevious, uint32(k-3), 2)
		case k <= 10:
			yield(repeatZero, uint32(k-3), 3)
		default:
			yield(repeatZeroLong, uint32(k-11), 7)
		}
		previous = int(v)
	}
}
