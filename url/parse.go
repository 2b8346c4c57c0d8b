package url

import (
	"strings"
	"unicode/utf8"

	"github.com/spindle-js/spindle/internal/wtf8"
	"github.com/spindle-js/spindle/nodeerr"
)

// Parse parses an absolute URL, as new URL(input) does. It fails with
// ERR_INVALID_URL.
func Parse(input string) (*URL, error) {
	u := new(URL)
	if !u.parse(input, nil) {
		return nil, nodeerr.InvalidURL(input)
	}
	return u, nil
}

// ParseRef parses input against a base URL, as new URL(input, base) does. It
// fails with ERR_INVALID_URL.
func ParseRef(input, base string) (*URL, error) {
	var b URL
	u := new(URL)
	if !b.parse(base, nil) || !u.parse(input, &b) {
		return nil, nodeerr.InvalidURLBase(input, base)
	}
	return u, nil
}

// ParseRef parses ref against u. It fails with ERR_INVALID_URL.
func (u *URL) ParseRef(ref string) (*URL, error) {
	out := new(URL)
	if !out.parse(ref, u) {
		return nil, nodeerr.InvalidURLBase(ref, u.href)
	}
	return out, nil
}

// CanParse reports whether Parse succeeds, as URL.canParse(input) does.
func CanParse(input string) bool {
	var u URL
	return u.parse(input, nil)
}

// CanParseRef reports whether ParseRef succeeds, as URL.canParse(input, base)
// does.
func CanParseRef(input, base string) bool {
	var u, b URL
	return b.parse(base, nil) && u.parse(input, &b)
}

// parse sets u to input, which is relative to base if that is not nil, and
// reports whether it is valid. u is left alone when it is not.
func (u *URL) parse(input string, base *URL) bool {
	if u.parseNormal(input, base) {
		return true
	}
	var r record
	if !r.parse(clean(input), base) {
		return false
	}
	return r.assemble(u)
}

// clean makes input well-formed, strips C0 controls and spaces from its ends
// and removes tabs and line ends.
func clean(input string) string {
	return removeBreaks(strings.TrimFunc(wellFormed(input), func(r rune) bool { return r <= ' ' }))
}

// removeBreaks removes tabs and line ends.
func removeBreaks(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; c != '\t' && c != '\n' && c != '\r' {
			b = append(b, c)
		}
	}
	return string(b)
}

func wellFormed(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return wtf8.ToValid(s)
}
