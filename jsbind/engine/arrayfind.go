package engine

import (
	"strconv"

	"github.com/dop251/goja"
)

// MendFind makes find, findIndex, findLast and findLastIndex of arrays give
// undefined for a hole to a predicate that is no function of JavaScript's own
// (`[, 1].find(Boolean)`): goja gives it nothing, and ends the process. Functions
// in JavaScript stay with goja's body.
func MendFind(vm *goja.Runtime) error {
	proto := intrinsicArrayPrototype(vm)
	for name, how := range map[string]struct{ last, index bool }{"find": {}, "findIndex": {index: true}, "findLast": {last: true}, "findLastIndex": {last: true, index: true}} {
		fn, ok := proto.Get(name).(*goja.Object)
		if !ok {
			return differs("Array.prototype."+name, "is no function")
		}
		body, err := nativeBody(fn)
		if err != nil {
			return err
		}
		ordinary := *body
		*body = func(call goja.FunctionCall) goja.Value {
			predicate, ok := call.Argument(0).(*goja.Object)
			if !ok || IsFunction(predicate) {
				return ordinary(call)
			}
			test := Callable(predicate)
			if test == nil {
				return ordinary(call)
			}
			return find(vm, call, test, how.last, how.index)
		}
	}
	return nil
}

// find is Array.prototype.find and its kin.
func find(vm *goja.Runtime, call goja.FunctionCall, test func(goja.FunctionCall) goja.Value, last, index bool) goja.Value {
	o := call.This.ToObject(vm)
	length := int64(0)
	if v := o.Get("length"); v != nil {
		length = max(v.ToInteger(), 0)
	}
	for i := range length {
		if last {
			i = length - 1 - i
		}
		v := o.Get(strconv.FormatInt(i, 10))
		if v == nil {
			v = goja.Undefined()
		}
		at := vm.ToValue(i)
		if test(goja.FunctionCall{This: call.Argument(1), Arguments: []goja.Value{v, at, o}}).ToBoolean() {
			if index {
				return at
			}
			return v
		}
	}
	if index {
		return vm.ToValue(-1)
	}
	return goja.Undefined()
}
