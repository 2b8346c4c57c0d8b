package utilmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
)

// aborted is util.aborted(signal, resource): a promise that is fulfilled when
// signal aborts
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilabortedsignal-resource).
func (m *module) aborted(c goja.FunctionCall) goja.Value {
	rt := m.rt
	p, resolve, reject := engine.NewPromise(rt.VM)
	if ex := rt.VM.Try(func() {
		signal := c.Argument(0)
		if goja.IsUndefined(signal) {
			rt.ArgType("signal", signal, "AbortSignal")
		}
		o := m.abortSignal(signal)
		if _, ok := c.Argument(1).(*goja.Object); !ok {
			rt.ArgType("resource", c.Argument(1), "object")
		}
		if bind.Get(o, "aborted").ToBoolean() {
			_ = resolve(goja.Undefined())
			return
		}
		once := rt.VM.NewObject()
		_ = once.Set("once", true)
		rt.Call(bind.Get(o, "addEventListener"), o, rt.VM.ToValue("abort"), rt.Func("", 0, func(call goja.FunctionCall) goja.Value {
			_ = resolve(goja.Undefined())
			return goja.Undefined()
		}), once)
	}); ex != nil {
		_ = reject(ex.Value())
	}
	return rt.VM.ToValue(p)
}

func (m *module) abortSignal(v goja.Value) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok || o.Get("aborted") == nil {
		m.rt.ArgType("signal", v, "AbortSignal")
	}
	return o
}

// transferableAbortSignal marks a signal as one that may be posted to a worker.
func (m *module) transferableAbortSignal(c goja.FunctionCall) goja.Value {
	o := m.abortSignal(c.Argument(0))
	if s := eventtargetmod.SignalOf(o); s != nil {
		s.MakeTransferable()
	}
	return o
}
