package lang

import "github.com/dop251/goja"

// namespaces makes the functions that describe properties tell of module
// namespaces what ECMA-262 10.4.6.5 says: data properties that are writable,
// whatever they are underneath. It runs when a program makes its first module,
// so that scripts pay nothing for it.
func (h *Hooks) namespaces() {
	if h.namespacesDone {
		return
	}
	h.namespacesDone = true
	vm := h.loader.vm
	for _, of := range []string{"Object", "Reflect"} {
		n := nativeParts(vm.Get(of).(*goja.Object).Get("getOwnPropertyDescriptor"))
		if n == nil {
			continue
		}
		f := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			d := f(c)
			if o, ok := c.Argument(0).(*goja.Object); ok && IsModuleNamespace(o) {
				describeExport(o, c.Argument(1), d)
			}
			return d
		}
	}
	for _, of := range []string{"Object", "Reflect"} {
		n := nativeParts(vm.Get(of).(*goja.Object).Get("defineProperty"))
		if n == nil {
			continue
		}
		f := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			if o, ok := c.Argument(0).(*goja.Object); ok && IsModuleNamespace(o) {
				if _, symbol := c.Argument(1).(*goja.Symbol); !symbol {
					return h.defineExport(of == "Object", o, c)
				}
			}
			return f(c)
		}
	}
	if n := nativeParts(vm.Get("Object").(*goja.Object).Get("keys")); n != nil {
		f := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			if o, ok := c.Argument(0).(*goja.Object); ok && IsModuleNamespace(o) {
				for _, name := range o.Keys() {
					o.Get(name) // a ReferenceError where it is not initialized
				}
			}
			return f(c)
		}
	}
	if n := nativeParts(vm.Get("Object").(*goja.Object).Get("getOwnPropertyDescriptors")); n != nil {
		f := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			all := f(c)
			if o, ok := c.Argument(0).(*goja.Object); ok && IsModuleNamespace(o) {
				for _, name := range o.Keys() {
					describeExport(o, goString(name), all.(*goja.Object).Get(name))
				}
			}
			return all
		}
	}
}

// defineExport is [[DefineOwnProperty]] of a namespace (10.4.6.6): it changes
// nothing, and succeeds only if there is nothing to change.
func (h *Hooks) defineExport(throws bool, ns *goja.Object, c goja.FunctionCall) goja.Value {
	vm := h.loader.vm
	d, ok := c.Argument(2).(*goja.Object)
	if !ok {
		panic(newError(vm, "TypeError", "Property description must be an object: "+c.Argument(2).String()))
	}
	key := c.Argument(1).ToString().String()
	same := false
	if now := ns.Get(key); now != nil {
		flag := func(name string, want bool) bool { v := d.Get(name); return v == nil || v.ToBoolean() == want }
		value := d.Get("value")
		same = flag("configurable", false) && flag("enumerable", true) && flag("writable", true) &&
			d.Get("get") == nil && d.Get("set") == nil && (value == nil || value.SameAs(now))
	}
	switch {
	case !throws:
		return vm.ToValue(same)
	case !same:
		panic(newError(vm, "TypeError", "Cannot redefine property: "+key))
	}
	return ns
}

// describeExport makes d, the descriptor of a namespace's property, that of a
// writable data property.
func describeExport(ns *goja.Object, key, d goja.Value) {
	o, ok := d.(*goja.Object)
	if _, symbol := key.(*goja.Symbol); !ok || symbol {
		return
	}
	v := ns.Get(key.String())
	for _, name := range o.Keys() {
		_ = o.Delete(name)
	}
	_ = o.Set("value", v)
	_ = o.Set("writable", true)
	_ = o.Set("enumerable", true)
	_ = o.Set("configurable", false)
}
