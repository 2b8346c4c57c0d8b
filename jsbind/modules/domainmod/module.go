// Package domainmod is node:domain (https://nodejs.org/docs/latest-v24.x/api/domain.html),
// which is deprecated and still used: errors of all that began in a domain go to
// the domain. Which domain that is follows the asynchronous context.
package domainmod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

// Load returns the exports of node:domain.
func Load(rt *bind.Runtime) goja.Value {
	l, ok := rt.Value(moduleKey{}).(*scripted.Loader)
	if !ok {
		l = scripted.New(rt, "domain", files)
		rt.SetValue(moduleKey{}, l)
		l.Func("onUncaught", 1, func(c goja.FunctionCall) goja.Value {
			f := rt.Callable(c.Argument(0))
			rt.Domain = func(v goja.Value) bool {
				return f(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{v}}).ToBoolean()
			}
			return goja.Undefined()
		})
		l.Func("onEmitter", 1, func(c goja.FunctionCall) goja.Value {
			f := rt.Callable(c.Argument(0))
			rt.EmitterMade = func(o *goja.Object) {
				f(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{o}})
			}
			return goja.Undefined()
		})
	}
	return l.Load("domain")
}
