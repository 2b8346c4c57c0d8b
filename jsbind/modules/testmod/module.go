package testmod

import (
	"embed"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
	"github.com/spindle-js/spindle/nodeerr"
)

//go:embed js/*.js
var sources embed.FS

type moduleKey struct{}

// Load returns the exports of node:test.
func Load(rt *bind.Runtime) goja.Value {
	if v, ok := rt.Value(moduleKey{}).(goja.Value); ok {
		return v
	}
	h := host(rt)
	for _, name := range []string{"mock", "report", "runner"} {
		_ = h.Set(name, rt.Call(script(rt, name), goja.Undefined(), h))
	}
	v := h.Get("runner")
	rt.SetValue(moduleKey{}, v)
	return v
}

// script runs js/name.js, whose value is a function of the host.
func script(rt *bind.Runtime, name string) goja.Value {
	src, err := sources.ReadFile("js/" + name + ".js")
	if err != nil {
		panic(err)
	}
	v, err := rt.VM.RunScript("node:internal/spindle/test/"+name, string(src))
	if err != nil {
		panic(err)
	}
	return v
}

// host is what the scripts need of Go.
func host(rt *bind.Runtime) *goja.Object {
	h := rt.VM.NewObject()
	set := func(name string, n int, f bind.Method) { _ = h.Set(name, rt.Func(name, n, f)) }
	started := time.Now()
	set("now", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(float64(time.Since(started)) / float64(time.Millisecond))
	})
	set("require", 1, func(c goja.FunctionCall) goja.Value { return rt.Require(c.Argument(0).String()) })
	set("colorize", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(ttymod.ShouldColorize(rt, c.Argument(0)))
	})
	set("location", 0, func(goja.FunctionCall) goja.Value {
		stack := rt.VM.CaptureCallStack(0, nil)
		for i := range stack {
			if f := lang.NewFrame(&stack[i]); !f.Native && !f.Internal() {
				o := rt.VM.NewObject()
				_ = o.Set("file", f.File)
				_ = o.Set("line", f.Line)
				_ = o.Set("column", f.Column)
				return o
			}
		}
		return goja.Undefined()
	})
	set("error", 2, func(c goja.FunctionCall) goja.Value {
		return rt.ErrorObject(nodeerr.KindError, c.Argument(0).String(), c.Argument(1).String())
	})
	set("notImplemented", 1, func(c goja.FunctionCall) goja.Value {
		rt.Throw(nodeerr.MethodNotImplemented(c.Argument(0).String()))
		return nil
	})
	set("argType", 3, func(c goja.FunctionCall) goja.Value {
		var want []string
		rt.VM.ForOf(c.Argument(2), func(v goja.Value) bool {
			want = append(want, v.String())
			return true
		})
		rt.ArgType(c.Argument(0).String(), c.Argument(1), want...)
		return nil
	})
	set("argValue", 3, func(c goja.FunctionCall) goja.Value {
		rt.ArgValue(c.Argument(0).String(), c.Argument(1), c.Argument(2).String())
		return nil
	})
	return h
}
