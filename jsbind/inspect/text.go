package inspect

import (
	"strings"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// text is a piece of the output. A long one is kept as the pieces that it
// consists of, so that an object inside a thousand others is not copied a
// thousand times.
type text struct {
	s     string
	parts []text // in place of s
	size  int    // bytes
}

// flatSize is the size up to which a text is one string.
const flatSize = 2048

func str(s string) text { return text{s: s, size: len(s)} }

// concat joins texts.
func concat(parts ...text) text {
	size := 0
	for i := range parts {
		size += parts[i].size
	}
	if size > flatSize {
		return text{parts: append([]text(nil), parts...), size: size}
	}
	b := make([]byte, 0, size)
	for i := range parts {
		b = parts[i].appendTo(b)
	}
	return str(string(b))
}

// joinTexts joins texts with a separator, between begin and end.
func joinTexts(begin string, parts []text, separator, end string) text {
	size := len(begin) + len(end)
	for i := range parts {
		size += parts[i].size + len(separator)
	}
	if size > flatSize {
		list := make([]text, 0, 2*len(parts)+2)
		list = append(list, str(begin))
		for i := range parts {
			if i > 0 {
				list = append(list, str(separator))
			}
			list = append(list, parts[i])
		}
		list = append(list, str(end))
		if len(parts) > 0 {
			size -= len(separator)
		}
		return text{parts: list, size: size}
	}
	b := make([]byte, 0, size)
	b = append(b, begin...)
	for i := range parts {
		if i > 0 {
			b = append(b, separator...)
		}
		b = parts[i].appendTo(b)
	}
	return str(string(append(b, end...)))
}

func (t *text) appendTo(b []byte) []byte {
	if t.parts == nil {
		return append(b, t.s...)
	}
	for i := range t.parts {
		b = t.parts[i].appendTo(b)
	}
	return b
}

// String returns the text in one piece.
func (t text) String() string {
	if t.parts == nil {
		return t.s
	}
	var b strings.Builder
	b.Grow(t.size)
	t.writeTo(&b)
	return b.String()
}

func (t *text) writeTo(b *strings.Builder) {
	if t.parts == nil {
		b.WriteString(t.s)
		return
	}
	for i := range t.parts {
		t.parts[i].writeTo(b)
	}
}

// units returns the length of t as JavaScript has it, without escape sequences
// if colors is set. Beyond limit it is only known to be greater.
func (t *text) units(limit float64, colors bool) int {
	n := 0
	if t.parts == nil {
		if colors {
			return mirror.Units(StripVTControlCharacters(t.s))
		}
		if n = len(t.s) / 3; float64(n) > limit { // at most three bytes to a unit
			return n
		}
		return mirror.Units(t.s)
	}
	for i := range t.parts {
		if n += t.parts[i].units(limit-float64(n), colors); float64(n) > limit {
			break
		}
	}
	return n
}

// multiline reports whether t has a line feed.
func (t *text) multiline() bool {
	if t.parts == nil {
		return strings.Contains(t.s, "\n")
	}
	for i := range t.parts {
		if t.parts[i].multiline() {
			return true
		}
	}
	return false
}
