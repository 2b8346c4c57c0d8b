package lang

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// V8 names the callee of a failed call by printing its expression: names and
// members as they are, a call as (...), anything else as (intermediate value).
// Here the source text around the call's position is read instead.

const intermediate = "(intermediate value)"

// calleeText prints the callee of the call that the running code is at. The
// position is that of the callee's last name, or of the opening parenthesis.
func calleeText(vm *goja.Runtime) string {
	src, off, ok := sourceAt(vm)
	if !ok {
		return ""
	}
	if isIdentifierStart(src[off:]) {
		end := off + len(tokenAt(src, off).text)
		return backward(src, end)
	}
	return backward(src, off)
}

func byteAt(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

func isIdentifierStart(s string) bool {
	return s != "" && isIdentifierByte(s[0]) && (s[0] < '0' || s[0] > '9')
}

func trimBack(src string, end int) int {
	for end > 0 && strings.IndexByte(" \t\r\n", src[end-1]) >= 0 {
		end--
	}
	return end
}

// backward prints the expression that ends at end.
func backward(src string, end int) string {
	end = trimBack(src, end)
	if end == 0 {
		return ""
	}
	switch c := src[end-1]; {
	case isIdentifierByte(c):
		start := end
		for start > 0 && isIdentifierByte(src[start-1]) {
			start--
		}
		private := ""
		if start > 0 && src[start-1] == '#' {
			start--
		}
		word := src[start:end]
		before := trimBack(src, start)
		if before > 0 && src[before-1] == '.' && !strings.HasSuffix(src[:before], "...") {
			dot := "."
			left := before - 1
			if left > 0 && src[left-1] == '?' {
				dot, left = "?.", left-1
			}
			object := backward(src, left)
			if object == "" {
				object = intermediate
			}
			return object + dot + private + word
		}
		if isKeyword(word) && word != "this" && word != "super" && word != "null" && word != "true" && word != "false" {
			return intermediate
		}
		if strings.HasSuffix(src[:before], "new") && (before == 3 || !isIdentifierByte(src[before-4])) {
			return intermediate
		}
		if word == "super" {
			return "(intermediate value)"
		}
		return word
	case c == ')':
		open := matching(src, end-1)
		if open < 0 {
			return intermediate
		}
		left := trimBack(src, open)
		if left > 0 && endsExpression(src, left) {
			callee := backward(src, left)
			if callee == "" || strings.HasSuffix(callee, intermediate) && isNew(src, left) {
				return intermediate
			}
			return strings.TrimSuffix(callee, "?.") + "(...)"
		}
		inner := strings.TrimSpace(src[open+1 : end-1])
		if forwardExpression(inner, 0) == inner && inner != "" || isNumber10(inner) {
			return inner
		}
		return intermediate
	case c == ']':
		open := matching(src, end-1)
		if open < 0 {
			return intermediate
		}
		inner := strings.TrimSpace(src[open+1 : end-1])
		left := trimBack(src, open)
		if left > 0 && endsExpression(src, left) {
			object := strings.TrimSuffix(backward(src, left), "?.")
			if len(inner) >= 2 && (inner[0] == '\'' || inner[0] == '"') && inner[len(inner)-1] == inner[0] {
				return object + "." + inner[1:len(inner)-1]
			}
			if forwardExpression(inner, 0) != inner && !isNumber10(inner) {
				inner = intermediate
			}
			return object + "[" + inner + "]"
		}
		if inner == "" {
			return "[]"
		}
		return intermediate
	case c == '"' || c == '\'':
		start := strings.LastIndexByte(src[:end-1], c)
		if start >= 0 {
			return `"` + src[start+1:end-1] + `"`
		}
	case c == '.' && end > 1 && src[end-2] == '?':
		return backward(src, end-2) + "?."
	}
	return intermediate
}

func isNew(src string, end int) bool {
	for end > 0 && (isIdentifierByte(src[end-1]) || src[end-1] == '.') {
		end--
	}
	end = trimBack(src, end)
	return strings.HasSuffix(src[:end], "new")
}

func isNumber10(s string) bool {
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && s[i] != '.' {
			return false
		}
	}
	return s != ""
}

// endsExpression says whether the text before end is an operand, so that a
// bracket after it is a call or an index.
func endsExpression(src string, end int) bool {
	c := src[end-1]
	if c == ')' || c == ']' || c == '"' || c == '\'' || c == '`' {
		return true
	}
	if c == '.' {
		return end > 1 && src[end-2] == '?'
	}
	if !isIdentifierByte(c) {
		return false
	}
	start := end
	for start > 0 && isIdentifierByte(src[start-1]) {
		start--
	}
	word := src[start:end]
	return !isKeyword(word) || word == "this" || word == "super"
}

// matching returns the offset of the bracket that the one at i closes.
func matching(src string, i int) int {
	depth := 0
	for ; i >= 0; i-- {
		switch src[i] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'', '`':
			if j := strings.LastIndexByte(src[:i], src[i]); j >= 0 && !strings.Contains(src[j:i], "\n") {
				i = j
			}
		}
	}
	return -1
}

// forwardExpression prints the names and members that begin at off; "" if
// something else does.
func forwardExpression(src string, off int) string {
	i := off
	for {
		if !isIdentifierStart(src[min(i, len(src)):]) {
			return ""
		}
		for i < len(src) && isIdentifierByte(src[i]) {
			_, n := utf8.DecodeRuneInString(src[i:])
			i += n
		}
		if word := src[off:i]; isKeyword(word) && word != "this" {
			return ""
		}
		if byteAt(src, i) == '.' && isIdentifierStart(src[min(i+1, len(src)):]) {
			i++
			continue
		}
		return src[off:i]
	}
}
