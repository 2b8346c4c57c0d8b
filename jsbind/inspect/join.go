package inspect

import (
	"math"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// join arranges the parts of an object between its braces: on one line if they
// fit and the object holds no more than options.compact inner levels, else on
// a line each, the elements of a long array in columns. array is the object
// whose elements the parts are, or nil.
func (s *state) join(parts []text, base, open, close string, l layout, depth float64, array *goja.Object) text {
	if s.opts.Compact == CompactFull {
		return s.joinCompact(parts, base, open, close)
	}
	begin := open
	if base != "" {
		begin = base + " " + open
	}
	if s.opts.Compact >= 1 {
		n := len(parts)
		if l == elements && n > 6 {
			parts = s.group(parts, array)
		}
		if s.current-depth < s.opts.Compact && n == len(parts) {
			// ten columns are kept for what comes before and after
			start := len(parts) + s.indent + mirror.Units(open) + mirror.Units(base) + 10
			if s.fits(parts, start, base) && !slices.ContainsFunc(parts, func(t text) bool { return t.multiline() }) {
				return joinTexts(begin+" ", parts, ", ", " "+close)
			}
		}
	}
	line := s.newline(0)
	return joinTexts(begin+line+"  ", parts, ","+line+"  ", line+close)
}

// joinCompact is join for options.compact true: on one line if they fit, else
// the first part follows a lone brace.
func (s *state) joinCompact(parts []text, base, open, close string) text {
	begin := open
	if base != "" {
		begin += " " + base
	}
	if s.fits(parts, 0, base) {
		return joinTexts(begin+" ", parts, ", ", " "+close)
	}
	line := s.newline(0) + "  "
	first := line
	if base == "" && mirror.Units(open) == 1 {
		first = " "
	}
	return joinTexts(begin+first, parts, ","+line, " "+close)
}

// fits reports whether the parts fit on a line of which start columns are
// taken.
func (s *state) fits(parts []text, start int, base string) bool {
	total := len(parts) + start
	if float64(total+len(parts)) > s.opts.BreakLength {
		return false
	}
	for i := range parts {
		total += parts[i].units(s.opts.BreakLength-float64(total), s.opts.Colors)
		if float64(total) > s.opts.BreakLength {
			return false
		}
	}
	return base == "" || !strings.Contains(base, "\n")
}

// width returns the number of columns of a text.
func (s *state) width(t text) int {
	line := t.String()
	if s.opts.Colors {
		line = StripVTControlCharacters(line)
	}
	return StringWidth(line)
}

// group arranges the elements of an array in columns, as many as make the
// whole look about square.
func (s *state) group(parts []text, array *goja.Object) []text {
	const gap = 2 // ", "
	n := len(parts)
	if s.opts.MaxArrayLength < float64(n) {
		n-- // "... more items" stands alone
	}
	widths := make([]int, n)
	total, longest := 0, 0
	for i := range n {
		if parts[i].parts != nil && s.opts.BreakLength < flatSize/4 {
			return parts // too wide, whatever it is
		}
		widths[i] = s.width(parts[i])
		total += widths[i] + gap
		longest = max(longest, widths[i])
	}
	column := longest + gap
	if float64(column*3+s.indent) >= s.opts.BreakLength ||
		float64(total)/float64(column) <= 5 && longest > 6 {
		return parts
	}
	// A character is 2.5 times as high as it is wide.
	bias := math.Sqrt(float64(column) - float64(total)/float64(len(parts)))
	biased := math.Max(float64(column)-3-bias, 1)
	columns := int(min(
		roundHalfUp(math.Sqrt(2.5*biased*float64(n))/biased),
		math.Floor((s.opts.BreakLength-float64(s.indent))/float64(column)),
		s.opts.Compact*4,
		15,
	))
	if columns <= 1 {
		return parts
	}
	columnWidths := make([]int, columns)
	for i := range columns {
		for j := i; j < n; j += columns {
			columnWidths[i] = max(columnWidths[i], widths[j])
		}
		columnWidths[i] += gap
	}
	right := s.numeric(array, len(parts))
	grouped := make([]text, 0, n/columns+2)
	var b strings.Builder
	for i := 0; i < n; i += columns {
		b.Reset()
		end := min(i+columns, n)
		for j := i; j < end-1; j++ {
			pad := columnWidths[j-i] - widths[j] - gap
			if right {
				writeSpaces(&b, pad)
			}
			parts[j].writeTo(&b)
			b.WriteString(", ")
			if !right {
				writeSpaces(&b, pad)
			}
		}
		if right {
			writeSpaces(&b, columnWidths[end-1-i]-gap-widths[end-1])
		}
		parts[end-1].writeTo(&b)
		grouped = append(grouped, str(b.String()))
	}
	if n < len(parts) {
		grouped = append(grouped, parts[n])
	}
	return grouped
}

func roundHalfUp(f float64) float64 { return math.Floor(f + 0.5) }

func writeSpaces(b *strings.Builder, n int) {
	for ; n > 0; n-- {
		b.WriteByte(' ')
	}
}

// numeric reports whether the first n elements of an array are numbers, which
// are aligned to the right. So is what is no array.
func (s *state) numeric(array *goja.Object, n int) bool {
	if array == nil {
		return true
	}
	for i := range n {
		v := array.Get(itoa(i))
		if v == nil {
			return false
		}
		if t := mirror.TypeOf(v); t != mirror.TypeNumber && t != mirror.TypeBigInt {
			return false
		}
	}
	return true
}
