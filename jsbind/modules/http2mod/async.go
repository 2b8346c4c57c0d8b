package http2mod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
)

// async keeps the asynchronous context of a request, so that its answer is told
// of in it; nil where nothing tracks contexts.
func (m *module) async() func(func()) {
	rt := m.rt
	if rt.ResetAsync == nil {
		return nil
	}
	hooks, ok := rt.Require("async_hooks").(*goja.Object)
	if !ok {
		return nil
	}
	res := m.construct(hooks.Get("AsyncResource").(*goja.Object), rt.VM.ToValue("PendingRequest")).(*goja.Object)
	run := res.Get("runInAsyncScope")
	return func(f func()) {
		rt.Call(run, res, rt.Func("", 0, func(goja.FunctionCall) goja.Value {
			f()
			return goja.Undefined()
		}))
	}
}

type abortion struct {
	cancel func()
}

// abortable destroys a stream when a signal is aborted.
func (m *module) abortable(st *http2.Stream, v goja.Value) {
	sig := streammod.Signal(m.rt, v, "options.signal")
	abort := func() { st.Destroy(nodeerr.Abort(sig.Reason())) }
	if sig.Aborted() {
		abort()
		return
	}
	x := &abortion{cancel: sig.OnAbort(abort)}
	st.Once("close", func(...any) { x.cancel() })
}

// deprecateWeight warns of a priority, once.
func (m *module) deprecateWeight() {
	m.deprecate("weight", "Priority signaling has been deprecated as of RFC 9113.")
}

type deprecatedKey struct{ what string }

func (m *module) deprecate(what, message string) {
	rt := m.rt
	if rt.Warn == nil || rt.Value(deprecatedKey{what}) != nil {
		return
	}
	rt.SetValue(deprecatedKey{what}, true)
	rt.Warn(message, "DeprecationWarning", map[string]any{"code": "DEP0194"})
}

var _ = bind.Undefined
