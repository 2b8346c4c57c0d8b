package typestrip

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind int

const (
	kindEOF kind = iota
	kindWord
	kindPrivate // #name
	kindNumber
	kindString
	kindTemplate // the opening ` only: see parser.template
	kindRegExp
	kindPunct
)

type token struct {
	kind       kind
	start, end int
	text       string
	newline    bool // a line ends before it
}

// scanner makes tokens. A slash is read as an operator: the parser calls regexp
// where an operand begins.
type scanner struct {
	src string
	pos int
}

var puncts = []string{
	">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
	"=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
}

func (s *scanner) fail(at int, message string) {
	end := min(at+1, len(s.src))
	panic(&Error{Kind: Invalid, Message: message, Start: at, End: max(end, at)})
}

// blank skips white space and comments and reports whether a line ended.
func (s *scanner) blank() (newline bool) {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '\n' || c == '\r':
			newline = true
			s.pos++
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			s.pos++
		case strings.HasPrefix(s.src[s.pos:], "//") || s.pos == 0 && strings.HasPrefix(s.src, "#!"):
			n := strings.IndexAny(s.src[s.pos:], "\n\r\u2028\u2029")
			if n < 0 {
				n = len(s.src) - s.pos
			}
			s.pos += n
		case strings.HasPrefix(s.src[s.pos:], "/*"):
			n := strings.Index(s.src[s.pos+2:], "*/")
			if n < 0 {
				s.fail(s.pos, "Unterminated block comment")
			}
			newline = newline || strings.ContainsAny(s.src[s.pos:s.pos+n+2], "\n\r\u2028\u2029")
			s.pos += n + 4
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s.src[s.pos:])
			if r == '\u2028' || r == '\u2029' {
				newline = true
			} else if r != '\ufeff' && !unicode.IsSpace(r) {
				return newline
			}
			s.pos += n
		default:
			return newline
		}
	}
	return newline
}

func isWordStart(r rune) bool {
	return r == '$' || r == '_' || r == '\\' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r))
}

func isWordPart(r rune) bool {
	return isWordStart(r) || r >= '0' && r <= '9' || r == '\u200c' || r == '\u200d' ||
		r >= utf8.RuneSelf && (unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Pc, r) || unicode.Is(unicode.Other_ID_Continue, r))
}

// scan reads the token at the position.
func (s *scanner) scan() token {
	newline := s.blank()
	start := s.pos
	done := func(k kind) token {
		return token{kind: k, start: start, end: s.pos, text: s.src[start:s.pos], newline: newline}
	}
	if start >= len(s.src) {
		return done(kindEOF)
	}
	c := s.src[start]
	r, n := utf8.DecodeRuneInString(s.src[start:])
	switch {
	case isWordStart(r):
		s.word()
		return done(kindWord)
	case c == '#':
		s.pos++
		s.word()
		return done(kindPrivate)
	case c >= '0' && c <= '9' || c == '.' && start+1 < len(s.src) && s.src[start+1] >= '0' && s.src[start+1] <= '9':
		s.number()
		return done(kindNumber)
	case c == '"' || c == '\'':
		s.text(c)
		return done(kindString)
	case c == '`':
		s.pos++
		return done(kindTemplate)
	case r >= utf8.RuneSelf:
		s.fail(start, "Unexpected character '"+s.src[start:start+n]+"'")
	}
	for _, p := range puncts {
		if strings.HasPrefix(s.src[start:], p) {
			if p == "?." && start+2 < len(s.src) && s.src[start+2] >= '0' && s.src[start+2] <= '9' {
				continue
			}
			s.pos += len(p)
			return done(kindPunct)
		}
	}
	s.pos++
	return done(kindPunct)
}

func (s *scanner) word() {
	for s.pos < len(s.src) {
		r, n := utf8.DecodeRuneInString(s.src[s.pos:])
		if r == '\\' {
			s.pos += 2
			if s.pos < len(s.src) && s.src[s.pos] == '{' {
				if i := strings.IndexByte(s.src[s.pos:], '}'); i >= 0 {
					s.pos += i + 1
				}
			}
			continue
		}
		if !isWordPart(r) {
			return
		}
		s.pos += n
	}
}

func (s *scanner) number() {
	hex := strings.HasPrefix(s.src[s.pos:], "0x") || strings.HasPrefix(s.src[s.pos:], "0X")
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.':
		case (c == '+' || c == '-') && !hex && (s.src[s.pos-1] == 'e' || s.src[s.pos-1] == 'E'):
		default:
			return
		}
		s.pos++
	}
}

func (s *scanner) text(quote byte) {
	start := s.pos
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '\\':
			s.pos++
		case '\n':
			s.fail(start, "Unterminated string constant")
		case quote:
			s.pos++
			return
		}
	}
	s.fail(start, "Unterminated string constant")
}

// regexp reads a regular expression whose slash is at start.
func (s *scanner) regexp(start int) {
	class := false
	for s.pos = start + 1; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '\\':
			s.pos++
		case '[':
			class = true
		case ']':
			class = false
		case '\n':
			s.fail(start, "Unterminated regexp literal")
		case '/':
			if class {
				continue
			}
			s.pos++
			s.word()
			return
		}
	}
	s.fail(start, "Unterminated regexp literal")
}

// quasi reads the characters of a template up to its end or to ${, and reports
// which of these it was.
func (s *scanner) quasi() (ends bool) {
	for ; s.pos < len(s.src); s.pos++ {
		switch {
		case s.src[s.pos] == '\\':
			s.pos++
		case s.src[s.pos] == '`':
			s.pos++
			return true
		case strings.HasPrefix(s.src[s.pos:], "${"):
			s.pos += 2
			return false
		}
	}
	s.fail(len(s.src), "Unterminated template")
	return true
}
