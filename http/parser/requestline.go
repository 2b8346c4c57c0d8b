package parser

import "math/bits"

// readStart skips the empty lines before a message, or what may stand behind
// the last one.
func (p *Parser) readStart(d []byte, i int) int {
	if p.state == sDrop {
		return len(d)
	}
	for ; i < len(d); i++ {
		switch c := d[i]; {
		case c == '\r' || c == '\n':
		case p.state == sStart:
			p.start(i)
			return i
		case p.lenient(LenientDataAfterClose):
			p.state = sDrop
			return len(d)
		default:
			p.fail(errClosed, i+1)
			return i
		}
	}
	return i
}

// start begins a message at index i.
func (p *Parser) start(i int) {
	p.begin(i)
	p.flags, p.finish, p.match = p.flags&fTakeover, finishUnsafe, 0
	p.remaining = 0
	h := &p.head
	*h = Head{Fields: Fields{pairs: h.pairs}, Kind: p.opt.Kind}
	if p.opt.Kind == Request {
		p.state, p.methods = sMethod, 1<<len(AllMethods)-1
	} else {
		p.state = sProtocol
	}
	p.calling = errCallbackBody
	p.handler.OnMessageBegin()
	if p.freed {
		p.stop = true
	}
}

// commonMethod recognises the methods that nearly all requests have, together
// with the space behind them, and returns the index of that space.
func commonMethod(d []byte, i int) (Method, int) {
	if i+5 <= len(d) {
		switch string(d[i : i+4]) {
		case "GET ":
			return GET, i + 3
		case "PUT ":
			return PUT, i + 3
		case "POST":
			if d[i+4] == ' ' {
				return POST, i + 4
			}
		case "HEAD":
			if d[i+4] == ' ' {
				return HEAD, i + 4
			}
		}
	}
	return 0, 0
}

// readMethod narrows the set of possible methods byte by byte.
func (p *Parser) readMethod(d []byte, i int) int {
	if p.match == 0 {
		if m, j := commonMethod(d, i); j > 0 {
			p.head.Method, p.state = m, sURLSpaces
			return j + 1
		}
	}
	for ; i < len(d); i++ {
		var next uint64
		whole, found := Method(0), false
		for set := p.methods; set != 0; set &= set - 1 {
			m := Method(bits.TrailingZeros64(set))
			name := AllMethods[m]
			switch {
			case len(name) == int(p.match):
				whole, found = m, true
			case name[p.match] == d[i]:
				next |= 1 << m
			}
		}
		switch {
		case next != 0:
			p.methods = next
			p.match++
		case !found:
			p.fail(errMethod, i)
			return i
		case d[i] != ' ':
			p.fail(errMethodSpace, i)
			return i
		default:
			p.head.Method, p.state = whole, sURLSpaces
			return i + 1
		}
	}
	return i
}

// readRequestLine reads up to and including the slash of "HTTP/".
func (p *Parser) readRequestLine(d []byte, i int) int {
	if p.state == sMethod {
		if i = p.readMethod(d, i); p.state != sURLSpaces {
			return i
		}
	}
	if p.state < sProtocolSpaces {
		if i = p.readURL(d, i); p.state < sProtocolSpaces || p.state > sProtocol {
			return i
		}
	}
	if p.state == sProtocolSpaces {
		from := i
		for i < len(d) && d[i] == ' ' {
			i++
			p.match = 1
		}
		if i == len(d) {
			p.cut(d, from, i)
			return i
		}
		if p.match == 0 && urlForbids(d[i]) {
			p.fail(errURLChars, i+1)
			return i
		}
		if m := p.head.Method; i+10 <= len(d) && string(d[i:i+10]) == "HTTP/1.1\r\n" && m < PRI {
			p.head.Major, p.head.Minor, p.state = 1, 1, sFirstHeader
			return i + 10
		}
		p.state, p.match = sProtocol, 0
	}
	return p.readProtocol(d, i)
}

// readProtocol reads "HTTP/", "RTSP/" or "ICE/".
func (p *Parser) readProtocol(d []byte, i int) int {
	if p.match == 0 {
		if p.opt.Kind == Response && i+9 <= len(d) && string(d[i:i+9]) == "HTTP/1.1 " {
			p.head.Major, p.head.Minor, p.state = 1, 1, sStatusCode
			return i + 9
		}
		switch d[i] {
		case 'H':
			p.word = "HTTP"
		case 'R':
			p.word = "RTSP"
		case 'I':
			p.word = "ICE"
		default:
			p.fail(errExpectedHTTP, i)
			return i
		}
	}
	for ; i < len(d); i++ {
		switch n := int(p.match); {
		case n == len(p.word) && d[i] == '/':
			p.state = sMajor
			return i + 1
		case n == len(p.word) || d[i] != p.word[n]:
			p.fail(errExpectedHTTP, i)
			return i
		}
		if p.match++; int(p.match) < len(p.word) || p.opt.Kind == Response {
			continue
		}
		switch m := p.head.Method; {
		case p.word[0] == 'H' && !m.http():
			p.fail(errMethodHTTP, i+1)
			return i
		case p.word[0] == 'R' && !m.rtsp():
			p.fail(errMethodRTSP, i+1)
			return i
		case p.word[0] == 'I' && m != SOURCE:
			p.fail(errMethodICE, i+1)
			return i
		}
	}
	return i
}
