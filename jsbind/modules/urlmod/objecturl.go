package urlmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/modules/blobmod"
)

// createObjectURL is URL.createObjectURL(blob).
func (m *module) createObjectURL(c goja.FunctionCall) goja.Value {
	d := blobmod.Of(c.Argument(0))
	if d == nil {
		m.rt.ArgType("obj", c.Argument(0), "Blob")
	}
	return m.rt.VM.ToValue(blobmod.CreateURL(m.rt, d))
}

// revokeObjectURL does nothing for a URL that createObjectURL did not make.
func (m *module) revokeObjectURL(c goja.FunctionCall) goja.Value {
	m.require(c, "url")
	blobmod.RevokeURL(m.rt, m.text(c.Argument(0)))
	return goja.Undefined()
}
