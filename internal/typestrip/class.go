package typestrip

// decorators are those before a class, member or parameter.
func (p *parser) decorators() {
	for p.accept("@") {
		p.postfix()
	}
}

// class is a class from the word class on.
func (p *parser) class() {
	p.expect("class")
	if p.isWord() && !p.is("extends") && !(p.is("implements") && p.peek().kind == kindWord) {
		p.next()
	}
	p.eraseTypeParameters()
	if p.accept("extends") {
		p.inside(p.postfix)
		if p.is("<") || p.is("<<") {
			start := p.tok.start
			p.typeArguments()
			p.erase(start, p.prevEnd)
		}
	}
	if p.is("implements") {
		start := p.tok.start
		p.next()
		p.typ()
		for p.accept(",") {
			p.typ()
		}
		p.erase(start, p.prevEnd)
	}
	p.expect("{")
	inClass := p.inClass
	p.inside(func() {
		for !p.is("}") {
			if !p.accept(";") {
				p.inClass = true
				p.classMember()
			}
		}
	})
	p.inClass = inClass
	p.expect("}")
}

// endsName reports whether a token shows that the word before it was a member's
// name and no modifier.
func (t token) endsName() bool {
	switch t.text {
	case "(", "=", ";", "}", ":", "?", "!", "<", ",":
		return t.kind == kindPunct
	}
	return t.kind == kindEOF
}

func (p *parser) classMember() {
	before := p.prevEnd
	p.decorators()
	start := p.tok.start
	gone := false // nothing of the member stays
	for p.isWord() {
		n := p.peek()
		if n.endsName() {
			break
		}
		switch p.tok.text {
		case "static":
			p.next()
			if p.is("{") {
				p.block()
				return
			}
			continue
		case "accessor", "async":
			if n.newline {
				break
			}
			p.next()
			continue
		case "get", "set":
			if n.is("*") {
				break
			}
			p.next()
			continue
		case "declare", "abstract":
			if n.newline {
				break
			}
			gone = true
			p.next()
			continue
		default:
			if !isModifier(p.tok.text) || n.newline {
				break
			}
			p.eraseToken()
			continue
		}
		break
	}
	if p.is("[") && p.indexSignature() {
		p.memberEnd()
		p.eraseStatement(start, before)
		return
	}
	p.accept("*")
	name := p.tok
	p.key()
	marked := -1
	if p.is("?") || p.is("!") && !p.tok.newline {
		marked = p.tok.start
		p.eraseToken()
	}
	if p.is("(") || p.is("<") {
		p.method = name.text
		if !p.functionRestAfterName() {
			p.memberEnd()
			gone = true
		}
		if gone {
			p.eraseStatement(start, before)
		}
		return
	}
	typed := p.tok.start
	has := p.annotation()
	if p.accept("=") {
		p.assignment()
	} else if (has || marked >= 0) && (name.is("get") || name.is("set") || name.is("static")) && name.kind == kindWord && !gone {
		// The next member's name would be taken for that of an accessor.
		if !has {
			typed = marked
		}
		p.patch[typed] = ';'
	}
	p.memberEnd()
	if gone {
		p.eraseStatement(start, before)
	}
}

// memberEnd ends a field.
func (p *parser) memberEnd() {
	if p.accept(";") || p.is("}") || p.tok.newline {
		if p.asEnd == p.prevEnd && p.asEnd > 0 && p.continues() {
			p.patch[p.asStart] = ';'
		}
		return
	}
	p.unexpected("';'")
}

// indexSignature is [k: string]: T.
func (p *parser) indexSignature() bool {
	return p.try(func() bool {
		p.next()
		if !p.isWord() {
			return false
		}
		p.next()
		if !p.accept(":") {
			return false
		}
		p.typ()
		p.expect("]")
		if p.accept(":") {
			p.typ()
		}
		return true
	})
}
