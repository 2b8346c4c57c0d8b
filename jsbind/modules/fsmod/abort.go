package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// aborted reports whether the job's signal is aborted.
func (j *job) aborted(*module) bool {
	return j.signal != nil && j.signal.Get("aborted").ToBoolean()
}

// abortError is the AbortError of a signal.
func (m *module) abortError(sig *goja.Object) goja.Value {
	v := m.rt.ErrorValue(nodeerr.New(nodeerr.KindAbort, "ABORT_ERR", "The operation was aborted")).(*goja.Object)
	if r := bind.Get(sig, "reason"); !goja.IsUndefined(r) {
		_ = v.DefineDataProperty("cause", r, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return v
}
