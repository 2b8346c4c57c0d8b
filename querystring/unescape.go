package querystring

import (
	"strings"
	"unicode/utf8"

	"github.com/spindle-js/spindle/internal/wtf8"
)

// Unescape decodes the percent-encoded characters of s. What is not encoded
// well is left, and bytes that are no UTF-8 become U+FFFD.
func Unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if decoded, ok := DecodeComponent(s); ok {
		return decoded
	}
	return wtf8.FromBytes(UnescapeBytes(s, false))
}

// DecodeComponent decodes s as decodeURIComponent does. It reports false where
// that throws a URIError: at a "%" without two hexadecimal digits, and at
// encoded bytes that are no UTF-8.
func DecodeComponent(s string) (string, bool) {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s, true
	}
	b := make([]byte, i, len(s))
	copy(b, s)
	for i < len(s) {
		if s[i] != '%' {
			b = append(b, s[i])
			i++
			continue
		}
		start := len(b)
		for need := 1; need > 0; need-- {
			if i+2 >= len(s) || s[i] != '%' || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return "", false
			}
			c := hexValue(s[i+1])<<4 | hexValue(s[i+2])
			i += 3
			if len(b) == start {
				need = wtf8.SequenceLength(c)
				if need == 0 {
					return "", false
				}
			}
			b = append(b, c)
		}
		if r, _ := utf8.DecodeRune(b[start:]); r == utf8.RuneError && string(b[start:]) != "\uFFFD" {
			return "", false
		}
	}
	return string(b), true
}

// UnescapeBytes decodes the percent-encoded bytes of s; "%" without two
// hexadecimal digits is left. Characters beyond U+00FF lose all but their lowest
// eight bits, as in a Buffer. plus says that "+" means a space.
func UnescapeBytes(s string, plus bool) []byte {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b = append(b, hexValue(s[i+1])<<4|hexValue(s[i+2]))
			i += 3
		case c == '+' && plus:
			b = append(b, ' ')
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			_, n := wtf8.DecodeRune(s[i:])
			for _, unit := range wtf8.ToUTF16(s[i : i+n]) {
				b = append(b, byte(unit))
			}
			i += n
		}
	}
	return b
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
