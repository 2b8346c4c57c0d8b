package typestrip

import "strings"

// parser walks the grammar and notes what is to be erased.
type parser struct {
	scanner
	tok     token
	prevEnd int // where the token before tok ends

	blanks []span
	patch  map[int]byte // characters that take the place of others

	notArrow map[int]bool // places where no arrow function begins
	inClass  bool         // among the members of a class
	method   string       // the name of the class member whose parameters follow
	noIn     bool         // in the head of a for
	inTrue   bool         // between ? and :
	asEnd    int          // where the last erased as or satisfies ends
	asStart  int          // and where it begins
}

func (p *parser) next() {
	p.prevEnd = p.tok.end
	p.tok = p.scan()
}

// state is what a speculation starts from again.
type state struct {
	pos, prevEnd, blanks int
	tok                  token
	noIn, inTrue         bool
	asStart, asEnd       int
	patch                map[int]byte
}

func (p *parser) save() state {
	return state{p.pos, p.prevEnd, len(p.blanks), p.tok, p.noIn, p.inTrue, p.asStart, p.asEnd, p.patch}
}

func (p *parser) restore(s state) {
	p.pos, p.prevEnd, p.blanks, p.tok = s.pos, s.prevEnd, p.blanks[:s.blanks], s.tok
	p.noIn, p.inTrue, p.asStart, p.asEnd, p.patch = s.noIn, s.inTrue, s.asStart, s.asEnd, s.patch
}

// try runs f and goes back to where it began if that fails or returns false.
func (p *parser) try(f func() bool) (ok bool) {
	s := p.save()
	p.patch = make(map[int]byte, len(s.patch))
	for k, v := range s.patch {
		p.patch[k] = v
	}
	defer func() {
		if x := recover(); x != nil {
			e, isError := x.(*Error)
			if !isError || e.Kind == Unsupported {
				panic(x)
			}
			ok = false
		}
		if !ok {
			p.restore(s)
		}
	}()
	return f()
}

// peek returns the token after the current one.
func (p *parser) peek() token {
	pos := p.pos
	defer func() { p.pos = pos }()
	var t token
	func() {
		defer func() {
			if x := recover(); x != nil {
				t = token{kind: kindEOF}
			}
		}()
		t = p.scan()
	}()
	return t
}

func (p *parser) is(text string) bool {
	return p.tok.text == text && (p.tok.kind == kindPunct || p.tok.kind == kindWord)
}

func (t token) is(text string) bool {
	return t.text == text && (t.kind == kindPunct || t.kind == kindWord)
}

func (p *parser) accept(text string) bool {
	if !p.is(text) {
		return false
	}
	p.next()
	return true
}

func (p *parser) expect(text string) {
	if !p.accept(text) {
		p.unexpected("'" + text + "'")
	}
}

func (p *parser) unexpected(expected string) {
	text := p.tok.text
	if p.tok.kind == kindEOF {
		text = "<eof>"
	}
	message := "Expected " + expected + ", got '" + text + "'"
	if expected == "" {
		message = "Expression expected"
	}
	panic(&Error{Kind: Invalid, Message: message, Start: p.tok.start, End: max(p.tok.end, p.tok.start)})
}

func (p *parser) unsupported(start int, message string) {
	panic(&Error{Kind: Unsupported, Message: message, Start: start, End: p.prevEnd})
}

// erase blanks a range.
func (p *parser) erase(start, end int) { p.blanks = append(p.blanks, span{start, end}) }

// eraseToken blanks the current token and goes on.
func (p *parser) eraseToken() {
	p.erase(p.tok.start, p.tok.end)
	p.next()
}

// hasNewline reports whether a line ends in a range.
func (p *parser) hasNewline(start, end int) bool {
	return strings.ContainsAny(p.src[start:end], "\n\r")
}

// continues reports whether the current token would go on with an expression
// that was to end before it.
func (p *parser) continues() bool {
	switch p.tok.text {
	case "(", "[", "`", "+", "-", "*", "/", ",", ".", "?.", "&", "|", "<", "%", "^", "?", "in", "instanceof", "**", "++", "--":
		return p.tok.kind != kindString
	}
	return p.tok.kind == kindTemplate
}

// semicolon ends a statement. Where a line's end did that and what stood before
// it is erased, a semicolon is put there if the next line would go on.
func (p *parser) semicolon() {
	if p.accept(";") || p.is("}") || p.tok.kind == kindEOF {
		return
	}
	if !p.tok.newline {
		panic(&Error{Kind: Invalid, Message: "Expected a semicolon", Start: p.tok.start, End: p.tok.end})
	}
	if p.asEnd == p.prevEnd && p.asEnd > 0 && p.continues() {
		p.patch[p.asStart] = ';'
	}
}

// eraseStatement blanks a whole statement. A semicolon takes its place if the
// one before it has none and the one after it would go on with it.
func (p *parser) eraseStatement(start, before int) {
	p.erase(start, p.prevEnd)
	if p.continues() {
		for before > 0 && strings.IndexByte(" \t\r\n", p.src[before-1]) >= 0 {
			before--
		}
		if before > 0 && p.src[before-1] != ';' && (p.src[before-1] != '{' || !p.inClass) {
			p.patch[start] = ';'
		}
	}
}

func (p *parser) isWord() bool { return p.tok.kind == kindWord }
