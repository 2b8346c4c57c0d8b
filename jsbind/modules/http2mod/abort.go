package http2mod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
)

// abortable destroys a stream when a signal is aborted.
func (m *module) abortable(st *http2.Stream, v goja.Value) {
	sig := streammod.Signal(m.rt, v, "options.signal")
	abort := func() { st.Destroy(nodeerr.Abort(sig.Reason())) }
	if sig.Aborted() {
		abort()
		return
	}
	cancel := sig.OnAbort(abort)
	st.Once("close", func(...any) { cancel() })
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
