package lang

import "github.com/dop251/goja"

// installObject adds Object.prototype's accessor methods (ECMA-262 B.2.2).
func installObject(vm *goja.Runtime) {
	object := vm.Get("Object").(*goja.Object)
	proto := object.Get("prototype").(*goja.Object)
	describeOwn, _ := callable(object.Get("getOwnPropertyDescriptor"))

	defineAccessor := func(name string, get bool) {
		method(vm, proto, name, 2, func(c goja.FunctionCall) goja.Value {
			o := toObject(vm, c.This)
			fn, ok := c.Argument(1).(*goja.Object)
			if _, callable := goja.AssertFunction(c.Argument(1)); !ok || !callable {
				panic(vm.NewTypeError("Object.prototype.%s: Expecting function", name))
			}
			var g, s goja.Value
			if get {
				g = fn
			} else {
				s = fn
			}
			key := toPropertyKey(vm, c.Argument(0))
			var err error
			if sym, ok := key.(*goja.Symbol); ok {
				err = o.DefineAccessorPropertySymbol(sym, g, s, goja.FLAG_TRUE, goja.FLAG_TRUE)
			} else {
				err = o.DefineAccessorProperty(key.String(), g, s, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
			rethrow(err)
			return goja.Undefined()
		})
	}
	lookup := func(name, field string) {
		method(vm, proto, name, 1, func(c goja.FunctionCall) goja.Value {
			key := toPropertyKey(vm, c.Argument(0))
			for o := toObject(vm, c.This); o != nil; o = o.Prototype() {
				d, ok := describeOwn(goja.FunctionCall{Arguments: []goja.Value{o, key}}).(*goja.Object)
				if !ok {
					continue
				}
				if v := d.Get(field); v != nil {
					return v
				}
				return goja.Undefined()
			}
			return goja.Undefined()
		})
	}
	defineAccessor("__defineGetter__", true)
	defineAccessor("__defineSetter__", false)
	lookup("__lookupGetter__", "get")
	lookup("__lookupSetter__", "set")
}

// toObject is ToObject, with undefined and null a TypeError.
func toObject(vm *goja.Runtime, v goja.Value) *goja.Object {
	if isNullish(v) {
		panic(vm.NewTypeError("Cannot convert undefined or null to object"))
	}
	return v.ToObject(vm)
}

// toPropertyKey is ToPropertyKey: a *goja.Symbol or a string.
func toPropertyKey(vm *goja.Runtime, v goja.Value) goja.Value {
	if sym, ok := v.(*goja.Symbol); ok {
		return sym
	}
	if o, ok := v.(*goja.Object); ok {
		if p := primitiveParts(o); p != nil {
			if sym, ok := p.pValue.(*goja.Symbol); ok {
				return sym
			}
		}
	}
	return toString(vm, v)
}

// rethrow panics with an error that JavaScript threw, so that it goes on
// through the native function that got it.
func rethrow(err error) {
	if err == nil {
		return
	}
	if ex, ok := err.(*goja.Exception); ok {
		panic(ex)
	}
	panic(err)
}
