package workerthreadsmod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/library"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/navigatormod"
	"github.com/spindle-js/spindle/nodeerr"
)

//go:embed js/*.js
var files embed.FS

var folder = library.New(files, "worker_threads")

type moduleKey struct{}

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	env     *goja.Object // a Map: setEnvironmentData
	running map[*Thread]struct{}
}

type internalKey struct{}

// SetInternal says that a runtime is that of a thread of Node's own.
func SetInternal(rt *bind.Runtime) { rt.SetValue(internalKey{}, true) }

// Load returns the exports of node:worker_threads.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), running: map[*Thread]struct{}{}}
	rt.SetValue(moduleKey{}, m)
	set := func(name string, v any) { _ = m.exports.Set(name, v) }
	fn := func(name string, n int, f bind.Method) { set(name, rt.Func(name, n, f)) }
	child, _ := rt.Value(childKey{}).(*Child)
	_, internal := rt.Value(internalKey{}).(bool)
	set("isInternalThread", internal)
	set("isMainThread", child == nil && !internal)
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
		return rt.VM.ToValue(ok && rt.Mirror.HasOwn(o, mirror.SymbolKey(lang.SymUntransferable)))
	})
	fn("moveMessagePortToContext", 0, func(c goja.FunctionCall) goja.Value {
		if p := messagingmod.PortOf(c.Argument(0)); p == nil {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", `The "port" argument must be a MessagePort instance`))
		} else if p.Closed() {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_CLOSED_MESSAGE_PORT", "Cannot send data on closed MessagePort"))
		}
		rt.Throw(nodeerr.MethodNotImplemented("worker_threads.moveMessagePortToContext()"))
		return nil
	})
	fn("receiveMessageOnPort", 1, func(c goja.FunctionCall) goja.Value { return messagingmod.ReceiveMessageOnPort(rt, c.Argument(0)) })
	set("resourceLimits", rt.VM.NewObject())
	fn("postMessageToThread", 4, m.postMessageToThread)
	set("threadId", 0)
	set("threadName", "")
	set("SHARE_ENV", rt.SymbolFor("nodejs.worker_threads.SHARE_ENV"))
	set("Worker", goja.Null()) // below
	set("parentPort", goja.Null())
	set("workerData", goja.Null())
	set("BroadcastChannel", classes.Get("BroadcastChannel"))
	env, err := rt.VM.New(rt.VM.Get("Map"))
	if err != nil {
		panic(err)
	}
	m.env = env
	if child != nil {
		m.inside(child)
	}
	env = m.env
	fn("setEnvironmentData", 2, func(c goja.FunctionCall) goja.Value {
		if goja.IsUndefined(c.Argument(1)) {
			rt.Call(env.Get("delete"), env, c.Argument(0))
		} else {
			rt.Call(env.Get("set"), env, c.Argument(0), c.Argument(1))
		}
		return goja.Undefined()
	})
	fn("getEnvironmentData", 1, func(c goja.FunctionCall) goja.Value { return rt.Call(env.Get("get"), env, c.Argument(0)) })
	get := rt.Func("locks", 0, func(goja.FunctionCall) goja.Value { return navigatormod.Load(rt).(*goja.Object).Get("locks") })
	_ = m.exports.DefineAccessorProperty("locks", get, nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
	set("Worker", folder.Run(rt, "worker", m.native()).Get("Worker"))
	return m
}

// inside sets what the module shows in a worker.
func (m *module) inside(c *Child) {
	rt, t := m.rt, c.thread
	_ = m.exports.Set("threadId", t.ID)
	_ = m.exports.Set("threadName", t.Name)
	_ = m.exports.Set("resourceLimits", t.Limits.object(rt))
	public := t.public.Port(rt)
	_ = m.exports.Set("parentPort", public.Object())
	_ = m.exports.Set("workerData", restored(rt, t.data))
	if env, ok := restored(rt, t.environmentData).(*goja.Object); ok {
		m.env = env
	}
}
