package wtf8

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// ToLower lowercases s as JavaScript's toLowerCase does: with the special
// casings of Unicode, of which strings.ToLower knows none.
func ToLower(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return cases.Lower(language.Und).String(s)
		}
	}
	return strings.ToLower(s)
}
