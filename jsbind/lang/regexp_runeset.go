package lang

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// runeRange is an inclusive range of code points.
type runeRange struct{ lo, hi rune }

// runeSet is a set of code points: sorted ranges that do not touch.
type runeSet []runeRange

// normal sorts the ranges and joins those that touch.
func (s runeSet) normal() runeSet {
	if len(s) == 0 {
		return s
	}
	slices.SortFunc(s, func(a, b runeRange) int { return int(a.lo - b.lo) })
	out := s[:1]
	for _, r := range s[1:] {
		last := &out[len(out)-1]
		if r.lo <= last.hi+1 {
			last.hi = max(last.hi, r.hi)
		} else {
			out = append(out, r)
		}
	}
	return out
}

func (s runeSet) union(t runeSet) runeSet {
	return append(slices.Clone(s), t...).normal()
}

func (s runeSet) complement() runeSet {
	var out runeSet
	next := rune(0)
	for _, r := range s {
		if r.lo > next {
			out = append(out, runeRange{next, r.lo - 1})
		}
		next = r.hi + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, runeRange{next, unicode.MaxRune})
	}
	return out
}

func (s runeSet) intersect(t runeSet) runeSet {
	return s.complement().union(t.complement()).complement()
}

func (s runeSet) minus(t runeSet) runeSet {
	return s.intersect(t.complement())
}

// writeClassBody writes the set as the inside of a character class, for a
// pattern with or without the flag u.
func (s runeSet) writeClassBody(b *strings.Builder, unicodeMode bool) {
	for _, r := range s {
		if !unicodeMode {
			// Without it, characters are UTF-16 code units.
			if r.lo > 0xffff {
				continue
			}
			r.hi = min(r.hi, 0xffff)
		}
		writeClassRune(b, r.lo, unicodeMode)
		if r.hi > r.lo {
			if r.hi > r.lo+1 {
				b.WriteByte('-')
			}
			writeClassRune(b, r.hi, unicodeMode)
		}
	}
}

func writeClassRune(b *strings.Builder, c rune, unicodeMode bool) {
	switch {
	case strings.ContainsRune(`\]^-[/`, c):
		b.WriteByte('\\')
		b.WriteRune(c)
	case c >= 0x20 && c < 0x7f || c >= 0x100 && unicode.IsLetter(c) && c < 0xffff:
		b.WriteRune(c)
	case unicodeMode:
		b.WriteString(`\u{`)
		b.WriteString(strconv.FormatInt(int64(c), 16))
		b.WriteByte('}')
	default:
		b.WriteString(`\u`)
		h := strconv.FormatInt(int64(c), 16)
		b.WriteString("0000"[len(h):] + h)
	}
}
