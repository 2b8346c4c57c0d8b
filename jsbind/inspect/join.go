package inspect

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// join arranges the parts of an object between its braces: on one line if they
// fit and the object holds no more than options.compact inner levels, else on
// a line each, the elements of a long array in columns. array is the object
// whose elements the parts are, or nil.
func (s *state) join(parts []string, base, open, close string, l layout, depth float64, array *goja.Object) string {
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
			if s.fits(parts, start, base) {
				text := strings.Join(parts, ", ")
				if !strings.Contains(text, "\n") {
					return begin + " " + text + " " + close
				}
			}
		}
	}
	line := s.newline(0)
	return begin + line + "  " + strings.Join(parts, ","+line+"  ") + line + close
}

// joinCompact is join for options.compact true: on one line if they fit, else
// the first part follows a lone brace.
func (s *state) joinCompact(parts []string, base, open, close string) string {
	begin := open
	if base != "" {
		begin += " " + base
	}
	if s.fits(parts, 0, base) {
		return begin + " " + strings.Join(parts, ", ") + " " + close
	}
	line := s.newline(0) + "  "
	first := line
	if base == "" && mirror.Units(open) == 1 {
		first = " "
	}
	return begin + first + strings.Join(parts, ","+line) + " " + close
}

// fits reports whether the parts fit on a line of which start columns are
// taken.
func (s *state) fits(parts []string, start int, base string) bool {
	total := len(parts) + start
	if float64(total+len(parts)) > s.opts.BreakLength {
		return false
	}
	for _, part := range parts {
		if s.opts.Colors {
			part = StripVTControlCharacters(part)
		}
		if float64(total+len(part)/3) > s.opts.BreakLength {
			return false // there are at most three bytes to a unit
		}
		total += mirror.Units(part)
		if float64(total) > s.opts.BreakLength {
			return false
		}
	}
	return base == "" || !strings.Contains(base, "\n")
}

// width returns the number of columns of text.
func (s *state) width(text string) int {
	if s.opts.Colors {
		text = StripVTControlCharacters(text)
	}
	return StringWidth(text)
}

// group arranges the elements of an array in columns, as many as make the
// whole look about square.
func (s *state) group(parts []string, array *goja.Object) []string {
	const gap = 2 // ", "
	n := len(parts)
	if s.opts.MaxArrayLength < float64(n) {
		n-- // "... more items" stands alone
	}
	widths := make([]int, n)
	total, longest := 0, 0
	for i := range n {
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
	grouped := make([]string, 0, n/columns+2)
	var b strings.Builder
	for i := 0; i < n; i += columns {
		b.Reset()
		end := min(i+columns, n)
		for j := i; j < end-1; j++ {
			pad := columnWidths[j-i] - widths[j] - gap
			if right {
				writeSpaces(&b, pad)
			}
			b.WriteString(parts[j])
			b.WriteString(", ")
			if !right {
				writeSpaces(&b, pad)
			}
		}
		if right {
			writeSpaces(&b, columnWidths[end-1-i]-gap-widths[end-1])
		}
		b.WriteString(parts[end-1])
		grouped = append(grouped, b.String())
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
