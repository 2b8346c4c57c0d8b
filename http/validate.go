package http

import (
	"encoding/binary"
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/nodeerr"
)

// tokenChar marks the characters of a token (RFC 9110, section 5.6.2).
var tokenChar = func() (t [256]bool) {
	for _, c := range "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		t[c] = true
	}
	return
}()

// IsToken reports whether s is a token: the form of methods and header names.
func IsToken(s string) bool {
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !tokenChar[s[i]] {
			return false
		}
	}
	return true
}

// InvalidHeaderChar reports whether s has a character that may not stand in a
// header value: a control character other than tab, or one past U+00FF.
func InvalidHeaderChar(s string) bool {
	p := buffer.TextBytes(s)
	for len(p) >= 8 && plainWord(binary.LittleEndian.Uint64(p)) {
		p = p[8:]
	}
	ascii := true
	for _, c := range p {
		if c < 0x20 && c != '\t' || c == 0x7f {
			return true
		}
		ascii = ascii && c < 0x80
	}
	if ascii {
		return false
	}
	for _, r := range s {
		if r > 0xff {
			return true
		}
	}
	return false
}

// plainWord reports whether the eight bytes of w are all from 0x20 to 0x7e. A
// byte is less than n if subtracting n borrows from it; 0x7f is what is 0 after
// an exclusive or. Bytes above 0x7f have their high bit set.
func plainWord(w uint64) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	del := w ^ 0x7f*ones
	return (w|(w-0x20*ones)|(del-ones)&^del)&high == 0
}

// ValidateHeaderName is http.validateHeaderName; label is "Header name" by
// default.
func ValidateHeaderName(name, label string) error {
	if !IsToken(name) {
		if label == "" {
			label = "Header name"
		}
		return nodeerr.InvalidHTTPToken(label, name)
	}
	return nil
}

// ValidateHeaderValue is http.validateHeaderValue for a value that is there.
func ValidateHeaderValue(name, value string) error {
	if InvalidHeaderChar(value) {
		return nodeerr.InvalidChar("header content", name)
	}
	return nil
}

// invalidPath reports whether a request target has a character that must be
// escaped: anything outside U+0021 to U+00FF.
func invalidPath(s string) bool {
	for _, r := range s {
		if r < 0x21 || r > 0xff {
			return true
		}
	}
	return false
}

// hasToken reports whether a list-valued header has the word, as Node looks for
// "close" and "chunked": between characters that are not word characters.
func hasToken(value, word string) bool {
	for i := 0; i+len(word) <= len(value); {
		j := indexFold(value[i:], word)
		if j < 0 {
			return false
		}
		j += i
		before := j == 0 || !wordChar(value[j-1])
		end := j + len(word)
		if before && (end == len(value) || !wordChar(value[end])) {
			return true
		}
		i = j + 1
	}
	return false
}

func wordChar(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func indexFold(s, word string) int {
	for i := 0; i+len(word) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

// equalFold is strings.EqualFold for a lower-case ASCII word.
func equalFold(s, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// lower is strings.ToLower that does not copy what is lower-case already.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 {
			return strings.ToLower(s)
		} else if c >= 'A' && c <= 'Z' {
			s, _ = parser.LowerName([]byte(s))
			return s
		}
	}
	return s
}
