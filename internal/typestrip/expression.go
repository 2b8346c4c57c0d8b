package typestrip

// Expressions. Precedence does not matter for what is erased.

// expression is a list of expressions with commas between.
func (p *parser) expression() {
	p.assignment()
	for p.accept(",") {
		p.assignment()
	}
}

// inside parses in brackets, where in is an operator again.
func (p *parser) inside(f func()) {
	noIn, inTrue := p.noIn, p.inTrue
	p.noIn, p.inTrue = false, false
	f()
	p.noIn, p.inTrue = noIn, inTrue
}

var assignments = map[string]bool{
	"=": true, "+=": true, "-=": true, "*=": true, "/=": true, "%=": true, "**=": true, "<<=": true, ">>=": true, ">>>=": true,
	"&=": true, "|=": true, "^=": true, "&&=": true, "||=": true, "??=": true,
}

// assignment is one expression without commas.
func (p *parser) assignment() {
	if p.arrow() {
		return
	}
	if p.is("yield") {
		p.next()
		if !p.tok.newline && p.accept("*") || !p.tok.newline && p.startsExpression() {
			p.assignment()
		}
		return
	}
	p.binary()
	switch {
	case p.is("?"):
		p.next()
		noIn, inTrue := p.noIn, p.inTrue
		p.noIn, p.inTrue = false, true
		p.assignment()
		p.noIn, p.inTrue = noIn, inTrue
		p.expect(":")
		p.assignment()
	case p.tok.kind == kindPunct && assignments[p.tok.text]:
		p.next()
		p.assignment()
	}
}

// startsExpression reports whether the current token can begin an operand.
func (p *parser) startsExpression() bool { return p.tok.startsExpression() }

func (t token) startsExpression() bool {
	switch t.kind {
	case kindEOF:
		return false
	case kindPunct:
		switch t.text {
		case "(", "[", "{", "+", "-", "!", "~", "++", "--", "/", "/=", "<", "@":
			return true
		}
		return false
	case kindWord:
		switch t.text {
		case "in", "instanceof", "of", "as", "satisfies", "else", "case", "default", "catch", "finally", "while", "extends":
			return false
		}
	}
	return true
}

// arrow parses an arrow function, if one begins here.
func (p *parser) arrow() bool {
	start := p.tok.start
	if p.notArrow[start] {
		return false
	}
	async := false
	switch {
	case p.is("("), p.is("<"):
	case p.is("async"):
		n := p.peek()
		if n.newline || n.is("function") {
			return false
		}
		async = n.kind == kindWord || n.is("(") || n.is("<")
		if !async {
			return p.wordArrow()
		}
	case p.isWord():
		return p.wordArrow()
	default:
		return false
	}
	if p.try(func() bool { return p.arrowRest(async) }) {
		return true
	}
	p.notArrow[start] = true
	if p.is("<") {
		p.typeAssertion()
	}
	return p.wordArrow()
}

// wordArrow is x => …
func (p *parser) wordArrow() bool {
	if !p.isWord() {
		return false
	}
	if n := p.peek(); !n.is("=>") || n.newline {
		return false
	}
	p.next()
	p.next()
	p.arrowBody()
	return true
}

// typeAssertion refuses <T>x.
func (p *parser) typeAssertion() {
	start := p.tok.start
	p.typeArguments()
	p.unary()
	p.unsupported(start, "The angle-bracket syntax for type assertions, `<T>expr`, is not supported in type strip mode. Instead, use the 'as' syntax: `expr as T`.")
}

