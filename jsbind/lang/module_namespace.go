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
