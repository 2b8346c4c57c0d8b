package jsbind

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
)

func init() {
	bind.Hide(lang.SymUntransferable)
	bind.Hide(lang.SymUncloneable)
}

// cloneHooks tells structuredClone and postMessage of the objects that bindings
// know how to copy and move: bind.Cloneable, bind.Transferable, web streams.
func cloneHooks(rt *bind.Runtime, hooks *lang.Hooks) {
	hooks.Clone = func(o *goja.Object) (any, bool) {
		if s := eventtargetmod.SignalOf(o); s != nil && s.Transferable() {
			return messagingmod.SendSignal(rt, s), true
		}
		if process, ok := rt.VM.Get("process").(*goja.Object); ok && process.Get("env") == goja.Value(o) {
			return environment(o), true
		}
		restore, ok := rt.CloneState(bind.From(o))
		return restore, ok
	}
	hooks.CanTransfer = func(o *goja.Object) string {
		if s := eventtargetmod.SignalOf(o); s != nil && s.Transferable() {
			return "AbortSignal"
		}
		if t, ok := bind.From(o).(bind.Transferable); ok {
			t.CanTransfer(rt)
			return t.TransferClass()
		}
		return webstreamsmod.CanTransfer(rt, o)
	}
	hooks.MustTransfer = func(o *goja.Object) bool {
		_, ok := bind.From(o).(bind.Transferable)
		return ok || webstreamsmod.Kind(rt, o) != ""
	}
	hooks.Transfer = func(o *goja.Object) any {
		if s := eventtargetmod.SignalOf(o); s != nil {
			return messagingmod.SendSignal(rt, s)
		}
		if t, ok := bind.From(o).(bind.Transferable); ok {
			return t.Transfer(rt)
		}
		return webstreamsmod.Transfer(rt, o)
	}
	hooks.RestoreHost = func(restore any) goja.Value { return restore.(bind.Restore)(rt) }
	rt.Serialize = func(v goja.Value, transfer []goja.Value) any { return hooks.Serialize(v, transfer) }
	rt.Deserialize = func(m any) (goja.Value, []*goja.Object) {
		v, r := hooks.Restore(m.(*lang.Message))
		return v, r.Transferred
	}
}

// environment copies process.env, which is no Proxy to programs, to a plain
// object.
func environment(env *goja.Object) bind.Restore {
	names := env.Keys()
	values := make([]string, len(names))
	for i, name := range names {
		values[i] = bind.Get(env, name).String()
	}
	return func(rt *bind.Runtime) goja.Value {
		o := rt.VM.NewObject()
		for i, name := range names {
			_ = o.Set(name, values[i])
		}
		return o
	}
}
