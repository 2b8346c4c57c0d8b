package parser

// readExtension reads the extensions behind a chunk's size. Their names and
// values are counted and dropped.
func (p *Parser) readExtension(d []byte, i int) int {
	from := i
	for ; i < len(d); i++ {
		c := d[i]
		switch p.state {
		case sChunkExt:
			switch c {
			case ' ', '\r':
				p.fail(errChunkExt, i+1)
				return i
			}
			p.state = sChunkExtName
			from = i
			i--
		case sChunkExtName:
			if class[c]&clToken != 0 {
				continue
			}
			return p.endExtension(i, i-from, c)
		case sChunkExtValue:
			if class[c]&clToken != 0 {
				continue
			}
			if c == '"' {
				p.state = sChunkExtQuoted
				continue
			}
			return p.endExtension(i, i-from, c)
		case sChunkExtQuoted:
			switch {
			case class[c]&clQuoted != 0:
			case c == '"':
				p.state = sChunkExtQuotedEnd
				if !p.countExtension(i+1-from, i+1) {
					return i
				}
				return i + 1
			case c == '\\':
				p.state = sChunkExtQuotedPair
			default:
				if p.countExtension(i-from, i+1) {
					p.fail(errChunkExtQuoted, i+1)
				}
				return i
			}
		case sChunkExtQuotedPair:
			if c != '\t' && c < 0x20 || c == 0x7f {
				if p.countExtension(i-from, i+1) {
					p.fail(errChunkExtQuotedPair, i+1)
				}
				return i
			}
			p.state = sChunkExtQuoted
		case sChunkExtQuotedEnd:
			return p.endExtension(i, 0, c)
		}
	}
	p.countExtension(i-from, i)
	return i
}

// endExtension handles c, which ends an extension's name or value of n bytes
// (in this input) before index i.
func (p *Parser) endExtension(i, n int, c byte) int {
	position := i + 1
	if c == '\n' {
		position = i
	}
	if !p.countExtension(n, position) {
		return i
	}
	char, cr := errChunkExtValue, errChunkExtValueCR
	if p.state == sChunkExtName {
		char, cr = errChunkExtName, errChunkExtNameCR
	}
	switch {
	case c == ';':
		p.state = sChunkExt
	case c == '\r':
		p.state = sChunkSizeLF
	case c == '=' && p.state == sChunkExtName:
		p.state = sChunkExtValue
	case c == '\n' && p.lenient(LenientOptionalCRBeforeLF):
		p.state = sChunkSizeLF
		return i
	case c == '\n':
		p.fail(cr, i)
		return i
	case p.state == sChunkExtQuotedEnd:
		p.fail(errChunkExtQuotedEnd, i)
		return i
	default:
		p.fail(char, i+1)
		return i
	}
	return i + 1
}

// countExtension adds n bytes to the size of the chunk's extensions. If they
// are too many it fails at position and returns false.
func (p *Parser) countExtension(n, position int) bool {
	if p.extRead += n; p.extRead > MaxChunkExtensions {
		p.fail(errChunkExtOverflow, position)
		return false
	}
	return true
}
