package intl

import (
	"strconv"
	"strings"
)

// Part is a piece of formatted text, with its type as formatToParts has it.
type Part struct{ Type, Value string }

// Join returns the text of parts.
func Join(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Value)
	}
	return b.String()
}

// NumberFormat holds the resolved options of Intl.NumberFormat (ECMA-402
// 15.5), under their names there. Numbers of digits that do not apply are -1.
type NumberFormat struct {
	Locale *Locale

	Style, Currency, CurrencyDisplay, CurrencySign, Unit, UnitDisplay string
	Notation, CompactDisplay, SignDisplay, UseGrouping                string
	RoundingMode, RoundingPriority, TrailingZeroDisplay               string
	RoundingIncrement                                                 int
	MinimumIntegerDigits                                              int
	MinimumFractionDigits, MaximumFractionDigits                      int
	MinimumSignificantDigits, MaximumSignificantDigits                int
}

// Default is what Number.prototype.toLocaleString uses without options.
func Default(l *Locale) *NumberFormat {
	return &NumberFormat{
		Locale: l, Style: "decimal", Notation: "standard", SignDisplay: "auto", UseGrouping: "auto",
		RoundingMode: "halfExpand", RoundingPriority: "auto", TrailingZeroDisplay: "auto", RoundingIncrement: 1,
		MinimumIntegerDigits: 1, MaximumFractionDigits: 3, MinimumSignificantDigits: -1, MaximumSignificantDigits: -1,
	}
}

