package jsbind

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// What Object.getOwnPropertyDescriptor tells of the global object's properties.
// Here a global that is loaded when it is first touched is an accessor until
// then, and process and Buffer, which programs read all the time, are plain
// values; in Node it is the other way round.

// accessorGlobals are the globals that Node has accessors for.
var accessorGlobals = map[string]bool{"process": true, "Buffer": true, "crypto": true, "navigator": true, "performance": true}

func (r *Runtime) describeGlobals() {
	vm := r.rt.VM
	r.touchAll()
	for _, of := range []string{"Object", "Reflect"} {
		o := vm.Get(of).(*goja.Object)
		describe := r.rt.Callable(o.Get("getOwnPropertyDescriptor"))
		f := r.rt.Func("getOwnPropertyDescriptor", 2, func(c goja.FunctionCall) goja.Value {
			if g := vm.GlobalObject(); c.Argument(0) == goja.Value(g) && goja.IsString(c.Argument(1)) {
				name := c.Argument(1).String()
				d, ok := describe(c).(*goja.Object)
				switch {
				case !ok:
				case accessorGlobals[name]:
					if r.lazyNames[name] && d.Get("get") != nil && !r.keptAccessor(name) {
						g.Get(name)
						d = describe(c).(*goja.Object)
					}
					return r.accessorDescriptor(name, d)
				case d.Get("get") != nil && r.lazyNames[name]:
					g.Get(name)
				default:
					return d
				}
			}
			return describe(c)
		})
		_ = o.DefineDataProperty("getOwnPropertyDescriptor", f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		r.touchBefore(o, "defineProperty", 3)
	}
}

// touchBefore makes a function that defines a property of the global object load
// one that is not loaded yet: what it keeps of the property's attributes are then
// those of a value.
func (r *Runtime) touchBefore(o *goja.Object, name string, length int) {
	vm := r.rt.VM
	inner := r.rt.Callable(o.Get(name))
	f := r.rt.Func(name, length, func(c goja.FunctionCall) goja.Value {
		if g := vm.GlobalObject(); c.Argument(0) == goja.Value(g) && goja.IsString(c.Argument(1)) && r.lazyNames[c.Argument(1).String()] {
			g.Get(c.Argument(1).String())
		}
		return inner(c)
	})
	_ = o.DefineDataProperty(name, f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// keptAccessor reports whether a global stays an accessor when it is loaded.
func (r *Runtime) keptAccessor(name string) bool {
	for i := range lazyGlobals {
		if lazyGlobals[i].name == name {
			return lazyGlobals[i].accessor
		}
	}
	return false
}

// touchAll makes Object.getOwnPropertyDescriptors load all globals before it
// tells of the global object.
func (r *Runtime) touchAll() {
	vm := r.rt.VM
	o := vm.Get("Object").(*goja.Object)
	inner := r.rt.Callable(o.Get("getOwnPropertyDescriptors"))
	f := r.rt.Func("getOwnPropertyDescriptors", 1, func(c goja.FunctionCall) goja.Value {
		g := vm.GlobalObject()
		if c.Argument(0) == goja.Value(g) {
			for name := range r.lazyNames {
				if !r.keptAccessor(name) {
					g.Get(name)
				}
			}
		}
		return inner(c)
	})
	_ = o.DefineDataProperty("getOwnPropertyDescriptors", f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// accessorDescriptor describes a global that is a value as the accessor that it
// is in Node, unless the program has defined it anew.
func (r *Runtime) accessorDescriptor(name string, d *goja.Object) goja.Value {
	v := d.Get("value")
	if v == nil || !v.StrictEquals(bind.Get(r.rt.VM.GlobalObject(), name)) || !truth(d, "configurable") {
		return d
	}
	g := r.rt.VM.GlobalObject()
	out := r.rt.VM.NewObject()
	get, set := "get", "set"
	if name != "process" && name != "Buffer" {
		get, set = "get "+name, "set "+name
	}
	_ = out.Set("get", r.rt.Func(get, 0, func(goja.FunctionCall) goja.Value { return bind.Get(g, name) }))
	if name == "crypto" {
		_ = out.Set("set", goja.Undefined())
	} else {
		_ = out.Set("set", r.rt.Func(set, 1, func(c goja.FunctionCall) goja.Value {
			_ = g.DefineDataProperty(name, c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.ToFlag(truth(d, "enumerable")))
			return goja.Undefined()
		}))
	}
	_ = out.Set("enumerable", truth(d, "enumerable"))
	_ = out.Set("configurable", true)
	return out
}

func truth(o *goja.Object, name string) bool { return bind.Get(o, name).ToBoolean() }
