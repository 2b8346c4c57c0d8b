package bind

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/wtf8"
	"github.com/spindle-js/spindle/nodeerr"
)

// Text returns a string value with its lone surrogates in their three-byte form
// (internal/wtf8), which v.String() replaces. It converts v as String(v) does,
// but throws for a symbol.
func (rt *Runtime) Text(v goja.Value) string {
	if v == nil {
		return "undefined"
	}
	if _, ok := v.(*goja.Symbol); ok {
		rt.Throw(nodeerr.New(nodeerr.KindType, "", "Cannot convert a Symbol value to a string"))
	}
	s, ok := v.(goja.String)
	if !ok {
		v = v.ToString()
		if s, ok = v.(goja.String); !ok {
			return v.String()
		}
	}
	text := s.String()
	if !strings.Contains(text, "\uFFFD") {
		return text
	}
	units := make([]uint16, s.Length())
	for i := range units {
		units[i] = s.CharAt(i)
	}
	return wtf8.FromUTF16(units)
}

// TextArg is String, but keeps lone surrogates as Text does.
func (rt *Runtime) TextArg(v goja.Value, name string) string {
	if v == nil || !goja.IsString(v) {
		rt.ArgType(name, v, "string")
	}
	return rt.Text(v)
}

// TextValue is the opposite of Text.
func (rt *Runtime) TextValue(s string) goja.Value {
	if utf8.ValidString(s) {
		return rt.VM.ToValue(s)
	}
	return goja.StringFromUTF16(wtf8.ToUTF16(s))
}
