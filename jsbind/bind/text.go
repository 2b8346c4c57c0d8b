package bind

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// TextValue converts text in which a lone surrogate is written as its
// three-byte form, as package stream makes it when it cuts text.
func (rt *Runtime) TextValue(s string) goja.Value {
	if !hasSurrogate(s) {
		return rt.VM.ToValue(s)
	}
	units := make([]uint16, 0, len(s))
	for len(s) > 0 {
		if isSurrogate(s) {
			units = append(units, 0xD000|uint16(s[1]&0x3F)<<6|uint16(s[2]&0x3F))
			s = s[3:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		units = utf16.AppendRune(units, r)
		s = s[size:]
	}
	return goja.StringFromUTF16(units)
}

// isSurrogate reports whether s begins with a surrogate in three bytes.
func isSurrogate(s string) bool {
	return len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && s[2]&0xC0 == 0x80
}

func hasSurrogate(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == 0xED && isSurrogate(s[i:]) {
			return true
		}
	}
	return false
}