func (p *parser) arrowRest(async bool) bool {
	if async {
		p.next()
		if p.isWord() {
			if n := p.peek(); !n.is("=>") || n.newline {
				return false
			}
			p.next()
			p.next()
			p.arrowBody()
			return true
		}
	}
	if p.is("<") {
		start := p.tok.start
		p.typeParameters()
		p.erase(start, p.prevEnd)
		if p.is("(") && p.hasNewline(start, p.tok.start) {
			// What is before must stay on the line of the parenthesis.
			p.patch[start] = '('
			p.erase(p.tok.start, p.tok.end)
		}
	}
	if !p.is("(") {
		return false
	}
	p.parameters()
	closing := p.prevEnd - 1
	typed := false
	if p.is(":") {
		typed = true
		start := p.tok.start
		p.next()
		p.returnType()
		p.erase(start, p.prevEnd)
		if p.is("=>") && p.hasNewline(start, p.tok.start) {
			// No line may end before the arrow.
			p.erase(closing, closing+1)
			p.patch[p.prevEnd-1] = ')'
		}
	}
	if !p.is("=>") || p.tok.newline && !typed {
		return false
	}
	inTrue := p.inTrue
	p.next()
	p.arrowBody()
	return !(typed && inTrue && !p.is(":"))
}

func (p *parser) arrowBody() {
	if p.is("{") {
		p.inside(p.block)
		return
	}
	p.assignment()
}

var binaries = map[string]bool{
	"+": true, "-": true, "*": true, "/": true, "%": true, "**": true, "==": true, "!=": true, "===": true, "!==": true,
	"<": true, ">": true, "<=": true, ">=": true, "<<": true, ">>": true, ">>>": true, "&": true, "|": true, "^": true,
	"&&": true, "||": true, "??": true,
}

func (p *parser) binary() {
	p.unary()
	for {
		switch {
		case p.tok.kind == kindPunct && binaries[p.tok.text]:
			p.next()
			p.unary()
		case p.is("instanceof"), p.is("in") && !p.noIn:
			p.next()
			p.unary()
		case (p.is("as") || p.is("satisfies")) && p.isWord() && !p.tok.newline:
			start := p.tok.start
			p.next()
			p.typ()
			p.erase(start, p.prevEnd)
			if p.asEnd != start && p.asEnd != p.lastBlankBefore(start) {
				p.asStart = start
			}
			p.asEnd = p.prevEnd
		default:
			return
		}
	}
}

// lastBlankBefore returns the end of what was erased right before a place.
func (p *parser) lastBlankBefore(at int) int {
	for at > 0 && (p.src[at-1] == ' ' || p.src[at-1] == '\t') {
		at--
	}
	return at
}

func (p *parser) unary() {
	for {
		switch {
		case p.tok.kind == kindPunct && (p.tok.text == "!" || p.tok.text == "~" || p.tok.text == "+" || p.tok.text == "-" || p.tok.text == "++" || p.tok.text == "--"):
			p.next()
			continue
		case p.is("typeof"), p.is("void"), p.is("delete"):
			p.next()
			continue
		case p.is("await") && p.peek().startsExpression():
			p.next()
			continue
		case p.is("<"):
			if !p.arrow() {
				p.unexpected("")
			}
			return
		}
		p.postfix()
		return
	}
}

// postfix is an operand with what follows it: members, calls, !, type arguments.
func (p *parser) postfix() {
	p.primary()
	for {
		switch {
		case p.is(".") || p.is("?."):
			p.next()
			switch {
			case p.isWord() || p.tok.kind == kindPrivate:
				p.next()
			case p.is("(") || p.is("[") || p.is("<") || p.tok.kind == kindTemplate:
			default:
				p.unexpected("an identifier")
			}
		case p.is("["):
			p.next()
			p.inside(p.expression)
			p.expect("]")
		case p.is("("):
			p.arguments()
		case p.tok.kind == kindTemplate:
			p.template(p.expression)
		case p.is("!") && !p.tok.newline:
			p.eraseToken()
		case p.is("++") || p.is("--"):
			if p.tok.newline {
				return
			}
			p.next()
		case (p.is("<") || p.is("<<")) && p.callTypeArguments():
		default:
			return
		}
	}
}

