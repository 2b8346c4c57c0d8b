package utilmod

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// utf8Decoder replaces each maximal part of an ill-formed sequence by one
// U+FFFD (https://encoding.spec.whatwg.org/#utf-8-decoder).
type utf8Decoder struct {
	tail [3]byte // the beginning of a character
	n    int
}

func (d *utf8Decoder) reset() { d.n = 0 }

func (d *utf8Decoder) decode(p []byte, flush bool) (string, bool) {
	if d.n > 0 {
		p = append(append(make([]byte, 0, d.n+len(p)), d.tail[:d.n]...), p...)
		d.n = 0
	}
	if utf8.Valid(p) {
		return string(p), true
	}
	var b strings.Builder
	b.Grow(len(p))
	ok := true
	for i := 0; i < len(p); {
		if r, size := utf8.DecodeRune(p[i:]); r != utf8.RuneError || size > 1 {
			b.Write(p[i : i+size])
			i += size
			continue
		}
		n, whole := illFormed(p[i:])
		if !whole && !flush {
			d.n = copy(d.tail[:], p[i:])
			break
		}
		ok = false
		b.WriteString("\uFFFD")
		i += n
	}
	return b.String(), ok
}

// illFormed returns the length of the maximal part at the start of p, which is
// no character. whole is false if it goes up to the end of p and more bytes
// could complete it.
func illFormed(p []byte) (n int, whole bool) {
	lower, upper, need := byte(0x80), byte(0xBF), 0
	switch c := p[0]; {
	case c >= 0xC2 && c <= 0xDF:
		need = 1
	case c >= 0xE0 && c <= 0xEF:
		need = 2
		if c == 0xE0 {
			lower = 0xA0
		} else if c == 0xED {
			upper = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		need = 3
		if c == 0xF0 {
			lower = 0x90
		} else if c == 0xF4 {
			upper = 0x8F
		}
	default:
		return 1, true
	}
	for n = 1; n <= need; n++ {
		if n == len(p) {
			return n, false
		}
		if p[n] < lower || p[n] > upper {
			return n, true
		}
		lower, upper = 0x80, 0xBF
	}
	return n, true
}

// utf16Decoder is the decoder of UTF-16
// (https://encoding.spec.whatwg.org/#shared-utf-16-decoder).
type utf16Decoder struct {
	bigEndian bool
	lead      int // one more than a byte that waits for its second half, 0 for none
	high      uint16
}

func (d *utf16Decoder) reset() { d.lead, d.high = 0, 0 }

func (d *utf16Decoder) decode(p []byte, flush bool) (string, bool) {
	var b strings.Builder
	b.Grow(len(p))
	ok := true
	bad := func() {
		ok = false
		b.WriteString("\uFFFD")
	}
	for _, c := range p {
		if d.lead == 0 {
			d.lead = int(c) + 1
			continue
		}
		first := uint16(d.lead - 1)
		d.lead = 0
		u := uint16(c)<<8 | first
		if d.bigEndian {
			u = first<<8 | uint16(c)
		}
		if d.high != 0 {
			high := d.high
			d.high = 0
			if u >= 0xDC00 && u <= 0xDFFF {
				b.WriteRune(utf16.DecodeRune(rune(high), rune(u)))
				continue
			}
			bad()
		}
		switch {
		case u >= 0xD800 && u <= 0xDBFF:
			d.high = u
		case u >= 0xDC00 && u <= 0xDFFF:
			bad()
		default:
			b.WriteRune(rune(u))
		}
	}
	if flush && (d.lead != 0 || d.high != 0) {
		d.lead, d.high = 0, 0
		bad()
	}
	return b.String(), ok
}

// byteDecoder decodes an encoding of single bytes.
type byteDecoder struct {
	t *charmap.Charmap
	// controls says that bytes 0x80 to 0x9F without a character are the
	// control characters of that number.
	controls bool
}

func (d byteDecoder) reset() {}

func (d byteDecoder) decode(p []byte, _ bool) (string, bool) {
	var b strings.Builder
	b.Grow(len(p))
	ok := true
	for _, c := range p {
		r := d.t.DecodeByte(c)
		if r == utf8.RuneError {
			if c >= 0x80 && c < 0xA0 && d.controls {
				r = rune(c)
			} else {
				ok = false
			}
		}
		b.WriteRune(r)
	}
	return b.String(), ok
}

// tableDecoder decodes one of the older encodings.
type tableDecoder struct {
	t    transform.Transformer
	tail []byte
}

func newTableDecoder(e encoding.Encoding) *tableDecoder { return &tableDecoder{t: e.NewDecoder()} }

func (d *tableDecoder) reset() {
	d.t.Reset()
	d.tail = nil
}

func (d *tableDecoder) decode(p []byte, flush bool) (string, bool) {
	p = append(d.tail, p...)
	d.tail = nil
	var out []byte
	dst := make([]byte, 4096)
	for {
		n, used, err := d.t.Transform(dst, p, flush)
		out = append(out, dst[:n]...)
		p = p[used:]
		if err != transform.ErrShortDst {
			if err != nil && !flush {
				d.tail = append(d.tail, p...)
			}
			break
		}
	}
	text := string(out)
	return text, !strings.Contains(text, "\uFFFD")
}
