package idna

// kind says what UTS #46 section 5 does with a code point.
type kind uint8

const (
	disallowed kind = iota
	valid
	ignored
	shifted  // mapped to the code point arg further on
	paired   // alternately mapped to the next code point, and valid
	replaced // mapped to texts[arg>>8:][:arg&0xff]
)

// props are the properties that the validity criteria look at.
type props uint8

const (
	bidiMask props = 7

	bidiNone props = 0 // not in Node's table: allowed where no rule is applied
	bidiL    props = 1
	bidiR    props = 2 // R and AL
	bidiAN   props = 3
	bidiEN   props = 4
	bidiN    props = 5 // ES, CS, ET, ON, BN
	bidiNSM  props = 6

	mark          props = 1 << 3 // general category M
	virama        props = 1 << 4 // canonical combining class 9
	joinsNext     props = 1 << 5 // joining type L or D
	joinsPrevious props = 1 << 6 // joining type R or D
)

// span describes the code points from lo to the next span.
type span struct {
	lo    rune
	kind  kind
	props props
	arg   int32
}

// lookup returns the span of r, which must not be ASCII.
func lookup(r rune) *span {
	lo, hi := 0, len(spans)
	for hi-lo > 1 {
		mid := int(uint(lo+hi) / 2)
		if spans[mid].lo <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return &spans[lo]
}

// propsOf returns the properties of a code point in a mapped string.
func propsOf(r rune) props {
	switch {
	case r >= 0x80:
		return lookup(r).props
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return bidiL
	case '0' <= r && r <= '9':
		return bidiEN
	case r == '\t', r == '\n', r == '\v', r == '\f', r == '\r', 0x1c <= r && r <= 0x1f:
		return bidiNone // B, S and WS, which no rule allows
	default:
		return bidiN
	}
}

// appendMapped appends to dst what r becomes. It reports false for a code point
// that no domain may hold. ASCII is lowercased and otherwise left to the caller.
func appendMapped(dst []rune, r rune) ([]rune, bool) {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, r), true
	}
	s := lookup(r)
	switch s.kind {
	case valid:
		return append(dst, r), true
	case ignored:
		return dst, true
	case shifted:
		return append(dst, r+s.arg), true
	case paired:
		return append(dst, r+1-(r-s.lo)&1), true
	case replaced:
		at := int(s.arg >> 8)
		return append(dst, []rune(texts[at:at+int(s.arg&0xff)])...), true
	}
	return dst, false
}
