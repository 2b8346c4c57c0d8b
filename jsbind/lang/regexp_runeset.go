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

func (s runeSet) has(c rune) bool {
	_, ok := slices.BinarySearchFunc(s, c, func(r runeRange, c rune) int {
		switch {
		case r.hi < c:
			return -1
		case r.lo > c:
			return 1
		}
		return 0
	})
	return ok
}

// writeClassBody writes the set as the inside of a character class of a
// pattern with the flag u.
func (s runeSet) writeClassBody(b *strings.Builder) {
	for _, r := range s {
		writeClassRune(b, r.lo)
		if r.hi > r.lo {
			if r.hi > r.lo+1 {
				b.WriteByte('-')
			}
			writeClassRune(b, r.hi)
		}
	}
}

func writeClassRune(b *strings.Builder, c rune) {
	switch {
	case c < 0x20 || c == 0x7f || c == 0x85 || c == 0xa0 || c >= 0xd800 && c <= 0xf8ff || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfff0 && c <= 0xffff || c >= 0xe0000:
		b.WriteString(`\u{`)
		b.WriteString(strconv.FormatInt(int64(c), 16))
		b.WriteByte('}')
	case strings.ContainsRune(`\]^-[/`, c):
		b.WriteByte('\\')
		b.WriteRune(c)
	default:
		b.WriteRune(c)
	}
}
