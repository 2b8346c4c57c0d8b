package intl

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plural is English's plural category of a formatted number: the digits before
// and behind the point (Unicode TR 35, plural rules of en).
func Plural(whole, fraction string, ordinal bool) string {
	if !ordinal {
		if strings.TrimLeft(whole, "0") == "1" && fraction == "" {
			return "one"
		}
		return "other"
	}
	if strings.Trim(fraction, "0") != "" || whole == "" {
		return "other"
	}
	last := whole[len(whole)-1]
	teen := len(whole) > 1 && whole[len(whole)-2] == '1'
	switch {
	case last == '1' && !teen:
		return "one"
	case last == '2' && !teen:
		return "two"
	case last == '3' && !teen:
		return "few"
	}
	return "other"
}

// List joins items: kind is conjunction, disjunction or unit, style long, short
// or narrow (Intl.ListFormat).
func List(items []string, kind, style string) []Part {
	element := func(s string) Part { return Part{"element", s} }
	literal := func(s string) Part { return Part{"literal", s} }
	word := map[string]string{"conjunction": "and", "disjunction": "or"}[kind]
	if kind == "conjunction" && style == "short" {
		word = "&"
	}
	sep, pair, last := ", ", " "+word+" ", ", "+word+" "
	switch {
	case kind == "unit" && style == "narrow":
		sep, pair, last = " ", " ", " "
	case kind == "unit", kind == "conjunction" && style == "narrow":
		pair, last = ", ", ", "
	}
	var parts []Part
	for i, item := range items {
		switch {
		case i == 0:
		case len(items) == 2:
			parts = append(parts, literal(pair))
		case i == len(items)-1:
			parts = append(parts, literal(last))
		default:
			parts = append(parts, literal(sep))
		}
		parts = append(parts, element(item))
	}
	return parts
}

var relativeShort = map[string][2]string{
	"second": {"sec.", "sec."}, "minute": {"min.", "min."}, "hour": {"hr.", "hr."}, "day": {"day", "days"},
	"week": {"wk.", "wk."}, "month": {"mo.", "mo."}, "quarter": {"qtr.", "qtrs."}, "year": {"yr.", "yr."},
}

var relativeNarrow = map[string]string{
	"second": "s", "minute": "min", "hour": "h", "day": "d", "week": "w", "month": "mo", "quarter": "q", "year": "y",
}

// Relative is Intl.RelativeTimeFormat's text around a formatted number:
// "in 3 days". auto gives words such as "tomorrow" where there are some.
func Relative(number []Part, one bool, value float64, unit, style string, auto bool) []Part {
	if auto {
		if s := relativeWord(value, unit, style); s != "" {
			return []Part{{"literal", s}}
		}
	}
	name := " " + unit
	if !one {
		name += "s"
	}
	switch style {
	case "short":
		n := relativeShort[unit]
		name = " " + n[boolInt(!one)]
	case "narrow":
		name = relativeNarrow[unit]
		if unit == "quarter" {
			name = "q"
			if !one {
				name = "q"
			}
		}
	}
	if value < 0 || value == 0 && 1/value < 0 {
		return append(append([]Part{}, number...), Part{"literal", name + " ago"})
	}
	parts := []Part{{"literal", "in "}}
	return append(append(parts, number...), Part{"literal", name})
}

func relativeWord(value float64, unit, style string) string {
	if unit == "second" {
		if value == 0 {
			return "now"
		}
		return ""
	}
	if unit == "day" {
		switch value {
		case -1:
			return "yesterday"
		case 0:
			return "today"
		case 1:
			return "tomorrow"
		}
		return ""
	}
	name := unit
	if style != "long" && unit != "hour" && unit != "minute" {
		name = relativeShort[unit][0]
	}
	switch {
	case value == 0:
		return "this " + name
	case unit == "hour" || unit == "minute":
		return ""
	case value == -1:
		return "last " + name
	case value == 1:
		return "next " + name
	}
	return ""
}

