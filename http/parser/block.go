package parser

// begin starts a block of header lines at index i of the input.
func (p *Parser) begin(i int) {
	p.arena = p.arena[:0]
	p.mark, p.delta = i, -i
	p.inBlock, p.inSpan = true, false
	p.nread, p.flushed = 0, 0
	p.head.pairs = p.head.pairs[:0]
}

// at returns the offset of index i of the input.
func (p *Parser) at(i int) uint32 { return uint32(i + p.delta) }

// cut leaves the bytes of the input from index from to index to out of the
// block: blanks that nothing counts, of which there may be any number.
func (p *Parser) cut(d []byte, from, to int) {
	p.arena = append(p.arena, d[p.mark:from]...)
	p.mark, p.delta = to, len(p.arena)-to
}

// retract makes the block end at offset end, and go on at index i of the input.
func (p *Parser) retract(d []byte, end uint32, i int) {
	if int(end) <= len(p.arena) {
		p.arena = p.arena[:end]
		p.mark, p.delta = i, len(p.arena)-i
		return
	}
	p.cut(d, int(end)-p.delta, i)
}

// bytes returns the block's bytes from offset from up to index i of the input.
func (p *Parser) bytes(d []byte, from uint32, i int) []byte {
	if int(from) < len(p.arena) {
		p.cut(d, i, i)
		return p.arena[from:]
	}
	return d[int(from)-p.delta : i]
}

// block returns the whole block up to index i of the input.
func (p *Parser) block(d []byte, i int) []byte {
	if len(p.arena) == 0 {
		return d[p.mark:i]
	}
	p.cut(d, i, i)
	return p.arena
}

// save keeps what the present input has of the block, and counts the element
// that is open. If Execute only yields, an overflow is left to the rest.
func (p *Parser) save(d []byte) {
	p.cut(d, len(d), len(d))
	if p.inSpan && p.count(len(d)-p.span) && !p.yielded {
		p.fail(errHeaderOverflow, len(d))
	}
}

// open begins a counted element at index i.
func (p *Parser) open(i int) { p.span, p.inSpan = i, true }

// count adds n bytes to the head's size and reports whether that is too much.
func (p *Parser) count(n int) bool {
	p.nread += n
	return p.nread >= p.opt.MaxHeaderSize
}

// close ends the counted element before index i. If the head is too large it
// fails at position and returns false.
func (p *Parser) close(i, position int) bool {
	p.inSpan = false
	if p.count(i - p.span) {
		p.fail(errHeaderOverflow, position)
		return false
	}
	return true
}

// abort ends the counted element at index i because of the error k.
func (p *Parser) abort(k errKind, i, position int) int {
	if p.close(i, position) {
		p.fail(k, position)
	}
	return i
}
