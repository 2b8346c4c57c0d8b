package bind

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// Received words a value as the end of ERR_INVALID_ARG_TYPE's message:
// "undefined", "function f", "an instance of Foo", "type string ('x')".
func (rt *Runtime) Received(v goja.Value) string { return rt.Inspector.Received(v) }

// TypeOf is the typeof operator.
func TypeOf(v goja.Value) string {
	switch {
	case v == nil || goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "object"
	case goja.IsString(v):
		return "string"
	case goja.IsNumber(v):
		return "number"
	case goja.IsBigInt(v):
		return "bigint"
	}
	switch v.(type) {
	case *goja.Symbol:
		return "symbol"
	case *goja.Object:
		if IsCallable(v) {
			return "function"
		}
		return "object"
	}
	return "boolean"
}

// ArgType throws ERR_INVALID_ARG_TYPE for the argument name.
func (rt *Runtime) ArgType(name string, v goja.Value, expected ...string) {
	rt.Throw(nodeerr.InvalidArgType(name, nodeerr.Expected(expected...), rt.Received(v)))
}

// ArgValue throws ERR_INVALID_ARG_VALUE for the argument name; reason may be
// empty.
func (rt *Runtime) ArgValue(name string, v goja.Value, reason string) {
	text := rt.Inspect(v, 2)
	if len(text) > 128 {
		text = text[:128] + "..."
	}
	rt.Throw(nodeerr.InvalidArgValue(name, text, reason))
}

// String returns a string argument or throws.
func (rt *Runtime) String(v goja.Value, name string) string {
	if v == nil || !goja.IsString(v) {
		rt.ArgType(name, v, "string")
	}
	return v.String()
}

// Bool returns a boolean argument or throws.
func (rt *Runtime) Bool(v goja.Value, name string) bool {
	if TypeOf(v) != "boolean" {
		rt.ArgType(name, v, "boolean")
	}
	return v.ToBoolean()
}

// Function returns a function argument or throws.
func (rt *Runtime) Function(v goja.Value, name string) *goja.Object {
	if v == nil || !IsCallable(v) {
		rt.ArgType(name, v, "function")
	}
	return v.(*goja.Object)
}

// Object returns an object argument (not null, not an array, not a function) or
// throws.
func (rt *Runtime) Object(v goja.Value, name string) *goja.Object {
	obj, ok := v.(*goja.Object)
	if !ok || IsCallable(v) || IsArray(v) {
		rt.ArgType(name, v, "Object")
	}
	return obj
}

// IsArray is Array.isArray for ordinary arrays.
func IsArray(v goja.Value) bool {
	obj, ok := v.(*goja.Object)
	return ok && obj.ClassName() == "Array"
}

// Number returns a number argument or throws.
func (rt *Runtime) Number(v goja.Value, name string) float64 {
	if v == nil || !goja.IsNumber(v) {
		rt.ArgType(name, v, "number")
	}
	return v.ToFloat()
}

// NumberIn returns a number argument between min and max or throws.
func (rt *Runtime) NumberIn(v goja.Value, name string, min, max float64) float64 {
	f := rt.Number(v, name)
	if math.IsNaN(f) || f < min || f > max {
		rt.OutOfRange(name, bounds(min, max), v)
	}
	return f
}

// bounds words the limits of a number; an infinite one is none.
func bounds(min, max float64) string {
	switch {
	case math.IsInf(max, 1):
		return ">= " + FormatNumber(min)
	case math.IsInf(min, -1):
		return "<= " + FormatNumber(max)
	}
	return ">= " + FormatNumber(min) + " && <= " + FormatNumber(max)
}

// Integer returns an integer argument between min and max or throws as Node's
// integer validation does.
func (rt *Runtime) Integer(v goja.Value, name string, min, max float64) int64 {
	f := rt.Number(v, name)
	if f != math.Trunc(f) || math.IsInf(f, 0) || math.IsNaN(f) {
		rt.OutOfRange(name, "an integer", v)
	}
	if f < min || f > max {
		rt.OutOfRange(name, ">= "+FormatNumber(min)+" && <= "+FormatNumber(max), v)
	}
	return int64(f)
}

// MaxSafe and MinSafe are Number.MAX_SAFE_INTEGER and its negative.
const (
	MaxSafe = 1<<53 - 1
	MinSafe = -MaxSafe
)

// OutOfRange throws ERR_OUT_OF_RANGE; large integers are shown with grouped
// digits.
func (rt *Runtime) OutOfRange(name, want string, v goja.Value) {
	text := ""
	switch {
	case v != nil && goja.IsNumber(v):
		f := v.ToFloat()
		text = FormatNumber(f)
		if f == math.Trunc(f) && math.Abs(f) > 1<<32 && !math.IsInf(f, 0) {
			text = groupDigits(text)
		}
	case v != nil && goja.IsBigInt(v):
		text = v.String()
		if len(strings.TrimPrefix(text, "-")) > 10 || strings.TrimPrefix(text, "-") > "4294967296" && len(strings.TrimPrefix(text, "-")) == 10 {
			text = groupDigits(text)
		}
		text += "n"
	default:
		text = rt.Inspect(v, 2)
	}
	rt.Throw(nodeerr.OutOfRange(name, want, text))
}

// FormatNumber prints a number as JavaScript's String(n) does for the range of
// messages.
func FormatNumber(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.IsNaN(f):
		return "NaN"
	case f == 0:
		return "0"
	case math.Abs(f) >= 1e21 || math.Abs(f) < 1e-6:
		s := strconv.FormatFloat(f, 'e', -1, 64)
		s = strings.Replace(s, "e+0", "e+", 1)
		return strings.Replace(s, "e-0", "e-", 1)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func groupDigits(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte('_')
		}
		b.WriteRune(c)
	}
	return sign + b.String()
}

// Get returns a property, undefined where obj is nil or has none.
func Get(obj *goja.Object, name string) goja.Value {
	if obj != nil {
		if v := obj.Get(name); v != nil {
			return v
		}
	}
	return goja.Undefined()
}
