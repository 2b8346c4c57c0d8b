package lang

import (
	"fmt"
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
	Width      int    // of the offending token, at least 1
	SourceLine string // without its terminator
	Message    string // in V8's words where they are known
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
	return fmt.Sprintf("%s:%d\n%s\n%s%s\n", e.File, e.Line, e.SourceLine, pad.String(), strings.Repeat("^", max(1, e.Width)))
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
	return &SyntaxErrorInfo{
		File: name, Line: line, Column: col, Width: max(1, width),
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
	info := syntaxErrorAt(name, src, off, msg)
	switch {
	case tok.text == "import" && !isImportCall(src, off):
		rest := src[skipBlank(src, off+len("import")):]
		info.ModuleSyntax = true
		if strings.HasPrefix(rest, ".") {
			info.Message = "Cannot use 'import.meta' outside a module"
			info.Width = len("import.meta")
		} else {
			info.Message = "Cannot use import statement outside a module"
		}
		return info
	case tok.text == "export":
		info.ModuleSyntax = true
		info.Message = "Unexpected token 'export'"
		return info
	}
	switch {
	case strings.HasPrefix(msg, "Cannot use 'import.meta'"):
		info.ModuleSyntax = true
		info.Width = len("import.meta")
	case strings.HasPrefix(msg, "The symbol "):
		// esbuild: The symbol "a" has already been declared
		if _, rest, ok := strings.Cut(msg, `"`); ok {
			id, _, _ := strings.Cut(rest, `"`)
			info.Message = "Identifier '" + id + "' has already been declared"
		}
	case msg == "Unterminated string literal" || strings.HasPrefix(msg, "Syntax error"):
		info.Message = "Invalid or unexpected token"
	case msg == "Unterminated regular expression" || strings.HasPrefix(msg, "Invalid regular expression: missing /"):
		info.Message = "Invalid regular expression: missing /"
	case msg == "Unterminated template literal":
		info.Message = msg
	case isUnexpected(msg):
		info.Message = unexpected(tok)
		if strings.Contains(msg, `Expected ")"`) && inCall(src, off) || tok.kind != tokenEnd && msg == "Unexpected token" && inCall(src, off) {
			info.Message = "missing ) after argument list"
		}
		if w := awaitBefore(src, off); w >= 0 {
			info = syntaxErrorAt(name, src, w, "await is only valid in async functions and the top level bodies of modules")
			info.ModuleSyntax = true
		}
	case strings.Contains(msg, `"await" can only be used inside an "async" function`):
		info.Message = "await is only valid in async functions and the top level bodies of modules"
		info.ModuleSyntax = true
	}
	return info
}

// isUnexpected says whether goja or esbuild complained about a token that may
// not stand where it stands.
func isUnexpected(msg string) bool {
	for _, p := range []string{"Unexpected ", "Expected "} {
		if strings.HasPrefix(msg, p) {
			return true
		}
	}
	return false
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
func awaitBefore(src string, off int) int {
	i := off
	for i > 0 && (src[i-1] == ' ' || src[i-1] == '\t') {
		i--
	}
	if i == off || !strings.HasSuffix(src[:i], "await") {
		return -1
	}
	start := i - len("await")
	if start > 0 && isIdentifierByte(src[start-1]) {
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
