package lang

import (
	"math"

	"github.com/dop251/goja"
)

// Half-precision floats (ECMA-262 21.3.2.16, 25.3.4): IEEE 754 binary16.

// toHalf rounds to nearest, ties to even.
func toHalf(f float64) uint16 {
	bits := math.Float64bits(f)
	sign := uint16(bits >> 48 & 0x8000)
	switch {
	case math.IsNaN(f):
		return sign | 0x7e00
	case math.IsInf(f, 0) || math.Abs(f) >= 65520:
		return sign | 0x7c00
	}
	a := math.Abs(f)
	if a < 0x1p-14 {
		// Subnormal: a multiple of 2^-24.
		return sign | uint16(math.RoundToEven(a*0x1p24))
	}
	fraction, exp := math.Frexp(a) // in [0.5, 1)
	m := math.RoundToEven(fraction * 2048)
	if m == 2048 {
		m, exp = 1024, exp+1
	}
	return sign | uint16(exp+14)<<10 | uint16(m)&0x3ff
}

func fromHalf(h uint16) float64 {
	sign := 1.0
	if h&0x8000 != 0 {
		sign = -1
	}
	exp, m := int(h>>10&0x1f), float64(h&0x3ff)
	switch exp {
	case 0:
		return sign * m * 0x1p-24
	case 31:
		if m != 0 {
			return math.NaN()
		}
		return math.Inf(int(sign))
	}
	return sign * math.Ldexp(1024+m, exp-25)
}

func installFloat16(vm *goja.Runtime) {
	method(vm, vm.Get("Math").(*goja.Object), "f16round", 1, func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(fromHalf(toHalf(c.Argument(0).ToFloat())))
	})
	proto := vm.Get("DataView").(*goja.Object).Get("prototype").(*goja.Object)
	get, _ := callable(proto.Get("getUint16"))
	set, _ := callable(proto.Get("setUint16"))
	method(vm, proto, "getFloat16", 1, func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(fromHalf(uint16(get(c).ToInteger())))
	})
	method(vm, proto, "setFloat16", 2, func(c goja.FunctionCall) goja.Value {
		bits := goInt(int(toHalf(c.Argument(1).ToFloat())))
		return set(goja.FunctionCall{This: c.This, Arguments: []goja.Value{c.Argument(0), bits, c.Argument(2)}})
	})
}
