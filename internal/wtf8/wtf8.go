// Package wtf8 carries JavaScript strings through Go: UTF-8, extended so that a
// surrogate without its partner stands as the three bytes its number would have
// (the WTF-8 of https://simonsapin.github.io/wtf-8/). A string of whole
// characters is the same in both.
//
// All functions are pure and may be called from any goroutine.
package wtf8

import (
	"unicode/utf16"
	"unicode/utf8"
)

const (
	surrogateMin = 0xd800
	surrogateLow = 0xdc00
	surrogateMax = 0xdfff
)

// IsSurrogate reports whether r is half of a UTF-16 pair.
func IsSurrogate(r rune) bool { return surrogateMin <= r && r <= surrogateMax }

// DecodeRune is utf8.DecodeRuneInString, except that it returns a surrogate
// where one is encoded.
func DecodeRune(s string) (r rune, size int) {
	r, size = utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 && surrogateAt(s) {
		return rune(s[0]&0x0f)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return r, size
}

func surrogateAt(s string) bool {
	return len(s) >= 3 && s[0] == 0xed && s[1]&0xe0 == 0xa0 && s[2]&0xc0 == 0x80
}

// AppendRune is utf8.AppendRune, except that it encodes surrogates as they are.
func AppendRune(dst []byte, r rune) []byte {
	if IsSurrogate(r) {
		return append(dst, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
	}
	return utf8.AppendRune(dst, r)
}

// Runes returns the code points of s, surrogates included.
func Runes(s string) []rune {
	out := make([]rune, 0, len(s))
	for len(s) > 0 {
		r, n := DecodeRune(s)
		out = append(out, r)
		s = s[n:]
	}
	return out
}

// FromUTF16 returns the string of the given UTF-16 units. Pairs are joined.
func FromUTF16(units []uint16) string {
	out := make([]byte, 0, len(units)+len(units)/2)
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if surrogateMin <= r && r < surrogateLow && i+1 < len(units) {
			if joined := utf16.DecodeRune(r, rune(units[i+1])); joined != utf8.RuneError {
				r = joined
				i++
			}
		}
		out = AppendRune(out, r)
	}
	return string(out)
}

// ToUTF16 returns the UTF-16 units of s.
func ToUTF16(s string) []uint16 {
	out := make([]uint16, 0, len(s))
	for len(s) > 0 {
		r, n := DecodeRune(s)
		s = s[n:]
		if r >= 0x10000 {
			hi, lo := utf16.EncodeRune(r)
			out = append(out, uint16(hi), uint16(lo))
		} else {
			out = append(out, uint16(r))
		}
	}
	return out
}

// ToValid returns s with every lone surrogate and every byte that is no UTF-8
// replaced by U+FFFD, as JavaScript's toWellFormed and the USVString conversion
// of Web IDL do. Two surrogates that form a pair are joined.
func ToValid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string(utf16.Decode(ToUTF16(s)))
}
