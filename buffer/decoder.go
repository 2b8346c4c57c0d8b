package buffer

// Decoder decodes input that arrives in pieces: the bytes of a character that
// is not whole yet wait for the next piece
// (https://nodejs.org/docs/latest-v24.x/api/string_decoder.html).
type Decoder struct {
	enc  Encoding
	tail [4]byte
	n    int // bytes in tail
	need int // bytes that the character in tail has
}

// NewDecoder returns a decoder of an encoding.
func NewDecoder(e Encoding) *Decoder { return &Decoder{enc: e} }

// Encoding returns the decoder's encoding.
func (d *Decoder) Encoding() Encoding { return d.enc }

// Pending returns the bytes that wait, and how many more the character needs.
func (d *Decoder) Pending() (tail []byte, need int) {
	if d.n == 0 {
		return nil, 0
	}
	return d.tail[:d.n], d.need - d.n
}

// Take returns p's whole characters with what waited before them, and keeps the
// rest: the bytes to be decoded now. Where nothing waited it is a part of p.
func (d *Decoder) Take(p []byte) []byte {
	if d.n > 0 {
		whole := make([]byte, 0, d.n+len(p))
		whole = append(append(whole, d.tail[:d.n]...), p...)
		d.n = 0
		p = whole
	}
	keep, need := d.incomplete(p)
	d.n = copy(d.tail[:], p[len(p)-keep:])
	d.need = need
	return p[:len(p)-keep]
}

// Write decodes p as far as it is whole.
func (d *Decoder) Write(p []byte) string { return Decode(d.Take(p), d.enc) }

// Rest returns the bytes that waited and forgets them.
func (d *Decoder) Rest() []byte {
	p := append([]byte(nil), d.tail[:d.n]...)
	d.n = 0
	return p
}

// End decodes what waited, as far as that is possible.
func (d *Decoder) End() string { return Decode(d.Rest(), d.enc) }

// incomplete counts the bytes at the end of p that begin a character which goes
// on, and the length that character will have.
func (d *Decoder) incomplete(p []byte) (keep, need int) {
	switch d.enc {
	case UTF8:
		return incompleteUTF8(p)
	case UTF16LE:
		keep = len(p) % 2
		need = 2
		if m := len(p) - keep; m >= 2 {
			if hi := p[m-1]; hi >= 0xd8 && hi < 0xdc {
				return keep + 2, 4
			}
		}
		return keep, need
	case Base64, Base64URL:
		return len(p) % 3, 3
	}
	return 0, 0
}

func incompleteUTF8(p []byte) (keep, need int) {
	for back := 1; back <= 3 && back <= len(p); back++ {
		c := p[len(p)-back]
		if c < 0x80 {
			return 0, 0
		}
		if c < 0xc0 {
			continue
		}
		n, lo, hi := lead(c)
		if n <= back {
			return 0, 0
		}
		if back > 1 {
			if s := p[len(p)-back+1]; s < lo || s > hi {
				return 0, 0
			}
		}
		return back, n
	}
	return 0, 0
}
