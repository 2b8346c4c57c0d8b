package lang

import (
	"errors"
	"strconv"
	"strings"
)

// Reading the import and export declarations of a module out of esbuild's
// output, where each begins a line and has one of few forms: import in front,
// export { … } and export * only.

// importName is one name that a module imports.
type importName struct {
	request  int    // index of ModuleInfo.Requests
	imported string // "" for the namespace object
	local    string
	at       int // byte offset of the name in the text that was read

	line, column int // of the name in the original text, one-based
}

// exportName is one name that a module exports.
type exportName struct {
	exported string
	local    string // the binding in the module
	constant bool   // never assigned after its declaration
}

// scanModule blanks the declarations out of code, keeping every position, and
// notes them in info.
func scanModule(code string, info *ModuleInfo) (string, error) {
	out := []byte(code)
	for _, at := range topLevelDeclarations(code) {
		p := &declarationParser{code: code, pos: at, info: info}
		if err := p.declaration(); err != nil {
			return "", err
		}
		for i := at; i < p.pos; i++ {
			if c := out[i]; c != '\n' && c != '\r' {
				out[i] = ' '
			}
		}
	}
	return string(out), nil
}

// topLevelDeclarations returns the offsets of the lines that begin with import
// or export outside of strings, templates, comments and brackets.
func topLevelDeclarations(code string) []int {
	var found []int
	var braces []bool // open ${ (true) and { (false)
	lineStart, depth := true, 0
	last := byte(0) // the last significant character
	for i := 0; i < len(code); {
		c := code[i]
		if lineStart && depth == 0 && (c == 'i' || c == 'e') {
			if isDeclaration(code[i:]) {
				found = append(found, i)
			}
		}
		lineStart = false
		switch {
		case c == '\n':
			lineStart = true
			i++
			continue
		case c == ' ' || c == '\t' || c == '\r':
			i++
			continue
		case strings.HasPrefix(code[i:], "//"):
			for i < len(code) && code[i] != '\n' {
				i++
			}
			continue
		case strings.HasPrefix(code[i:], "/*"):
			end := strings.Index(code[i+2:], "*/")
			if end < 0 {
				return found
			}
			i += end + 4
			continue
		case c == '"' || c == '\'':
			i = skipString(code, i)
		case c == '`':
			i = skipTemplate(code, i+1, &braces, &depth)
		case c == '/' && regexpMayFollow(code, i, last):
			i = skipRegExp(code, i)
		case c == '{':
			braces = append(braces, false)
			depth++
			i++
		case c == '}':
			i++
			depth--
			if n := len(braces); n > 0 {
				template := braces[n-1]
				braces = braces[:n-1]
				if template {
					i = skipTemplate(code, i, &braces, &depth)
				}
			}
		case c == '(' || c == '[':
			depth++
			i++
		case c == ')' || c == ']':
			depth--
			i++
		case isIdentifierByte(c):
			start := i
			for i < len(code) && isIdentifierByte(code[i]) {
				i++
			}
			last = 'a'
			switch code[start:i] {
			case "return", "typeof", "instanceof", "in", "of", "new", "delete", "void", "throw", "case", "do", "else", "yield", "await":
				last = '=' // an operand follows
			}
			continue
		default:
			i++
		}
		last = c
	}
	return found
}

func isDeclaration(s string) bool {
	if rest, ok := strings.CutPrefix(s, "export "); ok {
		return strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "*")
	}
	rest, ok := strings.CutPrefix(s, "import ")
	return ok && rest != "" && rest[0] != '('
}

