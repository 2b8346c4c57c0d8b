package glob

import (
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/internal/lazyregexp"
)

var (
	hasBraces       = lazyregexp.New(`(?s)\{[^{\n\r\x{2028}\x{2029}]*\}`)
	numericSequence = lazyregexp.New(`^-?\d+\.\.-?\d+(?:\.\.-?\d+)?$`)
	letterSequence  = lazyregexp.New(`^[a-zA-Z]\.\.[a-zA-Z](?:\.\.-?\d+)?$`)
	padded          = lazyregexp.New(`^-?0\d`)
	closesLater     = lazyregexp.New(`,([^,\n\r\x{2028}\x{2029}][^\n\r\x{2028}\x{2029}]*)?\}`)
)

// closed stands for a "}" that closes nothing.
const closed = "\x00close\x00"

// expandBraces returns the patterns that pattern stands for, as a shell expands
// braces.
func expandBraces(pattern string) []string {
	if !hasBraces().MatchString(pattern) {
		return []string{pattern}
	}
	prefix := ""
	if rest, ok := strings.CutPrefix(pattern, "{}"); ok {
		prefix, pattern = "{}", rest
	}
	all := expand(pattern, prefix == "")
	for i := range all {
		all[i] = prefix + strings.ReplaceAll(all[i], closed, "}")
	}
	return all
}

// expand expands the first pair of braces in s and what follows it. top says
// that results that are empty are left out.
func expand(s string, top bool) []string {
	open, end, ok := balanced(s)
	if !ok {
		return []string{s}
	}
	before, body, after := s[:open], s[open+1:end], s[end+1:]
	rests := []string{""}
	if after != "" {
		rests = expand(after, false)
	}
	var inner []string
	sequence := numericSequence().MatchString(body) || letterSequence().MatchString(body)
	switch {
	case strings.HasSuffix(before, "$"):
		inner = []string{"{" + body + "}"}
		sequence = true // keep it all
	case sequence:
		inner = expandSequence(strings.Split(body, ".."))
	case !strings.Contains(body, ","):
		if closesLater().MatchString(after) {
			return expand(before+"{"+body+closed+after, false)
		}
		return []string{s}
	default:
		parts := splitCommas(body)
		if len(parts) == 1 {
			inner = expand(parts[0], false)
			for i := range inner {
				inner[i] = "{" + inner[i] + "}"
			}
			if len(inner) == 1 {
				sequence = true
			} else {
				parts, inner = inner, nil
			}
		}
		if inner == nil {
			for _, part := range parts {
				inner = append(inner, expand(part, false)...)
			}
		}
	}
	out := make([]string, 0, len(inner)*len(rests))
	for _, in := range inner {
		for _, rest := range rests {
			if whole := before + in + rest; whole != "" || !top || sequence {
				out = append(out, whole)
			}
		}
	}
	return out
}

// balanced finds the first pair of braces that belong together.
func balanced(s string) (open, end int, ok bool) {
	var opens []int
	left := len(s)
	for i := range len(s) {
		switch s[i] {
		case '{':
			opens = append(opens, i)
		case '}':
			if len(opens) == 0 {
				continue
			}
			last := opens[len(opens)-1]
			opens = opens[:len(opens)-1]
			if len(opens) == 0 {
				return last, i, true
			}
			if last < left {
				left, end = last, i
			}
		}
	}
	return left, end, left < len(s)
}

// splitCommas splits s at the commas outside braces.
func splitCommas(s string) []string {
	var parts []string
	part := ""
	for {
		open, end, ok := balanced(s)
		if !ok {
			open, end = len(s), len(s)-1
		}
		pieces := strings.Split(s[:open], ",")
		pieces[0] = part + pieces[0]
		parts = append(parts, pieces[:len(pieces)-1]...)
		part = pieces[len(pieces)-1]
		if !ok {
			return append(parts, part)
		}
		part += s[open : end+1]
		s = s[end+1:]
	}
}

// expandSequence expands "1..3", "01..10..3" or "a..e".
func expandSequence(bounds []string) []string {
	from, to := number(bounds[0]), number(bounds[1])
	step := 1
	if len(bounds) == 3 {
		step = max(abs(number(bounds[2])), 1)
	}
	width := 0
	for _, b := range bounds {
		if padded().MatchString(b) {
			width = max(len(bounds[0]), len(bounds[1]))
		}
	}
	letters := letterSequence().MatchString(bounds[0] + ".." + bounds[1])
	var out []string
	count := abs(to-from)/step + 1
	if to < from {
		step = -step
	}
	for i := from; count > 0; i, count = i+step, count-1 {
		switch {
		case letters && i == '\\':
			out = append(out, "")
		case letters:
			out = append(out, string(rune(i)))
		case i < 0 && width > 0:
			digits := strconv.Itoa(-i)
			out = append(out, "-"+strings.Repeat("0", max(width-1-len(digits), 0))+digits)
		default:
			digits := strconv.Itoa(i)
			out = append(out, strings.Repeat("0", max(width-len(digits), 0))+digits)
		}
	}
	return out
}

// number reads a bound: digits, or else the code of a letter.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return int(s[0])
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
