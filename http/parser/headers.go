package parser

// readHeaders reads header lines up to the end of the head or trailers.
func (p *Parser) readHeaders(d []byte, i int) int {
	for i < len(d) {
		c := d[i]
		switch p.state {
		case sFirstHeader:
			if c == ' ' {
				if !p.lenient(LenientHeaders) {
					p.fail(errSpaceAfterStart, i+1)
					return i
				}
				i++
			}
			p.state = sHeader

		case sHeader:
			if i = p.readPlainLines(d, i); i == len(d) {
				return i
			}
			switch c = d[i]; {
			case class[c]&clToken != 0:
				p.open(i)
				p.cur.name.start = p.at(i)
				p.state = sName
				i++
				if i = p.readName(d, i); p.stop {
					return i
				}
			case c == '\r':
				p.state = sHeadersLF
				i++
			case c != '\n':
				p.fail(errHeaderToken, i)
				return i
			case p.lenient(LenientOptionalCRBeforeLF):
				return p.headersEnd(d, i+1)
			default:
				p.fail(errHeaderFieldChar, i+1)
				return i
			}

		case sName, sNameSpaces:
			if i = p.readName(d, i); p.stop {
				return i
			}

		case sValueSpaces:
			from := i
			for i < len(d) && (d[i] == ' ' || d[i] == '\t') {
				i++
			}
			if i == len(d) {
				p.cut(d, from, i)
				return i
			}
			switch c = d[i]; {
			case c == '\r':
				p.state = sValueEmptyLF
				i++
			case c != '\n':
				p.open(i)
				p.cur.value.start = p.at(i)
				p.state = sValue
				if !p.beginValue(c, i) {
					return i
				}
				if i = p.readValue(d, i); p.stop {
					return i
				}
			case p.lenient(LenientOptionalCRBeforeLF):
				p.state = sValueEmptyFold
				i++
			default:
				p.fail(errHeaderValueChar, i+1)
				return i
			}

		case sValue:
			if i = p.readValue(d, i); p.stop {
				return i
			}

		case sValueLF:
			if c != '\n' {
				p.fail(errHeaderValueLF, i)
				return i
			}
			p.state = sValueFold
			i++

		case sValueFold:
			if c == ' ' || c == '\t' {
				if i = p.foldValue(d, i); p.stop {
					return i
				}
				continue
			}
			p.addPair(d)
			p.state = sHeader

		case sValueEmptyLF:
			switch {
			case c == '\n':
				i++
			case !p.lenient(LenientHeaders):
				p.fail(errLFAfterCR, i)
				return i
			}
			p.state = sValueEmptyFold

		case sValueEmptyFold:
			if i = p.endEmptyValue(d, i, c); p.stop {
				return i
			}

		case sHeadersLF:
			switch {
			case c == '\n':
				i++
			case !p.lenient(LenientOptionalLFAfterCR):
				p.fail(errLFAfterHeaders, i)
				return i
			}
			return p.headersEnd(d, i)

		default:
			return i
		}
	}
	return i
}

// readName reads the rest of a header name and the colon.
func (p *Parser) readName(d []byte, i int) int {
	for {
		for i < len(d) && class[d[i]]&clToken != 0 {
			i++
			p.state = sName
		}
		if i == len(d) {
			return i
		}
		if d[i] == ':' {
			break
		}
		// A blank behind a name that the parser reads itself has an error of
		// its own, or is let through as a part of the name.
		if d[i] != ' ' || p.state == sName && nameKind(p.bytes(d, p.cur.name.start, i)) == vGeneral {
			p.fail(errHeaderToken, i)
			return i
		}
		if !p.lenient(LenientHeaders) {
			return p.abort(errHeaderFieldChar, i, i+1)
		}
		p.state = sNameSpaces
		i++
	}
	if p.flushDue(len(p.head.pairs)) {
		// The name of one more line than a batch holds is complete.
		p.flushed, p.opt.Flushed = len(p.head.pairs), true
		p.yielded, p.stop = true, true
		return i
	}
	if !p.close(i, i+1) {
		return i
	}
	p.cur.name.end = p.at(i)
	n := p.cur.name.end - p.cur.name.start
	blank := p.state == sNameSpaces
	p.state, p.vkind = sValueSpaces, vGeneral
	if blank || n < 32 && 1<<n&knownLengths != 0 {
		p.knownName(p.bytes(d, p.cur.name.start, i), i+1)
	}
	return i + 1
}

