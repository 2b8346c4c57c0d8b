package deflate

import (
	"encoding/binary"
	"math/bits"
)

const (
	minMatch = 3
	maxMatch = 258
	// minLookahead is how much input the search needs ahead of it: a match, and
	// the string after it.
	minLookahead = maxMatch + minMatch + 1
	// tooFar is the distance from which a match of three is not worth its bits.
	tooFar = 4096
	// padding lets a string at the window's end be read as a word.
	padding = 8
)

// maxDistance is how far back a match may begin.
func (c *Compressor) maxDistance() int { return c.size - minLookahead }

// fill moves input into the window until it holds minLookahead bytes ahead of
// pos, and slides its upper half down when pos has come near the end.
func (c *Compressor) fill() {
	for {
		more := 2*c.size - c.ahead - c.pos
		if c.pos >= c.size+c.maxDistance() {
			copy(c.window[:c.size], c.window[c.size:2*c.size])
			c.matchStart -= c.size
			c.pos -= c.size
			c.blockStart -= c.size
			c.pending = min(c.pending, c.pos)
			c.slideHash()
			more += c.size
		}
		if len(c.in) == 0 {
			return
		}
		c.ahead += c.take(c.window[c.pos+c.ahead : c.pos+c.ahead+more])
		c.insertPending()
		if c.ahead >= minLookahead || len(c.in) == 0 {
			return
		}
	}
}

// take moves input to p and accounts for it in the checksum.
func (c *Compressor) take(p []byte) int {
	n := copy(p, c.in)
	c.check.write(c.in[:n])
	c.in = c.in[n:]
	return n
}

// insertPending hashes the strings at the end of what was compressed that were
// too short until more input came.
func (c *Compressor) insertPending() {
	for at := c.pos - c.pending; c.pending > 0 && c.ahead+c.pending > minMatch; at++ {
		c.insert(at)
		c.pending--
	}
}

// slideHash follows a slide of the window: strings that left it are forgotten.
func (c *Compressor) slideHash() {
	for _, t := range [2][]uint16{c.head, c.prev} {
		for i, p := range t {
			if int(p) >= c.size {
				t[i] = p - uint16(c.size)
			} else {
				t[i] = 0
			}
		}
	}
}

// insert hashes the string at and returns the one before it with its hash, 0
// for none. Four bytes are hashed, as Node's zlib does, which is why matches of
// three are rare.
func (c *Compressor) insert(at int) int {
	v := binary.LittleEndian.Uint32(c.window[at:])
	h := (v*66521 + 66521) >> 16
	slot := &c.head[h&c.hashMask]
	old := *slot
	c.prev[at&(c.size-1)] = old
	*slot = uint16(at)
	return int(old)
}

// longest follows the chain from the string at cur and returns the length of
// the longest match with what stands at pos, not above ahead; matchStart is
// where it begins. Only a match longer than prevLength counts.
func (c *Compressor) longest(cur int) int {
	t := &c.tuning
	chain, nice, best := int(t.chain), int(t.nice), c.prevLength
	limit := max(c.pos-c.maxDistance(), 0)
	if c.prevLength >= int(t.good) {
		chain >>= 2
	}
	nice = min(nice, c.ahead)
	window, mask := c.window, c.size-1
	scan := window[c.pos : c.pos+maxMatch+padding]
	tail := binary.LittleEndian.Uint16(window[c.pos+best-1:])
	head := binary.LittleEndian.Uint16(scan)
	for {
		if binary.LittleEndian.Uint16(window[cur+best-1:]) == tail && binary.LittleEndian.Uint16(window[cur:]) == head {
			if n := matchLength(scan, window[cur:cur+maxMatch+padding]); n > best {
				c.matchStart, best = cur, n
				if n >= nice {
					break
				}
				tail = binary.LittleEndian.Uint16(scan[best-1:])
			}
		}
		cur = int(c.prev[cur&mask])
		if chain--; cur <= limit || chain == 0 {
			break
		}
	}
	return min(best, c.ahead)
}

// matchLength returns how many bytes a and b have in common, maxMatch at most.
func matchLength(a, b []byte) int {
	for n := 0; n < maxMatch; n += 8 {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return min(n+bits.TrailingZeros64(x)>>3, maxMatch)
		}
	}
	return maxMatch
}
