package typestrip

// Import and export declarations.

func (p *parser) importDeclaration(start, before int) bool {
	p.next()
	if p.tok.kind == kindString {
		p.from()
		return false
	}
	typed := false
	if p.is("type") {
		n := p.peek()
		switch {
		case n.is("{") || n.is("*"):
			typed = true
		case n.is("from"):
			// import type from "x" names it type; import type from from "x".
			typed = p.try(func() bool { p.next(); p.next(); return p.is("from") || p.is("=") })
			if typed {
				p.next()
				return p.typedImport(start, before)
			}
		case n.kind == kindWord:
			typed = true
		}
	}
	if typed {
		p.next()
		return p.typedImport(start, before)
	}
	if (p.is("defer") || p.is("source")) && p.peek().kind == kindWord && !p.peek().is("from") || p.is("defer") && p.peek().is("*") {
		p.next()
	}
	if p.isWord() {
		p.next()
		if p.is("=") {
			p.importEquals()
			p.unsupported(start, messageImport)
		}
		p.accept(",")
	}
	if p.accept("*") {
		p.expect("as")
		p.next()
	} else if p.is("{") {
		p.specifiers()
	}
	p.expect("from")
	p.from()
	return false
}

// typedImport is what follows import type, or import type from.
func (p *parser) typedImport(start, before int) bool {
	if p.isWord() && !p.is("from") {
		p.next()
	}
	switch {
	case p.is("="):
		p.importEquals()
		p.eraseStatement(start, before)
		return true
	case p.accept("*"):
		p.expect("as")
		p.next()
	case p.is("{"):
		p.skipBrackets()
	case p.accept(","):
		p.skipBrackets()
	}
	p.expect("from")
	p.from()
	p.eraseStatement(start, before)
	return true
}

func (p *parser) importEquals() {
	p.expect("=")
	p.expression()
	p.semicolon()
}

// from is the specifier, the attributes and the end of a declaration.
func (p *parser) from() {
	if p.tok.kind != kindString {
		p.unexpected("a string literal")
	}
	p.next()
	if (p.is("with") || p.is("assert") && !p.tok.newline) && p.peek().is("{") {
		p.next()
		p.skipBrackets()
	}
	p.semicolon()
}

// specifiers is the list in braces, without those that are types.
func (p *parser) specifiers() {
	p.expect("{")
	for !p.is("}") {
		start := p.tok.start
		typed := p.is("type") && p.typeSpecifier()
		if typed {
			p.next()
		}
		p.next()
		if p.accept("as") {
			p.next()
		}
		end := p.prevEnd
		comma := p.is(",")
		if comma {
			end = p.tok.end
			p.next()
		}
		if typed {
			p.erase(start, end)
		}
		if !comma {
			break
		}
	}
	p.expect("}")
}

// typeSpecifier says whether the word type at the current place marks a name as
// a type and is not the name itself.
func (p *parser) typeSpecifier() bool {
	s := p.save()
	defer p.restore(s)
	p.next()
	switch {
	case p.is(",") || p.is("}"):
		return false
	case !p.is("as"):
		return true
	}
	p.next()
	switch {
	case p.is(",") || p.is("}"):
		return true // type as
	case !p.is("as"):
		return false // type as x
	}
	p.next()
	return !p.is(",") && !p.is("}") // type as as x; type as as
}

func (p *parser) exportDeclaration(start, before int) bool {
	p.next()
	switch n := p.peek(); {
	case p.is("="):
		p.next()
		p.expression()
		p.semicolon()
		p.unsupported(start, messageExport)
	case p.is("as") && n.is("namespace"):
		p.next()
		p.next()
		p.next()
		p.semicolon()
		return false
	case p.is("type") && (n.is("{") || n.is("*")):
		p.next()
		if p.accept("*") {
			if p.accept("as") {
				p.next()
			}
		} else {
			p.skipBrackets()
		}
		if p.accept("from") {
			p.from()
		} else {
			p.semicolon()
		}
		p.eraseStatement(start, before)
		return true
	case p.is("*"):
		p.next()
		if p.accept("as") {
			p.next()
		}
		p.expect("from")
		p.from()
		return false
	case p.is("{"):
		p.specifiers()
		if p.accept("from") {
			p.from()
		} else {
			p.semicolon()
		}
		return false
	case p.is("default"):
		return p.exportDefault(start, before)
	case p.is("import"):
		p.next()
		if p.is("type") && p.peek().kind == kindWord {
			p.next()
			p.next()
			p.importEquals()
			p.eraseStatement(start, before)
			return true
		}
		p.next()
		p.importEquals()
		p.unsupported(start, messageImport)
	}
	inner := p.tok.start
	if p.statement() {
		delete(p.patch, inner)
		p.eraseStatement(start, before)
		return true
	}
	return false
}

func (p *parser) exportDefault(start, before int) bool {
	p.next()
	n := p.peek()
	switch {
	case p.is("interface") && n.kind == kindWord && !n.newline:
		p.next()
		p.interfaceRest()
		p.eraseStatement(start, before)
		return true
	case p.is("abstract") && n.is("class") && !n.newline:
		p.eraseToken()
		p.class()
		return false
	case p.is("@"):
		p.decorators()
		p.class()
		return false
	case p.is("class"):
		p.class()
		return false
	case p.is("function"), p.is("async") && n.is("function") && !n.newline:
		p.accept("async")
		p.next()
		return p.functionStatement(start, before)
	}
	p.assignment()
	p.semicolon()
	return false
}
