package inspect

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

func itoa(n int) string { return strconv.Itoa(n) }

// primitive prints a value that is no object.
func (s *state) primitive(v goja.Value) string {
	switch mirror.TypeOf(v) {
	case mirror.TypeString:
		return s.string(v.(goja.String))
	case mirror.TypeNumber:
		return s.style(numberText(v, s.opts.NumericSeparator), styleNumber)
	case mirror.TypeBigInt:
		return s.style(bigIntText(v, s.opts.NumericSeparator), styleBigInt)
	case mirror.TypeBoolean:
		return s.style(v.String(), styleBoolean)
	case mirror.TypeSymbol:
		return s.style(symbolText(v.(*goja.Symbol)), styleSymbol)
	case mirror.TypeNull:
		return s.style("null", styleNull)
	}
	return s.style("undefined", styleUndefined)
}

// shortLine is the length up to which a string is never split at line feeds.
const shortLine = 16

// string prints a string: quoted, cut at maxStringLength and, where it does not
// fit on the line, split after each line feed.
func (s *state) string(v goja.String) string {
	text := mirror.Text(v)
	length := v.Length()
	trailer := ""
	if float64(length) > s.opts.MaxStringLength {
		rest := float64(length) - s.opts.MaxStringLength
		cut := int(s.opts.MaxStringLength)
		if cut < 0 {
			cut = max(length+cut, 0) // as String.prototype.slice does
		}
		text = mirror.SliceUnits(text, cut)
		length = min(length, cut)
		trailer = "... " + floatText(rest) + " more character" + plural(rest)
	}
	if s.opts.Compact != CompactFull && length > shortLine &&
		float64(length) > s.opts.BreakLength-float64(s.indent)-4 && strings.Contains(text, "\n") {
		lines := strings.SplitAfter(text, "\n")
		if lines[len(lines)-1] == "" {
			lines = lines[:len(lines)-1]
		}
		if len(lines) > 1 {
			for i, line := range lines {
				lines[i] = s.style(quote(line), styleString)
			}
			return strings.Join(lines, " +"+s.newline(2)) + trailer
		}
	}
	return s.style(quote(text), styleString) + trailer
}

// plural returns the ending of a noun after the number n.
func plural(n float64) string {
	if n > 1 {
		return "s"
	}
	return ""
}

// more returns "... n more items", counting what a limit leaves out.
func more(n float64, noun string) string {
	return "... " + floatText(n) + " more " + noun + plural(n)
}

func floatText(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func symbolText(v *goja.Symbol) string {
	return "Symbol(" + symbolDescription(v) + ")"
}

func symbolDescription(v *goja.Symbol) string {
	return v.String()
}

// numberText prints a number, with the sign of a negative zero.
func numberText(v goja.Value, separator bool) string {
	text := v.String()
	if text == "0" && math.Signbit(v.ToFloat()) {
		text = "-0"
	}
	if !separator {
		return text
	}
	return separateNumber(text, v.ToFloat())
}

// bigIntText prints a BigInt.
func bigIntText(v goja.Value, separator bool) string {
	text := v.String()
	if separator {
		text = separateInteger(text)
	}
	return text + "n"
}

// separateNumber groups the digits of text, which is number f, by threes: the
// integer part from the right, the fraction from the left. Whole numbers with
// an exponent stay as they are; the exponent of others is grouped with the
// fraction, as Node does it.
func separateNumber(text string, f float64) string {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return text
	}
	if f == math.Trunc(f) {
		if strings.Contains(text, "e") {
			return text
		}
		if text == "-0" {
			return "0"
		}
		return separateInteger(text)
	}
	i := strings.IndexByte(text, '.')
	whole, fraction := text[:max(i, 0)], text[i+1:]
	if i < 0 {
		whole = text[:len(text)-1]
	}
	var b strings.Builder
	b.WriteString(separateInteger(whole))
	b.WriteByte('.')
	for len(fraction) > 3 {
		b.WriteString(fraction[:3])
		b.WriteByte('_')
		fraction = fraction[3:]
	}
	b.WriteString(fraction)
	return b.String()
}

func separateInteger(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	first := len(digits) % 3
	if first == 0 {
		first = min(3, len(digits))
	}
	var b strings.Builder
	b.WriteString(sign)
	b.WriteString(digits[:first])
	for i := first; i < len(digits); i += 3 {
		b.WriteByte('_')
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}
