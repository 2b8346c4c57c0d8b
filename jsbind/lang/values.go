package lang

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Values that need no runtime.

var converter *goja.Runtime // ToValue of plain values does not look at it

func goInt(n int) goja.Value { return converter.ToValue(n) }

func goString(s string) goja.Value { return engine.Text(s) }

func goBool(b bool) goja.Value { return converter.ToValue(b) }

// units returns the UTF-16 code units of a string.
func units(s goja.String) []uint16 {
	out := make([]uint16, s.Length())
	for i := range out {
		out[i] = s.CharAt(i)
	}
	return out
}

// toString is ToString (ECMA-262 7.1.17).
func toString(vm *goja.Runtime, v goja.Value) goja.String {
	switch x := v.(type) {
	case goja.String:
		return x
	case *goja.Symbol:
		panic(vm.NewTypeError("Cannot convert a Symbol value to a string"))
	case *goja.Object:
		if s, ok := x.ToString().(goja.String); ok {
			return s
		}
	case nil:
		return goString("undefined").(goja.String)
	}
	return goString(v.String()).(goja.String)
}
