package utilmod

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
)

// deprecated makes a function that can be called and constructed and hands both
// to fn. goja has no native function that tells the two apart, so this one line
// is JavaScript.
var deprecated = sync.OnceValue(func() *goja.Program {
	prg := goja.MustCompile("node:internal/spindle/deprecate", `(function (fn, warn) {
	return function deprecated(...args) {
		warn();
		return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
	};
})`, true)
	engine.Tune(prg) // new.target is right in tuned code only
	return prg
})

// deprecate makes the function that warns once and then calls fn.
func (m *module) deprecate(fn *goja.Object, message, code string) *goja.Object {
	rt := m.rt
	if m.wrap == nil {
		v, err := rt.VM.RunProgram(deprecated())
		if err != nil {
			panic(err)
		}
		m.wrap = v
	}
	warned := false
	var out *goja.Object
	warn := rt.Func("warn", 0, func(goja.FunctionCall) goja.Value {
		if warned || bind.Get(m.process(), "noDeprecation").ToBoolean() {
			return goja.Undefined()
		}
		warned = true
		codeValue := goja.Value(goja.Undefined())
		if code != "" {
			if m.codesWarned[code] {
				return goja.Undefined()
			}
			m.codesWarned[code] = true
			codeValue = rt.VM.ToValue(code)
		}
		rt.Call(bind.Get(m.process(), "emitWarning"), m.process(), rt.VM.ToValue(message), rt.VM.ToValue("DeprecationWarning"), codeValue, out)
		return goja.Undefined()
	})
	out = rt.Call(m.wrap, goja.Undefined(), fn, warn).(*goja.Object)
	_ = out.DefineDataProperty("length", bind.Get(fn, "length"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return out
}

func (m *module) process() *goja.Object { return m.rt.Require("process").(*goja.Object) }

// jsDeprecate is util.deprecate(fn, msg[, code[, options]])
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utildeprecatefn-msg-code-options).
func (m *module) jsDeprecate(c goja.FunctionCall) goja.Value {
	rt := m.rt
	if v := bind.Get(m.process(), "noDeprecation"); bind.TypeOf(v) == "boolean" && v.ToBoolean() {
		return c.Argument(0)
	}
	code := ""
	if v := c.Argument(2); !goja.IsUndefined(v) {
		code = rt.String(v, "code")
	}
	keepPrototype := false
	if o, ok := c.Argument(3).(*goja.Object); ok {
		v := bind.Get(o, "modifyPrototype")
		keepPrototype = !goja.IsUndefined(v) && !v.ToBoolean()
	}
	fn, ok := c.Argument(0).(*goja.Object)
	if !ok {
		panic(rt.VM.NewTypeError("Object prototype may only be an Object or null: %s", c.Argument(0)))
	}
	out := m.deprecate(fn, c.Argument(1).String(), code)
	if keepPrototype {
		return out
	}
	_ = out.SetPrototype(fn)
	if p := fn.Get("prototype"); p != nil && p.ToBoolean() {
		// The instances are fn's.
		_ = out.Set("prototype", p)
	}
	return out
}

// inherits is util.inherits(constructor, superConstructor).
func (m *module) inherits(c goja.FunctionCall) goja.Value {
	rt := m.rt
	for i, name := range []string{"ctor", "superCtor"} {
		if bind.IsNullish(c.Argument(i)) {
			rt.ArgType(name, c.Argument(i), "Function")
		}
	}
	ctor, super := c.Argument(0).ToObject(rt.VM), c.Argument(1).ToObject(rt.VM)
	proto := bind.Get(super, "prototype")
	if goja.IsUndefined(proto) {
		rt.ArgType("superCtor.prototype", proto, "Object")
	}
	_ = ctor.DefineDataProperty("super_", c.Argument(1), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	own, ok := bind.Get(ctor, "prototype").(*goja.Object)
	if !ok {
		panic(rt.VM.NewTypeError("Object.setPrototypeOf called on null or undefined"))
	}
	parent, _ := proto.(*goja.Object)
	if err := own.SetPrototype(parent); err != nil {
		panic(err)
	}
	return goja.Undefined()
}

// extend is util._extend(target, source), which is deprecated.
func (m *module) extend(c goja.FunctionCall) goja.Value {
	source, ok := c.Argument(1).(*goja.Object)
	if !ok {
		return c.Argument(0)
	}
	keys := source.Keys()
	for i := len(keys) - 1; i >= 0; i-- {
		if err := c.Argument(0).ToObject(m.rt.VM).Set(keys[i], source.Get(keys[i])); err != nil {
			panic(err)
		}
	}
	return c.Argument(0)
}
