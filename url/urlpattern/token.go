package urlpattern

import (
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenEnd         tokenKind = iota
	tokenChar                  // any other character
	tokenEscapedChar           // \x
	tokenName                  // :name
	tokenRegexp                // (…)
	tokenOpen                  // {
	tokenClose                 // }
	tokenModifier              // ? or +
	tokenAsterisk              // *
	tokenInvalid               // what lenient reading takes for a character
)

// token is a piece of a pattern: value is it without what marks its kind, index
// is where it begins.
type token struct {
	kind  tokenKind
	index int
	value string
}

// tokenize splits a pattern (https://urlpattern.spec.whatwg.org/#tokenizing).
// Strict reading reports false for what is not well formed.
func tokenize(in string, strict bool) ([]token, bool) {
	var out []token
	for i := 0; i < len(in); {
		t, next := readToken(in, i)
		if t.kind == tokenInvalid && strict {
			return nil, false
		}
		out = append(out, t)
		i = next
	}
	return append(out, token{kind: tokenEnd, index: len(in)}), true
}

// readToken reads the token at in[i], and returns where the next one begins.
func readToken(in string, i int) (token, int) {
	single := map[byte]tokenKind{'*': tokenAsterisk, '+': tokenModifier, '?': tokenModifier, '{': tokenOpen, '}': tokenClose}
	if kind, ok := single[in[i]]; ok {
		return token{kind, i, in[i : i+1]}, i + 1
	}
	switch in[i] {
	case '\\':
		if i+1 == len(in) {
			return token{tokenInvalid, i, in[i:]}, len(in)
		}
		_, n := utf8.DecodeRuneInString(in[i+1:])
		return token{tokenEscapedChar, i, in[i+1 : i+1+n]}, i + 1 + n
	case ':':
		end := nameEnd(in, i+1)
		if end == i+1 {
			return token{tokenInvalid, i, in[i : i+1]}, i + 1
		}
		return token{tokenName, i, in[i+1 : end]}, end
	case '(':
		end := regexpEnd(in, i+1)
		if end < 0 {
			return token{tokenInvalid, i, in[i : i+1]}, i + 1
		}
		return token{tokenRegexp, i, in[i+1 : end]}, end + 1
	}
	_, n := utf8.DecodeRuneInString(in[i:])
	return token{tokenChar, i, in[i : i+n]}, i + n
}

func nameEnd(in string, start int) int {
	for i := start; i < len(in); {
		r, n := utf8.DecodeRuneInString(in[i:])
		if !isNameChar(r, i == start) {
			return i
		}
		i += n
	}
	return len(in)
}

// isNameChar reports whether r may begin a name, or go on with one: as in
// identifiers of JavaScript.
func isNameChar(r rune, first bool) bool {
	if r == '$' || r == '_' || unicode.In(r, unicode.L, unicode.Nl, unicode.Other_ID_Start) {
		return true
	}
	return !first && (r == '\u200c' || r == '\u200d' ||
		unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue))
}

// regexpEnd returns where the parenthesis is that closes the regular expression
// at in[start:], or -1: it must be ASCII, not empty, not begin with "?", and
// have no group that captures.
func regexpEnd(in string, start int) int {
	depth := 1
	for i := start; i < len(in); i++ {
		c := in[i]
		switch {
		case c >= utf8.RuneSelf, c == '?' && i == start:
			return -1
		case c == '\\':
			if i++; i == len(in) || in[i] >= utf8.RuneSelf {
				return -1
			}
		case c == ')':
			if depth--; depth == 0 {
				if i == start {
					return -1
				}
				return i
			}
		case c == '(':
			depth++
			if i+1 == len(in) || in[i+1] != '?' {
				return -1
			}
		}
	}
	return -1
}
