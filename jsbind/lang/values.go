package lang

import (
	"github.com/dop251/goja"
)

// Values that need no runtime.

var converter *goja.Runtime // ToValue of plain values does not look at it

func goInt(n int) goja.Value { return converter.ToValue(n) }

func goString(s string) goja.Value { return converter.ToValue(s) }

func goBool(b bool) goja.Value { return converter.ToValue(b) }

// units returns the UTF-16 code units of a string.
func units(s goja.String) []uint16 {
	out := make([]uint16, s.Length())
	for i := range out {
		out[i] = s.CharAt(i)
	}
	return out
}
