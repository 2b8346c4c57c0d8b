package lang

import (
	"errors"
	"strings"
)

// needsRewrite says whether goja's regular expressions would reject or misread
// the pattern.
func needsRewrite(pattern, flags string) bool {
	if strings.ContainsAny(flags, "dv") {
		return true
	}
	return strings.Contains(flags, "u") && (strings.Contains(pattern, `\p`) || strings.Contains(pattern, `\P`))
}

// rewriteRegExp returns a pattern and flags that goja runs as the originals
// should be run.
func rewriteRegExp(pattern, flags string) (string, string, error) {
	if strings.Contains(flags, "v") {
		return "", "", errors.New("Invalid flags")
	}
	var b strings.Builder
	inClass := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\' && i+1 < len(pattern) && (pattern[i+1] == 'p' || pattern[i+1] == 'P'):
			end := strings.IndexByte(pattern[i:], '}')
			if end < 0 || i+2 >= len(pattern) || pattern[i+2] != '{' {
				return "", "", errProperty
			}
			set, err := property(pattern[i+3 : i+end])
			if err != nil {
				return "", "", err
			}
			if pattern[i+1] == 'P' {
				set = set.complement()
			}
			if !inClass {
				b.WriteByte('[')
			}
			set.writeClassBody(&b)
			if !inClass {
				b.WriteByte(']')
			}
			i += end
		case c == '\\' && i+1 < len(pattern):
			b.WriteString(pattern[i : i+2])
			i++
		case c == '[':
			inClass = true
			b.WriteByte(c)
		case c == ']':
			inClass = false
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), strings.ReplaceAll(flags, "d", ""), nil
}
