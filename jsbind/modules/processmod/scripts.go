package processmod

import (
	"embed"
	"strings"

	"github.com/dop251/goja"
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
	p.lazy("finalization", func() goja.Value {
		return p.script("finalization", p.Obj, p.rt.Func("argType", 3, func(c goja.FunctionCall) goja.Value {
			p.rt.ArgType(c.Argument(0).String(), c.Argument(1), c.Argument(2).String())
			return goja.Undefined()
		}))
	})
}
