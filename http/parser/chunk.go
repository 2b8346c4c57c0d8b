package parser

// readChunk reads a chunked body (RFC 9112, section 7.1).
func (p *Parser) readChunk(d []byte, i int) int {
	for i < len(d) && !p.stop {
		c := d[i]
		switch p.state {
		case sChunkSizeStart:
			if class[c]&clHex == 0 {
				p.fail(errChunkSizeChar, i)
				return i
			}
			p.remaining, p.extRead = 0, 0
			p.state = sChunkSize
		case sChunkSize:
			switch {
			case class[c]&clHex != 0:
				if p.remaining >= 1<<60 {
					p.fail(errChunkSizeOverflow, i+1)
					return i
				}
				p.remaining = p.remaining<<4 | uint64(hexValue(c))
				i++
			case c == ' ' || c == '\t':
				if !p.lenient(LenientSpacesAfterChunkSize) {
					p.fail(errChunkSizeChar, i+1)
					return i
				}
				p.state = sChunkSizeSpaces
			default:
				p.state = sChunkSizeSpaces
			}
		case sChunkSizeSpaces:
			switch {
			case c == '\r':
				p.state = sChunkSizeLF
			case c == ';':
				p.state = sChunkExt
			case c == '\n' && p.lenient(LenientOptionalCRBeforeLF):
				p.state = sChunkSizeLF
			case c == '\n':
				p.fail(errChunkSizeCR, i+1)
				return i
			case c == ' ' || c == '\t':
			default:
				p.fail(errChunkSizeChar, i)
				return i
			}
			i++
		case sChunkSizeLF:
			switch {
			case c == '\n':
				i++
			case !p.lenient(LenientOptionalLFAfterCR):
				p.fail(errChunkSizeLF, i)
				return i
			}
			p.nread = 0
			if p.remaining > 0 {
				p.state = sChunkData
				continue
			}
			p.flags |= fTrailing
			p.begin(i)
			p.state = sHeader
			return i

		case sChunkData:
			to := len(d)
			if p.remaining <= uint64(to-i) {
				to = i + int(p.remaining)
				p.state = sChunkDataCR
			}
			p.remaining -= uint64(to - i)
			i = p.body(d, i, to)
		case sChunkDataCR:
			switch {
			case c == '\r':
				p.state = sChunkDataLF
				i++
			case c == '\n' && p.lenient(LenientOptionalCRBeforeLF):
				p.state = sChunkSizeStart
				i++
			case c == '\n':
				p.fail(errChunkDataCR, i+1)
				return i
			case p.lenient(LenientOptionalCRLFAfterChunk):
				p.state = sChunkSizeStart
			default:
				p.fail(errChunkDataLF, i)
				return i
			}
		case sChunkDataLF:
			switch {
			case c == '\n':
				i++
			case !p.lenient(LenientOptionalCRLFAfterChunk):
				p.fail(errChunkDataLF, i)
				return i
			}
			p.state = sChunkSizeStart

		default:
			if p.state < sChunkExt || p.state > sChunkExtQuotedEnd {
				return i
			}
			i = p.readExtension(d, i)
		}
	}
	return i
}

// hexValue returns the value of the hexadecimal digit c.
func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
