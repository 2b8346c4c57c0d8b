package punycode

import (
	"math"

	"github.com/spindle-js/spindle/nodeerr"
)

// The parameters of Bootstring for Punycode (RFC 3492 section 5).
const (
	base        = 36
	tMin        = 1
	tMax        = 26
	skew        = 38
	damp        = 700
	initialBias = 72
	initialN    = 128
	delimiter   = '-'
	maxInt      = math.MaxInt32
)

// The errors of the conversions, all RangeErrors without a code.
var (
	errOverflow = "Overflow: input needs wider integers to process"
	errNotBasic = "Illegal input >= 0x80 (not a basic code point)"
	errInvalid  = "Invalid input"
)

func rangeError(text string) error { return nodeerr.New(nodeerr.KindRange, "", text) }

// threshold is t of RFC 3492 section 3.3 for the digit at position k.
func threshold(k, bias int) int {
	return min(max(k-bias, tMin), tMax)
}

// adapt is the bias adaptation of RFC 3492 section 6.1.
func adapt(delta, points int, first bool) int {
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (base-tMin)*tMax/2 {
		delta /= base - tMin
		k += base
	}
	return k + (base-tMin+1)*delta/(delta+skew)
}

// digitValue returns the value of an ASCII digit of Bootstring, or base.
func digitValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c-'0') + 26
	case 'a' <= c && c <= 'z':
		return int(c - 'a')
	case 'A' <= c && c <= 'Z':
		return int(c - 'A')
	}
	return base
}

func digit(v int) byte {
	if v < 26 {
		return byte('a' + v)
	}
	return byte('0' + v - 26)
}

// AppendEncoded appends the Bootstring form of points to dst. Its only error
// is a RangeError for input whose differences do not fit 31 bits.
func AppendEncoded(dst []byte, points []rune) ([]byte, error) {
	start := len(dst)
	for _, p := range points {
		if p < initialN {
			dst = append(dst, byte(p))
		}
	}
	basic := len(dst) - start
	if basic > 0 {
		dst = append(dst, delimiter)
	}
	n, delta, bias := initialN, 0, initialBias
	for handled := basic; handled < len(points); {
		next := maxInt
		for _, p := range points {
			if int(p) >= n && int(p) < next {
				next = int(p)
			}
		}
		if next-n > (maxInt-delta)/(handled+1) {
			return dst, rangeError(errOverflow)
		}
		delta += (next - n) * (handled + 1)
		n = next
		for _, p := range points {
			if int(p) < n {
				if delta++; delta > maxInt {
					return dst, rangeError(errOverflow)
				}
			}
			if int(p) != n {
				continue
			}
			q := delta
			for k := base; ; k += base {
				t := threshold(k, bias)
				if q < t {
					break
				}
				dst = append(dst, digit(t+(q-t)%(base-t)))
				q = (q - t) / (base - t)
			}
			dst = append(dst, digit(q))
			bias = adapt(delta, handled+1, handled == basic)
			delta = 0
			handled++
		}
		delta++
		n++
	}
	return dst, nil
}

// DecodeRunes returns the code points that s encodes. It fails with a
// RangeError for anything but ASCII before the last hyphen, for a digit that
// is none, for a truncated integer, and for a value beyond U+10FFFF or 31 bits.
func DecodeRunes(s string) ([]rune, error) {
	basic := 0
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == delimiter {
			basic = i
			break
		}
	}
	out := make([]rune, 0, len(s))
	for i := range basic {
		if s[i] >= 0x80 {
			return nil, rangeError(errNotBasic)
		}
		out = append(out, rune(s[i]))
	}
	in := basic
	if basic > 0 {
		in++
	}
	n, i, bias := initialN, 0, initialBias
	for in < len(s) {
		old := i
		w := 1
		for k := base; ; k += base {
			if in >= len(s) {
				return nil, rangeError(errInvalid)
			}
			d := digitValue(s[in])
			in++
			if d >= base {
				return nil, rangeError(errInvalid)
			}
			if d > (maxInt-i)/w {
				return nil, rangeError(errOverflow)
			}
			i += d * w
			t := threshold(k, bias)
			if d < t {
				break
			}
			if w > maxInt/(base-t) {
				return nil, rangeError(errOverflow)
			}
			w *= base - t
		}
		points := len(out) + 1
		bias = adapt(i-old, points, old == 0)
		if i/points > maxInt-n {
			return nil, rangeError(errOverflow)
		}
		n += i / points
		i %= points
		if n > 0x10ffff {
			return nil, rangeError("Invalid code point " + itoa(n))
		}
		out = append(out, 0)
		copy(out[i+1:], out[i:])
		out[i] = rune(n)
		i++
	}
	return out, nil
}
