package processmod

import (
	"embed"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/modules/reportmod"
	"github.com/spindle-js/spindle/nodeerr"
)

//go:embed js
var sources embed.FS

// script runs js/name.js, whose value is a function, and calls it.
func (p *Process) script(name string, args ...goja.Value) goja.Value {
	src, err := sources.ReadFile("js/" + name + ".js")
	if err != nil {
		panic(err)
	}
	f, err := p.rt.VM.RunScript("node:internal/spindle/process/"+name, string(src))
	if err != nil {
		panic(err)
	}
	return p.rt.Call(f, goja.Undefined(), args...)
}

// lazy adds a property whose value is made when it is first read.
func (p *Process) lazy(name string, load func() goja.Value) {
	replace := func(v goja.Value) {
		_ = p.Obj.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	p.rt.Accessor(p.Obj, name, func(goja.Value) goja.Value {
		v := load()
		replace(v)
		return v
	}, func(_, v goja.Value) { replace(v) }, true)
}

// scripted adds what is written in JavaScript.
func (p *Process) scripted() {
	p.lazy("allowedNodeEnvironmentFlags", func() goja.Value {
		text, err := sources.ReadFile("js/flags.txt")
		if err != nil {
			panic(err)
		}
		return p.script("flags", p.rt.ToValue(strings.Fields(string(text))))
	})
	var bindings *goja.Object
	for _, name := range []string{"binding", "_linkedBinding"} {
		p.method(name, 1, func(c goja.FunctionCall) goja.Value {
			if bindings == nil {
				bindings = p.bindings()
			}
			return p.rt.Call(bindings.Get(name), c.This, c.Arguments...)
		})
	}
	p.lazy("report", func() goja.Value { return reportmod.Load(p.rt) })
	p.lazy("finalization", func() goja.Value {
		return p.script("finalization", p.Obj, p.rt.Func("argType", 3, func(c goja.FunctionCall) goja.Value {
			p.rt.ArgType(c.Argument(0).String(), c.Argument(1), c.Argument(2).String())
			return goja.Undefined()
		}))
	})
}

// bindings are process.binding and _linkedBinding.
func (p *Process) bindings() *goja.Object {
	rt := p.rt
	return p.script("binding", p.Obj,
		rt.Func("require", 1, func(c goja.FunctionCall) goja.Value { return rt.Require(c.Argument(0).String()) }),
		rt.Func("fail", 2, func(c goja.FunctionCall) goja.Value {
			rt.Throw(nodeerr.New(nodeerr.KindError, c.Argument(0).String(), c.Argument(1).String()))
			return nil
		}),
		rt.Func("notImplemented", 1, func(c goja.FunctionCall) goja.Value {
			rt.Throw(nodeerr.MethodNotImplemented(c.Argument(0).String()))
			return nil
		}),
		rt.Require("module").(*goja.Object).Get("builtinModules")).(*goja.Object)
}
