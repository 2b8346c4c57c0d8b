package lang

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
)

// maxStringLength is V8's, in UTF-16 units.
const maxStringLength = 1<<29 - 24

// installString adds String.prototype.isWellFormed, toWellFormed and the HTML
// methods (ECMA-262 22.1.3 and B.2.2).
func installString(vm *goja.Runtime) {
	proto := vm.Get("String").(*goja.Object).Get("prototype").(*goja.Object)
	this := func(c goja.FunctionCall, name string) goja.String {
		if isNullish(c.This) {
			panic(vm.NewTypeError("String.prototype.%s called on null or undefined", name))
		}
		return toString(vm, c.This)
	}
	method(vm, proto, "isWellFormed", 0, func(c goja.FunctionCall) goja.Value {
		return goBool(loneSurrogate(units(this(c, "isWellFormed"))) < 0)
	})
	method(vm, proto, "toWellFormed", 0, func(c goja.FunctionCall) goja.Value {
		s := this(c, "toWellFormed")
		u := units(s)
		i := loneSurrogate(u)
		if i < 0 {
			return s
		}
		for ; i >= 0; i = loneSurrogate(u) {
			u[i] = 0xfffd
		}
		return goja.StringFromUTF16(u)
	})
	installASCIIStrings(proto)
	// V8's strings have a greatest length.
	limited := func(name string, length func(s goja.String, n float64) float64) {
		n := nativeParts(proto.Get(name).(*goja.Object))
		if n == nil {
			return
		}
		f := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			if s, ok := c.This.(goja.String); ok && goja.IsNumber(c.Argument(0)) && length(s, c.Argument(0).ToFloat()) > maxStringLength {
				throwRange(vm, "Invalid string length")
			}
			return f(c)
		}
	}
	limited("repeat", func(s goja.String, n float64) float64 {
		if s.Length() == 0 || math.IsInf(n, 1) { // another error
			return 0
		}
		return float64(s.Length()) * n
	})
	limited("padStart", func(_ goja.String, n float64) float64 { return n })
	limited("padEnd", func(_ goja.String, n float64) float64 { return n })
	for _, h := range [][3]string{
		{"anchor", "a", "name"}, {"big", "big", ""}, {"blink", "blink", ""}, {"bold", "b", ""}, {"fixed", "tt", ""},
		{"fontcolor", "font", "color"}, {"fontsize", "font", "size"}, {"italics", "i", ""}, {"link", "a", "href"},
		{"small", "small", ""}, {"strike", "strike", ""}, {"sub", "sub", ""}, {"sup", "sup", ""},
	} {
		name, element, attribute := h[0], h[1], h[2]
		length := 0
		if attribute != "" {
			length = 1
		}
		method(vm, proto, name, length, func(c goja.FunctionCall) goja.Value {
			s := this(c, name)
			var b goja.StringBuilder
			b.WriteUTF8String("<" + element)
			if attribute != "" {
				b.WriteUTF8String(" " + attribute + `="`)
				b.WriteString(replaceQuotes(toString(vm, c.Argument(0))))
				b.WriteUTF8String(`"`)
			}
			b.WriteUTF8String(">")
			b.WriteString(s)
			b.WriteUTF8String("</" + element + ">")
			return b.String()
		})
	}
}

func replaceQuotes(s goja.String) goja.String {
	if !strings.Contains(s.String(), `"`) {
		return s
	}
	var out []uint16
	for _, u := range units(s) {
		if u == '"' {
			out = append(out, utf16.Encode([]rune("&quot;"))...)
		} else {
			out = append(out, u)
		}
	}
	return goja.StringFromUTF16(out)
}

// loneSurrogate returns the index of the first surrogate that is not half of a
// pair, or -1.
func loneSurrogate(u []uint16) int {
	for i := 0; i < len(u); i++ {
		switch {
		case u[i] < 0xd800 || u[i] > 0xdfff:
		case u[i] < 0xdc00 && i+1 < len(u) && u[i+1] >= 0xdc00 && u[i+1] <= 0xdfff:
			i++
		default:
			return i
		}
	}
	return -1
}
