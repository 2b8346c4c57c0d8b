package scripted

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/nodeerr"
)

type hostKey struct{}

// Host returns the object that all hosts inherit from: require, the errors and
// the argument checks. A check throws as Node's do, or returns its argument.
func Host(rt *bind.Runtime) *goja.Object {
	if h, ok := rt.Value(hostKey{}).(*goja.Object); ok {
		return h
	}
	h := rt.VM.NewObject()
	rt.SetValue(hostKey{}, h)
	set := func(name string, n int, f bind.Method) { _ = h.Set(name, rt.Func(name, n, f)) }
	set("require", 1, func(c goja.FunctionCall) goja.Value { return rt.Require(c.Argument(0).String()) })
	set("stringWidth", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(inspect.StringWidth(c.Argument(0).String()))
	})
	set("received", 1, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(rt.Received(c.Argument(0))) })
	set("isError", 1, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(rt.IsError(c.Argument(0))) })
	set("symbolFor", 1, func(c goja.FunctionCall) goja.Value { return rt.SymbolFor(c.Argument(0).String()) })
	errorsOf(rt, set)
	checks(rt, set)
	return h
}

// errorsOf adds what makes and throws errors.
func errorsOf(rt *bind.Runtime, set func(string, int, bind.Method)) {
	// error(kind, code, message) makes an error, fail throws it.
	set("error", 3, func(c goja.FunctionCall) goja.Value { return errorOf(rt, c) })
	set("fail", 3, func(c goja.FunctionCall) goja.Value { panic(rt.Thrown(errorOf(rt, c))) })
	// abortError(cause) is the AbortError of an aborted signal.
	set("abortError", 1, func(c goja.FunctionCall) goja.Value {
		o := rt.ErrorValue(nodeerr.Abort(nil)).(*goja.Object)
		if len(c.Arguments) > 0 {
			_ = o.DefineDataProperty("cause", c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		return o
	})
	set("notImplemented", 1, func(c goja.FunctionCall) goja.Value {
		rt.Throw(nodeerr.MethodNotImplemented(c.Argument(0).String()))
		return nil
	})
	// argType(name, value, ...expected)
	set("argType", 2, func(c goja.FunctionCall) goja.Value {
		var want []string
		for i := 2; i < len(c.Arguments); i++ {
			want = append(want, c.Arguments[i].String())
		}
		rt.ArgType(c.Argument(0).String(), c.Argument(1), want...)
		return nil
	})
	// argValue(name, value, reason)
	set("argValue", 3, func(c goja.FunctionCall) goja.Value {
		reason := ""
		if r := c.Argument(2); !goja.IsUndefined(r) {
			reason = r.String()
		}
		rt.ArgValue(c.Argument(0).String(), c.Argument(1), reason)
		return nil
	})
	// outOfRange(name, want, value)
	set("outOfRange", 3, func(c goja.FunctionCall) goja.Value {
		rt.OutOfRange(c.Argument(0).String(), c.Argument(1).String(), c.Argument(2))
		return nil
	})
}

func errorOf(rt *bind.Runtime, c goja.FunctionCall) *goja.Object {
	code := ""
	if v := c.Argument(1); !bind.IsNullish(v) {
		code = v.String()
	}
	return rt.ErrorObject(nodeerr.Kind(c.Argument(0).String()), code, c.Argument(2).String())
}

// checks adds the argument checks: check(value, name, …).
func checks(rt *bind.Runtime, set func(string, int, bind.Method)) {
	check := func(name string, f func(v goja.Value, arg string, c goja.FunctionCall)) {
		set(name, 2, func(c goja.FunctionCall) goja.Value {
			f(c.Argument(0), c.Argument(1).String(), c)
			return c.Argument(0)
		})
	}
	check("checkString", func(v goja.Value, arg string, _ goja.FunctionCall) { rt.String(v, arg) })
	check("checkBoolean", func(v goja.Value, arg string, _ goja.FunctionCall) { rt.Bool(v, arg) })
	check("checkFunction", func(v goja.Value, arg string, _ goja.FunctionCall) { rt.Function(v, arg) })
	check("checkObject", func(v goja.Value, arg string, _ goja.FunctionCall) { rt.Object(v, arg) })
	check("checkArray", func(v goja.Value, arg string, _ goja.FunctionCall) {
		if !bind.IsArray(v) {
			rt.ArgType(arg, v, "Array")
		}
	})
	check("checkStrings", func(v goja.Value, arg string, _ goja.FunctionCall) {
		if !bind.IsArray(v) {
			rt.ArgType(arg, v, "Array")
		}
		o := v.(*goja.Object)
		for i := range int(o.Get("length").ToInteger()) {
			text := bind.FormatNumber(float64(i))
			rt.String(bind.Get(o, text), arg+"["+text+"]")
		}
	})
	// checkNumber(value, name, min, max)
	check("checkNumber", func(v goja.Value, arg string, c goja.FunctionCall) {
		rt.NumberIn(v, arg, limit(c.Argument(2), math.Inf(-1)), limit(c.Argument(3), math.Inf(1)))
	})
	// checkInteger(value, name, min, max)
	check("checkInteger", func(v goja.Value, arg string, c goja.FunctionCall) {
		rt.Integer(v, arg, limit(c.Argument(2), bind.MinSafe), limit(c.Argument(3), bind.MaxSafe))
	})
	check("checkInt32", func(v goja.Value, arg string, c goja.FunctionCall) {
		rt.Integer(v, arg, limit(c.Argument(2), math.MinInt32), limit(c.Argument(3), math.MaxInt32))
	})
	// checkUint32(value, name, positive)
	check("checkUint32", func(v goja.Value, arg string, c goja.FunctionCall) {
		low := 0.0
		if c.Argument(2).ToBoolean() {
			low = 1
		}
		rt.Integer(v, arg, low, math.MaxUint32)
	})
	check("checkSignal", func(v goja.Value, arg string, _ goja.FunctionCall) {
		if goja.IsUndefined(v) {
			return
		}
		if o, ok := v.(*goja.Object); ok && o.Get("aborted") != nil {
			return
		}
		rt.ArgType(arg, v, "AbortSignal")
	})
}

func limit(v goja.Value, otherwise float64) float64 {
	if bind.IsNullish(v) {
		return otherwise
	}
	return v.ToFloat()
}
