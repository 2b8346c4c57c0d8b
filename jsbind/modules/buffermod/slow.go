package buffermod

import (
	"sync"

	"github.com/dop251/goja"
)

// slowBuffer makes the deprecated constructor of Buffers without a pool
// (https://nodejs.org/docs/latest-v24.x/api/buffer.html#class-slowbuffer).
func (m *module) slowBuffer() *goja.Object {
	rt := m.rt
	var warned sync.Once
	ctor := rt.VM.ToValue(func(c goja.ConstructorCall) *goja.Object {
		warned.Do(func() {
			rt.Warn("SlowBuffer() is deprecated. Please use Buffer.allocUnsafeSlow()", "DeprecationWarning", map[string]any{"code": "DEP0030"})
		})
		return m.alloc(m.size(c.Argument(0)))
	}).(*goja.Object)
	_ = ctor.DefineDataProperty("name", rt.VM.ToValue("deprecated"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = ctor.DefineDataProperty("length", rt.VM.ToValue(1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = ctor.SetPrototype(m.u8ctor)
	_ = ctor.Get("prototype").(*goja.Object).SetPrototype(m.u8ctor.Get("prototype").(*goja.Object))
	return ctor
}