// readValue reads the rest of a value, up to the CR or LF behind it.
func (p *Parser) readValue(d []byte, i int) int {
	for i < len(d) {
		if p.vkind <= vConnRelaxed {
			i = scanText(d, i)
		} else if i = p.readKnownValue(d, i); p.stop {
			return i
		}
		if i == len(d) {
			return i
		}
		switch d[i] {
		case '\r':
			if !p.close(i, i+1) {
				return i
			}
			p.cur.value.end = p.at(i)
			i++
			if i+1 < len(d) && d[i] == '\n' && d[i+1] != ' ' && d[i+1] != '\t' {
				p.addPair(d)
				p.state = sHeader
				return i + 1
			}
			p.state = sValueLF
			return i
		case '\n':
			if !p.close(i, i) {
				return i
			}
			p.cur.value.end = p.at(i)
			if !p.lenient(LenientOptionalCRBeforeLF) && p.vkind != vRelaxed && p.vkind != vConnRelaxed {
				p.fail(errHeaderValueCR, i)
				return i
			}
			p.state = sValueFold
			return i + 1
		}
		if !p.lenient(LenientHeaders) {
			return p.abort(errHeaderValueChar, i, i)
		}
		if p.vkind < vConnToken && p.vkind != vConnRelaxed {
			p.vkind = vRelaxed
		} else {
			p.vkind = vConnRelaxed
		}
		i++
	}
	return i
}

// foldValue takes the blank at index i, behind a line end, for the beginning of
// a continuation of the value.
func (p *Parser) foldValue(d []byte, i int) int {
	if !p.lenient(LenientHeaders) {
		p.fail(errHeaderValueSpace, i)
		return i
	}
	switch k := p.vkind; {
	case k == vLengthDigits || k == vLengthSpaces:
		p.fail(errLengthTwice, i)
		return i
	case (k == vConnToken || k == vConnOther || k == vConnRelaxed) && !p.noFold:
		p.vkind, p.match = vConnToken, 0
	default:
		if k == vConnMatched {
			p.endKnownValue()
		}
		p.vkind = vGeneral
	}
	p.retract(d, p.cur.value.end, i)
	p.open(i)
	p.state = sValue
	return i
}

// endEmptyValue decides at c, which stands behind the line end of a value that
// is empty so far, whether it stays so.
func (p *Parser) endEmptyValue(d []byte, i int, c byte) int {
	if c == ' ' || c == '\t' {
		if !p.lenient(LenientHeaders) {
			p.fail(errHeaderValueChar, i+1)
			return i
		}
		p.retract(d, p.cur.name.end, i+1)
		p.state = sValueSpaces
		return i + 1
	}
	if p.vkind == vLengthDigits {
		p.fail(errLengthEmpty, i)
		return i
	}
	p.cur.value = span{p.cur.name.end, p.cur.name.end}
	p.head.pairs = append(p.head.pairs, p.cur)
	p.state = sHeader
	return i
}

// addPair appends the header line that has been read, without the blanks
// behind its value.
func (p *Parser) addPair(d []byte) {
	if p.vkind != vGeneral {
		p.endKnownValue()
	}
	v := &p.cur.value
	for v.end > v.start {
		var c byte
		if last := int(v.end) - 1; last < len(p.arena) {
			c = p.arena[last]
		} else {
			c = d[last-p.delta]
		}
		if c != ' ' && c != '\t' {
			break
		}
		v.end--
	}
	p.head.pairs = append(p.head.pairs, p.cur)
}
