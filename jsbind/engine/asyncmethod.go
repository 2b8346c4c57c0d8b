package engine

import (
	"unsafe"

	"github.com/dop251/goja"
)

var gojaNewAsyncMethod func(data unsafe.Pointer, m *machine)

//go:linkname intrinsicAsyncFunctionPrototype github.com/dop251/goja.(*Runtime).getAsyncFunctionPrototype
func intrinsicAsyncFunctionPrototype(vm *goja.Runtime) *goja.Object

// newAsyncMethod makes an async method. goja gives it the prototype of ordinary
// functions, by which programs tell that it is none
// (`f.constructor.name === 'AsyncFunction'`).
func newAsyncMethod(data unsafe.Pointer, m *machine) {
	gojaNewAsyncMethod(data, m)
	o := (*object)(unsafe.Pointer(m.stack[m.sp-1].(*goja.Object)))
	(*baseObject)(o.self.data).prototype = intrinsicAsyncFunctionPrototype(o.runtime)
}
