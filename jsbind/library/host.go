package library

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

type hostKey struct{}

// symbols are the keys under which scripts keep state on objects; no program
// sees them.
var symbols = map[string]*goja.Symbol{}

func init() {
	for _, name := range []string{"state", "brand", "transfer", "options", "detail"} {
		symbols[name] = bind.HiddenSymbol(name)
	}
}

// Symbol returns the hidden symbol that scripts know as host.symbols[name].
func Symbol(name string) *goja.Symbol { return symbols[name] }

// Host returns what all scripts need of Go: errors, validation, inspection,
// bytes and ticks.
func Host(rt *bind.Runtime) *goja.Object {
	if h, ok := rt.Value(hostKey{}).(*goja.Object); ok {
		return h
	}
	h := rt.VM.NewObject()
	rt.SetValue(hostKey{}, h)
	x := &host{rt, h}
	x.errors()
	x.validation()
	x.bytes()
	x.values()
	return h
}

type host struct {
	rt  *bind.Runtime
	obj *goja.Object
}

func (h *host) set(name string, f bind.Method) { _ = h.obj.Set(name, h.rt.Func(name, 0, f)) }

func texts(args []goja.Value) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a.String()
	}
	return out
}

// errors adds functions that make errors, and others that throw them.
func (h *host) errors() {
	rt := h.rt
	h.set("error", func(c goja.FunctionCall) goja.Value { // kind, code, message
		return rt.ErrorObject(nodeerr.Kind(c.Argument(0).String()), c.Argument(1).String(), c.Argument(2).String())
	})
	h.set("argTypeError", func(c goja.FunctionCall) goja.Value { // name, value, expected…
		return rt.ErrorValue(nodeerr.InvalidArgType(c.Argument(0).String(), nodeerr.Expected(texts(c.Arguments[2:])...), rt.Received(c.Argument(1))))
	})
	h.set("argType", func(c goja.FunctionCall) goja.Value { // name, value, expected…
		rt.ArgType(c.Argument(0).String(), c.Argument(1), texts(c.Arguments[2:])...)
		return nil
	})
	h.set("argValue", func(c goja.FunctionCall) goja.Value { // name, value, reason
		reason := ""
		if !goja.IsUndefined(c.Argument(2)) {
			reason = c.Argument(2).String()
		}
		rt.ArgValue(c.Argument(0).String(), c.Argument(1), reason)
		return nil
	})
	h.set("outOfRange", func(c goja.FunctionCall) goja.Value { // name, want, value
		rt.OutOfRange(c.Argument(0).String(), c.Argument(1).String(), c.Argument(2))
		return nil
	})
	h.set("missingArgs", func(c goja.FunctionCall) goja.Value {
		rt.Throw(nodeerr.MissingArgs(texts(c.Arguments)...))
		return nil
	})
	h.set("invalidThis", func(c goja.FunctionCall) goja.Value { return rt.ErrorValue(bind.InvalidThis(c.Argument(0).String())) })
	h.set("invalidState", func(c goja.FunctionCall) goja.Value {
		return rt.ErrorObject(nodeerr.KindType, "ERR_INVALID_STATE", "Invalid state: "+c.Argument(0).String())
	})
	h.set("illegalConstructor", func(goja.FunctionCall) goja.Value {
		return rt.ErrorObject(nodeerr.KindType, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor")
	})
	h.set("notImplemented", func(c goja.FunctionCall) goja.Value {
		return rt.ErrorValue(nodeerr.MethodNotImplemented(c.Argument(0).String()))
	})
	h.set("abortError", func(c goja.FunctionCall) goja.Value { // reason
		e := rt.ErrorValue(nodeerr.New(nodeerr.KindAbort, "ABORT_ERR", "The operation was aborted")).(*goja.Object)
		if r := c.Argument(0); !goja.IsUndefined(r) {
			_ = e.DefineDataProperty("cause", r, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		return e
	})
	h.set("domException", func(c goja.FunctionCall) goja.Value { // message, name
		return rt.NewDOMException(c.Argument(0).String(), c.Argument(1).String())
	})
}

// validation adds functions that check an argument and throw.
func (h *host) validation() {
	rt := h.rt
	check := func(name string, f func(v goja.Value, arg string) goja.Value) {
		h.set(name, func(c goja.FunctionCall) goja.Value { return f(c.Argument(0), c.Argument(1).String()) })
	}
	check("checkFunction", func(v goja.Value, arg string) goja.Value { return rt.Function(v, arg) })
	check("checkObject", func(v goja.Value, arg string) goja.Value { return rt.Object(v, arg) })
	check("checkString", func(v goja.Value, arg string) goja.Value { rt.String(v, arg); return v })
	check("checkBoolean", func(v goja.Value, arg string) goja.Value { rt.Bool(v, arg); return v })
	h.set("checkNumber", func(c goja.FunctionCall) goja.Value { // value, name, min, max
		name := c.Argument(1).String()
		if len(c.Arguments) > 2 {
			rt.NumberIn(c.Argument(0), name, c.Argument(2).ToFloat(), c.Argument(3).ToFloat())
		} else {
			rt.Number(c.Argument(0), name)
		}
		return c.Argument(0)
	})
	h.set("checkInteger", func(c goja.FunctionCall) goja.Value { // value, name, min, max
		lo, hi := float64(bind.MinSafe), float64(bind.MaxSafe)
		if len(c.Arguments) > 2 {
			lo = c.Argument(2).ToFloat()
		}
		if len(c.Arguments) > 3 {
			hi = c.Argument(3).ToFloat()
		}
		rt.Integer(c.Argument(0), c.Argument(1).String(), lo, hi)
		return c.Argument(0)
	})
	h.set("received", func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(rt.Received(c.Argument(0))) })
}

// values adds the rest: modules, inspection, ticks, kinds.
func (h *host) values() {
	rt := h.rt
	_ = h.obj.Set("global", rt.VM.GlobalObject())
	list := rt.VM.NewObject()
	for name, s := range symbols {
		_ = list.Set(name, s)
	}
	_ = h.obj.Set("symbols", list)
	_ = h.obj.Set("inspectSymbol", rt.Inspector.CustomSymbol())
	h.set("require", func(c goja.FunctionCall) goja.Value { return rt.Require(c.Argument(0).String()) })
	h.set("requireIfThere", func(c goja.FunctionCall) goja.Value { // undefined where there is no such module
		if v := rt.Require(c.Argument(0).String()); v != nil {
			return v
		}
		return goja.Undefined()
	})
	h.set("asyncIteratorPrototype", func(goja.FunctionCall) goja.Value { return rt.AsyncIteratorPrototype() })
	h.set("inspect", func(c goja.FunctionCall) goja.Value { // value, options
		opts := rt.Inspector.Default()
		if given, ok := c.Argument(1).(*goja.Object); ok {
			opts = rt.Inspector.ParseOptions(opts, given)
		}
		return rt.Mirror.StringValue(rt.Inspector.Inspect(c.Argument(0), opts))
	})
	h.set("kind", func(c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		if !ok {
			return goja.Undefined()
		}
		return rt.VM.ToValue(int(rt.Mirror.Kind(o)))
	})
	h.set("isPromise", func(c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		if ok {
			_, ok = o.Export().(*goja.Promise)
		}
		return rt.VM.ToValue(ok)
	})
	h.set("nextTick", func(c goja.FunctionCall) goja.Value {
		fn := c.Argument(0)
		rt.Loop.NextTickFunc(func() { rt.Call(fn, goja.Undefined()) })
		return goja.Undefined()
	})
	h.set("usv", func(c goja.FunctionCall) goja.Value { // a string without lone surrogates
		return rt.VM.ToValue(c.Argument(0).ToString().String())
	})
	h.set("warn", func(c goja.FunctionCall) goja.Value { // message, name, code
		var props map[string]any
		if code := c.Argument(2); !goja.IsUndefined(code) {
			props = map[string]any{"code": code.String()}
		}
		rt.Warn(c.Argument(0).String(), c.Argument(1).String(), props)
		return goja.Undefined()
	})
	h.set("uncaught", func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		rt.Loop.NextTickFunc(func() { panic(rt.Thrown(v)) })
		return goja.Undefined()
	})
}
