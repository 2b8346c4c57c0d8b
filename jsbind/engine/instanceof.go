package engine

import (
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
)

// MendInstanceOf makes `x instanceof p` work where p is a Proxy of a function
// (ECMA-262 OrdinaryHasInstance), for which goja throws a TypeError: it puts
// another body into Function.prototype[Symbol.hasInstance]. An error says that
// goja's native functions are laid out otherwise.
func MendInstanceOf(vm *goja.Runtime) error {
	fn, ok := intrinsicFunctionPrototype(vm).GetSymbol(goja.SymHasInstance).(*goja.Object)
	if !ok {
		return differs("Function.prototype[Symbol.hasInstance]", "is no function")
	}
	body, err := nativeBody(fn)
	if err != nil {
		return err
	}
	proxies := (*object)(unsafe.Pointer(vm.ToValue(vm.NewProxy(vm.NewObject(), &goja.ProxyTrapConfig{})).(*goja.Object))).self.tab
	ordinary := *body
	*body = func(call goja.FunctionCall) goja.Value {
		c, ok := call.This.(*goja.Object)
		if !ok || (*object)(unsafe.Pointer(c)).self.tab != proxies {
			return ordinary(call)
		}
		return vm.ToValue(hasInstance(vm, c, call.Argument(0)))
	}
	return nil
}

// nativeBody returns where a native function of goja's keeps its body.
func nativeBody(fn *goja.Object) (*func(goja.FunctionCall) goja.Value, error) {
	impl := reflect.ValueOf(fn).Elem().Field(0).Elem().Type()
	field, ok := impl.Elem().FieldByName("f")
	if !ok || field.Type != reflect.TypeFor[func(goja.FunctionCall) goja.Value]() {
		return nil, differs(impl.String(), "has no f")
	}
	return (*func(goja.FunctionCall) goja.Value)(unsafe.Add((*object)(unsafe.Pointer(fn)).self.data, field.Offset)), nil
}

// hasInstance is OrdinaryHasInstance of a constructor that is a Proxy.
func hasInstance(vm *goja.Runtime, c *goja.Object, v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if _, callable := goja.AssertFunction(c); !callable || !ok {
		return false
	}
	proto, ok := c.Get("prototype").(*goja.Object)
	if !ok {
		panic(vm.NewTypeError("Function has non-object prototype '%v' in instanceof check", c.Get("prototype")))
	}
	for o = o.Prototype(); o != nil; o = o.Prototype() {
		if o.SameAs(proto) {
			return true
		}
	}
	return false
}
