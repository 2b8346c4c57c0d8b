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
		c, ok := bind.From(o).(bind.Cloneable)
		if !ok {
			return nil, false
		}
		return c.Clone(rt), true
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
