package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/blobmod"
)

// defineBlob makes fs.openAsBlob
// (https://nodejs.org/docs/latest-v24.x/api/fs.html#fsopenasblobpath-options).
func (m *module) defineBlob() {
	rt := m.rt
	_ = m.exports.Set("openAsBlob", rt.Func("openAsBlob", 1, func(c goja.FunctionCall) goja.Value {
		typ := ""
		if v := c.Argument(1); !goja.IsUndefined(v) {
			if t := bind.Get(rt.Object(v, "options"), "type"); t.ToBoolean() {
				typ = rt.String(t, "options.type")
			}
		}
		b, err := blobmod.Open(rt, m.path(c.Argument(0), "path"), typ)
		rt.Must(err)
		p, resolve, _ := engine.NewPromise(rt.VM)
		_ = resolve(b)
		return rt.VM.ToValue(p)
	}))
}
