package parser

// readPlainLines reads those of the header lines at index i that are whole and
// of the usual form, and returns the index of the first other one, which
// readHeaders reads step by step. It accepts nothing that readHeaders refuses
// or reads otherwise.
func (p *Parser) readPlainLines(d []byte, i int) int {
	pairs, nread := p.head.pairs, p.nread
	for i < len(d) && !p.flushDue(len(pairs)) {
		j := i
		for j < len(d) && class[d[j]]&clToken != 0 {
			j++
		}
		n := j - i
		if n == 0 || j+1 >= len(d) || d[j] != ':' {
			break
		}
		v := j + 1
		if d[v] == ' ' {
			v++
		}
		end := scanText(d, v)
		if end+2 >= len(d) || end == v || d[end] != '\r' || d[end+1] != '\n' || isBlank(d[end+2]) ||
			isBlank(d[v]) || isBlank(d[end-1]) || nread+n+end-v >= p.opt.MaxHeaderSize ||
			n < 32 && 1<<n&knownLengths != 0 && !p.plainValue(d[i:j], d[v:end]) {
			break
		}
		nread += n + end - v
		pairs = append(pairs, pair{span{p.at(i), p.at(j)}, span{p.at(v), p.at(end)}})
		i = end + 2
	}
	p.head.pairs, p.nread = pairs, nread
	return i
}

// plainValue takes note of a header that the parser knows, if its value is of
// the usual form.
func (p *Parser) plainValue(name, value []byte) bool {
	switch len(name) {
	case 4:
		if equalFold(name, "host") {
			p.flags |= fHost
		}
		return true
	case 6:
		if equalFold(name, "expect") {
			p.flags |= fExpect
		}
		return true
	}
	switch nameKind(name) {
	case vGeneral:
	case vUpgrade:
		p.flags |= fUpgrade
	case vConnToken:
		switch {
		case equalFold(value, tokKeepAlive):
			p.flags |= fKeepAlive
		case equalFold(value, tokClose):
			p.flags |= fClose
		case equalFold(value, tokUpgrade):
			p.flags |= fConnUpgrade
		default:
			return false
		}
	case vLengthDigits:
		if p.flags&(fLength|fTransferEncoding) != 0 || len(value) > 18 || p.carry > 0 {
			return false
		}
		var n uint64
		for _, c := range value {
			if c < '0' || c > '9' {
				return false
			}
			n = n*10 + uint64(c-'0')
		}
		p.head.ContentLength = n
		p.flags |= fLength
	case vTEToken:
		if p.flags&(fLength|fTransferEncoding) != 0 || !equalFold(value, tokChunked) {
			return false
		}
		p.flags |= fTransferEncoding | fChunked
	}
	return true
}

// isBlank reports whether c is a space or a tab.
func isBlank(c byte) bool { return c == ' ' || c == '\t' }
