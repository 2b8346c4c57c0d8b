package parser

// readURL reads the spaces before the request target, and the target.
func (p *Parser) readURL(d []byte, i int) int {
	for i < len(d) {
		c := d[i]
		switch p.state {
		case sURLSpaces:
			if c == ' ' {
				from := i
				for i < len(d) && d[i] == ' ' {
					i++
				}
				if i == len(d) {
					p.cut(d, from, i)
				}
				continue
			}
			p.open(i)
			p.head.url.start = p.at(i)
			switch {
			case p.head.Method == CONNECT:
				p.state = sURLServer
				continue
			case c == '/' || c == '*':
				p.state = sURLPath
			case class[c]&clAlpha != 0:
				p.state = sURLSchema
			case urlForbids(c) || urlEnds(c):
				p.fail(errURLChars, i+1)
				return i
			default:
				p.fail(errURLStart, i)
				return i
			}
			i++

		case sURLSchema:
			switch {
			case class[c]&clAlpha != 0:
			case c == ':':
				p.state = sURLSchemaSlash1
			case urlForbids(c) || urlEnds(c):
				p.fail(errURLChars, i+1)
				return i
			default:
				p.fail(errURLSchema, i)
				return i
			}
			i++

		case sURLSchemaSlash1, sURLSchemaSlash2:
			switch {
			case c == '/' && p.state == sURLSchemaSlash1:
				p.state = sURLSchemaSlash2
			case c == '/':
				p.state = sURLServer
			case p.state == sURLSchemaSlash1 && (urlForbids(c) || urlEnds(c)):
				p.fail(errURLChars, i+1)
				return i
			default:
				p.fail(errURLSchema, i)
				return i
			}
			i++

		case sURLServer, sURLServerAt:
			switch {
			case urlEnds(c):
				return p.urlEnd(i, c)
			case c == '/':
				p.state = sURLPath
			case c == '?':
				p.state = sURLQuery
			case c == '@':
				if p.state == sURLServerAt {
					p.fail(errURLDoubleAt, i+1)
					return i
				}
				p.state = sURLServerAt
			case urlForbids(c):
				p.fail(errURLChars, i+1)
				return i
			case class[c]&clHost == 0:
				p.fail(errURLServer, i)
				return i
			default:
				p.state = sURLServer
			}
			i++

		case sURLPath, sURLQuery, sURLFragment:
			from := i
			i = scanURL(d, i)
			if i < len(d) && urlEnds(d[i]) {
				return p.urlEnd(i, d[i])
			}
			p.state = urlPart(p.state, d[from:i])
			if i == len(d) {
				return i
			}
			if urlForbids(d[i]) {
				p.fail(errURLChars, i+1)
				return i
			}
			p.fail(urlErrors[p.state-sURLPath], i)
			return i

		case sURLLF:
			if c != '\n' {
				p.fail(errURLCRLF, i)
				return i
			}
			p.state = sURLEnd
			i++

		case sURLEnd:
			if urlForbids(c) {
				p.fail(errURLChars, i+1)
				return i
			}
			p.head.Major, p.head.Minor = 0, 9
			p.state = sFirstHeader
			return i

		default:
			return i
		}
	}
	return i
}

// urlErrors are the errors of the last three parts of a URL.
var urlErrors = [...]errKind{errURLPath, errURLQuery, errURLFragment}

// urlForbids reports whether c has the error of its own that it has anywhere
// in a URL.
func urlForbids(c byte) bool { return c == '\t' || c == '\f' }

// urlEnds reports whether c ends a URL.
func urlEnds(c byte) bool { return c == ' ' || c == '\r' || c == '\n' }

// urlPart returns which part of the URL follows run, when run begins in part s.
func urlPart(s state, run []byte) state {
	for _, c := range run {
		switch {
		case s == sURLPath && c == '?':
			s = sURLQuery
		case c == '#':
			s = sURLFragment
		}
	}
	return s
}

// urlEnd ends the URL before index i, where c stands. A request line without a
// version is one of HTTP/0.9.
func (p *Parser) urlEnd(i int, c byte) int {
	if !p.close(i, i) {
		return i
	}
	p.head.url.end = p.at(i)
	switch c {
	case ' ':
		p.state, p.match = sProtocolSpaces, 0
	case '\r':
		p.state = sURLLF
	default:
		p.state = sURLEnd
	}
	return i + 1
}
