package mirror

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// Text returns the contents of s as UTF-8 in which a surrogate that is not part
// of a pair is encoded as three bytes, like any other code point (WTF-8), so
// that nothing is lost. Clean makes UTF-8 of it; StringValue makes s again.
func Text(s goja.String) string {
	t := s.String()
	if len(t) == s.Length() || !strings.Contains(t, "\uFFFD") {
		return t // ASCII, or free of lone surrogates
	}
	units := make([]uint16, s.Length())
	for i := range units {
		units[i] = s.CharAt(i)
	}
	return FromUTF16(units)
}

// FromUTF16 is Text for code units.
func FromUTF16(units []uint16) string {
	var b strings.Builder
	b.Grow(len(units) + len(units)/2)
	for i := 0; i < len(units); i++ {
		c := rune(units[i])
		if utf16.IsSurrogate(c) {
			if i+1 < len(units) {
				if r := utf16.DecodeRune(c, rune(units[i+1])); r != utf8.RuneError {
					b.WriteRune(r)
					i++
					continue
				}
			}
			b.WriteByte(0xE0 | byte(c>>12))
			b.WriteByte(0x80 | byte(c>>6)&0x3F)
			b.WriteByte(0x80 | byte(c)&0x3F)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// DecodeRune is utf8.DecodeRuneInString for Text's encoding: it returns lone
// surrogates as code points.
func DecodeRune(s string) (r rune, size int) {
	if Surrogate(s) {
		return rune(s[0]&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}

// Surrogate reports whether s begins with an encoded lone surrogate.
func Surrogate(s string) bool {
	return len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && s[2]&0xC0 == 0x80
}

// nextSurrogate returns the index of the first lone surrogate in s, or -1.
func nextSurrogate(s string) int {
	for i := 0; ; {
		j := strings.IndexByte(s[i:], 0xED)
		if j < 0 {
			return -1
		}
		if Surrogate(s[i+j:]) {
			return i + j
		}
		i += j + 1
	}
}

// Clean returns s with every lone surrogate replaced by U+FFFD, as Node does
// when it writes a string.
func Clean(s string) string {
	if nextSurrogate(s) < 0 {
		return s
	}
	s = FromUTF16(ToUTF16(s)) // joins halves that came from two strings
	var b strings.Builder
	for i := nextSurrogate(s); i >= 0; i = nextSurrogate(s) {
		b.WriteString(s[:i])
		b.WriteString("\uFFFD")
		s = s[i+3:]
	}
	b.WriteString(s)
	return b.String()
}

// Units returns the number of UTF-16 code units of s, which is the length that
// JavaScript reports.
func Units(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		// Count the bytes that begin a code point, and twice those that
		// begin one outside the basic plane.
		if s[i]&0xC0 != 0x80 {
			n++
		}
		if s[i] >= 0xF0 {
			n++
		}
	}
	return n
}

// ToUTF16 returns the code units of s.
func ToUTF16(s string) []uint16 {
	units := make([]uint16, 0, len(s))
	for len(s) > 0 {
		r, size := DecodeRune(s)
		if r > 0xFFFF {
			units = utf16.AppendRune(units, r)
		} else {
			units = append(units, uint16(r))
		}
		s = s[size:]
	}
	return units
}

// SliceUnits returns the first n code units of s.
func SliceUnits(s string, n int) string {
	for i := 0; i < len(s); {
		if n <= 0 {
			return s[:i]
		}
		r, size := DecodeRune(s[i:])
		if r > 0xFFFF {
			if n == 1 {
				high, _ := utf16.EncodeRune(r)
				return s[:i] + FromUTF16([]uint16{uint16(high)})
			}
			n--
		}
		n--
		i += size
	}
	return s
}

// StringValue is the inverse of Text.
func (m *Mirror) StringValue(s string) goja.Value {
	if nextSurrogate(s) >= 0 {
		return goja.StringFromUTF16(ToUTF16(s))
	}
	return m.vm.ToValue(s)
}

// nameText is Text for a property name.
func nameText(n unistring.String) string {
	if u := n.AsUtf16(); u != nil {
		return FromUTF16(u[1:])
	}
	return string(n)
}
