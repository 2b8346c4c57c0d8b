package readlinemod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

func get(rt *bind.Runtime) *scripted.Loader {
	if l, ok := rt.Value(moduleKey{}).(*scripted.Loader); ok {
		return l
	}
	l := scripted.New(rt, "readline", files)
	rt.SetValue(moduleKey{}, l)
	l.Load("symbols")
	return l
}

// Load returns the exports of node:readline.
func Load(rt *bind.Runtime) goja.Value { return get(rt).Load("readline") }

// LoadPromises returns the exports of node:readline/promises.
func LoadPromises(rt *bind.Runtime) goja.Value { return get(rt).Load("promises") }

// Symbols returns the keys of an interface's state, for the REPL.
func Symbols(rt *bind.Runtime) *goja.Object { return get(rt).Object("symbols") }
