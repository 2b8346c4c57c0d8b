// Package replmod is node:repl (https://nodejs.org/docs/latest-v24.x/api/repl.html),
// and with it the program's own loop when it is started on a terminal: commands,
// history and its file, completion, await, _ and _error, editor mode.
package replmod

import (
	"embed"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/modules/readlinemod"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

// Load returns the exports of node:repl.
func Load(rt *bind.Runtime) goja.Value { return get(rt).Load("repl") }

// Start begins the program's own loop on standard input and output.
func Start(rt *bind.Runtime) { rt.Call(get(rt).Load("main"), goja.Undefined()) }

func get(rt *bind.Runtime) *scripted.Loader {
	l, ok := rt.Value(moduleKey{}).(*scripted.Loader)
	if !ok {
		l = scripted.New(rt, "repl", files)
		rt.SetValue(moduleKey{}, l)
		l.Set("symbols", readlinemod.Symbols(rt))
		l.Func("colorize", 1, func(c goja.FunctionCall) goja.Value {
			return rt.VM.ToValue(ttymod.ShouldColorize(rt, c.Argument(0)))
		})
		l.Func("incomplete", 1, func(c goja.FunctionCall) goja.Value {
			return rt.VM.ToValue(lang.Incomplete(c.Argument(0).String()))
		})
		l.Func("isValidSyntax", 1, func(c goja.FunctionCall) goja.Value {
			_, err := lang.Compile("REPL", c.Argument(0).String(), lang.Eval)
			return rt.VM.ToValue(err == nil)
		})
		l.Func("topLevelAwait", 1, func(c goja.FunctionCall) goja.Value {
			text := c.Argument(0).String()
			if !strings.Contains(text, "await") {
				return goja.Null()
			}
			if out, ok := lang.TopLevelAwait(text); ok {
				return rt.VM.ToValue(out)
			}
			return goja.Null()
		})
	}
	return l
}
