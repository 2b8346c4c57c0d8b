package typestrip

// Types. Nothing in them is kept, so that only their ends matter.

// annotation erases ": T", if there is one.
func (p *parser) annotation() bool {
	if !p.is(":") {
		return false
	}
	start := p.tok.start
	p.next()
	p.returnType()
	p.erase(start, p.prevEnd)
	return true
}

// returnType is a type, or "x is T", "asserts x", "asserts x is T".
func (p *parser) returnType() {
	if p.is("asserts") {
		if n := p.peek(); n.kind == kindWord && !n.newline && !n.is("is") && !n.is("extends") {
			p.next()
			p.next()
			if p.is("is") && !p.tok.newline {
				p.next()
				p.typ()
			}
			return
		}
	}
	if p.isWord() {
		if n := p.peek(); n.is("is") && !n.newline {
			p.next()
			p.next()
			p.typ()
			return
		}
	}
	p.typ()
}

// typ is a type.
func (p *parser) typ() { p.typeWith(false) }

// typeWith is a type; noExtends says that "extends" is not its own, as behind
// infer in the head of a conditional type.
func (p *parser) typeWith(noExtends bool) {
	if p.functionType() {
		return
	}
	p.union(noExtends)
	if noExtends || !p.is("extends") || p.tok.newline {
		return
	}
	p.next()
	p.typeWith(true)
	p.expect("?")
	p.typ()
	p.expect(":")
	p.typ()
}

// functionType is <T>(x) => R, new (x) => R, abstract new (x) => R.
func (p *parser) functionType() bool {
	if p.is("abstract") && p.peek().is("new") {
		p.next()
	}
	if p.is("new") {
		p.next()
		p.functionRest()
		return true
	}
	if p.is("<") {
		p.functionRest()
		return true
	}
	if !p.is("(") {
		return false
	}
	return p.try(func() bool {
		p.skipBrackets()
		if !p.is("=>") {
			return false
		}
		p.next()
		p.returnType()
		return true
	})
}

func (p *parser) functionRest() {
	if p.is("<") {
		p.typeParameters()
	}
	if !p.is("(") {
		p.unexpected("'('")
	}
	p.skipBrackets()
	p.expect("=>")
	p.returnType()
}

// skipBrackets skips a bracket and all up to the one that closes it.
func (p *parser) skipBrackets() {
	depth := 0
	for {
		switch {
		case p.tok.kind == kindEOF:
			p.unexpected("a closing bracket")
		case p.tok.kind == kindTemplate:
			p.template(p.typ)
			continue
		case p.is("(") || p.is("[") || p.is("{"):
			depth++
		case p.is(")") || p.is("]") || p.is("}"):
			depth--
		}
		p.next()
		if depth == 0 {
			return
		}
	}
}

func (p *parser) union(noExtends bool) {
	if p.is("|") || p.is("&") {
		p.next()
	}
	for {
		if !p.functionType() {
			p.operator(noExtends)
		}
		if !p.is("|") && !p.is("&") {
			return
		}
		p.next()
	}
}

func (p *parser) operator(noExtends bool) {
	switch p.tok.text {
	case "keyof", "unique", "readonly":
		if n := p.peek(); p.isWord() && !n.newline && (n.kind == kindWord && !n.is("extends") && !n.is("is") && !n.is("as") || n.is("(") || n.is("[") || n.is("{") || n.kind == kindString || n.kind == kindTemplate) {
			p.next()
			p.operator(noExtends)
			return
		}
	case "infer":
		if n := p.peek(); n.kind == kindWord && !n.is("extends") {
			p.next()
			p.next()
			if p.is("extends") {
				// A constraint, unless the ? of a conditional type follows.
				p.try(func() bool {
					p.next()
					p.typeWith(true)
					return noExtends || !p.is("?")
				})
			}
			p.arrays()
			return
		}
	}
	p.primaryType()
	p.arrays()
}

// arrays are [] and [K] behind a type.
func (p *parser) arrays() {
	for p.is("[") && !p.tok.newline {
		p.skipBrackets()
	}
}

func (p *parser) primaryType() {
	switch {
	case p.is("(") || p.is("[") || p.is("{"):
		p.skipBrackets()
	case p.is("-"):
		p.next()
		if p.tok.kind != kindNumber {
			p.unexpected("a number")
		}
		p.next()
	case p.tok.kind == kindNumber || p.tok.kind == kindString:
		p.next()
	case p.tok.kind == kindTemplate:
		p.template(p.typ)
	case p.is("typeof"):
		p.next()
		p.primaryType()
	case p.is("import"):
		p.next()
		if !p.is("(") {
			p.unexpected("'('")
		}
		p.skipBrackets()
		p.typeReference()
	case p.isWord():
		p.next()
		p.typeReference()
	default:
		p.unexpected("a type")
	}
}

// typeReference is what follows the first name of one.
func (p *parser) typeReference() {
	for p.is(".") {
		p.next()
		p.next()
	}
	if (p.is("<") || p.is("<<")) && !p.tok.newline {
		p.typeArguments()
	}
}

// open takes a < that may be the first half of another operator.
func (p *parser) open() {
	if p.tok.kind == kindPunct && len(p.tok.text) > 1 && p.tok.text[0] == '<' {
		p.pos = p.tok.start + 1
		p.tok.end = p.pos
	}
	p.next()
}

// closeAngle takes a > that may be the first half of another operator.
func (p *parser) closeAngle() {
	if p.tok.kind != kindPunct || p.tok.text[0] != '>' {
		p.unexpected("'>'")
	}
	if len(p.tok.text) > 1 {
		p.pos = p.tok.start + 1
		p.tok.end = p.pos
	}
	p.next()
}

func (p *parser) atClose() bool { return p.tok.kind == kindPunct && p.tok.text[0] == '>' }

// typeArguments is <A, B>.
func (p *parser) typeArguments() {
	p.open()
	for !p.atClose() {
		p.typ()
		if !p.accept(",") {
			break
		}
	}
	p.closeAngle()
}

// typeParameters is <const T extends A = B, in out U>.
func (p *parser) typeParameters() {
	p.open()
	for !p.atClose() {
		for (p.is("const") || p.is("in") || p.is("out")) && p.peek().kind == kindWord && !p.peek().is("extends") {
			p.next()
		}
		if !p.isWord() {
			p.unexpected("an identifier")
		}
		p.next()
		if p.accept("extends") {
			p.typ()
		}
		if p.accept("=") {
			p.typ()
		}
		if !p.accept(",") {
			break
		}
	}
	p.closeAngle()
}

// eraseTypeParameters erases <T>, if that is there.
func (p *parser) eraseTypeParameters() {
	if !p.is("<") {
		return
	}
	start := p.tok.start
	p.typeParameters()
	p.erase(start, p.prevEnd)
}