// Round rounds d as the options ask; minFrac is how many digits behind the
// point to show at least.
func (f *NumberFormat) Round(d Decimal) (r Decimal, minFrac int) {
	bySig := f.MaximumSignificantDigits > 0
	byFrac := f.MaximumFractionDigits >= 0
	sig := func() (Decimal, int) {
		r := d.RoundSignificant(f.MaximumSignificantDigits, f.RoundingMode)
		return r, max(0, f.MinimumSignificantDigits-max(r.Exp, boolInt(r.IsZero())))
	}
	frac := func() (Decimal, int) {
		return d.RoundIncrement(f.RoundingIncrement, f.MaximumFractionDigits, f.RoundingMode), max(0, f.MinimumFractionDigits)
	}
	switch {
	case bySig && byFrac && f.RoundingPriority != "auto":
		sr, sm := sig()
		fr, fm := frac()
		// The precision of each is the position of the last digit it keeps.
		sigDigit := d.Exp - f.MaximumSignificantDigits
		fracDigit := -f.MaximumFractionDigits
		moreBySig := sigDigit < fracDigit
		if moreBySig == (f.RoundingPriority == "morePrecision") {
			r, minFrac = sr, sm
		} else {
			r, minFrac = fr, fm
		}
	case bySig:
		r, minFrac = sig()
	default:
		r, minFrac = frac()
	}
	if f.TrailingZeroDisplay == "stripIfInteger" {
		if _, fraction := r.Parts(1, 0); fraction == "" {
			minFrac = 0
		}
	}
	return r, minFrac
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Format returns the parts of the formatted number.
func (f *NumberFormat) Format(d Decimal) []Part {
	if f.Style == "percent" {
		d = d.Shift(2)
	}
	var number []Part
	compact := ""
	one := false // for the plural of a unit or currency
	switch {
	case d.NaN:
		number = []Part{{"nan", "NaN"}}
	case d.Inf:
		number = []Part{{"infinity", "∞"}}
	default:
		exponent := 0
		switch f.Notation {
		case "compact":
			exponent, compact = f.compactExponent(d)
		case "scientific":
			exponent = d.Exp - 1
		case "engineering":
			exponent = floorDiv(d.Exp-1, 3) * 3
		}
		if d.IsZero() {
			exponent = 0
		}
		r, minFrac := f.Round(d.Shift(-exponent))
		if f.Notation == "scientific" || f.Notation == "engineering" {
			// Rounding may have made 10 of 9.99.
			if again := r.Exp - 1 + exponent; f.Notation == "scientific" && !r.IsZero() && again != exponent {
				r, exponent = r.Shift(exponent-again), again
			}
		}
		d.Digits, d.Exp = r.Digits, r.Exp
		number = f.digits(r, minFrac)
		one = Join(number) == "1" && compact == ""
		if f.Notation == "scientific" || f.Notation == "engineering" {
			number = append(number, Part{"exponentSeparator", "E"})
			if exponent < 0 {
				number = append(number, Part{"exponentMinusSign", "-"})
				exponent = -exponent
			}
			number = append(number, Part{"exponentInteger", strconv.Itoa(exponent)})
		}
		if compact != "" {
			if word, ok := strings.CutPrefix(compact, " "); ok {
				number = append(number, Part{"literal", " "}, Part{"compact", word})
			} else {
				number = append(number, Part{"compact", compact})
			}
		}
	}
	return f.decorate(number, f.sign(d), one)
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// sign returns -1, 0 or 1: whether to show a minus, nothing or a plus.
func (f *NumberFormat) sign(d Decimal) int {
	zero := d.IsZero()
	switch f.SignDisplay {
	case "never":
		return 0
	case "always":
		if d.Neg {
			return -1
		}
		return 1
	case "exceptZero":
		switch {
		case zero || d.NaN:
			return 0
		case d.Neg:
			return -1
		}
		return 1
	case "negative":
		if d.Neg && !zero {
			return -1
		}
		return 0
	}
	if d.Neg && !d.NaN {
		return -1
	}
	return 0
}

var compactShort = []string{"", "K", "M", "B", "T"}
var compactLong = []string{"", " thousand", " million", " billion", " trillion"}

// compactExponent returns the power of ten that a compact number is shown in,
// and its word.
func (f *NumberFormat) compactExponent(d Decimal) (int, string) {
	words := compactShort
	if f.CompactDisplay == "long" {
		words = compactLong
	}
	at := func(d Decimal) int { return max(0, min(floorDiv(d.Exp-1, 3), len(words)-1)) }
	i := at(d)
	// 999,999 becomes 1M, not 1000K.
	if r, _ := f.Round(d.Shift(-3 * i)); at(r.Shift(3*i)) > i {
		i = at(r.Shift(3 * i))
	}
	return 3 * i, words[i]
}

// digits writes the number's digits, grouped.
func (f *NumberFormat) digits(d Decimal, minFrac int) []Part {
	whole, fraction := d.Parts(f.MinimumIntegerDigits, minFrac)
	var parts []Part
	minGroup := 4
	switch f.UseGrouping {
	case "false":
		minGroup = 1 << 30
	case "min2":
		minGroup = 5
	}
	if f.UseGrouping == "auto" && f.Locale.minGrouping > 1 {
		minGroup = 3 + f.Locale.minGrouping
	}
	if len(whole) >= minGroup {
		first := len(whole) % 3
		if first > 0 {
			parts = append(parts, Part{"integer", whole[:first]})
		}
		for i := first; i < len(whole); i += 3 {
			if i > 0 {
				parts = append(parts, Part{"group", f.Locale.group})
			}
			parts = append(parts, Part{"integer", whole[i : i+3]})
		}
	} else {
		parts = append(parts, Part{"integer", whole})
	}
	if fraction != "" {
		parts = append(parts, Part{"decimal", f.Locale.decimal}, Part{"fraction", fraction})
	}
	return parts
}

const nbsp = "\u00a0"

// decorate adds the sign and what the style puts around the number.
func (f *NumberFormat) decorate(number []Part, sign int, one bool) []Part {
	var out []Part
	accounting := f.Style == "currency" && f.CurrencySign == "accounting" && sign < 0 && f.CurrencyDisplay != "name"
	if accounting {
		out = append(out, Part{"literal", "("})
	} else if sign < 0 {
		out = append(out, Part{"minusSign", f.Locale.minus})
	} else if sign > 0 {
		out = append(out, Part{"plusSign", "+"})
	}
	switch f.Style {
	case "percent":
		out = append(out, number...)
		if f.Locale.percentSpace {
			out = append(out, Part{"literal", nbsp})
		}
		out = append(out, Part{"percentSign", "%"})
	case "currency":
		out = f.currency(out, number, one)
	case "unit":
		out = f.unit(out, number, one)
	default:
		out = append(out, number...)
	}
	if accounting {
		out = append(out, Part{"literal", ")"})
	}
	return out
}

func (f *NumberFormat) currency(out, number []Part, one bool) []Part {
	c := currencyOf(f.Currency)
	if f.CurrencyDisplay == "name" {
		name := c.many
		if one {
			name = c.one
		}
		return append(append(out, number...), Part{"literal", " "}, Part{"currency", name})
	}
	symbol := c.symbol
	switch f.CurrencyDisplay {
	case "code":
		symbol = f.Currency
	case "narrowSymbol":
		symbol = c.narrow
	default:
		if s, ok := f.Locale.symbols[f.Currency]; ok {
			symbol = s
		}
	}
	if f.Locale.currencyBehind {
		return append(append(out, number...), Part{"literal", nbsp}, Part{"currency", symbol})
	}
	out = append(out, Part{"currency", symbol})
	if last := symbol[len(symbol)-1]; last >= 'A' && last <= 'Z' || last >= 'a' && last <= 'z' {
		out = append(out, Part{"literal", nbsp})
	}
	return append(out, number...)
}

// unit puts the number into the unit's template, whose # it replaces.
func (f *NumberFormat) unit(out, number []Part, one bool) []Part {
	unit, per, compound := strings.Cut(f.Unit, "-per-")
	if t := unitTemplate(f.Unit, f.UnitDisplay); t != nil {
		unit, compound = f.Unit, false
	}
	t := unitTemplate(unit, f.UnitDisplay)
	if t == nil {
		return append(out, number...)
	}
	text := t[1]
	if one {
		text = t[0]
	}
	before, after, _ := strings.Cut(text, "#")
	if compound {
		after += perTemplate(per, f.UnitDisplay)
	}
	literal := func(s string) {
		lead := s[:len(s)-len(strings.TrimLeft(s, " "))]
		if lead != "" {
			out = append(out, Part{"literal", lead})
		}
		if s = s[len(lead):]; s != "" {
			out = append(out, Part{"unit", s})
		}
	}
	literal(before)
	out = append(out, number...)
	literal(after)
	return out
}
