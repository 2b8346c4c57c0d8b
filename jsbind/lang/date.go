package lang

import (
	"math"

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
	define(proto, "toGMTString", proto.Get("toUTCString"))
}
