package parser

import (
	"encoding/binary"
	"math/bits"
)

// Character classes, one bit each, looked up in class.
const (
	clToken  = 1 << iota // RFC 9110 tchar: header names, chunk extension names
	clURL                // characters of a path, query or fragment, without ? and #
	clHost               // characters of a URL's authority
	clAlpha              // letters
	clQuoted             // characters of a quoted chunk extension value
	clHex                // hexadecimal digits
)

var class = makeClass()

func makeClass() (t [256]uint8) {
	const token = "!#$%&'*+-.^_`|~"
	const host = "-_.!~*'();:&=+$,%[]@"
	for c := 0; c < 256; c++ {
		b := byte(c)
		digit := b >= '0' && b <= '9'
		alpha := b|0x20 >= 'a' && b|0x20 <= 'z'
		if digit || alpha || contains(token, b) {
			t[c] |= clToken
		}
		if digit || alpha || contains(host, b) {
			t[c] |= clHost
		}
		if alpha {
			t[c] |= clAlpha
		}
		if digit || b|0x20 >= 'a' && b|0x20 <= 'f' {
			t[c] |= clHex
		}
		if b > 0x20 && b < 0x7f && b != '?' && b != '#' {
			t[c] |= clURL
		}
		if b == '\t' || b >= 0x20 && b != '"' && b != '\\' {
			t[c] |= clQuoted
		}
	}
	return t
}

func contains(s string, b byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == b {
			return true
		}
	}
	return false
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// scanText returns the index of the first byte of d at or after i that cannot
// stand in a header value (a control character other than tab, or DEL), or
// len(d). It looks at eight bytes at a time: a byte below 0x20 borrows into
// its top bit when 0x20 is taken from it; a byte equal to 0x7f becomes zero.
func scanText(d []byte, i int) int {
	for {
		for ; i+8 <= len(d); i += 8 {
			x := binary.LittleEndian.Uint64(d[i:])
			del := x ^ 0x7f*ones
			if m := ((x-0x20*ones)&^x | (del-ones)&^del) & highs; m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
		}
		for ; i < len(d); i++ {
			if c := d[i]; c < 0x20 && c != '\t' || c == 0x7f {
				return i
			} else if c == '\t' && i+9 <= len(d) {
				i++
				break
			}
		}
		if i >= len(d) {
			return len(d)
		}
	}
}

// scanURL returns the index of the first byte of d at or after i that is not a
// visible ASCII character, or len(d).
func scanURL(d []byte, i int) int {
	for ; i+8 <= len(d); i += 8 {
		x := binary.LittleEndian.Uint64(d[i:])
		if m := ((x-0x21*ones)&^x | x | (x + ones)) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(d); i++ {
		if c := d[i]; c <= 0x20 || c >= 0x7f {
			return i
		}
	}
	return i
}

// lower returns c in lower case.
func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// equalFold reports whether b equals the lower-case s, ASCII case ignored.
func equalFold(b []byte, s string) bool {
	if len(b) != len(s) {
		return false
	}
	for i := range b {
		if lower(b[i]) != s[i] {
			return false
		}
	}
	return true
}
