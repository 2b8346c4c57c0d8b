package stream

import (
	"unicode/utf8"

	"github.com/spindle-js/spindle/buffer"
)

// Text is UTF-8. A lone surrogate, which a read(n) between the halves of a pair
// or a UTF-16 decoder makes, is written as its three-byte form (WTF-8), which
// the host turns back into the one UTF-16 unit.

// surrogate reports whether s begins with a three-byte surrogate and whether it
// is the high half.
func surrogate(s string) (unit rune, ok bool) {
	if len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), true
	}
	return 0, false
}

func appendSurrogate(b []byte, unit rune) []byte {
	return append(b, 0xED, 0x80|byte(unit>>6)&0x3F, 0x80|byte(unit)&0x3F)
}

// next returns the size in bytes of the first character of s and its length in
// UTF-16 units.
func next(s string) (size, units int) {
	if s[0] < utf8.RuneSelf {
		return 1, 1
	}
	if _, ok := surrogate(s); ok {
		return 3, 1
	}
	r, size := utf8.DecodeRuneInString(s)
	if r > 0xFFFF {
		return size, 2
	}
	return size, 1
}

// utf16Len returns the length of s in UTF-16 units.
func utf16Len(s string) int {
	if buffer.IsASCII(buffer.TextBytes(s)) {
		return len(s)
	}
	n := 0
	for len(s) > 0 {
		size, units := next(s)
		n += units
		s = s[size:]
	}
	return n
}

// utf16Cut splits s before its n'th UTF-16 unit, through a pair if need be.
func utf16Cut(s string, n int) (head, tail string) {
	i := 0
	for n > 0 && i < len(s) {
		size, units := next(s[i:])
		if units > n {
			r, _ := utf8.DecodeRuneInString(s[i:])
			r -= 0x10000
			head = string(appendSurrogate([]byte(s[:i]), 0xD800|r>>10))
			tail = string(append(appendSurrogate(nil, 0xDC00|r&0x3FF), s[i+size:]...))
			return head, tail
		}
		n -= units
		i += size
	}
	return s[:i], s[i:]
}

// appendText appends t to b; a high half at the end of b and a low half at the
// start of t become one character.
func appendText(b []byte, t string) []byte {
	if n := len(b); n >= 3 && len(t) >= 3 && b[n-3] == 0xED && t[0] == 0xED {
		hi, ok1 := surrogate(string(b[n-3:]))
		lo, ok2 := surrogate(t)
		if ok1 && ok2 && hi < 0xDC00 && lo >= 0xDC00 {
			b = utf8.AppendRune(b[:n-3], 0x10000+(hi-0xD800)<<10+(lo-0xDC00))
			t = t[3:]
		}
	}
	return append(b, t...)
}

// textOfUnits makes text of UTF-16 units.
func textOfUnits(units []uint16) string {
	b := make([]byte, 0, len(units))
	for i := 0; i < len(units); i++ {
		u := rune(units[i])
		switch {
		case u < 0xD800 || u > 0xDFFF:
			b = utf8.AppendRune(b, u)
		case u < 0xDC00 && i+1 < len(units) && units[i+1]>>10 == 0xDC00>>10:
			i++
			b = utf8.AppendRune(b, 0x10000+(u-0xD800)<<10+rune(units[i])-0xDC00)
		default:
			b = appendSurrogate(b, u)
		}
	}
	return string(b)
}
