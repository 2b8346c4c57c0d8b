package lang

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Methods of strings that programs call most, for strings of ASCII characters,
// which are bytes: goja's own make a new value of the string itself at each
// call, compare one character at a time, and copy what does not change.

// asciiMethods return nil for what is left to goja: arguments of other kinds.
var asciiMethods = map[string]func(a *asciiStrings, s string, c goja.FunctionCall) goja.Value{
	"charAt":      (*asciiStrings).charAt,
	"charCodeAt":  (*asciiStrings).charCodeAt,
	"endsWith":    (*asciiStrings).endsWith,
	"includes":    (*asciiStrings).includes,
	"indexOf":     (*asciiStrings).indexOf,
	"slice":       (*asciiStrings).slice,
	"startsWith":  (*asciiStrings).startsWith,
	"substring":   (*asciiStrings).substring,
	"toLowerCase": (*asciiStrings).toLowerCase,
	"toUpperCase": (*asciiStrings).toUpperCase,
	"trim":        (*asciiStrings).trim,
}

// asciiStrings makes the values of a runtime's strings.
type asciiStrings struct {
	texts engine.Strings
}

func installASCIIStrings(proto *goja.Object) {
	a := &asciiStrings{}
	for name, fast := range asciiMethods {
		n := nativeParts(proto.Get(name))
		if n == nil {
			continue
		}
		slow := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			if s, ok := engine.ASCII(c.This); ok {
				if v := fast(a, s, c); v != nil {
					return v
				}
			}
			return slow(c)
		}
	}
}

// value returns the value of a part of the string that was is.
func (a *asciiStrings) value(s string, was goja.Value, length int) goja.Value {
	switch {
	case len(s) == length:
		return was
	case len(s) < 2:
		return goString(s)
	}
	return a.texts.ASCII(s)
}

// index returns an argument that is an integer or missing.
func index(c goja.FunctionCall, i, missing int) (n int, ok bool) {
	v := c.Argument(i)
	if goja.IsUndefined(v) {
		return missing, true
	}
	return engine.Int(v)
}

// clamp brings n into a string of length characters.
func clamp(n, length int) int { return max(0, min(n, length)) }

func (a *asciiStrings) charAt(s string, c goja.FunctionCall) goja.Value {
	i, ok := index(c, 0, 0)
	switch {
	case !ok:
		return nil
	case i < 0 || i >= len(s):
		return goString("")
	}
	return goString(s[i : i+1])
}

func (a *asciiStrings) charCodeAt(s string, c goja.FunctionCall) goja.Value {
	i, ok := index(c, 0, 0)
	if !ok || i < 0 || i >= len(s) {
		return nil
	}
	return goInt(int(s[i]))
}

// search returns the string to look for and where to begin.
func search(s string, c goja.FunctionCall, missing int) (text string, from int, ok bool) {
	if text, ok = engine.ASCII(c.Argument(0)); !ok {
		return "", 0, false
	}
	from, ok = index(c, 1, missing)
	return text, clamp(from, len(s)), ok
}

func (a *asciiStrings) indexOf(s string, c goja.FunctionCall) goja.Value {
	text, from, ok := search(s, c, 0)
	if !ok {
		return nil
	}
	i := strings.Index(s[from:], text)
	if i >= 0 {
		i += from
	}
	return goInt(i)
}

func (a *asciiStrings) includes(s string, c goja.FunctionCall) goja.Value {
	text, from, ok := search(s, c, 0)
	if !ok {
		return nil
	}
	return goBool(strings.Contains(s[from:], text))
}

func (a *asciiStrings) startsWith(s string, c goja.FunctionCall) goja.Value {
	text, from, ok := search(s, c, 0)
	if !ok {
		return nil
	}
	return goBool(strings.HasPrefix(s[from:], text))
}

func (a *asciiStrings) endsWith(s string, c goja.FunctionCall) goja.Value {
	text, end, ok := search(s, c, len(s))
	if !ok {
		return nil
	}
	return goBool(strings.HasSuffix(s[:end], text))
}

func (a *asciiStrings) slice(s string, c goja.FunctionCall) goja.Value {
	from, ok := index(c, 0, 0)
	to, ok2 := index(c, 1, len(s))
	if !ok || !ok2 {
		return nil
	}
	if from < 0 {
		from += len(s)
	}
	if to < 0 {
		to += len(s)
	}
	from, to = clamp(from, len(s)), clamp(to, len(s))
	return a.value(s[from:max(from, to)], c.This, len(s))
}

func (a *asciiStrings) substring(s string, c goja.FunctionCall) goja.Value {
	from, ok := index(c, 0, 0)
	to, ok2 := index(c, 1, len(s))
	if !ok || !ok2 {
		return nil
	}
	from, to = clamp(from, len(s)), clamp(to, len(s))
	return a.value(s[min(from, to):max(from, to)], c.This, len(s))
}

func (a *asciiStrings) toLowerCase(s string, c goja.FunctionCall) goja.Value {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return a.texts.ASCII(strings.ToLower(s))
		}
	}
	return c.This
}

func (a *asciiStrings) toUpperCase(s string, c goja.FunctionCall) goja.Value {
	for i := range len(s) {
		if s[i] >= 'a' && s[i] <= 'z' {
			return a.texts.ASCII(strings.ToUpper(s))
		}
	}
	return c.This
}

func (a *asciiStrings) trim(s string, c goja.FunctionCall) goja.Value {
	return a.value(strings.Trim(s, "\t\n\v\f\r "), c.This, len(s))
}
