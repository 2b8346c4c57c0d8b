package inspect

import (
	"sort"

	"golang.org/x/text/unicode/norm"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

//go:generate sh -c "node --expose-internals testdata/width.js > width_table.go"

// StringWidth returns the number of columns that s takes on a terminal. Control
// characters take none; escape sequences must have been removed.
func StringWidth(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x7F:
			return n + wideWidth(norm.NFC.String(s[i:]))
		case c >= 0x20:
			n++
		}
	}
	return n
}

func wideWidth(s string) int {
	n := 0
	for len(s) > 0 {
		r, size := mirror.DecodeRune(s)
		n += runeWidth(r)
		s = s[size:]
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r < 0x7F:
		if r < 0x20 {
			return 0
		}
		return 1
	case r == 0x7F || inRanges(zeroWidth, r):
		return 0
	case inRanges(doubleWidth, r):
		return 2
	}
	return 1
}

func inRanges(ranges []rune, r rune) bool {
	i := sort.Search(len(ranges)/2, func(i int) bool { return ranges[2*i+1] >= r })
	return i < len(ranges)/2 && ranges[2*i] <= r
}
