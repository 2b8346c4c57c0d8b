package assertmod

import (
	"fmt"
	"strings"

	"github.com/spindle-js/spindle/jsbind/lang"
)

// callExpression returns the call of assert.ok as the caller's source line has
// it, "" if there is no source.
func (m *module) callExpression() string {
	stack := m.rt.VM.CaptureCallStack(0, nil)
	for i := range stack {
		f := lang.NewFrame(&stack[i])
		if f.Native {
			if f.Function != "ok" && f.Function != "strict" && f.Function != "call" && f.Function != "apply" {
				return "" // called by a function of the engine
			}
			continue
		}
		if f.Internal() {
			continue
		}
		line, ok := lang.SourceLine(&stack[i])
		if !ok {
			return ""
		}
		return escapeControls(callAt(line, f.Column-1))
	}
	return ""
}

// escapeControls shows control characters as a program would write them.
func escapeControls(code string) string {
	var b strings.Builder
	for _, r := range code {
		switch {
		case r == '\b':
			b.WriteString(`\b`)
		case r == '\f':
			b.WriteString(`\f`)
		case r < ' ' && r != '\t' && r != '\n' && r != '\r':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// callAt cuts the call out of a line. col is where the engine sees it, in UTF-16
// units: at its parenthesis or within what is called.
func callAt(line string, col int) string {
	runes := []rune(line)
	for i := 0; i < col && i < len(runes); i++ {
		if runes[i] > 0xffff {
			col--
		}
	}
	if col < 0 || col >= len(runes) {
		return ""
	}
	open := col
	if runes[open] != '(' {
		for open < len(runes) && runes[open] != '(' {
			open++
		}
		if open == len(runes) {
			return ""
		}
	}
	start := calleeStart(runes, open)
	end := callEnd(runes, open)
	return string(runes[start:end])
}

func isName(r rune) bool {
	return r == '_' || r == '$' || r == '#' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7F
}

// calleeStart goes back from a parenthesis over names, dots and brackets.
func calleeStart(s []rune, open int) int {
	i := open
	for i > 0 {
		switch r := s[i-1]; {
		case isName(r):
			i--
		case r == '.' && i > 1 && (isName(s[i-2]) || s[i-2] == ']' || s[i-2] == '?'):
			i--
		case r == '?' && i < len(s) && s[i] == '.':
			i--
		case r == ']':
			j := i - 1
			for j > 0 && s[j-1] != '[' {
				j--
			}
			if j == 0 {
				return i
			}
			i = j - 1
		default:
			return i
		}
	}
	return i
}

// callEnd returns the index after the parenthesis that closes the one at open,
// or the end of the line.
func callEnd(s []rune, open int) int {
	depth := 0
	for i := open; i < len(s); i++ {
		switch s[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '\'', '"', '`':
			q := s[i]
			for i++; i < len(s) && s[i] != q; i++ {
				if s[i] == '\\' {
					i++
				}
			}
		case '/':
			if end := regExpEnd(s, i); end > i {
				i = end
			}
		}
	}
	return len(s)
}

// regExpEnd returns the index of the slash that ends a regular expression which
// begins at i, or i where the slash is a division.
func regExpEnd(s []rune, i int) int {
	before := strings.TrimRight(string(s[:i]), " \t")
	if before != "" && !strings.ContainsAny(before[len(before)-1:], "(,=:[!&|?{};+-*%~^<>") {
		return i
	}
	class := false
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case '\\':
			j++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				return j
			}
		}
	}
	return i
}
