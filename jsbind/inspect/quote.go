package inspect

import (
	"strings"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// quote returns s as a JavaScript string literal: in single quotes, or in
// double quotes or backticks if that saves escaping. Control characters and
// lone surrogates are escaped, nothing else.
func quote(s string) string {
	mark := byte('\'')
	if strings.IndexByte(s, '\'') >= 0 {
		switch {
		case strings.IndexByte(s, '"') < 0:
			mark = '"'
		case strings.IndexByte(s, '`') < 0 && !strings.Contains(s, "${"):
			mark = '`'
		}
	}
	if !needsEscape(s, mark) {
		b := make([]byte, 0, len(s)+2)
		b = append(b, mark)
		b = append(b, s...)
		return string(append(b, mark))
	}
	return string(append(escape(append(make([]byte, 0, len(s)+8), mark), s, mark), mark))
}

// escapeKey escapes a key that is printed without quotes.
func escapeKey(s string) string {
	if !needsEscape(s, '\'') {
		return s
	}
	return string(escape(nil, s, '\''))
}

// needsEscape reports whether escape would change s.
func needsEscape(s string, mark byte) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0x20, c == mark, c == '\\', c == 0x7F:
			return true
		case c == 0xC2 && s[i+1] < 0xA0: // U+0080 to U+009F
			return true
		case c == 0xED && mirror.Surrogate(s[i:]):
			return true
		}
	}
	return false
}

// escape appends s to b as it stands between two marks.
func escape(b []byte, s string, mark byte) []byte {
	const hex, upper = "0123456789abcdef", "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == mark || c == '\\':
			b = append(b, '\\', c)
		case c == '\b':
			b = append(b, `\b`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\f':
			b = append(b, `\f`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c < 0x20 || c == 0x7F:
			b = append(b, '\\', 'x', upper[c>>4], upper[c&15])
		case c == 0xC2 && s[i+1] < 0xA0:
			i++
			b = append(b, '\\', 'x', upper[s[i]>>4], upper[s[i]&15])
		case c == 0xED && mirror.Surrogate(s[i:]):
			r, _ := mirror.DecodeRune(s[i:])
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
			i += 2
		default:
			b = append(b, c)
		}
	}
	return b
}
