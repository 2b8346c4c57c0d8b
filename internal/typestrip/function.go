package typestrip

// functionTail is what follows the word function; it reports whether there was
// a body.
func (p *parser) functionTail() bool {
	p.accept("*")
	if p.isWord() {
		p.next()
	}
	return p.functionRestAfterName()
}

// functionRestAfterName is type parameters, parameters, return type and body; it
// reports whether there was a body.
func (p *parser) functionRestAfterName() bool {
	p.eraseTypeParameters()
	p.parameters()
	p.annotation()
	if !p.is("{") {
		return false
	}
	p.inside(p.block)
	return true
}

// parameters is the list in parentheses.
func (p *parser) parameters() {
	constructor := p.method == "constructor" || p.method == `"constructor"` || p.method == "'constructor'"
	p.method = ""
	p.expect("(")
	first := true
	p.inside(func() {
		for !p.is(")") {
			p.parameter(first, constructor)
			first = false
			if !p.accept(",") {
				break
			}
		}
	})
	p.expect(")")
}

func isModifier(text string) bool {
	switch text {
	case "public", "private", "protected", "readonly", "override":
		return true
	}
	return false
}

func (p *parser) parameter(first, constructor bool) {
	if first && p.is("this") {
		if n := p.peek(); n.is(":") || n.is(",") || n.is(")") {
			start := p.tok.start
			p.next()
			if p.accept(":") {
				p.typ()
			}
			end := p.prevEnd
			if p.is(",") {
				end = p.tok.end
			}
			p.erase(start, end)
			return
		}
	}
	p.decorators()
	start := p.tok.start // of the name
	property := false
	for p.isWord() && isModifier(p.tok.text) {
		if n := p.peek(); n.kind != kindWord && !n.is("[") && !n.is("{") {
			break
		}
		property = true
		p.next()
		start = p.tok.start
	}
	p.accept("...")
	p.bindingTarget()
	if p.is("?") {
		p.eraseToken()
	}
	p.annotation()
	if property && !constructor {
		panic(&Error{Kind: Invalid, Message: "A parameter property is only allowed in a constructor implementation", Start: start, End: p.prevEnd})
	}
	if property {
		p.unsupported(start, "TypeScript parameter property is not supported in strip-only mode")
	}
	if p.accept("=") {
		p.assignment()
	}
}

// bindingTarget is a name or a pattern.
func (p *parser) bindingTarget() {
	switch {
	case p.is("["):
		p.next()
		p.inside(p.elements)
		p.expect("]")
	case p.is("{"):
		p.inside(p.object)
	case p.isWord():
		p.next()
	default:
		p.unexpected("yield, an identifier, [ or {")
	}
}
