package intl

import (
	"math"
	"strconv"
	"strings"
)

// Decimal is a number in decimal digits: 0.d1d2d3… × 10^Exp, without leading
// or trailing zeros in Digits; zero has no digits.
type Decimal struct {
	Neg    bool
	Digits []byte // '0' to '9'
	Exp    int
	NaN    bool
	Inf    bool
}

// FromFloat converts f by its shortest decimal representation.
func FromFloat(f float64) Decimal {
	switch {
	case math.IsNaN(f):
		return Decimal{NaN: true}
	case math.IsInf(f, 0):
		return Decimal{Inf: true, Neg: f < 0}
	}
	d, _ := FromString(strconv.FormatFloat(f, 'e', -1, 64))
	d.Neg = math.Signbit(f)
	return d
}

// FromString reads digits with an optional sign, point and exponent.
func FromString(s string) (Decimal, bool) {
	var d Decimal
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		d.Neg, s = true, rest
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	mantissa, exp, hasExp := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole == "" && fraction == "" {
		return d, false
	}
	d.Digits = []byte(whole + fraction)
	for _, c := range d.Digits {
		if c < '0' || c > '9' {
			return d, false
		}
	}
	d.Exp = len(whole)
	if hasExp {
		n, err := strconv.Atoi(exp)
		if err != nil {
			return d, false
		}
		d.Exp += n
	}
	d.trim()
	return d, true
}

func (d *Decimal) trim() {
	for len(d.Digits) > 0 && d.Digits[0] == '0' {
		d.Digits = d.Digits[1:]
		d.Exp--
	}
	for n := len(d.Digits); n > 0 && d.Digits[n-1] == '0'; n-- {
		d.Digits = d.Digits[:n-1]
	}
	if len(d.Digits) == 0 {
		d.Exp = 0
	}
}

// IsZero says whether the value is zero.
func (d Decimal) IsZero() bool { return len(d.Digits) == 0 && !d.NaN && !d.Inf }

// Shift multiplies by 10^n.
func (d Decimal) Shift(n int) Decimal {
	if len(d.Digits) > 0 {
		d.Exp += n
	}
	return d
}

// roundAt keeps the digits before position n (counted from the first digit)
// and rounds by mode.
func (d Decimal) roundAt(n int, mode string) Decimal {
	if n >= len(d.Digits) {
		return d
	}
	var rest []byte
	kept := Decimal{Neg: d.Neg, Exp: d.Exp}
	if n < 0 {
		rest = append([]byte(strings.Repeat("0", -n)), d.Digits...)
		kept.Exp = d.Exp - n
		n = 0
	} else {
		rest = d.Digits[n:]
		kept.Digits = append([]byte(nil), d.Digits[:n]...)
	}
	// half: -1, 0 or 1 as the rest is less than, equal to or more than a half.
	half := 0
	switch {
	case rest[0] < '5':
		half = -1
	case rest[0] > '5' || strings.Trim(string(rest[1:]), "0") != "":
		half = 1
	}
	odd := n > 0 && (kept.Digits[n-1]-'0')%2 == 1
	up := false
	switch mode {
	case "ceil":
		up = !d.Neg
	case "floor":
		up = d.Neg
	case "expand":
		up = true
	case "trunc":
	case "halfCeil":
		up = half > 0 || half == 0 && !d.Neg
	case "halfFloor":
		up = half > 0 || half == 0 && d.Neg
	case "halfTrunc":
		up = half > 0
	case "halfEven":
		up = half > 0 || half == 0 && odd
	default: // halfExpand
		up = half >= 0
	}
	if up {
		i := n - 1
		for ; i >= 0; i-- {
			if kept.Digits[i] < '9' {
				kept.Digits[i]++
				break
			}
			kept.Digits[i] = '0'
		}
		if i < 0 {
			kept.Digits = append([]byte{'1'}, kept.Digits...)
			kept.Exp++
		}
	}
	kept.trim()
	return kept
}

// RoundFraction rounds to n digits behind the point.
func (d Decimal) RoundFraction(n int, mode string) Decimal { return d.roundAt(d.Exp+n, mode) }

// RoundSignificant rounds to n significant digits.
func (d Decimal) RoundSignificant(n int, mode string) Decimal { return d.roundAt(n, mode) }

// RoundIncrement rounds to a multiple of inc × 10^-n.
func (d Decimal) RoundIncrement(inc, n int, mode string) Decimal {
	if inc <= 1 {
		return d.RoundFraction(n, mode)
	}
	// In units of inc, the multiples are whole numbers.
	f, _ := strconv.ParseFloat(d.String(), 64)
	q := FromFloat(f*math.Pow(10, float64(n))/float64(inc)).RoundFraction(0, mode)
	units, _ := strconv.ParseFloat(q.String(), 64)
	r := FromFloat(units * float64(inc))
	r.Neg = d.Neg
	return r.Shift(-n)
}

// Parts returns the digits before the point, at least minInt of them, and
// those behind it, at least minFrac.
func (d Decimal) Parts(minInt, minFrac int) (whole, fraction string) {
	switch {
	case d.Exp <= 0:
		if len(d.Digits) > 0 {
			fraction = strings.Repeat("0", -d.Exp) + string(d.Digits)
		}
	case d.Exp >= len(d.Digits):
		whole = string(d.Digits) + strings.Repeat("0", d.Exp-len(d.Digits))
	default:
		whole, fraction = string(d.Digits[:d.Exp]), string(d.Digits[d.Exp:])
	}
	if n := minInt - len(whole); n > 0 {
		whole = strings.Repeat("0", n) + whole
	}
	if n := minFrac - len(fraction); n > 0 {
		fraction += strings.Repeat("0", n)
	}
	return whole, fraction
}

// String writes the number without an exponent.
func (d Decimal) String() string {
	whole, fraction := d.Parts(1, 0)
	s := whole
	if fraction != "" {
		s += "." + fraction
	}
	if d.Neg {
		s = "-" + s
	}
	return s
}
