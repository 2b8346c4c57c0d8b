package deflate

// store is level 0: stored blocks. Input goes straight to the output where
// there is room for a block of a worthy size; otherwise it waits in the window.
func (c *Compressor) store(f Flush) progress {
	worthy := min(c.pendingSize-5, c.size)
	given := c.in
	for {
		head := (int(c.w.nacc) + 42) >> 3
		if len(c.out) < head {
			break
		}
		left := c.pos - c.blockStart
		all := left + len(c.in)
		n := min(maxStored, all, len(c.out)-head)
		if n < worthy && (n == 0 && f != Finish || f == NoFlush || n != all) {
			break
		}
		last := f == Finish && n == all
		c.storedHead(n, last)
		c.drain()
		if k := min(left, n); k > 0 {
			copy(c.out, c.window[c.blockStart:c.blockStart+k])
			c.out = c.out[k:]
			c.blockStart += k
			n -= k
		}
		if n > 0 {
			c.take(c.out[:n])
			c.out = c.out[n:]
		}
		if last {
			c.keep(given)
			return finished
		}
	}
	c.keep(given)
	if f != NoFlush && f != Finish && len(c.in) == 0 && c.pos == c.blockStart {
		return blockDone
	}
	room := 2*c.size - c.pos
	if len(c.in) > room && c.blockStart >= c.size {
		copy(c.window, c.window[c.size:c.pos])
		c.blockStart -= c.size
		c.pos -= c.size
		c.slid()
		room += c.size
	}
	if room = min(room, len(c.in)); room > 0 {
		c.take(c.window[c.pos : c.pos+room])
		c.pos += room
		c.pending += min(room, c.size-c.pending)
	}
	most := min(c.pendingSize-(int(c.w.nacc)+42)>>3, maxStored)
	left := c.pos - c.blockStart
	if left >= min(most, c.size) || (left > 0 || f == Finish) && f != NoFlush && len(c.in) == 0 && left <= most {
		n := min(left, most)
		last := f == Finish && len(c.in) == 0 && n == left
		c.stored(c.window[c.blockStart:c.blockStart+n], last)
		c.blockStart += n
		c.drain()
		if last {
			return finishing
		}
	}
	return needMore
}

// storedHead sends the head of a stored block of n bytes.
func (c *Compressor) storedHead(n int, last bool) {
	c.w.bits(blockStored<<1|bit(last), 3)
	c.w.align()
	c.w.out = append(c.w.out, byte(n), byte(n>>8), byte(^n), byte(^n>>8))
}

// keep puts what store copied past the window into it, for the matches of a
// later level.
func (c *Compressor) keep(given []byte) {
	used := given[:len(given)-len(c.in)]
	switch {
	case len(used) == 0:
		return
	case len(used) >= c.size:
		c.stale = 2
		copy(c.window, used[len(used)-c.size:])
		c.pos = c.size
		c.pending = c.pos
	default:
		if 2*c.size-c.pos <= len(used) {
			c.pos -= c.size
			copy(c.window, c.window[c.size:c.size+c.pos])
			c.slid()
		}
		copy(c.window[c.pos:], used)
		c.pos += len(used)
		c.pending += min(len(used), c.size-c.pending)
	}
	c.blockStart = c.pos
}

// slid notes that the window moved under the hash tables.
func (c *Compressor) slid() {
	if c.stale < 2 {
		c.stale++
	}
	c.pending = min(c.pending, c.pos)
}
