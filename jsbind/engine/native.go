package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// nativeFunction is goja's function in Go.
type nativeFunction struct {
	baseFunction
	f         func(goja.FunctionCall) goja.Value
	construct func(args []goja.Value, newTarget *goja.Object) *goja.Object
}

// nativeObject is a native function and its implementation. There are a
// thousand before a program begins, so it settles like any other function.
type nativeObject struct {
	object
	name   string
	length int
	f      nativeFunction
}

// NewNative makes a function object of f, with the given properties name and
// length. Calls of f get values that are not nil, and may return nil for
// undefined; what they panic with is thrown.
func NewNative(vm *goja.Runtime, name string, length int, f func(goja.FunctionCall) goja.Value) *goja.Object {
	x := &nativeObject{name: name, length: length}
	x.self = iface{learnt.lazyNative, unsafe.Pointer(&x.f)}
	x.runtime = vm
	o := (*goja.Object)(unsafe.Pointer(&x.object))
	x.f.class, x.f.val, x.f.prototype, x.f.extensible = "Function", o, intrinsicFunctionPrototype(vm), true
	x.f.f = f
	return o
}

// settle gives the function its properties.
func (x *nativeObject) settle() {
	f := &x.f
	f.lenProp = property{value: converter.ToValue(x.length), configurable: true}
	name := &property{value: converter.ToValue(x.name), configurable: true}
	f.values = map[unistring.String]goja.Value{"length": f.lenProp.value0(), "name": name.value0()}
	f.propNames = []unistring.String{"length", "name"}
	x.self.tab = learnt.native
}

// IsNative reports whether an object is a function in Go, made by goja or by
// NewNative.
func IsNative(o *goja.Object) bool {
	switch (*object)(unsafe.Pointer(o)).self.tab {
	case nil:
	case learnt.native, learnt.lazyNative:
		return true
	}
	return false
}
