package httpsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/nodeerr"
)

type moduleKey struct{}

// Load returns the exports of node:https.
func Load(rt *bind.Runtime) goja.Value {
	if e, ok := rt.Value(moduleKey{}).(*goja.Object); ok {
		return e
	}
	e := rt.VM.NewObject()
	rt.SetValue(moduleKey{}, e)
	missing := func(name string) { rt.Throw(nodeerr.MethodNotImplemented("https." + name + "()")) }
	httpmod.Define(rt)
	agent := rt.NewClass(bind.ClassDef{Name: "Agent", Key: "https.Agent", Parent: rt.ClassOf("http.Agent"), Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			o := rt.VM.NewObject()
			if len(args) > 0 {
				if given, ok := args[0].(*goja.Object); ok {
					for _, k := range given.Keys() {
						_ = o.Set(k, given.Get(k))
					}
				}
			}
			for name, v := range map[string]any{"defaultPort": 443, "protocol": "https:"} {
				if goja.IsUndefined(bind.Get(o, name)) {
					_ = o.Set(name, v)
				}
			}
			httpmod.InitAgent(rt, this, o)
			return nil
		}})
	agent.Method("createConnection", 0, func(goja.FunctionCall) goja.Value { missing("Agent.createConnection"); return nil })
	agent.Seal()
	server := rt.NewClass(bind.ClassDef{Name: "Server", Key: "https.Server", Parent: netmod.Define(rt).Server, Length: 2,
		New: func(*goja.Object, []goja.Value) *goja.Object { missing("Server"); return nil }})
	server.Seal()
	_ = e.Set("Agent", agent.Ctor)
	o := rt.VM.NewObject()
	_ = o.Set("keepAlive", true)
	_ = o.Set("scheduling", "lifo")
	_ = o.Set("timeout", 5000)
	global, err := rt.VM.New(agent.Ctor, o)
	if err != nil {
		panic(err)
	}
	_ = e.Set("globalAgent", global)
	_ = e.Set("Server", server.Ctor)
	for _, f := range []struct {
		name   string
		length int
	}{{"createServer", 2}, {"get", 3}, {"request", 0}} {
		_ = e.Set(f.name, rt.Func(f.name, f.length, func(goja.FunctionCall) goja.Value { missing(f.name); return nil }))
	}
	return e
}
