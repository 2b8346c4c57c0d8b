package lang

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

// SyntaxErrorInfo says why and where a source text is not a program.
type SyntaxErrorInfo struct {
	File       string
	Line       int    // one-based
	Column     int    // one-based, in UTF-16 code units
	Width      int    // of the offending token; 0 at the end of the text
	SourceLine string // without its terminator
	Message    string // in V8's words where they are known
	// Note is a line to show below the carets.
	Note string
	// ModuleSyntax says that the text would parse as an ECMAScript module:
	// it has import or export statements, import.meta or top-level await.
	ModuleSyntax bool
}

// Error returns the message, as the SyntaxError's message property has it.
func (e *SyntaxErrorInfo) Error() string { return e.Message }

// Frame returns what Node prints above the stack of a SyntaxError: the place,
// the source line and carets below the token, each line terminated.
func (e *SyntaxErrorInfo) Frame() string {
	var pad strings.Builder
	col := 1
	for _, c := range e.SourceLine {
		if col >= e.Column {
			break
		}
		if c == '\t' {
			pad.WriteByte('\t')
		} else {
			pad.WriteByte(' ')
		}
		col++
		if c > 0xffff {
			col++
		}
	}
	for ; col < e.Column; col++ {
		pad.WriteByte(' ')
	}
	note := ""
	if e.Note != "" {
		note = e.Note + "\n"
	}
	return fmt.Sprintf("%s:%d\n%s\n%s%s\n%s", e.File, e.Line, e.SourceLine, pad.String(), strings.Repeat("^", e.Width), note)
}

// syntaxErrorAt makes the error for the token at the byte offset off.
func syntaxErrorAt(name, src string, off int, msg string) *SyntaxErrorInfo {
	off = max(0, min(off, len(src)))
	line, start := 1, 0
	for start <= off {
		n := nextLine(src[start:])
		if n < 0 || start+n > off {
			break
		}
		start += n
		line++
	}
	end := len(src)
	if n := strings.IndexAny(src[start:], "\n\r\u2028\u2029"); n >= 0 {
		end = start + n
	}
	col := 1
	for _, c := range src[start:off] {
		col++
		if c > 0xffff {
			col++
		}
	}
	tok := tokenAt(src, off)
	width := utf8.RuneCountInString(tok.text)
	if off+len(tok.text) > end {
		width = utf8.RuneCountInString(src[min(off, end):end])
	}
	width = max(1, width)
	switch {
	case tok.kind == tokenEnd:
		width = 0
	case strings.HasPrefix(msg, "Invalid regular expression: /") && src[off] == '/':
		i := skipRegExp(src, off)
		for i < len(src) && isIdentifierByte(src[i]) {
			i++
		}
		width = utf8.RuneCountInString(src[off:i])
	}
	return &SyntaxErrorInfo{
		File: name, Line: line, Column: col, Width: width,
		SourceLine: src[start:end],
		Message:    msg,
	}
}

// syntaxErrorFromEngine converts goja's errors.
func syntaxErrorFromEngine(name, src string, err error) *SyntaxErrorInfo {
	switch err := err.(type) {
	case *SyntaxErrorInfo:
		return err
	case parser.ErrorList:
		e := err[0]
		off := offsetOf(src, e.Position.Line, e.Position.Column)
		return classify(name, src, off, e.Message)
	case *goja.CompilerSyntaxError:
		off := err.Offset
		if err.File != nil {
			pos := err.File.Position(err.Offset)
			off = offsetOf(src, pos.Line, pos.Column)
		}
		return classify(name, src, off, err.Message)
	}
	return syntaxErrorAt(name, src, 0, cleanMessage(err.Error()))
}

// syntaxErrorFromTransform converts esbuild's error. Where goja stopped at the
// same line, its position is kept: it did not need to be told what follows.
func syntaxErrorFromTransform(name, src string, m api.Message, plainErr error) *SyntaxErrorInfo {
	if m.Location == nil {
		return syntaxErrorFromEngine(name, src, plainErr)
	}
	if plainErr != nil {
		// What only a module may hold decides, whatever is wrong behind it.
		if e := syntaxErrorFromEngine(name, src, plainErr); e.ModuleSyntax && e.Message != awaitMessage {
			return e
		}
	}
	off := 0
	for line := 1; line < m.Location.Line; line++ {
		n := nextLine(src[off:])
		if n < 0 {
			break
		}
		off += n
	}
	off = min(off+m.Location.Column, len(src))
	return classify(name, src, off, m.Text)
}

