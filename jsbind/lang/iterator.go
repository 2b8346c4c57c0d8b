package lang

import "github.com/dop251/goja"

// installIterator adds the global Iterator and the methods of its prototype,
// which is the one that all of goja's iterators inherit from already.
func installIterator(vm *goja.Runtime, l *loader) {
	arrayIterator, _ := callable(vm.Get("Array").(*goja.Object).Get("prototype").(*goja.Object).GetSymbol(goja.SymIterator))
	it := arrayIterator(goja.FunctionCall{This: vm.NewArray()}).(*goja.Object)
	proto := it.Prototype().Prototype()

	ctor, unused := newClass(vm, "Iterator", 0, nil)
	_ = unused
	if n := nativeParts(ctor); n != nil {
		n.construct = func(_ []goja.Value, newTarget *goja.Object) *goja.Object {
			if newTarget == nil || newTarget == ctor {
				panic(vm.NewTypeError("Abstract class Iterator not directly constructable"))
			}
			return vm.CreateObject(prototypeFor(newTarget, proto))
		}
		n.baseFuncObject.values["prototype"] = newPropertyValue(valuePropertyMirror{value: proto})
	}
	l.method(ctor, "from", 1, "iterator")
	for _, m := range []struct {
		name   string
		length int
	}{
		{"reduce", 1}, {"toArray", 0}, {"forEach", 1}, {"some", 1}, {"every", 1}, {"find", 1},
		{"filter", 1}, {"map", 1}, {"take", 1}, {"drop", 1}, {"flatMap", 1},
	} {
		l.method(proto, m.name, m.length, "iterator")
	}
	_ = proto.DefineDataPropertySymbol(SymDispose, l.function("[Symbol.dispose]", 0, "iterator", "dispose"),
		goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)

	// constructor and Symbol.toStringTag are accessors that cannot be assigned
	// on the prototype itself (27.1.4.1, 27.1.4.14).
	weird := func(name string, value goja.Value, put func(o *goja.Object, v goja.Value) error) (get, set *goja.Object) {
		get = newNative(vm, "get "+name, 0, func(goja.FunctionCall) goja.Value { return value })
		set = newNative(vm, "set "+name, 1, func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok {
				panic(vm.NewTypeError("Iterator.prototype.%s setter called on non-object", name))
			}
			if o == proto {
				panic(vm.NewTypeError("Cannot assign to this property"))
			}
			rethrow(put(o, c.Argument(0)))
			return goja.Undefined()
		})
		return get, set
	}
	get, set := weird("constructor", ctor, func(o *goja.Object, v goja.Value) error {
		return o.DefineDataProperty("constructor", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	})
	_ = proto.DefineAccessorProperty("constructor", get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
	get, set = weird("[Symbol.toStringTag]", goString("Iterator"), func(o *goja.Object, v goja.Value) error {
		return o.DefineDataPropertySymbol(goja.SymToStringTag, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	})
	_ = proto.DefineAccessorPropertySymbol(goja.SymToStringTag, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
	define(vm.GlobalObject(), "Iterator", ctor)
}
