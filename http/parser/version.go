package parser

// readVersion reads the version and what follows it in the start line.
func (p *Parser) readVersion(d []byte, i int) int {
	for i < len(d) {
		c := d[i]
		digit := c >= '0' && c <= '9'
		switch p.state {
		case sMajor:
			if !digit {
				p.fail(errMajor, i)
				return i
			}
			p.head.Major, p.state = c-'0', sDot
		case sDot:
			if c != '.' {
				p.fail(errDot, i)
				return i
			}
			p.state = sMinor
		case sMinor:
			if !digit {
				p.fail(errMinor, i)
				return i
			}
			p.head.Minor = c - '0'
			switch v := p.head.Major*10 + p.head.Minor; {
			case v == 11 || v == 10 || v == 9 || v == 20 || p.lenient(LenientVersion):
			default:
				p.fail(errVersion, i+1)
				return i
			}
			switch {
			case p.opt.Kind == Response:
				p.state = sStatusSpace
			case p.head.Method == PRI:
				p.state, p.match = sPreface, 0
			default:
				p.state = sRequestCR
			}

		case sPreface:
			if c != preface[p.match] {
				p.fail(errPreface, i)
				return i
			}
			if p.match++; int(p.match) == len(preface) {
				p.fail(errPausedH2, i+1)
				return i
			}
		case sRequestCR:
			switch {
			case c == '\r':
				p.state = sRequestLF
			case c == '\n' && p.lenient(LenientOptionalCRBeforeLF):
				p.state = sRequestLF
			case c == '\n':
				p.fail(errVersionCRLF, i+1)
				return i
			default:
				p.fail(errVersionCRLF, i)
				return i
			}
		case sRequestLF:
			switch {
			case c == '\n':
				i++
			case !p.lenient(LenientOptionalLFAfterCR):
				p.fail(errVersionLF, i)
				return i
			}
			p.state = sFirstHeader
			return i

		case sStatusSpace:
			if c != ' ' {
				p.fail(errVersionSpace, i)
				return i
			}
			p.state, p.match = sStatusCode, 0
		case sStatusCode:
			if !digit {
				p.fail(errStatusCode, i)
				return i
			}
			p.head.Status = p.head.Status*10 + int(c-'0')
			if p.match++; p.match == 3 {
				p.state = sStatusCodeEnd
			}
		case sStatusCodeEnd:
			switch {
			case c == ' ':
				p.state = sStatusText
			case c == '\r':
				p.state = sStatusLF
			case c == '\n' && p.lenient(LenientOptionalCRBeforeLF):
				p.state = sFirstHeader
				return i + 1
			case c == '\n':
				p.fail(errStatusChar, i+1)
				return i
			default:
				p.fail(errStatusChar, i)
				return i
			}

		case sStatusText:
			i = p.readStatusText(d, i)
			if p.state != sStatusLF {
				return i
			}
			continue
		case sStatusLF:
			switch {
			case c == '\r' || c == '\n':
				i++
			case !p.lenient(LenientOptionalLFAfterCR):
				p.fail(errStatusLF, i)
				return i
			}
			p.state = sFirstHeader
			return i
		}
		i++
	}
	return i
}

// readStatusText reads any bytes up to the end of the line.
func (p *Parser) readStatusText(d []byte, i int) int {
	if !p.inSpan && d[i] != '\r' && d[i] != '\n' {
		p.open(i)
		p.head.reason.start = p.at(i)
	}
	for i < len(d) && d[i] != '\r' && d[i] != '\n' {
		i++
	}
	if i == len(d) {
		return i
	}
	if p.inSpan {
		if !p.close(i, i+1) {
			return i
		}
		p.head.reason.end = p.at(i)
	}
	switch {
	case d[i] == '\r':
		p.state = sStatusLF
	case p.lenient(LenientOptionalCRBeforeLF):
		p.state = sFirstHeader
	default:
		p.fail(errStatusCR, i+1)
		return i
	}
	return i + 1
}

// preface is what HTTP/2's connection preface has behind its version (RFC 9113,
// section 3.4).
const preface = "\r\n\r\nSM\r\n\r\n"
