package typestrip

const (
	messageEnum      = "TypeScript enum is not supported in strip-only mode"
	messageNamespace = "TypeScript namespace declaration is not supported in strip-only mode"
	messageModule    = "`module` keyword is not supported. Use `namespace` instead."
	messageImport    = "TypeScript import equals declaration is not supported in strip-only mode"
	messageExport    = "TypeScript export assignment is not supported in strip-only mode"
)

func (p *parser) block() {
	inClass := p.inClass
	p.inClass = false
	defer func() { p.inClass = inClass }()
	p.expect("{")
	for !p.is("}") {
		if p.tok.kind == kindEOF {
			p.unexpected("'}'")
		}
		p.statement()
	}
	p.expect("}")
}

// statement is one statement; it reports whether all of it was erased.
func (p *parser) statement() (erased bool) {
	start, before := p.tok.start, p.prevEnd
	if p.isWord() && p.typeOnly() {
		p.eraseStatement(start, before)
		return true
	}
	if p.tok.kind == kindPunct {
		switch p.tok.text {
		case "{":
			p.block()
			return false
		case ";":
			p.next()
			return false
		case "@":
			p.decorators()
			return p.statement()
		}
	}
	if p.isWord() {
		if done, gone := p.keyword(start, before); done {
			return gone
		}
	}
	p.expression()
	p.semicolon()
	return false
}

// keyword is a statement that begins with a word of its own; done says that it
// was one.
func (p *parser) keyword(start, before int) (done, erased bool) {
	n := p.peek()
	switch p.tok.text {
	case "var":
		p.next()
		p.declarations()
		p.semicolon()
	case "let":
		if n.kind != kindWord && !n.is("[") && !n.is("{") || n.is("in") || n.is("instanceof") {
			return false, false
		}
		p.next()
		p.declarations()
		p.semicolon()
	case "const":
		p.next()
		if p.is("enum") {
			p.next()
			p.enum(start)
		}
		p.declarations()
		p.semicolon()
	case "using":
		if n.kind != kindWord || n.newline || n.is("of") || n.is("in") || n.is("instanceof") || n.is("as") {
			return false, false
		}
		p.next()
		p.declarations()
		p.semicolon()
	case "await":
		if !n.is("using") || !p.try(func() bool {
			p.next()
			p.next()
			return p.isWord() && !p.tok.newline && !p.is("in") && !p.is("instanceof")
		}) {
			return false, false
		}
		p.declarations()
		p.semicolon()
	case "function":
		p.next()
		return true, p.functionStatement(start, before)
	case "async":
		if !n.is("function") || n.newline {
			return false, false
		}
		p.next()
		p.next()
		return true, p.functionStatement(start, before)
	case "class":
		p.class()
	case "abstract":
		if !n.is("class") || n.newline {
			return false, false
		}
		p.eraseToken()
		p.class()
	case "enum":
		if n.kind != kindWord {
			return false, false
		}
		p.next()
		p.enum(start)
	case "namespace", "module":
		if n.newline || n.kind != kindWord && n.kind != kindString || n.is("in") || n.is("instanceof") || n.is("as") || n.is("satisfies") || n.is("of") {
			return false, false
		}
		return true, p.namespace(start, before)
	case "if":
		p.next()
		p.head()
		p.statement()
		if p.accept("else") {
			p.statement()
		}
	case "for":
		p.next()
		p.accept("await")
		p.forHead()
		p.statement()
	case "while", "with":
		p.next()
		p.head()
		p.statement()
	case "do":
		p.next()
		p.statement()
		p.expect("while")
		p.head()
		p.accept(";")
	case "switch":
		p.next()
		p.head()
		p.switchBody()
	case "try":
		p.next()
		p.block()
		if p.accept("catch") {
			if p.accept("(") {
				p.bindingTarget()
				p.annotation()
				p.expect(")")
			}
			p.block()
		}
		if p.accept("finally") {
			p.block()
		}
	case "return", "throw":
		p.next()
		if !p.is(";") && !p.is("}") && !p.tok.newline && p.tok.kind != kindEOF {
			p.expression()
		}
		p.semicolon()
	case "break", "continue":
		p.next()
		if p.isWord() && !p.tok.newline {
			p.next()
		}
		p.semicolon()
	case "debugger":
		p.next()
		p.semicolon()
	case "import":
		if n.is("(") || n.is(".") {
			return false, false
		}
		return true, p.importDeclaration(start, before)
	case "export":
		return true, p.exportDeclaration(start, before)
	default:
		if n.is(":") {
			p.next()
			p.next()
			p.statement()
			return true, false
		}
		return false, false
	}
	return true, false
}

func (p *parser) head() {
	p.expect("(")
	p.inside(p.expression)
	p.expect(")")
}

