package urlmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// createObjectURL accepts Blobs, which the buffer binding names in
// Runtime.Brands once it has them.
func (m *module) createObjectURL(c goja.FunctionCall) goja.Value {
	m.require(c, "obj")
	o, ok := c.Argument(0).(*goja.Object)
	if isBlob := m.rt.Brands["Blob"]; !ok || isBlob == nil || !isBlob(o) {
		m.rt.ArgType("obj", c.Argument(0), "Blob")
	}
	m.rt.Throw(nodeerr.MethodNotImplemented("URL.createObjectURL"))
	return nil
}

// revokeObjectURL does nothing for a URL that createObjectURL did not make.
func (m *module) revokeObjectURL(c goja.FunctionCall) goja.Value {
	m.require(c, "url")
	m.text(c.Argument(0))
	return goja.Undefined()
}
