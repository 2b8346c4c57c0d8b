package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A small view of JavaScript's tokens, for error messages only.

type tokenKind int

const (
	tokenPunctuator tokenKind = iota
	tokenEnd
	tokenIdentifier
	tokenKeyword
	tokenStrictReserved
	tokenNumber
	tokenString
	tokenTemplate
	tokenIllegal
)

type tokenText struct {
	kind tokenKind
	text string
}

var keywords = func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(`break case catch class const continue debugger default delete do else enum export
		extends false finally for function if import in instanceof new null return super switch this throw true try
		typeof var void while with`) {
		m[w] = true
	}
	return m
}()

func isKeyword(s string) bool { return keywords[s] }

var punctuators = []string{
	">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
	"=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
	"<<", ">>", "**",
}

func isIdentifierByte(c byte) bool {
	return c == '_' || c == '$' || c >= utf8.RuneSelf || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// tokenAt returns the token that begins at off, after blanks and comments.
func tokenAt(src string, off int) tokenText {
	off = skipBlank(src, off)
	if off >= len(src) {
		return tokenText{kind: tokenEnd}
	}
	rest := src[off:]
	c, _ := utf8.DecodeRuneInString(rest)
	switch {
	case c == '"' || c == '\'':
		for i := 1; i < len(rest); i++ {
			switch rest[i] {
			case '\\':
				i++
			case '\n', '\r':
				return tokenText{tokenIllegal, rest[:i]}
			case byte(c):
				return tokenText{tokenString, rest[:i+1]}
			}
		}
		return tokenText{tokenIllegal, rest}
	case c == '`':
		return tokenText{tokenTemplate, rest[:1]}
	case '0' <= c && c <= '9' || c == '.' && len(rest) > 1 && '0' <= rest[1] && rest[1] <= '9':
		i := 1
		for i < len(rest) && (isIdentifierByte(rest[i]) || rest[i] == '.') {
			i++
		}
		return tokenText{tokenNumber, rest[:i]}
	case c == '_' || c == '$' || c == '#' || unicode.IsLetter(c) || c == '\\':
		i := strings.IndexFunc(rest[1:], func(r rune) bool {
			return r != '_' && r != '$' && r != '\u200c' && r != '\u200d' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
		})
		word := rest
		if i >= 0 {
			word = rest[:i+1]
		}
		switch {
		case word == "#" || word == `\`:
			return tokenText{tokenIllegal, word}
		case isKeyword(word):
			return tokenText{tokenKeyword, word}
		case word == "let" || word == "static" || word == "yield" || word == "implements" || word == "interface" ||
			word == "package" || word == "private" || word == "protected" || word == "public":
			return tokenText{tokenStrictReserved, word}
		}
		return tokenText{tokenIdentifier, word}
	}
	for _, p := range punctuators {
		if strings.HasPrefix(rest, p) {
			return tokenText{tokenPunctuator, p}
		}
	}
	if strings.ContainsRune("{}()[];,<>+-*/%&|^!~?:=.", c) {
		return tokenText{tokenPunctuator, rest[:1]}
	}
	return tokenText{tokenIllegal, string(c)}
}
