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

// State returns the bytes of the character that waits, or what is left of the
// last one that did; how many more it needs; and how many are there.
func (d *Decoder) State() (chars [4]byte, missing, buffered int) {
	if d.n == 0 {
		return d.tail, 0, 0
	}
	return d.tail, d.need - d.n, d.n
}

// Take returns p's whole characters with what waited before them, and keeps the
// rest: the bytes to be decoded now. Where nothing waited it is a part of p.
func (d *Decoder) Take(p []byte) []byte {
	if d.enc == UTF16LE {
		return d.takeUnits(p)
	}
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

// takeUnits is Take for UTF-16. As Node does, it keeps the first half of a pair
// only where p ends with it: a half that ends before an odd byte, or is put
// together from two pieces, is decoded alone.
func (d *Decoder) takeUnits(p []byte) []byte {
	var whole []byte
	if d.n > 0 {
		n := copy(d.tail[d.n:d.need], p)
		d.n += n
		p = p[n:]
		if d.n < d.need {
			return nil
		}
		whole = append(make([]byte, 0, d.n+len(p)), d.tail[:d.n]...)
		d.n = 0
	}
	switch m := len(p); {
	case m%2 == 1:
		d.need, d.n = 2, copy(d.tail[:], p[m-1:])
	case m >= 2 && p[m-1] >= 0xd8 && p[m-1] < 0xdc:
		d.need, d.n = 4, copy(d.tail[:], p[m-2:])
	}
	p = p[:len(p)-d.n]
	if whole != nil {
		return append(whole, p...)
	}
	return p
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
