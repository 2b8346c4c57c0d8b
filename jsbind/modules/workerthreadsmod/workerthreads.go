// Package workerthreadsmod is the binding of node:worker_threads
// (https://nodejs.org/docs/latest-v24.x/api/worker_threads.html) as the main
// thread sees it. There are no workers: Worker says so.
package workerthreadsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/nodeerr"
)

type moduleKey struct{}

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	env     *goja.Object // a Map: setEnvironmentData
}

// Load returns the exports of node:worker_threads.
func Load(rt *bind.Runtime) goja.Value {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m.exports
	}
	m := &module{rt: rt, exports: rt.VM.NewObject()}
	rt.SetValue(moduleKey{}, m)
	set := func(name string, v any) { _ = m.exports.Set(name, v) }
	fn := func(name string, n int, f bind.Method) { set(name, rt.Func(name, n, f)) }
	set("isInternalThread", false)
	set("isMainThread", true)
	classes := messagingmod.Load(rt).(*goja.Object)
	set("MessagePort", classes.Get("MessagePort"))
	set("MessageChannel", classes.Get("MessageChannel"))
	mark := func(sym *goja.Symbol) bind.Method {
		return func(c goja.FunctionCall) goja.Value {
			if o, ok := c.Argument(0).(*goja.Object); ok {
				_ = o.DefineDataPropertySymbol(sym, rt.VM.ToValue(true), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
			}
			return goja.Undefined()
		}
	}
	fn("markAsUncloneable", 1, mark(lang.SymUncloneable))
	fn("markAsUntransferable", 1, mark(lang.SymUntransferable))
	fn("isMarkedAsUntransferable", 1, func(c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		return rt.VM.ToValue(ok && o.GetSymbol(lang.SymUntransferable) != nil)
	})
	m.missing("moveMessagePortToContext", 0)
	fn("receiveMessageOnPort", 1, func(c goja.FunctionCall) goja.Value { return messagingmod.ReceiveMessageOnPort(rt, c.Argument(0)) })
	set("resourceLimits", rt.VM.NewObject())
	m.missing("postMessageToThread", 4)
	set("threadId", 0)
	set("threadName", "")
	set("SHARE_ENV", rt.SymbolFor("nodejs.worker_threads.SHARE_ENV"))
	m.missingClass("Worker", 1)
	set("parentPort", goja.Null())
	set("workerData", goja.Null())
	set("BroadcastChannel", classes.Get("BroadcastChannel"))
	env, err := rt.VM.New(rt.VM.Get("Map"))
	if err != nil {
		panic(err)
	}
	m.env = env
	fn("setEnvironmentData", 2, func(c goja.FunctionCall) goja.Value {
		if goja.IsUndefined(c.Argument(1)) {
			rt.Call(env.Get("delete"), env, c.Argument(0))
		} else {
			rt.Call(env.Get("set"), env, c.Argument(0), c.Argument(1))
		}
		return goja.Undefined()
	})
	fn("getEnvironmentData", 1, func(c goja.FunctionCall) goja.Value { return rt.Call(env.Get("get"), env, c.Argument(0)) })
	return m.exports
}

// missing adds a function that says that it is not implemented.
func (m *module) missing(name string, n int) {
	_ = m.exports.Set(name, m.rt.Func(name, n, func(goja.FunctionCall) goja.Value {
		m.rt.Throw(nodeerr.MethodNotImplemented("worker_threads." + name + "()"))
		return nil
	}))
}

// missingClass adds a class whose constructor says that it is not implemented.
func (m *module) missingClass(name string, n int) {
	c := m.rt.NewClass(bind.ClassDef{Name: name, Length: n, ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object {
		m.rt.Throw(nodeerr.MethodNotImplemented("new worker_threads." + name + "()"))
		return nil
	}})
	_ = m.exports.Set(name, c.Seal().Ctor)
}
