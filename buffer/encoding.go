package buffer

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Encoding is one of Node's names for turning bytes into text and back
// (https://nodejs.org/docs/latest-v24.x/api/buffer.html#buffers-and-character-encodings).
type Encoding uint8

// The encodings.
const (
	UTF8 Encoding = iota
	UTF16LE
	Latin1
	ASCII
	Base64
	Base64URL
	Hex
	unknown
)

var encodingNames = [...]string{"utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex"}

// String returns the encoding's canonical name.
func (e Encoding) String() string { return encodingNames[e] }

// ParseEncoding reads an encoding's name in any of its spellings and cases.
func ParseEncoding(name string) (Encoding, bool) {
	if e := lookupEncoding(name); e != unknown {
		return e, true
	}
	e := lookupEncoding(strings.ToLower(name))
	return e, e != unknown
}

func lookupEncoding(name string) Encoding {
	switch name {
	case "utf8", "utf-8", "":
		return UTF8
	case "utf16le", "utf-16le", "ucs2", "ucs-2":
		return UTF16LE
	case "latin1", "binary":
		return Latin1
	case "ascii":
		return ASCII
	case "base64":
		return Base64
	case "base64url":
		return Base64URL
	case "hex":
		return Hex
	}
	return unknown
}

// IsASCII reports whether p has no byte above 0x7f.
func IsASCII(p []byte) bool {
	for ; len(p) >= 8; p = p[8:] {
		if binary.LittleEndian.Uint64(p)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range p {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// TextBytes returns the bytes of s themselves, not a copy: nobody may write to
// them.
func TextBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// Decode turns bytes into text. Malformed UTF-8 becomes U+FFFD by the maximal
// subpart rule of the Encoding Standard; an unpaired UTF-16 surrogate too (see
// UTF16 for text that keeps it).
func Decode(p []byte, e Encoding) string {
	switch e {
	case UTF8:
		if utf8.Valid(p) {
			return string(p)
		}
		return string(repairUTF8(p))
	case UTF16LE:
		return decodeUTF16(p)
	case Latin1:
		if IsASCII(p) {
			return string(p)
		}
		var b strings.Builder
		b.Grow(len(p) + len(p)/2)
		for _, c := range p {
			b.WriteRune(rune(c))
		}
		return b.String()
	case ASCII:
		q := make([]byte, len(p))
		for i, c := range p {
			q[i] = c & 0x7f
		}
		return string(q)
	case Base64:
		return base64.StdEncoding.EncodeToString(p)
	case Base64URL:
		return base64.RawURLEncoding.EncodeToString(p)
	}
	return hex.EncodeToString(p)
}

// UTF16 turns bytes into UTF-16 units, for UTF8 and UTF16LE: the form in which
// a host keeps text that is not ASCII. A last odd byte of UTF16LE is dropped.
func UTF16(p []byte, e Encoding) []uint16 {
	if e == UTF16LE {
		out := make([]uint16, len(p)/2)
		for i := range out {
			out[i] = uint16(p[2*i]) | uint16(p[2*i+1])<<8
		}
		return out
	}
	out := make([]uint16, 0, len(p))
	for len(p) > 0 {
		if p[0] < 0x80 {
			out = append(out, uint16(p[0]))
			p = p[1:]
			continue
		}
		r, n := decodeRune(p)
		p = p[n:]
		if r > 0xffff {
			r -= 0x10000
			out = append(out, uint16(0xd800+r>>10), uint16(0xdc00+r&0x3ff))
		} else {
			out = append(out, uint16(r))
		}
	}
	return out
}

func repairUTF8(p []byte) []byte {
	out := make([]byte, 0, len(p)+8)
	for len(p) > 0 {
		r, n := decodeRune(p)
		out = utf8.AppendRune(out, r)
		p = p[n:]
	}
	return out
}

// decodeRune decodes the first character; for malformed input it is U+FFFD with
// the length of the maximal subpart.
func decodeRune(p []byte) (rune, int) {
	r, n := utf8.DecodeRune(p)
	if r != utf8.RuneError || n == 3 {
		return r, n
	}
	need, lo, hi := lead(p[0])
	if need == 0 {
		return utf8.RuneError, 1
	}
	i := 1
	for i < need && i < len(p) && p[i] >= lo && p[i] <= hi {
		lo, hi = 0x80, 0xbf
		i++
	}
	return utf8.RuneError, i
}

// lead returns the length that a first byte announces and the range of its
// second byte; 0 for a byte that starts nothing.
func lead(c byte) (need int, lo, hi byte) {
	lo, hi = 0x80, 0xbf
	switch {
	case c >= 0xc2 && c <= 0xdf:
		return 2, lo, hi
	case c == 0xe0:
		return 3, 0xa0, hi
	case c == 0xed:
		return 3, lo, 0x9f
	case c >= 0xe1 && c <= 0xef:
		return 3, lo, hi
	case c == 0xf0:
		return 4, 0x90, hi
	case c >= 0xf1 && c <= 0xf3:
		return 4, lo, hi
	case c == 0xf4:
		return 4, lo, 0x8f
	}
	return 0, 0, 0
}

func decodeUTF16(p []byte) string {
	var b strings.Builder
	for i := 0; i+1 < len(p); i += 2 {
		u := rune(p[i]) | rune(p[i+1])<<8
		if u >= 0xd800 && u < 0xdc00 && i+3 < len(p) {
			if v := rune(p[i+2]) | rune(p[i+3])<<8; v >= 0xdc00 && v < 0xe000 {
				b.WriteRune((u-0xd800)<<10 + v - 0xdc00 + 0x10000)
				i += 2
				continue
			}
		}
		if u >= 0xd800 && u < 0xe000 {
			u = utf8.RuneError
		}
		b.WriteRune(u)
	}
	return b.String()
}

// Encode turns text into bytes. Text is UTF-8; hex stops at the first character
// that is not a pair of digits, base64 takes both alphabets and skips what is
// neither, as Buffer.from does.
func Encode(s string, e Encoding) []byte {
	switch e {
	case UTF8:
		return []byte(s)
	case UTF16LE:
		out := make([]byte, 0, 2*len(s))
		for _, r := range s {
			if r > 0xffff {
				r -= 0x10000
				hi, lo := 0xd800+r>>10, 0xdc00+r&0x3ff
				out = append(out, byte(hi), byte(hi>>8), byte(lo), byte(lo>>8))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return out
	case Latin1, ASCII:
		out := make([]byte, 0, len(s))
		for _, r := range s {
			if r > 0xffff {
				r -= 0x10000
				out = append(out, byte(0xd800+r>>10), byte(0xdc00+r&0x3ff))
			} else {
				out = append(out, byte(r))
			}
		}
		return out
	case Base64, Base64URL:
		return decodeBase64(s)
	}
	return decodeHex(s)
}

func decodeHex(s string) []byte {
	out := make([]byte, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		hi, lo := hexDigit(s[i]), hexDigit(s[i+1])
		if hi > 15 || lo > 15 {
			break
		}
		out = append(out, hi<<4|lo)
	}
	return out
}

func hexDigit(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

func decodeBase64(s string) []byte {
	if out, err := base64.StdEncoding.DecodeString(s); err == nil && !strings.ContainsAny(s, "\r\n") {
		return out
	}
	out := make([]byte, 0, len(s)*3/4)
	var acc uint32
	bits := 0
	for i := 0; i < len(s); i++ {
		v := base64Digit(s[i])
		if v > 63 {
			if s[i] == '=' {
				break
			}
			continue
		}
		acc = acc<<6 | uint32(v)
		bits += 6
		if bits >= 8 {
			bits -= 8
			out = append(out, byte(acc>>bits))
		}
	}
	return out
}

func base64Digit(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c - 'A'
	case c >= 'a' && c <= 'z':
		return c - 'a' + 26
	case c >= '0' && c <= '9':
		return c - '0' + 52
	case c == '+' || c == '-':
		return 62
	case c == '/' || c == '_':
		return 63
	}
	return 255
}

// ByteLength is how many bytes text takes in an encoding, as Buffer.byteLength
// counts it: for base64 from the length alone.
func ByteLength(s string, e Encoding) int {
	switch e {
	case UTF8:
		return len(s)
	case UTF16LE:
		return 2 * utf16Len(s)
	case Latin1, ASCII:
		return utf16Len(s)
	case Base64, Base64URL:
		n := len(s)
		if n > 0 && s[n-1] == '=' {
			n--
			if n > 0 && s[n-1] == '=' {
				n--
			}
		}
		return n * 3 / 4
	}
	return utf16Len(s) / 2
}
