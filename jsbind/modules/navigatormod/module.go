// Package navigatormod is the global navigator
// (https://nodejs.org/docs/latest-v24.x/api/globals.html#navigator) with the locks
// of the web, which all threads of the process share.
package navigatormod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/library"
)

//go:embed js/*.js
var files embed.FS

var folder = library.New(files, "navigator")

type moduleKey struct{}

// Load returns Navigator, navigator and locks by name.
func Load(rt *bind.Runtime) goja.Value {
	if v, ok := rt.Value(moduleKey{}).(goja.Value); ok {
		return v
	}
	native := rt.VM.NewObject()
	_ = native.Set("request", rt.Func("request", 7, func(c goja.FunctionCall) goja.Value { return requestLock(rt, c) }))
	_ = native.Set("query", rt.Func("query", 0, func(goja.FunctionCall) goja.Value { return queryLocks(rt) }))
	v := folder.Run(rt, "navigator", native)
	rt.SetValue(moduleKey{}, v)
	return v
}
