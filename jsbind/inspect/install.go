package inspect

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/deepequal"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// Install puts inspect, format, formatWithOptions, stripVTControlCharacters and
// isDeepStrictEqual on the exports of node:util.
func (in *Inspector) Install(exports *goja.Object) {
	for _, f := range []struct {
		name   string
		length int
		fn     func(goja.FunctionCall) goja.Value
	}{
		{"format", 0, in.jsFormat},
		{"formatWithOptions", 1, in.jsFormatWithOptions},
		{"inspect", 2, nil},
		{"isDeepStrictEqual", 3, in.jsIsDeepStrictEqual},
		{"stripVTControlCharacters", 1, in.jsStrip},
	} {
		fn := in.inspect
		if f.fn != nil {
			fn = in.nativeFunction(f.name, f.length, f.fn)
		}
		put(exports, f.name, fn)
	}
}

// Function is the function object util.inspect.
func (in *Inspector) Function() *goja.Object { return in.inspect }

// makeFunctions makes util.inspect with its properties.
func (in *Inspector) makeFunctions() {
	in.plain = in.nativeFunction("stylizeNoColor", 1, func(call goja.FunctionCall) goja.Value {
		return call.Argument(0)
	})
	in.colored = in.nativeFunction("stylizeWithColor", 2, func(call goja.FunctionCall) goja.Value {
		text, name := in.toText(call.Argument(0)), in.toText(call.Argument(1))
		return in.mirror.StringValue(in.color(text, style(name)))
	})
	in.inspect = in.nativeFunction("inspect", 2, in.jsInspect)
	put(in.inspect, "custom", in.customSymbol)

	get := in.nativeFunction("get", 0, func(goja.FunctionCall) goja.Value {
		return in.defaultsObject()
	})
	set := in.nativeFunction("set", 1, in.setDefaults)
	if err := in.inspect.DefineAccessorProperty("defaultOptions", get, set, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
		panic(err)
	}

	in.colors = in.vm.CreateObject(nil)
	for _, c := range Colors {
		put(in.colors, c.Name, in.vm.NewArray(c.On, c.Off))
	}
	for _, a := range ColorAliases {
		name := in.vm.ToValue(a.Name).String()
		get := in.nativeFunction("get", 0, func(call goja.FunctionCall) goja.Value {
			return orUndefined(call.This.ToObject(in.vm).Get(name))
		})
		set := in.nativeFunction("set", 1, func(call goja.FunctionCall) goja.Value {
			if err := call.This.ToObject(in.vm).Set(name, call.Argument(0)); err != nil {
				panic(err)
			}
			return goja.Undefined()
		})
		if err := in.colors.DefineAccessorProperty(a.Alias, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
			panic(err)
		}
	}
	in.styles = in.vm.CreateObject(nil)
	for _, s := range defaultStyles {
		put(in.styles, string(s.style), in.vm.ToValue(s.color))
	}
	put(in.inspect, "colors", in.colors)
	put(in.inspect, "styles", in.styles)
}

// nativeFunction makes a function object that is no constructor.
func (in *Inspector) nativeFunction(name string, length int, f func(goja.FunctionCall) goja.Value) *goja.Object {
	fn := in.vm.ToValue(f).(*goja.Object)
	_ = fn.DefineDataProperty("name", in.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = fn.DefineDataProperty("length", in.vm.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return fn
}

// jsInspect is util.inspect(value[, options]) and the older form
// util.inspect(value[, showHidden[, depth[, colors]]]).
func (in *Inspector) jsInspect(call goja.FunctionCall) goja.Value {
	opts := in.Default()
	if len(call.Arguments) > 1 {
		if len(call.Arguments) > 2 {
			if v := call.Arguments[2]; !goja.IsUndefined(v) {
				in.setOption(&opts, "depth", v)
			}
			if v := call.Argument(3); !goja.IsUndefined(v) {
				in.setOption(&opts, "colors", v)
			}
		}
		switch v := call.Arguments[1]; mirror.TypeOf(v) {
		case mirror.TypeBoolean:
			in.setOption(&opts, "showHidden", v)
		case mirror.TypeObject:
			opts = in.ParseOptions(opts, v.(*goja.Object))
		}
	}
	return in.mirror.StringValue(in.inspectText(call.Argument(0), opts))
}

// jsFormat is util.format.
func (in *Inspector) jsFormat(call goja.FunctionCall) goja.Value {
	return in.mirror.StringValue(in.formatText(in.Default(), call.Arguments))
}

// jsFormatWithOptions is util.formatWithOptions.
func (in *Inspector) jsFormatWithOptions(call goja.FunctionCall) goja.Value {
	o, ok := call.Argument(0).(*goja.Object)
	if !ok || in.callable(o) {
		in.throw(nodeerr.InvalidArgType("inspectOptions", nodeerr.Expected("object"), in.Received(call.Argument(0))))
	}
	return in.mirror.StringValue(in.formatText(in.ParseOptions(in.Default(), o), call.Arguments[1:]))
}

// jsStrip is util.stripVTControlCharacters.
func (in *Inspector) jsStrip(call goja.FunctionCall) goja.Value {
	text, ok := call.Argument(0).(goja.String)
	if !ok {
		in.throw(nodeerr.InvalidArgType("str", nodeerr.Expected("string"), in.Received(call.Argument(0))))
	}
	return in.mirror.StringValue(StripVTControlCharacters(mirror.Text(text)))
}

// jsIsDeepStrictEqual is util.isDeepStrictEqual.
func (in *Inspector) jsIsDeepStrictEqual(call goja.FunctionCall) goja.Value {
	c := deepequal.New(in.mirror)
	c.Native = in.hooks.NativeEqual
	c.SkipPrototype = call.Argument(2).ToBoolean()
	return in.vm.ToValue(c.Strict(call.Argument(0), call.Argument(1)))
}

// defaultsObject returns inspect.defaultOptions. From then on a program may
// change it at any time.
func (in *Inspector) defaultsObject() *goja.Object {
	if in.shared == nil {
		in.shared = in.vm.NewObject()
		for _, name := range optionNames {
			put(in.shared, name, in.optionValue(&in.defaults, name))
		}
		in.seal(goja.FunctionCall{Arguments: []goja.Value{in.shared}})
	}
	return in.shared
}

// setDefaults is the setter of inspect.defaultOptions.
func (in *Inspector) setDefaults(call goja.FunctionCall) goja.Value {
	o, ok := call.Argument(0).(*goja.Object)
	if !ok || in.callable(o) {
		in.throw(nodeerr.InvalidArgType("options", nodeerr.Expected("object"), in.Received(call.Argument(0))))
	}
	shared := in.defaultsObject()
	in.assign(goja.FunctionCall{Arguments: []goja.Value{shared, o}})
	return shared
}

// Default returns the options that util.inspect.defaultOptions stands for.
func (in *Inspector) Default() Options {
	if in.shared != nil {
		return in.ParseOptions(DefaultOptions(), in.shared)
	}
	return in.defaults
}
