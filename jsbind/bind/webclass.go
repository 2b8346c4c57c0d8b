package bind

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/nodeerr"
)

// Helpers for classes that follow WebIDL: their members are enumerable, and
// called on another object they throw ERR_INVALID_THIS.

// InvalidThis is ERR_INVALID_THIS for a class.
func InvalidThis(class string) *nodeerr.Error {
	return nodeerr.New(nodeerr.KindType, "ERR_INVALID_THIS", `Value of "this" must be of type `+class)
}

// WebMethod adds an enumerable method to a class.
func (c *Class) WebMethod(name string, length int, f Method) *Class {
	_ = c.Proto.DefineDataProperty(name, c.rt.Func(name, length, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	return c
}

// Tag sets the class's Symbol.toStringTag.
func (c *Class) Tag(name string) *Class {
	_ = c.Proto.DefineDataPropertySymbol(goja.SymToStringTag, c.rt.VM.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return c
}

// Custom adds [util.inspect.custom] to a class: f returns the text or the value
// that stands for the object.
func (c *Class) Custom(f inspect.Custom) *Class {
	rt := c.rt
	fn := rt.Func("[nodejs.util.inspect.custom]", 2, func(call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		if !ok {
			return call.This
		}
		opts := rt.Inspector.Default()
		if given, ok := call.Argument(1).(*goja.Object); ok {
			opts = rt.Inspector.ParseOptions(opts, given)
		}
		return f(o, call.Argument(0).ToFloat(), opts)
	})
	rt.Inspector.RegisterCustom(fn, f)
	_ = c.Proto.DefineDataPropertySymbol(rt.Inspector.CustomSymbol(), fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return c
}

// CustomFields is Custom for a class that prints as its name and some fields:
// "Event { type: 'x' }", or the name alone where no depth is left. fields lists
// names and values.
func (c *Class) CustomFields(bare func(name string) string, fields func(o *goja.Object) []any) *Class {
	rt := c.rt
	return c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		list := fields(o)
		name := c.Name
		if ctor, ok := Get(o, "constructor").(*goja.Object); ok {
			if n := Get(ctor, "name"); goja.IsString(n) {
				name = n.String()
			}
		}
		if depth < 0 {
			return rt.VM.ToValue(bare(name))
		}
		opts.Depth--
		shown := rt.VM.NewObject()
		for i := 0; i+1 < len(list); i += 2 {
			_ = shown.Set(list[i].(string), rt.ToValue(list[i+1]))
		}
		return rt.Mirror.StringValue(name + " " + rt.Inspector.Inspect(shown, opts))
	})
}