// classify finds V8's words for an error that the parser described as msg.
func classify(name, src string, off int, msg string) *SyntaxErrorInfo {
	msg = cleanMessage(msg)
	tok := tokenAt(src, off)
	at := func(off int, msg string) *SyntaxErrorInfo { return syntaxErrorAt(name, src, off, msg) }
	module := func(e *SyntaxErrorInfo) *SyntaxErrorInfo {
		e.ModuleSyntax = true
		return e
	}
	switch {
	case tok.text == "import" && !isImportCall(src, off):
		if isImportMeta(src, off) {
			return module(at(off+len("import."), "Cannot use 'import.meta' outside a module"))
		}
		return module(at(off, "Cannot use import statement outside a module"))
	case isUnexpected(msg) && (tok.text == "export" || wordBefore(src, off, "export") >= 0):
		if i := wordBefore(src, off, "export"); i >= 0 {
			off = i
		}
		return module(at(off, "Unexpected token 'export'"))
	case tok.text == "await" && isUnexpected(msg), strings.Contains(msg, `"await" can only be used inside an "async" function`):
		return module(at(off, awaitMessage))
	case strings.HasPrefix(msg, "Cannot use 'import.meta'"):
		return module(at(off+len("import."), msg))
	case tok.text == "super" && isUnexpected(msg):
		return at(off, "'super' keyword unexpected here")
	case strings.HasPrefix(msg, "Invalid assignment target") && strings.HasPrefix(src[skipBlank(src, off+len(tok.text)):], "++"),
		strings.HasPrefix(msg, "Invalid assignment target") && strings.HasPrefix(src[skipBlank(src, off+len(tok.text)):], "--"):
		return at(off, "Invalid left-hand side expression in postfix operation")
	case strings.HasPrefix(msg, "Missing catch or finally"):
		return at(max(0, trimBack(src, off)-1), "Missing catch or finally after try")
	case strings.HasPrefix(msg, "The symbol "), strings.HasPrefix(msg, "Identifier '"):
		// esbuild: The symbol "a" has already been declared
		id := quoted(msg)
		e := at(off, "Identifier '"+id+"' has already been declared")
		// Names of the module wrapper may be declared in an ECMAScript module.
		e.ModuleSyntax = slices.Contains(wrapperParameters, id)
		return e
	case tok.kind == tokenEnd && (strings.HasPrefix(msg, "Unterminated string") && stringStart(src, off) == off || strings.HasPrefix(msg, "Syntax error")):
		return at(off, "Unexpected end of input")
	case msg == "Unterminated string literal":
		return at(stringStart(src, off), "Invalid or unexpected token")
	case strings.HasPrefix(msg, "Syntax error"):
		return at(off, "Invalid or unexpected token")
	case msg == "Unterminated template literal":
		return at(len(src), "Unexpected end of input")
	case msg == "Unterminated regular expression":
		return at(regexpStart(src, off), "Invalid regular expression: missing /")
	case isUnexpected(msg):
		if w := awaitBefore(src, off); w >= 0 {
			return module(at(w, awaitMessage))
		}
		return unexpectedAt(name, src, off, tok, msg)
	}
	if strings.HasSuffix(msg, "cannot be bound multiple times in the same parameter list") {
		return at(off, "Duplicate parameter name not allowed in this context")
	}
	for _, m := range wordings {
		if strings.HasPrefix(msg, m.theirs) {
			return at(off, strings.ReplaceAll(m.ours, "%", quoted(msg)))
		}
	}
	return at(off, msg)
}

const awaitMessage = "await is only valid in async functions and the top level bodies of modules"