// callTypeArguments erases <T> behind an operand, if it is that.
func (p *parser) callTypeArguments() bool {
	return p.try(func() bool {
		start := p.tok.start
		p.typeArguments()
		switch {
		case p.is("("), p.tok.kind == kindTemplate:
		case p.is("<"), p.is("+"), p.is("-"), p.tok.kind == kindPunct && p.tok.text[0] == '>':
			return false
		case p.tok.newline, !p.startsExpression():
		default:
			return false
		}
		p.erase(start, p.prevEnd)
		return true
	})
}

func (p *parser) arguments() {
	p.expect("(")
	p.inside(func() {
		for !p.is(")") {
			p.accept("...")
			p.assignment()
			if !p.accept(",") {
				break
			}
		}
	})
	p.expect(")")
}

// template parses a template whose ` is the current token; hole parses what is
// between ${ and }.
func (p *parser) template(hole func()) {
	p.pos = p.tok.end
	for !p.quasi() {
		p.next()
		p.inside(hole)
		if !p.is("}") {
			p.unexpected("'}'")
		}
		p.pos = p.tok.end
	}
	p.tok.end = p.pos
	p.next()
}

func (p *parser) primary() {
	switch p.tok.kind {
	case kindNumber, kindString, kindPrivate:
		p.next()
		return
	case kindTemplate:
		p.template(p.expression)
		return
	case kindWord:
		p.wordPrimary()
		return
	case kindPunct:
		switch p.tok.text {
		case "(":
			p.next()
			p.inside(p.expression)
			p.expect(")")
			return
		case "[":
			p.next()
			p.inside(p.elements)
			p.expect("]")
			return
		case "{":
			p.inside(p.object)
			return
		case "/", "/=":
			p.regexp(p.tok.start)
			p.tok.end = p.pos
			p.next()
			return
		case "@":
			p.decorators()
			p.class()
			return
		}
	}
	p.unexpected("")
}

func (p *parser) wordPrimary() {
	switch p.tok.text {
	case "function":
		p.next()
		p.functionTail()
	case "class":
		p.class()
	case "new":
		p.next()
		if p.accept(".") {
			p.next()
			return
		}
		p.postfix()
	case "import":
		p.next()
	case "async":
		if n := p.peek(); n.is("function") && !n.newline {
			p.next()
			p.next()
			p.functionTail()
			return
		}
		p.next()
	case "case", "default", "else", "catch", "finally", "extends", "in", "instanceof", "return", "throw", "if", "for", "while", "do", "switch", "try", "var", "const", "break", "continue", "debugger", "with", "export", "enum":
		p.unexpected("")
	default:
		p.next()
	}
}

// elements are those of an array or of an array pattern.
func (p *parser) elements() {
	for !p.is("]") {
		if p.accept(",") {
			continue
		}
		p.accept("...")
		p.assignment()
		if !p.accept(",") {
			return
		}
	}
}

// object is an object literal or an object pattern.
func (p *parser) object() {
	p.expect("{")
	for !p.is("}") {
		p.member()
		if !p.accept(",") {
			break
		}
	}
	p.expect("}")
}

func (p *parser) member() {
	if p.accept("...") {
		p.assignment()
		return
	}
	for p.is("async") || p.is("get") || p.is("set") {
		n := p.peek()
		if n.is(",") || n.is("}") || n.is(":") || n.is("(") || n.is("=") || n.is("<") || p.is("async") && n.newline {
			break
		}
		p.next()
	}
	p.accept("*")
	p.key()
	switch {
	case p.is("(") || p.is("<"):
		p.functionRestAfterName()
	case p.accept(":"):
		p.assignment()
	case p.accept("="): // of a pattern
		p.assignment()
	}
}

// key is the name of a member.
func (p *parser) key() {
	if p.accept("[") {
		p.inside(p.assignment)
		p.expect("]")
		return
	}
	if p.tok.kind == kindPunct || p.tok.kind == kindEOF || p.tok.kind == kindTemplate {
		p.unexpected("a property name")
	}
	p.next()
}
