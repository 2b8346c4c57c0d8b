package wtf8

import "unicode/utf8"

// FromBytes decodes b, with one U+FFFD for each maximal part of a sequence that is
// cut off, as the Encoding standard has it.
func FromBytes(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out := make([]byte, 0, len(b)+8)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			n = maximalPart(b)
		}
		out = utf8.AppendRune(out, r)
		b = b[n:]
	}
	return string(out)
}

// maximalPart returns the length of the longest beginning of a UTF-8 sequence
// that b, which is none, begins with; at least 1.
func maximalPart(b []byte) int {
	length := SequenceLength(b[0])
	n := 1
	for n < length && n < len(b) && b[n]&0xc0 == 0x80 {
		if n == 1 {
			switch {
			case b[0] == 0xe0 && b[1] < 0xa0, b[0] == 0xed && b[1] > 0x9f,
				b[0] == 0xf0 && b[1] < 0x90, b[0] == 0xf4 && b[1] > 0x8f:
				return 1
			}
		}
		n++
	}
	return n
}

// SequenceLength returns the length of the UTF-8 sequence that c begins, 0 if it
// begins none.
func SequenceLength(c byte) int {
	switch {
	case c < 0x80:
		return 1
	case 0xc2 <= c && c <= 0xdf:
		return 2
	case 0xe0 <= c && c <= 0xef:
		return 3
	case 0xf0 <= c && c <= 0xf4:
		return 4
	}
	return 0
}