// Graphemes splits text into what a reader takes for characters (Unicode TR
// 29): it knows combining marks, emoji sequences, flags, Hangul and line ends.
func Graphemes(s string) []string {
	var out []string
	start := 0
	var prev rune
	flags := 0
	pictograph := false // the cluster so far is an emoji, perhaps with marks
	for i, c := range s {
		if i > start && breakBefore(prev, c, flags, pictograph) {
			out = append(out, s[start:i])
			start, flags, pictograph = i, 0, false
		}
		switch {
		case isIndicator(c):
			flags++
		case isPictograph(c):
			pictograph = true
		}
		prev = c
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

func isIndicator(c rune) bool { return c >= 0x1f1e6 && c <= 0x1f1ff }

func isPictograph(c rune) bool {
	return c >= 0x1f000 && c <= 0x1faff && !isIndicator(c) && !(c >= 0x1f3fb && c <= 0x1f3ff) ||
		c >= 0x2190 && c <= 0x2bff && unicode.Is(unicode.So, c) || c == 0xa9 || c == 0xae || c == 0x203c || c == 0x2049 || c == 0x2122 || c == 0x2139 || c == 0x3030 || c == 0x303d || c == 0x3297 || c == 0x3299
}

func extends(c rune) bool {
	return unicode.Is(unicode.M, c) || c == 0x200c || c == 0x200d || c >= 0x1f3fb && c <= 0x1f3ff || c >= 0xe0020 && c <= 0xe007f || c == 0xff9e || c == 0xff9f
}

// breakBefore says whether a cluster ends between prev and c.
func breakBefore(prev, c rune, flags int, pictograph bool) bool {
	switch {
	case prev == '\r' && c == '\n':
		return false
	case unicode.IsControl(prev) || unicode.IsControl(c):
		return true
	case extends(c):
		return false
	case prev == 0x200d && pictograph && isPictograph(c):
		return false
	case isIndicator(prev) && isIndicator(c):
		return flags%2 == 0
	}
	return !hangulJoins(prev, c)
}

func hangulJoins(a, b rune) bool {
	l := func(c rune) bool { return c >= 0x1100 && c <= 0x115f || c >= 0xa960 && c <= 0xa97c }
	v := func(c rune) bool { return c >= 0x1160 && c <= 0x11a7 || c >= 0xd7b0 && c <= 0xd7c6 }
	t := func(c rune) bool { return c >= 0x11a8 && c <= 0x11ff || c >= 0xd7cb && c <= 0xd7fb }
	syllable := func(c rune) bool { return c >= 0xac00 && c <= 0xd7a3 }
	open := func(c rune) bool { return syllable(c) && (c-0xac00)%28 == 0 }
	switch {
	case l(a):
		return l(b) || v(b) || syllable(b)
	case v(a) || open(a):
		return v(b) || t(b)
	case t(a) || syllable(a):
		return t(b)
	}
	return false
}

// Word is a segment of Words.
type Word struct {
	Text string
	Like bool // a word, not space or punctuation
}

// Words splits text at the boundaries of words: runs of letters, digits and
// marks, with apostrophes and points inside; runs of spaces; and single other
// characters. Ideographs stand for themselves.
func Words(s string) []Word {
	var out []Word
	for len(s) > 0 {
		n, like := wordEnd(s)
		out = append(out, Word{s[:n], like})
		s = s[n:]
	}
	return out
}

func wordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.M, c) || unicode.Is(unicode.Pc, c)
}

func wordEnd(s string) (int, bool) {
	first, n := utf8.DecodeRuneInString(s)
	switch {
	case unicode.Is(unicode.Ideographic, first) || unicode.Is(unicode.Hiragana, first):
		return n, true
	case wordRune(first):
		for n < len(s) {
			c, size := utf8.DecodeRuneInString(s[n:])
			if wordRune(c) && !unicode.Is(unicode.Ideographic, c) {
				n += size
				continue
			}
			if strings.ContainsRune("'’.·:,", c) && n+size < len(s) {
				next, more := utf8.DecodeRuneInString(s[n+size:])
				prev, _ := utf8.DecodeLastRuneInString(s[:n])
				letters := unicode.IsLetter(prev) && unicode.IsLetter(next) && c != ','
				numbers := unicode.IsDigit(prev) && unicode.IsDigit(next) && c != ':' && c != '·'
				if letters || numbers {
					n += size + more
					continue
				}
			}
			break
		}
		return n, true
	case first == ' ' || first == '\t':
		for n < len(s) && rune(s[n]) == first && first == ' ' {
			n++
		}
		return n, false
	}
	return len(Graphemes(s)[0]), false
}

// Sentences splits text behind the marks that end sentences and the spaces
// that follow them.
func Sentences(s string) []string {
	var out []string
	start := 0
	ended, spaced := false, false
	for i, c := range s {
		switch {
		case spaced && !unicode.IsSpace(c) && !unicode.IsLower(c):
			out = append(out, s[start:i])
			start, ended, spaced = i, false, false
		case spaced && unicode.IsLower(c):
			ended, spaced = false, false
		}
		switch {
		case c == '\n' || c == '\u2029':
			ended, spaced = true, true
		case strings.ContainsRune(".?!。？！…", c):
			ended = true
		case unicode.IsSpace(c):
			spaced = ended
		case ended && strings.ContainsRune(`"')]”’`, c):
		default:
			ended = ended && spaced
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}