func (p *parser) forHead() {
	p.expect("(")
	noIn, inTrue := p.noIn, p.inTrue
	p.noIn, p.inTrue = true, false
	n := p.peek()
	switch {
	case p.is(";"):
	case p.is("var"), p.is("const"),
		(p.is("let") || p.is("using")) && (n.kind == kindWord && !n.is("in") && (!n.is("of") || p.is("let")) || n.is("[") || n.is("{")):
		p.next()
		p.declarations()
	case p.is("await") && n.is("using"):
		p.next()
		p.next()
		p.declarations()
	default:
		p.expression()
	}
	p.noIn, p.inTrue = false, false
	if p.accept("of") {
		p.assignment()
	} else if p.accept("in") {
		p.expression()
	} else {
		p.expect(";")
		if !p.is(";") {
			p.expression()
		}
		p.expect(";")
		if !p.is(")") {
			p.expression()
		}
	}
	p.noIn, p.inTrue = noIn, inTrue
	p.expect(")")
}

func (p *parser) switchBody() {
	p.expect("{")
	for !p.is("}") {
		switch {
		case p.accept("case"):
			p.inside(p.expression)
			p.expect(":")
		case p.accept("default"):
			p.expect(":")
		default:
			p.statement()
		}
	}
	p.expect("}")
}

// declarations are those of var, let, const and using.
func (p *parser) declarations() {
	for {
		p.bindingTarget()
		if p.is("!") && !p.tok.newline {
			p.eraseToken()
		}
		p.annotation()
		if p.accept("=") {
			p.assignment()
		}
		if !p.accept(",") {
			return
		}
	}
}

// functionStatement is what follows the word function; an overload, which has no
// body, is erased.
func (p *parser) functionStatement(start, before int) bool {
	if p.functionTail() {
		return false
	}
	if !p.accept(";") && !p.is("}") && p.tok.kind != kindEOF && !p.tok.newline {
		p.unexpected("'{'")
	}
	p.eraseStatement(start, before)
	return true
}

func (p *parser) enum(start int) {
	p.next()
	p.skipBrackets()
	p.unsupported(start, messageEnum)
}

// namespace is one that is not declared only: it goes if all in it does.
func (p *parser) namespace(start, before int) bool {
	if p.is("module") {
		p.next()
		p.qualifiedName()
		if p.is("{") {
			p.skipBrackets()
		}
		p.unsupported(start, messageModule)
	}
	p.next()
	p.qualifiedName()
	if !p.is("{") {
		p.unexpected("'{'")
	}
	s := p.save()
	p.next()
	all := true
	for !p.is("}") && p.tok.kind != kindEOF {
		all = p.statement() && all
	}
	if !all {
		p.restore(s)
		p.skipBrackets()
		p.unsupported(start, messageNamespace)
	}
	p.expect("}")
	p.eraseStatement(start, before)
	return true
}

func (p *parser) qualifiedName() {
	p.next()
	for p.accept(".") {
		p.next()
	}
}

// typeOnly is a declaration of types, or one with declare in front.
func (p *parser) typeOnly() bool {
	n := p.peek()
	if n.newline || n.kind != kindWord || n.is("in") || n.is("instanceof") {
		return false
	}
	switch p.tok.text {
	case "type":
		return p.try(func() bool {
			p.next()
			p.next()
			if p.is("<") {
				p.typeParameters()
			}
			if !p.accept("=") {
				return false
			}
			p.typ()
			p.semicolon()
			return true
		})
	case "interface":
		p.next()
		p.interfaceRest()
		return true
	case "declare":
		switch n.text {
		case "var", "let", "const", "function", "class", "abstract", "enum", "namespace", "module", "global", "interface", "type", "async", "using", "await", "import":
			p.next()
			p.ambient()
			return true
		}
	}
	return false
}

func (p *parser) interfaceRest() {
	p.next()
	if p.is("<") {
		p.typeParameters()
	}
	if p.accept("extends") {
		p.typ()
		for p.accept(",") {
			p.typ()
		}
	}
	if !p.is("{") {
		p.unexpected("'{'")
	}
	p.skipBrackets()
}

// ambient is what follows declare.
func (p *parser) ambient() {
	start := p.tok.start
	switch p.tok.text {
	case "function", "async":
		p.accept("async")
		p.next()
		p.functionTail()
		p.semicolon()
	case "class", "abstract":
		p.accept("abstract")
		p.class()
	case "enum":
		p.next()
		p.next()
		p.skipBrackets()
	case "interface":
		p.next()
		p.interfaceRest()
	case "type":
		if !p.typeOnly() {
			p.unexpected("'='")
		}
	case "global":
		p.next()
		p.skipBrackets()
	case "module":
		p.next()
		if p.tok.kind != kindString {
			p.qualifiedName()
			if p.is("{") {
				p.skipBrackets()
			}
			p.unsupported(start, messageModule)
		}
		p.next()
		if p.is("{") {
			p.skipBrackets()
		} else {
			p.semicolon()
		}
	case "namespace":
		p.next()
		p.qualifiedName()
		p.skipBrackets()
	default: // var, let, const, using
		p.accept("await")
		p.next()
		if p.accept("enum") {
			p.next()
			p.skipBrackets()
			return
		}
		p.declarations()
		p.semicolon()
	}
}
