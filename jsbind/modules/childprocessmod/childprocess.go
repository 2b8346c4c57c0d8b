// Package childprocessmod is the binding of node:child_process
// (https://nodejs.org/docs/latest-v24.x/api/child_process.html).
package childprocessmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

type moduleKey struct{}

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
}

// Load returns the exports of node:child_process.
func Load(rt *bind.Runtime) goja.Value {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m.exports
	}
	m := &module{rt: rt, exports: rt.VM.NewObject()}
	rt.SetValue(moduleKey{}, m)
	for _, name := range []string{"exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"} {
		_ = m.exports.Set(name, rt.Func(name, 3, func(goja.FunctionCall) goja.Value {
			rt.Throw(nodeerr.MethodNotImplemented("child_process." + name + "()"))
			return nil
		}))
	}
	return m.exports
}
