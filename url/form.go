package url

import (
	"strings"

	"github.com/spindle-js/spindle/internal/wtf8"
)

// Pair is a name and its value in a query.
type Pair struct{ Name, Value string }

// parseForm is the application/x-www-form-urlencoded parser
// (https://url.spec.whatwg.org/#urlencoded-parsing); it appends to list. A "?"
// in front is skipped.
func parseForm(list []Pair, in string) []Pair {
	in = strings.TrimPrefix(in, "?")
	for in != "" {
		var part string
		part, in, _ = strings.Cut(in, "&")
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		list = append(list, Pair{decodeForm(name), decodeForm(value)})
	}
	return list
}

// decodeForm decodes "+" and percent-encoded bytes of s, which is well-formed,
// and makes the result so.
func decodeForm(s string) string {
	if strings.IndexByte(s, '+') >= 0 {
		s = strings.ReplaceAll(s, "+", " ")
	}
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	return wtf8.FromBytes([]byte(decode(s)))
}

// appendForm is the application/x-www-form-urlencoded serialiser
// (https://url.spec.whatwg.org/#urlencoded-serializing).
func appendForm(dst []byte, list []Pair) []byte {
	for i, p := range list {
		if i > 0 {
			dst = append(dst, '&')
		}
		dst = appendFormEncoded(dst, p.Name)
		dst = append(dst, '=')
		dst = appendFormEncoded(dst, p.Value)
	}
	return dst
}

func appendFormEncoded(dst []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ':
			dst = append(dst, '+')
		case sets[c]&setForm != 0:
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
