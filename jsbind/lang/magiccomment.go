package lang

import "strings"

// SourceMappingURL returns the value of the last comment of a text that names
// its source map (ECMA-426 11.1.2): //# sourceMappingURL=… outside of strings,
// templates and regular expressions. It is "" if there is none.
func SourceMappingURL(src string) string {
	found := ""
	eachMagic(src, func(_ int, value string) {
		value = strings.TrimRight(value, " \t\r")
		if strings.ContainsAny(value, " \t\"'") {
			value = ""
		}
		found = value
	})
	return found
}

// withoutSourceMap makes of a text's comments that name a source map others of the
// same length: esbuild would follow them.
func withoutSourceMap(src string) string {
	var at []int
	eachMagic(src, func(i int, _ string) { at = append(at, i) })
	if len(at) == 0 {
		return src
	}
	text := []byte(src)
	for _, i := range at {
		text[i] = 'S'
	}
	return string(text)
}

const magicName = "sourceMappingURL="

// eachMagic calls f for the comments that name a source map: where the name
// stands, and what follows it.
func eachMagic(src string, f func(at int, value string)) {
	if !strings.Contains(src, magicName) {
		return
	}
	comment := func(start, end int) {
		text := src[start:end]
		if len(text) < 2 || text[0] != '#' && text[0] != '@' || text[1] != ' ' && text[1] != '\t' {
			return
		}
		rest := strings.TrimLeft(text[1:], " \t")
		if value, ok := strings.CutPrefix(rest, magicName); ok {
			f(end-len(rest), value)
		}
	}
	var braces []bool
	depth, last := 0, byte(0)
	for i := 0; i < len(src); {
		c := src[i]
		switch {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			i++
			continue
		case strings.HasPrefix(src[i:], "//"):
			end := strings.IndexByte(src[i:], '\n')
			if end < 0 {
				end = len(src) - i
			}
			comment(i+2, i+end)
			i += end
			continue
		case strings.HasPrefix(src[i:], "/*"):
			end := strings.Index(src[i+2:], "*/")
			if end < 0 {
				return
			}
			comment(i+2, i+2+end)
			i += end + 4
			continue
		case c == '"' || c == '\'':
			i = skipString(src, i)
		case c == '`':
			i = skipTemplate(src, i+1, &braces, &depth)
		case c == '/' && regexpMayFollow(src, i, last):
			i = skipRegExp(src, i)
		case c == '{':
			braces = append(braces, false)
			i++
		case c == '}':
			i++
			if n := len(braces); n > 0 {
				template := braces[n-1]
				braces = braces[:n-1]
				if template {
					i = skipTemplate(src, i, &braces, &depth)
				}
			}
		case isIdentifierByte(c):
			start := i
			for i < len(src) && isIdentifierByte(src[i]) {
				i++
			}
			last = 'a'
			switch src[start:i] {
			case "return", "typeof", "instanceof", "in", "of", "new", "delete", "void", "throw", "case", "do", "else", "yield", "await":
				last = '=' // an operand follows
			}
			continue
		default:
			i++
		}
		last = c
	}
}