// wordings maps how messages of esbuild and goja begin to V8's; % stands for
// what they quote.
var wordings = []struct{ theirs, ours string }{
	{`Cannot use "let" as an identifier`, "let is disallowed as a lexically bound name"},
	{`Cannot use "break"`, "Illegal break statement"},
	{`Cannot use "continue"`, "Illegal continue statement: no surrounding iteration statement"},
	{"Illegal continue statement", "Illegal continue statement: no surrounding iteration statement"},
	{`Cannot use "new.target"`, "new.target expression is not allowed here"},
	{`The constant "`, "Missing initializer in const declaration"},
	{"Invalid assignment target", "Invalid left-hand side in assignment"},
	{"With statements cannot be used in strict mode", "Strict mode code may not include a with statement"},
	{"Delete of a bare identifier", "Delete of an unqualified identifier in strict mode."},
	{"Classes cannot contain more than one constructor", "A class may only have one constructor"},
	{`Duplicate label "`, "Label '%' has already been declared"},
	{`There is no containing label named "`, "Undefined label '%'"},
	{"Legacy octal literals cannot be used in strict mode", "Octal literals are not allowed in strict mode."},
	{"Legacy octal escape sequences cannot be used in strict mode", "Octal escape sequences are not allowed in strict mode."},
	{`Cannot use "yield" as an identifier`, "Unexpected strict mode reserved word"},
	{"Class constructor cannot be a getter", "Class constructor may not be an accessor"},
	{"Class constructor cannot be a setter", "Class constructor may not be an accessor"},
	{"Class constructor cannot be a generator", "Class constructor may not be a generator"},
	{"Class constructor cannot be an async", "Class constructor may not be an async method"},
	{`Private name "`, "Private field '%' must be declared in an enclosing class"},
	{"Unexpected newline after \"throw\"", "Illegal newline after throw"},
	{"Duplicate \"__proto__\" property", "Duplicate __proto__ fields are not allowed in object literals"},
	{"Cannot use a declaration in a single-statement context", "Lexical declaration cannot appear in a single-statement context"},
	{"for-of loop variables cannot have an initializer", "for-of loop variable declaration may not have an initializer."},
	{"for-in loop variables cannot have an initializer", "for-in loop variable declaration may not have an initializer."},
	{"This constant must be initialized", "Missing initializer in destructuring declaration"},
	{"Multiple default clauses", "More than one default clause in switch statement"},
	{"\"use strict\" directive", "Illegal 'use strict' directive in function with non-simple parameter list"},
	{"A return statement cannot be used here", "Illegal return statement"},
	{"Top-level return cannot be used", "Illegal return statement"},
}

// quoted returns the first part of msg in quotation marks, of either kind.
func quoted(msg string) string {
	i := strings.IndexAny(msg, `"'`)
	if i < 0 {
		return ""
	}
	text, _, _ := strings.Cut(msg[i+1:], msg[i:i+1])
	return text
}

// unexpectedAt is the error for a token that may not stand where it does.
func unexpectedAt(name, src string, off int, tok tokenText, msg string) *SyntaxErrorInfo {
	at := func(off int, msg string) *SyntaxErrorInfo { return syntaxErrorAt(name, src, off, msg) }
	before := trimBack(src, off)
	switch {
	case strings.HasPrefix(msg, `Expected "finally"`):
		return at(max(0, before-1), "Missing catch or finally after try")
	case off < len(src) && src[off] == '\n' && strings.HasSuffix(src[:off], "throw"):
		return at(off-len("throw"), "Illegal newline after throw")
	case tok.text == "(" && strings.HasSuffix(src[:before], "function"):
		return at(before-len("function"), "Function statements require a function name")
	case strings.Contains(msg, "reserved word") && tok.kind != tokenKeyword:
		return at(off, "Unexpected strict mode reserved word")
	case tok.text == "enum":
		return at(off, "Unexpected reserved word")
	case constName(src, before) >= 0:
		return at(constName(src, before), "Missing initializer in const declaration")
	case strings.Contains(msg, `Expected ")"`) && inCall(src, off):
		return at(argumentBefore(src, before), "missing ) after argument list")
	case strings.Contains(msg, `Expected "}"`) && inTemplate(src, off):
		return at(argumentBefore(src, before), "Missing } in template expression")
	}
	return at(off, unexpected(tok))
}

// constName returns where the name of const x begins that ends before end, -1 if
// that is not what stands there.
func constName(src string, end int) int {
	i := end
	for i > 0 && isIdentifierByte(src[i-1]) {
		i--
	}
	before := trimBack(src, i)
	if i == end || i == before || !strings.HasSuffix(src[:before], "const") {
		return -1
	}
	if k := before - len("const"); k > 0 && isIdentifierByte(src[k-1]) {
		return -1
	}
	return i
}

// argumentBefore returns where the last token before end begins: V8 points at
// the argument that a comma or a parenthesis should follow.
func argumentBefore(src string, end int) int {
	if end == 0 {
		return 0
	}
	switch c := src[end-1]; {
	case c == '"' || c == '\'' || c == '`':
		if i := strings.LastIndexByte(src[:end-1], c); i >= 0 {
			return i
		}
	case isIdentifierByte(c):
		i := end
		for i > 0 && isIdentifierByte(src[i-1]) {
			i--
		}
		return i
	}
	return end - 1
}

