package utilmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/dotenv"
)

// parseEnv is util.parseEnv(content)
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilparseenvcontent).
func (m *module) parseEnv(c goja.FunctionCall) goja.Value {
	o := m.rt.VM.NewObject()
	for _, kv := range dotenv.Parse(m.rt.String(c.Argument(0), "content")) {
		_ = o.Set(kv[0], kv[1])
	}
	return o
}
