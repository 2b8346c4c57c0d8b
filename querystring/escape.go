package querystring

import (
	"unicode/utf8"

	"github.com/spindle-js/spindle/internal/wtf8"
	"github.com/spindle-js/spindle/nodeerr"
)

const upperHex = "0123456789ABCDEF"

// unreserved tells the ASCII characters that Escape leaves as they are: letters,
// digits and - . _ ~ ! ' ( ) *.
var unreserved = func() (t [128]bool) {
	for c := byte(0); c < 128; c++ {
		t[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	for _, c := range []byte("-._~!'()*") {
		t[c] = true
	}
	return t
}()

// Escape percent-encodes s as encodeURIComponent does. It fails with
// ERR_INVALID_URI if s ends with a lone surrogate; one elsewhere is joined with
// what follows it, as in Node.
func Escape(s string) (string, error) { return EscapeExcept(s, "") }

// EscapeExcept is Escape with further ASCII characters to leave as they are.
func EscapeExcept(s, keep string) (string, error) {
	plain := unreserved
	for i := range len(keep) {
		plain[keep[i]] = true
	}
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && plain[s[i]] {
		i++
	}
	if i == len(s) {
		return s, nil
	}
	b := make([]byte, i, len(s)+len(s)/2+8)
	copy(b, s)
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if plain[c] {
				b = append(b, c)
			} else {
				b = append(b, '%', upperHex[c>>4], upperHex[c&15])
			}
			i++
			continue
		}
		r, n := wtf8.DecodeRune(s[i:])
		if wtf8.IsSurrogate(r) {
			return escapeUnits(b, wtf8.ToUTF16(s[i:]), &plain)
		}
		b = appendEscaped(b, s[i:i+n])
		i += n
	}
	return string(b), nil
}

func appendEscaped[T string | []byte](dst []byte, s T) []byte {
	for i := range len(s) {
		dst = append(dst, '%', upperHex[s[i]>>4], upperHex[s[i]&15])
	}
	return dst
}

// escapeUnits is the rest of EscapeExcept for a string with a lone surrogate.
// Node takes any surrogate for the first half of a pair, whatever follows, and
// fails only where nothing does.
func escapeUnits(b []byte, units []uint16, plain *[128]bool) (string, error) {
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		switch {
		case r < utf8.RuneSelf && plain[r]:
			b = append(b, byte(r))
			continue
		case wtf8.IsSurrogate(r):
			if i++; i == len(units) {
				return "", nodeerr.InvalidURI()
			}
			r = 0x10000 + (r&0x3ff)<<10 | rune(units[i]&0x3ff)
		}
		b = appendEscaped(b, utf8.AppendRune(nil, r))
	}
	return string(b), nil
}
