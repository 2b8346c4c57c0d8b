package deflate

// tuning is what a level asks of the search.
type tuning struct {
	good  uint16 // with a match this long in hand, look a quarter as far
	lazy  uint16 // look no further with one this long
	nice  uint16 // a match this long is good enough
	chain uint16 // how many strings to look at
	run   method
}

type method uint8

const (
	storing method = iota
	greedy
	lazy
)

// tunings are the levels, as zlib's documentation of its algorithm has them.
var tunings = [10]tuning{
	{0, 0, 0, 0, storing},
	{4, 4, 8, 4, greedy},
	{4, 5, 16, 8, greedy},
	{4, 6, 32, 32, greedy},
	{4, 4, 16, 16, lazy},
	{8, 16, 32, 32, lazy},
	{8, 16, 128, 128, lazy},
	{8, 32, 128, 256, lazy},
	{32, 128, 258, 1024, lazy},
	{32, 258, 258, 4096, lazy},
}

// progress says why a search returned.
type progress uint8

const (
	needMore  progress = iota // input, or room for output
	blockDone                 // all input is in blocks
	finishing                 // the last block is made, not all of it sent
	finished
)

// ready fills the window to hold want bytes ahead of pos. It reports false if
// the search must return for more input.
func (c *Compressor) ready(want int, f Flush) bool {
	if c.ahead < want {
		c.fill()
		return c.ahead >= want || f != NoFlush
	}
	return true
}

// endBlock sends the block and what fits of it; false means that there is no
// room for more.
func (c *Compressor) endBlock() bool {
	c.flushBlock(false)
	c.drain()
	return len(c.out) > 0
}

// conclude ends a search that used up its input.
func (c *Compressor) conclude(f Flush) progress {
	if f == Finish {
		c.flushBlock(true)
		c.drain()
		if len(c.out) == 0 {
			return finishing
		}
		return finished
	}
	if len(c.symbols) > 0 && !c.endBlock() {
		return needMore
	}
	return blockDone
}

// searchGreedy takes each match that it finds.
func (c *Compressor) searchGreedy(f Flush) progress {
	for {
		if !c.ready(minLookahead, f) {
			return needMore
		}
		if c.ahead == 0 {
			break
		}
		length := 0
		if c.ahead >= minMatch {
			if cur := c.insert(c.pos); cur != 0 && c.pos-cur <= c.maxDistance() {
				length = c.longest(cur)
			}
		}
		full := false
		if length >= minMatch {
			full = c.match(c.pos-c.matchStart, length)
			c.ahead -= length
			if length <= int(c.tuning.lazy) && c.ahead >= minMatch {
				for end := c.pos + length - 1; c.pos < end; {
					c.pos++
					c.insert(c.pos)
				}
				c.pos++
			} else {
				c.pos += length
			}
		} else {
			full = c.literal(c.window[c.pos])
			c.ahead--
			c.pos++
		}
		if full && !c.endBlock() {
			return needMore
		}
	}
	c.pending = min(c.pos, minMatch-1)
	return c.conclude(f)
}

// searchLazy takes a match only if the string that begins one byte later has
// none that is longer.
func (c *Compressor) searchLazy(f Flush) progress {
	for {
		if !c.ready(minLookahead, f) {
			return needMore
		}
		if c.ahead == 0 {
			break
		}
		cur := 0
		if c.ahead >= minMatch {
			cur = c.insert(c.pos)
		}
		c.prevLength = c.matchLength
		prevMatch := c.matchStart
		c.matchLength = minMatch - 1
		if cur != 0 && c.prevLength < int(c.tuning.lazy) && c.pos-cur <= c.maxDistance() {
			c.matchLength = c.longest(cur)
			if c.matchLength <= 5 && (c.strategy == Filtered || c.matchLength == minMatch && c.pos-c.matchStart > tooFar) {
				c.matchLength = minMatch - 1
			}
		}
		switch {
		case c.prevLength >= minMatch && c.matchLength <= c.prevLength:
			last := c.pos + c.ahead - minMatch // the last string that can be hashed
			full := c.match(c.pos-1-prevMatch, c.prevLength)
			c.ahead -= c.prevLength - 1
			for end := c.pos + c.prevLength - 2; c.pos < end; {
				if c.pos++; c.pos <= last {
					c.insert(c.pos)
				}
			}
			c.held = false
			c.prevLength = 0
			c.matchLength = minMatch - 1
			c.pos++
			if full && !c.endBlock() {
				return needMore
			}
		case c.held:
			if c.literal(c.window[c.pos-1]) {
				c.flushBlock(false)
				c.drain()
			}
			c.pos++
			c.ahead--
			if len(c.out) == 0 {
				return needMore
			}
		default:
			c.held = true
			c.pos++
			c.ahead--
		}
	}
	if c.held {
		c.literal(c.window[c.pos-1])
		c.held = false
	}
	c.pending = min(c.pos, minMatch-1)
	return c.conclude(f)
}

// searchRuns looks for repetitions of one byte only.
func (c *Compressor) searchRuns(f Flush) progress {
	for {
		if !c.ready(maxMatch+1, f) {
			return needMore
		}
		if c.ahead == 0 {
			break
		}
		length := 0
		if c.ahead >= minMatch && c.pos > 0 {
			b := c.window[c.pos-1]
			for length < min(maxMatch, c.ahead) && c.window[c.pos+length] == b {
				length++
			}
		}
		full := false
		if length >= minMatch {
			full = c.match(1, length)
			c.ahead -= length
			c.pos += length
		} else {
			full = c.literal(c.window[c.pos])
			c.ahead--
			c.pos++
		}
		if full && !c.endBlock() {
			return needMore
		}
	}
	c.pending = 0
	return c.conclude(f)
}

// searchNothing makes literals of all.
func (c *Compressor) searchNothing(f Flush) progress {
	for {
		if c.ahead == 0 {
			if c.fill(); c.ahead == 0 {
				if f == NoFlush {
					return needMore
				}
				break
			}
		}
		full := c.literal(c.window[c.pos])
		c.ahead--
		c.pos++
		if full && !c.endBlock() {
			return needMore
		}
	}
	c.pending = 0
	return c.conclude(f)
}
