package urlpattern

type state uint8

const (
	stateInit state = iota
	stateProtocol
	stateAuthority
	stateUsername
	statePassword
	stateHostname
	statePort
	statePathname
	stateSearch
	stateHash
	stateDone
)

// stringParser splits a pattern that is written as a URL into its parts
// (https://urlpattern.spec.whatwg.org/#constructor-string-parsing).
type stringParser struct {
	in       string
	tokens   []token
	compiler *compiler
	out      Init
	start    int // token that the part at hand begins with
	at       int // token at hand
	step     int // tokens to go on
	groups   int // open braces
	brackets int // open brackets of the host name
	special  bool
	state    state
}

// parseString reads a pattern that is written as a URL.
func (c *compiler) parseString(in string) (Init, bool) {
	tokens, _ := tokenize(in, false)
	p := &stringParser{in: in, tokens: tokens, compiler: c}
	for p.at < len(tokens) {
		p.step = 1
		if tokens[p.at].kind == tokenEnd {
			switch p.state {
			case stateInit:
				p.rewind(stateInit)
				switch {
				case p.isChar(0, "#"):
					p.change(stateHash, 1)
				case p.isSearch():
					p.change(stateSearch, 1)
				default:
					p.change(statePathname, 0)
				}
			case stateAuthority:
				p.rewind(stateHostname)
			default:
				p.change(stateDone, 0)
				p.at = len(tokens)
			}
			p.at += p.step
			continue
		}
		if p.grouped() {
			p.at += p.step
			continue
		}
		if !p.next() {
			return Init{}, false
		}
		p.at += p.step
	}
	if p.out.Hostname != nil && p.out.Port == nil {
		p.out.Port = text("")
	}
	return p.out, true
}

// grouped follows braces, and reports whether the token at hand is in some. As
// in Node, what follows an opening brace cannot open another one.
func (p *stringParser) grouped() bool {
	if p.tokens[p.at].kind == tokenOpen {
		p.groups++
		p.at++
	}
	if p.groups > 0 && p.safe(p.at).kind == tokenClose {
		p.groups--
		return false
	}
	return p.groups > 0
}

// next looks at the token at hand. It reports false if the protocol is no
// pattern.
func (p *stringParser) next() bool {
	switch p.state {
	case stateInit:
		if p.isChar(0, ":") {
			p.rewind(stateProtocol)
		}
	case stateProtocol:
		if p.isChar(0, ":") {
			return p.endProtocol()
		}
	case stateAuthority:
		if p.isChar(0, "@") {
			p.rewind(stateUsername)
		} else if p.isChar(0, "/") || p.isSearch() || p.isChar(0, "#") {
			p.rewind(stateHostname)
		}
	case stateUsername:
		if p.isChar(0, ":") {
			p.change(statePassword, 1)
		} else if p.isChar(0, "@") {
			p.change(stateHostname, 1)
		}
	case statePassword:
		if p.isChar(0, "@") {
			p.change(stateHostname, 1)
		}
	case stateHostname:
		switch {
		case p.isChar(0, "["):
			p.brackets++
		case p.isChar(0, "]"):
			p.brackets--
		case p.isChar(0, ":") && p.brackets == 0:
			p.change(statePort, 1)
		default:
			p.pathOrLater()
		}
	case statePort:
		p.pathOrLater()
	case statePathname:
		if p.isSearch() {
			p.change(stateSearch, 1)
		} else if p.isChar(0, "#") {
			p.change(stateHash, 1)
		}
	case stateSearch:
		if p.isChar(0, "#") {
			p.change(stateHash, 1)
		}
	}
	return true
}

func (p *stringParser) pathOrLater() {
	switch {
	case p.isChar(0, "/"):
		p.change(statePathname, 0)
	case p.isSearch():
		p.change(stateSearch, 1)
	case p.isChar(0, "#"):
		p.change(stateHash, 1)
	}
}

// endProtocol decides by the protocol what follows it.
func (p *stringParser) endProtocol() bool {
	c, ok := p.compiler.compile(p.part(), defaultOptions, canonicalProtocol)
	if !ok {
		return false
	}
	p.special = c.matchesSpecial()
	switch {
	case p.isChar(1, "/") && p.isChar(2, "/"):
		p.change(stateAuthority, 3)
	case p.special:
		p.change(stateAuthority, 1)
	default:
		p.change(statePathname, 1)
	}
	return true
}

// part returns the text of the part that ends before the token at hand.
func (p *stringParser) part() string {
	return p.in[p.safe(p.start).index:p.tokens[p.at].index]
}

func (p *stringParser) safe(i int) token {
	if i < len(p.tokens) {
		return p.tokens[i]
	}
	return p.tokens[len(p.tokens)-1]
}

// isChar reports whether the token ahead is a plain character.
func (p *stringParser) isChar(ahead int, value string) bool {
	t := p.safe(p.at + ahead)
	return t.value == value && (t.kind == tokenChar || t.kind == tokenEscapedChar || t.kind == tokenInvalid)
}

// isSearch reports whether the token at hand is the "?" before a query, and not
// a modifier.
func (p *stringParser) isSearch() bool {
	if p.isChar(0, "?") {
		return true
	}
	if p.safe(p.at).value != "?" {
		return false
	}
	if p.at == 0 {
		return true
	}
	switch p.safe(p.at - 1).kind {
	case tokenName, tokenRegexp, tokenClose, tokenAsterisk:
		return false
	}
	return true
}

// rewind goes back to the beginning of the part, which is of another kind.
func (p *stringParser) rewind(to state) {
	p.at, p.step, p.state = p.start, 0, to
}

// change ends the part at hand. Parts that were passed over are empty.
func (p *stringParser) change(to state, skip int) {
	if field := p.field(p.state); field != nil {
		*field = text(p.part())
	}
	if p.state != stateInit && to != stateDone {
		if p.state <= statePassword && to >= statePort && p.out.Hostname == nil {
			p.out.Hostname = text("")
		}
		if p.state <= statePort && to >= stateSearch && p.out.Pathname == nil {
			p.out.Pathname = text("")
			if p.special {
				p.out.Pathname = text("/")
			}
		}
		if p.state <= statePathname && to == stateHash && p.out.Search == nil {
			p.out.Search = text("")
		}
	}
	p.state = to
	p.at += skip
	p.start = p.at
	p.step = 0
}

// field returns the part that a state reads, nil for those that read none.
func (p *stringParser) field(s state) **string {
	switch s {
	case stateProtocol:
		return &p.out.Protocol
	case stateUsername:
		return &p.out.Username
	case statePassword:
		return &p.out.Password
	case stateHostname:
		return &p.out.Hostname
	case statePort:
		return &p.out.Port
	case statePathname:
		return &p.out.Pathname
	case stateSearch:
		return &p.out.Search
	case stateHash:
		return &p.out.Hash
	}
	return nil
}
