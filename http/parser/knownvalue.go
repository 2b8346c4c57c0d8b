package parser

// The constants that known values are compared with; p.word holds the one that
// the token so far is equal to.
const (
	tokChunked   = "chunked"
	tokClose     = "close"
	tokKeepAlive = "keep-alive"
	tokUpgrade   = "upgrade"
)

// knownLengths has a bit for the length of each header name that the parser
// looks at.
const knownLengths = 1<<4 | 1<<6 | 1<<7 | 1<<10 | 1<<14 | 1<<16 | 1<<17

// nameKind returns how the value of the header called name is read.
func nameKind(name []byte) valueKind {
	switch len(name) {
	case 7:
		if equalFold(name, "upgrade") {
			return vUpgrade
		}
	case 10:
		if equalFold(name, "connection") {
			return vConnToken
		}
	case 14:
		if equalFold(name, "content-length") {
			return vLengthDigits
		}
	case 16:
		if equalFold(name, "proxy-connection") {
			return vConnToken
		}
	case 17:
		if equalFold(name, "transfer-encoding") {
			return vTEToken
		}
	}
	return vGeneral
}

// knownName prepares for the value, which begins at or after index i, of the
// header called name.
func (p *Parser) knownName(name []byte, i int) {
	for name[len(name)-1] == ' ' {
		name = name[:len(name)-1]
	}
	switch p.vkind = nameKind(name); {
	case len(name) == 4 && equalFold(name, "host"):
		p.flags |= fHost
	case len(name) == 6 && equalFold(name, "expect"):
		p.flags |= fExpect
	case p.lenient(LenientChunkedLength):
	case p.vkind == vLengthDigits && p.flags&fTransferEncoding != 0:
		p.fail(errLengthWithTE, i)
	case p.vkind == vTEToken && p.flags&fLength != 0:
		p.fail(errTEWithLength, i)
	}
}

// beginValue prepares for the value that begins with c at index i.
func (p *Parser) beginValue(c byte, i int) bool {
	p.match, p.noFold = 0, false
	switch p.vkind {
	case vUpgrade:
		p.flags |= fUpgrade
	case vLengthDigits:
		if p.flags&fLength != 0 {
			p.abort(errLengthTwice, i, i)
			return false
		}
		p.remaining = p.carry
	case vTEToken:
		if p.flags&fChunked != 0 {
			if p.strictEncoding() {
				p.abort(errTEValue, i, i+1)
				return false
			}
			p.flags &^= fChunked
		}
		p.flags |= fTransferEncoding
		p.word = tokChunked
	}
	return true
}

// strictEncoding reports whether chunked must be the last coding.
func (p *Parser) strictEncoding() bool {
	return p.opt.Kind == Request && !p.lenient(LenientTransferEncoding)
}

// readKnownValue reads a value that the grammar defines, and returns at the
// first byte that ends it, or that no value may have.
func (p *Parser) readKnownValue(d []byte, i int) int {
	for ; i < len(d); i++ {
		c := d[i]
		if c == '\r' || c == '\n' {
			return i
		}
		switch p.vkind {
		case vLengthDigits:
			switch {
			case c >= '0' && c <= '9':
				v := uint64(c - '0')
				if p.remaining > (1<<64-1-v)/10 {
					p.abort(errLengthOverflow, i+1, i+1)
					return i
				}
				p.remaining = p.remaining*10 + v
			case c == ' ':
				p.vkind = vLengthSpaces
			default:
				p.abort(errLengthChar, i, i)
				return i
			}
		case vLengthSpaces:
			if c != ' ' {
				p.abort(errLengthChar, i, i)
				return i
			}

		case vTEToken, vConnToken:
			p.matchToken(c)
		case vTEMatched:
			switch c {
			case ' ':
			case ',':
				if p.strictEncoding() {
					p.abort(errTEValue, i, i+1)
					return i
				}
				p.vkind, p.match = vTEToken, 0
			default:
				p.vkind = vTEOther
			}
		case vConnMatched:
			switch c {
			case ' ':
			case ',':
				p.endKnownValue()
				p.vkind, p.match, p.noFold = vConnToken, 0, false
			default:
				p.vkind, p.noFold = vConnOther, true
			}
		case vTEOther:
			if c == ',' {
				p.vkind, p.match = vTEToken, 0
			}
		case vConnOther:
			if c == ',' {
				p.vkind, p.match = vConnToken, 0
			}
		}
		if c < 0x20 && c != '\t' || c == 0x7f {
			return i
		}
	}
	return i
}

// matchToken compares c with the token that is being matched.
func (p *Parser) matchToken(c byte) {
	te := p.vkind == vTEToken
	c = lower(c)
	if p.match == 0 {
		if c == ' ' || c == '\t' {
			return
		}
		switch {
		case te:
			p.word = tokChunked
		case c == 'c':
			p.word = tokClose
		case c == 'k':
			p.word = tokKeepAlive
		case c == 'u':
			p.word = tokUpgrade
		default:
			p.word = ""
		}
	}
	switch {
	case int(p.match) < len(p.word) && p.word[p.match] == c:
		if p.match++; int(p.match) < len(p.word) {
			return
		}
		if p.vkind = vConnMatched; te {
			p.vkind = vTEMatched
		}
	case c == ',':
		p.match = 0
	case te:
		p.vkind = vTEOther
	default:
		p.vkind = vConnOther
	}
}

// endKnownValue takes note of the value, or list element, that has been read.
func (p *Parser) endKnownValue() {
	switch p.vkind {
	case vLengthDigits, vLengthSpaces:
		p.flags |= fLength
		p.head.ContentLength = p.remaining
	case vTEMatched:
		p.flags |= fChunked
	case vConnMatched:
		switch p.word {
		case tokClose:
			p.flags |= fClose
		case tokKeepAlive:
			p.flags |= fKeepAlive
		default:
			p.flags |= fConnUpgrade
		}
	}
}
