package testmod

import (
	"embed"
	stdurl "net/url"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/loader"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
	"github.com/spindle-js/spindle/url"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

// Load returns the exports of node:test.
func Load(rt *bind.Runtime) goja.Value { return get(rt).Object("harness").Get("test") }

// LoadReporters returns the exports of node:test/reporters.
func LoadReporters(rt *bind.Runtime) goja.Value { return get(rt).Object("reporters").Get("exports") }

// Run runs the test files that the patterns find, as --test does.
func Run(rt *bind.Runtime, patterns []string) {
	list := make([]any, len(patterns))
	for i, p := range patterns {
		list[i] = p
	}
	rt.Call(get(rt).Object("files").Get("main"), goja.Undefined(), rt.VM.NewArray(list...))
}

func get(rt *bind.Runtime) *scripted.Loader {
	if l, ok := rt.Value(moduleKey{}).(*scripted.Loader); ok {
		return l
	}
	l := scripted.New(rt, "test_runner", files)
	rt.SetValue(moduleKey{}, l)
	started := time.Now()
	l.Func("now", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(float64(time.Since(started)) / float64(time.Millisecond))
	})
	l.Func("colorize", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(ttymod.ShouldColorize(rt, c.Argument(0)))
	})
	l.Func("location", 0, func(goja.FunctionCall) goja.Value {
		stack := rt.VM.CaptureCallStack(0, nil)
		for i := range stack {
			if f := lang.NewFrame(&stack[i]); !f.Native && !strings.HasPrefix(f.File, "node:") {
				o := rt.VM.NewObject()
				file := f.File
				if u, err := stdurl.Parse(file); err == nil && u.Scheme == "file" {
					file = u.Path
				}
				_ = o.Set("file", file)
				_ = o.Set("line", f.Line)
				_ = o.Set("column", f.Column)
				return o
			}
		}
		return goja.Undefined()
	})
	l.Func("mockModule", 7, func(c goja.FunctionCall) goja.Value {
		base := c.Argument(1).String()
		if strings.HasPrefix(base, "/") {
			u, err := url.PathToFileURL(base, url.HostFileOptions)
			rt.Must(err)
			base = u.Href()
		}
		value := rt.Callable(c.Argument(6))
		exports := rt.Callable(c.Argument(5))
		m := &loader.Mock{
			Cache: c.Argument(2).ToBoolean(), HasDefault: c.Argument(4).ToBoolean(),
			Exports: func(imported bool) goja.Value {
				return exports(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{rt.VM.ToValue(imported)}})
			},
			Value: func(name string) goja.Value {
				return value(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{rt.VM.ToValue(name)}})
			},
		}
		rt.VM.ForOf(c.Argument(3), func(v goja.Value) bool {
			m.Names = append(m.Names, v.String())
			return true
		})
		restore := loader.Of(rt).MockModule(c.Argument(0).String(), base, m)
		return rt.Func("restore", 0, func(goja.FunctionCall) goja.Value {
			restore()
			return goja.Undefined()
		})
	})
	// frameMark begins an event that a child hands to the runner.
	l.Set("frameMark", rt.VM.NewArray(0xff, 0x0f))
	return l
}
