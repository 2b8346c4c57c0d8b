package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

// functions adds the module's functions to its exports.
func (m *module) functions() {
	rt := m.rt
	set := func(name string, n int, f bind.Method) { _ = m.exports.Set(name, rt.Func(name, n, f)) }
	set("getDefaultHighWaterMark", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(stream.DefaultHighWaterMark(rt.Loop, c.Argument(0).ToBoolean()))
	})
	set("setDefaultHighWaterMark", 2, func(c goja.FunctionCall) goja.Value {
		n := rt.Integer(c.Argument(1), "value", 0, bind.MaxSafe)
		stream.SetDefaultHighWaterMark(rt.Loop, c.Argument(0).ToBoolean(), int(n))
		return goja.Undefined()
	})
}