func skipString(code string, i int) int {
	quote := code[i]
	for i++; i < len(code); i++ {
		switch code[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return i
}

// skipTemplate skips a template's characters from i on, up to its end or to
// the ${ of an expression.
func skipTemplate(code string, i int, braces *[]bool, depth *int) int {
	for ; i < len(code); i++ {
		switch {
		case code[i] == '\\':
			i++
		case code[i] == '`':
			return i + 1
		case strings.HasPrefix(code[i:], "${"):
			*braces = append(*braces, true)
			*depth++
			return i + 2
		}
	}
	return i
}

// regexpMayFollow says whether the slash at i begins a regular expression.
func regexpMayFollow(code string, i int, last byte) bool {
	switch last {
	case 0, '(', ',', '=', ':', '[', '!', '&', '|', '?', '{', '}', ';', '+', '-', '*', '%', '<', '>', '~', '^':
		return true
	case ')':
		return strings.Contains(code[strings.LastIndexByte(code[:i], ')'):i], "\n")
	}
	return false
}

func skipRegExp(code string, i int) int {
	class := false
	for i++; i < len(code); i++ {
		switch code[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '\n':
			return i
		case '/':
			if !class {
				return i + 1
			}
		}
	}
	return i
}

// declarationParser reads one declaration.
type declarationParser struct {
	code string
	pos  int
	info *ModuleInfo

	source bool // the declaration is import source
}

// sourcePhase reads the word source of `import source x from`.
func (p *declarationParser) sourcePhase() bool {
	at := p.pos
	if p.accept("source") {
		if name, ok := p.name(); ok && (name != "from" || p.accept("from")) && p.pos < len(p.code) {
			p.pos = at + len("source")
			p.space()
			return true
		}
	}
	p.pos = at
	return false
}

var errDeclaration = errors.New("Unexpected import or export declaration")

func (p *declarationParser) space() { p.pos = skipBlank(p.code, p.pos) }

func (p *declarationParser) accept(s string) bool {
	p.space()
	if !strings.HasPrefix(p.code[p.pos:], s) {
		return false
	}
	if isIdentifierByte(s[0]) && p.pos+len(s) < len(p.code) && isIdentifierByte(p.code[p.pos+len(s)]) {
		return false
	}
	p.pos += len(s)
	return true
}

// name reads an identifier or a string.
func (p *declarationParser) name() (string, bool) {
	p.space()
	if p.pos < len(p.code) && (p.code[p.pos] == '"' || p.code[p.pos] == '\'') {
		return p.text()
	}
	start := p.pos
	for p.pos < len(p.code) && isIdentifierByte(p.code[p.pos]) {
		p.pos++
	}
	return p.code[start:p.pos], p.pos > start
}

func (p *declarationParser) text() (string, bool) {
	p.space()
	start := p.pos
	if start >= len(p.code) || p.code[start] != '"' && p.code[start] != '\'' {
		return "", false
	}
	p.pos = skipString(p.code, start)
	lit := p.code[start:p.pos]
	if lit[0] == '\'' {
		lit = `"` + strings.ReplaceAll(lit[1:len(lit)-1], `"`, `\"`) + `"`
	}
	if s, err := strconv.Unquote(lit); err == nil {
		return s, true
	}
	return lit[1 : len(lit)-1], true
}

func (p *declarationParser) declaration() error {
	if p.accept("export") {
		return p.export()
	}
	p.accept("import")
	p.space()
	if s, ok := p.text(); ok {
		_, err := p.request(s)
		return err
	}
	source := p.sourcePhase()
	var names []importName
	if !strings.HasPrefix(p.code[p.pos:], "{") && !strings.HasPrefix(p.code[p.pos:], "*") {
		at := p.pos
		local, ok := p.name()
		if !ok {
			return errDeclaration
		}
		names = append(names, importName{imported: "default", local: local, at: at})
		p.accept(",")
	}
	switch {
	case p.accept("*"):
		if !p.accept("as") {
			return errDeclaration
		}
		local, ok := p.name()
		if !ok {
			return errDeclaration
		}
		names = append(names, importName{local: local})
	case p.accept("{"):
		for !p.accept("}") {
			p.space()
			at := p.pos
			imported, ok := p.name()
			if !ok {
				return errDeclaration
			}
			local := imported
			if p.accept("as") {
				if local, ok = p.name(); !ok {
					return errDeclaration
				}
			}
			names = append(names, importName{imported: imported, local: local, at: at})
			p.accept(",")
		}
	}
	if !p.accept("from") {
		return errDeclaration
	}
	specifier, ok := p.text()
	if !ok {
		return errDeclaration
	}
	p.source = source
	request, err := p.request(specifier)
	p.source = false
	if err != nil {
		return err
	}
	for _, n := range names {
		n.request = request
		p.info.imports = append(p.info.imports, n)
	}
	return nil
}

// request reads the attributes and the semicolon behind a specifier and
// returns the index of the request.
func (p *declarationParser) request(specifier string) (int, error) {
	r := ModuleRequest{Specifier: specifier, Source: p.source}
	if p.accept("with") {
		if !p.accept("{") {
			return 0, errDeclaration
		}
		for !p.accept("}") {
			key, ok := p.name()
			if !ok || !p.accept(":") {
				return 0, errDeclaration
			}
			value, ok := p.text()
			if !ok {
				return 0, errDeclaration
			}
			r.Attributes = append(r.Attributes, [2]string{key, value})
			p.accept(",")
		}
	}
	p.accept(";")
	for i, was := range p.info.Requests {
		if was.same(r) {
			return i, nil
		}
	}
	p.info.Requests = append(p.info.Requests, r)
	return len(p.info.Requests) - 1, nil
}

func (p *declarationParser) export() error {
	if p.accept("*") {
		if !p.accept("from") {
			return errDeclaration
		}
		specifier, ok := p.text()
		if !ok {
			return errDeclaration
		}
		request, err := p.request(specifier)
		p.info.stars = append(p.info.stars, request)
		return err
	}
	if !p.accept("{") {
		return errDeclaration
	}
	for !p.accept("}") {
		local, ok := p.name()
		if !ok {
			return errDeclaration
		}
		exported := local
		if p.accept("as") {
			if exported, ok = p.name(); !ok {
				return errDeclaration
			}
		}
		p.info.exports = append(p.info.exports, exportName{exported: exported, local: local})
		p.accept(",")
	}
	p.accept(";")
	return nil
}