// inTemplate says whether the innermost open brace at off is that of ${.
func inTemplate(src string, off int) bool {
	depth := 0
	for i := off - 1; i >= 0; i-- {
		switch src[i] {
		case '}':
			depth++
		case '{':
			if depth == 0 {
				return i > 0 && src[i-1] == '$'
			}
			depth--
		}
	}
	return false
}

// stringStart returns where the unterminated string at off begins on its line.
func stringStart(src string, off int) int {
	start := strings.LastIndexByte(src[:min(off, len(src))], '\n') + 1
	for i := start; i < len(src) && src[i] != '\n'; i++ {
		if c := src[i]; c == '"' || c == '\'' {
			end := skipString(src, i)
			if strings.Contains(src[i:min(end, len(src))], "\n") || end >= len(src) {
				return i
			}
			i = end - 1
		}
	}
	return off
}

// regexpStart returns where the unterminated regular expression at off begins.
func regexpStart(src string, off int) int {
	start := strings.LastIndexByte(src[:min(off, len(src))], '\n') + 1
	if i := strings.IndexByte(src[start:], '/'); i >= 0 {
		return start + i
	}
	return off
}

// isUnexpected says whether goja or esbuild complained about a token that may
// not stand where it stands.
func isUnexpected(msg string) bool {
	return strings.HasPrefix(msg, "Unexpected ") || strings.HasPrefix(msg, "Expected ") || strings.Contains(msg, "reserved word")
}

// unexpected is V8's message about a token.
func unexpected(t tokenText) string {
	switch t.kind {
	case tokenEnd:
		return "Unexpected end of input"
	case tokenIdentifier:
		return "Unexpected identifier '" + t.text + "'"
	case tokenStrictReserved:
		return "Unexpected strict mode reserved word"
	case tokenNumber:
		return "Unexpected number"
	case tokenString:
		return "Unexpected string"
	case tokenTemplate:
		return "Unexpected template string"
	case tokenIllegal:
		return "Invalid or unexpected token"
	}
	return "Unexpected token '" + t.text + "'"
}

// cleanMessage takes goja's prefixes off a message.
func cleanMessage(msg string) string {
	for {
		rest, ok := strings.CutPrefix(msg, "SyntaxError: ")
		if !ok {
			break
		}
		msg = rest
	}
	if i := strings.Index(msg, ": Line "); i >= 0 {
		rest := msg[i+len(": Line "):]
		j := strings.IndexFunc(rest, func(r rune) bool { return r != ':' && !unicode.IsDigit(r) })
		if j > 0 && rest[j] == ' ' {
			msg = rest[j+1:]
		}
	}
	if i := strings.LastIndex(msg, " (and "); i >= 0 && strings.HasSuffix(msg, "more errors)") {
		msg = msg[:i]
	}
	return msg
}

// awaitBefore returns the offset of the identifier await if it is the token
// before off on the same line, else -1: `await x` outside of async functions
// reads as two identifiers in a row.
func awaitBefore(src string, off int) int { return wordBefore(src, off, "await") }

// wordBefore returns the offset of word if it is the token before off on the
// same line, else -1.
func wordBefore(src string, off int, word string) int {
	i := off
	for i > 0 && (src[i-1] == ' ' || src[i-1] == '\t') {
		i--
	}
	start := i - len(word)
	if i == off || start < 0 || src[start:i] != word || start > 0 && isIdentifierByte(src[start-1]) {
		return -1
	}
	return start
}

// inCall says whether the innermost parenthesis open at off is that of a call.
func inCall(src string, off int) bool {
	depth := 0
	for i := off - 1; i >= 0; i-- {
		switch src[i] {
		case ')', ']', '}':
			depth++
		case '[', '{':
			if depth == 0 {
				return false
			}
			depth--
		case ';':
			if depth == 0 {
				return false
			}
		case '(':
			if depth > 0 {
				depth--
				continue
			}
			j := i
			for j > 0 && (src[j-1] == ' ' || src[j-1] == '\t') {
				j--
			}
			if j == 0 {
				return false
			}
			if c := src[j-1]; c == ')' || c == ']' {
				return true
			}
			k := j
			for k > 0 && isIdentifierByte(src[k-1]) {
				k--
			}
			word := src[k:j]
			if word == "" || isKeyword(word) && word != "super" && word != "this" && word != "import" {
				return false
			}
			return !strings.HasSuffix(strings.TrimRight(src[:k], " \t"), "function")
		}
	}
	return false
}
