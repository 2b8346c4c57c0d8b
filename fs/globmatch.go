package fs

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// The patterns are those of bash with extglob: * ? [...] and @( ) ?( ) *( ) +( )
// !( ) within a part of a path, ** for any number of parts, and { , }.

func magic(part string) bool { return strings.ContainsAny(part, `*?[\`) || strings.Contains(part, "(") }

func unescape(part string) string { return strings.ReplaceAll(part, `\`, "") }

// braces expands {a,b} and {1..3}.
func braces(p string) []string {
	open := -1
	depth := 0
	var commas []int
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '\\':
			i++
		case '{':
			if depth == 0 {
				open, commas = i, nil
			}
			depth++
		case ',':
			if depth == 1 {
				commas = append(commas, i)
			}
		case '}':
			if depth == 0 {
				continue
			}
			if depth--; depth > 0 {
				continue
			}
			items := split(p, open, i, commas)
			if items == nil {
				continue
			}
			var out []string
			for _, item := range items {
				for _, inner := range braces(item) {
					for _, rest := range braces(p[i+1:]) {
						out = append(out, p[:open]+inner+rest)
					}
				}
			}
			return out
		}
	}
	return []string{p}
}

// split returns the alternatives between open and end, nil for braces that mean
// themselves.
func split(p string, open, end int, commas []int) []string {
	if len(commas) > 0 {
		var out []string
		from := open + 1
		for _, c := range append(commas, end) {
			out = append(out, p[from:c])
			from = c + 1
		}
		return out
	}
	a, b, ok := strings.Cut(p[open+1:end], "..")
	if !ok {
		return nil
	}
	x, err1 := strconv.Atoi(a)
	y, err2 := strconv.Atoi(b)
	if err1 != nil || err2 != nil {
		if len(a) != 1 || len(b) != 1 {
			return nil
		}
		x, y = int(a[0]), int(b[0])
	}
	step := 1
	if y < x {
		step = -1
	}
	var out []string
	for n := x; ; n += step {
		if err1 == nil {
			out = append(out, strconv.Itoa(n))
		} else {
			out = append(out, string(rune(n)))
		}
		if n == y {
			return out
		}
	}
}

var compiled sync.Map // pattern of one part → *regexp.Regexp

// match reports whether a name matches a part of a pattern.
func match(part, name string) bool {
	if neg, rest, ok := negated(part); ok {
		return !match(neg+rest, name) && match("*"+rest, name)
	}
	if re, ok := compiled.Load(part); ok {
		return re.(*regexp.Regexp).MatchString(name)
	}
	re, err := regexp.Compile("^(?s:" + translate(part) + ")$")
	if err != nil {
		return part == name
	}
	compiled.Store(part, re)
	return re.MatchString(name)
}

// negated takes a leading !(…) apart: what it excludes, and what follows.
func negated(part string) (not, rest string, ok bool) {
	if !strings.HasPrefix(part, "!(") {
		return "", "", false
	}
	end := closing(part, 1)
	if end < 0 {
		return "", "", false
	}
	return "@" + part[1:end+1], part[end+1:], true
}

// closing returns where the parenthesis at open is closed.
func closing(s string, open int) int {
	depth := 0
	for i := open; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// translate makes a regular expression of a part.
func translate(p string) string {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		c := p[i]
		if i+1 < len(p) && p[i+1] == '(' && strings.IndexByte("@?*+", c) >= 0 {
			if end := closing(p, i+1); end > 0 {
				b.WriteString("(?:" + alternatives(p[i+2:end]) + ")")
				if c != '@' {
					b.WriteByte(c)
				}
				i = end
				continue
			}
		}
		switch c {
		case '*':
			b.WriteString("[^/]*")
		case '?':
			b.WriteString("[^/]")
		case '[':
			end := strings.IndexByte(p[min(i+2, len(p)):], ']')
			if end < 0 {
				b.WriteString(`\[`)
				continue
			}
			set := p[i+1 : i+2+end]
			if strings.HasPrefix(set, "!") || strings.HasPrefix(set, "^") {
				set = "^" + set[1:]
			}
			b.WriteString("[" + strings.ReplaceAll(set, `\`, `\\`) + "]")
			i += 2 + end
		case '\\':
			if i+1 < len(p) {
				i++
				b.WriteString(regexp.QuoteMeta(p[i : i+1]))
			}
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	return b.String()
}

// alternatives translates what is between parentheses.
func alternatives(s string) string {
	var out []string
	depth, from := 0, 0
	for i := 0; i <= len(s); i++ {
		switch {
		case i == len(s) || s[i] == '|' && depth == 0:
			out = append(out, translate(s[from:i]))
			from = i + 1
		case s[i] == '(':
			depth++
		case s[i] == ')':
			depth--
		}
	}
	return strings.Join(out, "|")
}

// MatchGlob reports whether a path matches a pattern, as path.matchesGlob does.
func MatchGlob(path, pattern string) bool {
	for _, alt := range braces(pattern) {
		if matchParts(strings.Split(path, "/"), strings.Split(alt, "/")) {
			return true
		}
	}
	return false
}

func matchParts(names, parts []string) bool {
	for len(parts) > 0 {
		if parts[0] == "**" {
			for len(parts) > 0 && parts[0] == "**" {
				parts = parts[1:]
			}
			if len(parts) == 0 {
				for _, n := range names {
					if strings.HasPrefix(n, ".") {
						return false
					}
				}
				return true
			}
			for i := range names {
				if matchParts(names[i:], parts) {
					return true
				}
				if strings.HasPrefix(names[i], ".") {
					return false
				}
			}
			return false
		}
		if len(names) == 0 || strings.HasPrefix(names[0], ".") && !strings.HasPrefix(parts[0], ".") {
			return false
		}
		if magic(parts[0]) && !match(parts[0], names[0]) || !magic(parts[0]) && unescape(parts[0]) != names[0] {
			return false
		}
		names, parts = names[1:], parts[1:]
	}
	return len(names) == 0
}
