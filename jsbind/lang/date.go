package lang

import (
	"math"
	"strings"

	"github.com/dop251/goja"
)

// installDate adds the Date methods of ECMA-262 annex B.
func installDate(vm *goja.Runtime) {
	proto := vm.Get("Date").(*goja.Object).Get("prototype").(*goja.Object)
	fullYear, _ := callable(proto.Get("getFullYear"))
	setFullYear, _ := callable(proto.Get("setFullYear"))
	setTime, _ := callable(proto.Get("setTime"))
	method(vm, proto, "getYear", 0, func(c goja.FunctionCall) goja.Value {
		y := fullYear(goja.FunctionCall{This: c.This}).ToFloat()
		if math.IsNaN(y) {
			return goja.NaN()
		}
		return goInt(int(y) - 1900)
	})
	method(vm, proto, "setYear", 1, func(c goja.FunctionCall) goja.Value {
		y := c.Argument(0).ToFloat()
		if math.IsNaN(y) {
			return setTime(goja.FunctionCall{This: c.This, Arguments: []goja.Value{goja.NaN()}})
		}
		if y = math.Trunc(y); y >= 0 && y <= 99 {
			y += 1900
		}
		return setFullYear(goja.FunctionCall{This: c.This, Arguments: []goja.Value{vm.ToValue(y)}})
	})
	if n := nativeParts(proto.Get("toISOString")); n != nil {
		was := n.f
		n.f = func(c goja.FunctionCall) goja.Value { return expandedYear(was(c)) }
	}
	define(proto, "toGMTString", proto.Get("toUTCString"))
}

// expandedYear gives a year outside of 0 to 9999 its six digits (ECMA-262
// 21.4.1.32.1), of which goja writes only those that are not zero.
func expandedYear(v goja.Value) goja.Value {
	s := v.String()
	if s == "" || s[0] != '+' && s[0] != '-' {
		return v
	}
	year, rest, _ := strings.Cut(s[1:], "-")
	return goString(s[:1] + strings.Repeat("0", max(0, 6-len(year))) + year + "-" + rest)
}
