package bind

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/engine"
)

// Class is a built-in class: constructor, prototype, and the host of its Go
// objects.
type Class struct {
	rt     *Runtime
	Name   string
	Parent *Class
	Ctor   *goja.Object
	Proto  *goja.Object
	host   *classHost
	own    *OwnKeys
}

// Method is a native function body.
type Method = func(goja.FunctionCall) goja.Value

// ClassDef describes a class.
type ClassDef struct {
	// Name is the class's name in JavaScript; Key its name in the realm
	// ("net.Socket"), empty if no Go object is ever wrapped as this class.
	Name, Key string
	Parent    *Class
	// Length is the constructor's length property.
	Length int
	// New initialises this, an instance of the class or of a subclass made in
	// any of JavaScript's ways, usually with Attach or Adopt. It may return
	// another object to stand for it, or nil.
	New func(this *goja.Object, args []goja.Value) *goja.Object
	// ES6 makes a class that cannot be called without new and whose members
	// are not enumerable; otherwise it is a function as Node's older classes
	// are, with enumerable methods.
	ES6 bool
	// Called, if it is set, is told of a call without new.
	Called func()
	// AnyThis lets Class.call(obj) initialise any object, not only instances.
	AnyThis bool
}

// NewClass defines a class. Add its members, then call Seal.
func (rt *Runtime) NewClass(d ClassDef) *Class {
	c := &Class{rt: rt, Name: d.Name, Parent: d.Parent}
	construct := func(call goja.ConstructorCall) *goja.Object {
		this := call.This
		if this == nil || !d.AnyThis && !rt.isInstance(this, c.Proto) {
			if d.Called != nil {
				d.Called()
			}
			this = rt.VM.CreateObject(c.Proto)
			if r := d.New(this, call.Arguments); r != nil {
				return r
			}
			return this
		}
		return d.New(this, call.Arguments)
	}
	if d.ES6 {
		c.Ctor = rt.es6Class(d.Name, d.New)
	} else {
		c.Ctor = rt.VM.ToValue(construct).(*goja.Object)
	}
	setName(rt, c.Ctor, d.Name, d.Length)
	c.Proto = c.Ctor.Get("prototype").(*goja.Object)
	if d.Parent != nil {
		c.own = d.Parent.own
		_ = c.Proto.SetPrototype(d.Parent.Proto)
		_ = c.Ctor.SetPrototype(d.Parent.Ctor)
	}
	c.host = &classHost{rt: rt, class: c, es6: d.ES6}
	if d.Key != "" {
		rt.classes[d.Key] = c
	}
	return c
}

// es6Class makes a class of the language around a native constructor: goja's
// native functions do not know whether they were called with new.
func (rt *Runtime) es6Class(name string, init func(this *goja.Object, args []goja.Value) *goja.Object) *goja.Object {
	shell, err := rt.VM.RunScript("node:internal/spindle/class",
		"(function (init) { return class "+name+" { constructor() { return init.apply(this, arguments) } } })")
	if err != nil {
		panic(err)
	}
	return rt.Call(shell, goja.Undefined(), rt.VM.ToValue(func(c goja.FunctionCall) goja.Value {
		if r := init(c.This.(*goja.Object), c.Arguments); r != nil {
			return r
		}
		return goja.Undefined()
	})).(*goja.Object)
}

// ClassOf returns the class that was defined under key, nil if none was.
func (rt *Runtime) ClassOf(key string) *Class { return rt.classes[key] }

func (rt *Runtime) isInstance(obj, proto *goja.Object) bool {
	for p := obj.Prototype(); p != nil; p = p.Prototype() {
		if p == proto {
			return true
		}
	}
	return false
}

func setName(rt *Runtime, fn *goja.Object, name string, length int) {
	_ = fn.DefineDataProperty("name", rt.VM.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = fn.DefineDataProperty("length", rt.VM.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// Func makes a named native function.
func (rt *Runtime) Func(name string, length int, f Method) *goja.Object {
	return engine.NewNative(rt.VM, name, length, f)
}

// Method adds a method to the prototype.
func (c *Class) Method(name string, length int, f Method) *Class {
	c.define(c.Proto, name, c.rt.Func(name, length, f))
	return c
}

// Alias adds a second name for a method that is there.
func (c *Class) Alias(name, of string) *Class {
	c.define(c.Proto, name, c.Proto.Get(of))
	return c
}

// SymbolMethod adds a method under a symbol, not enumerable.
func (c *Class) SymbolMethod(sym *goja.Symbol, name string, length int, f Method) *Class {
	_ = c.Proto.DefineDataPropertySymbol(sym, c.rt.Func(name, length, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return c
}

// Static adds a function to the constructor.
func (c *Class) Static(name string, length int, f Method) *Class {
	c.define(c.Ctor, name, c.rt.Func(name, length, f))
	return c
}

func (c *Class) define(obj *goja.Object, name string, v goja.Value) {
	if c.host.es6 {
		_ = obj.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return
	}
	_ = obj.Set(name, v)
}

// Accessor adds a property with a getter and, if set is not nil, a setter,
// configurable and not enumerable unless enumerable says so.
func (c *Class) Accessor(name string, get func(this goja.Value) goja.Value, set func(this, v goja.Value), enumerable ...bool) *Class {
	c.rt.Accessor(c.Proto, name, get, set, len(enumerable) > 0 && enumerable[0])
	return c
}

// Accessor adds an accessor property to obj.
func (rt *Runtime) Accessor(obj *goja.Object, name string, get func(this goja.Value) goja.Value, set func(this, v goja.Value), enumerable bool) {
	var g, s goja.Value
	if get != nil {
		g = rt.Func("get "+name, 0, func(c goja.FunctionCall) goja.Value { return get(c.This) })
	}
	if set != nil {
		s = rt.Func("set "+name, 1, func(c goja.FunctionCall) goja.Value {
			set(c.This, c.Argument(0))
			return goja.Undefined()
		})
	}
	_ = obj.DefineAccessorProperty(name, g, s, goja.FLAG_TRUE, goja.ToFlag(enumerable))
}

// Seal remembers the built-in members, so that a replaced one is seen at the
// next self-call. Call it when all members are defined, before any script runs.
func (c *Class) Seal() *Class {
	c.host.capture()
	return c
}

// Host returns the events.Host for Go objects of the class.
func (c *Class) Host() events.Host { return c.host }

// NewableOnly makes a constructor that is a plain function and throws the error
// of onCall when it is called without new.
func (rt *Runtime) NewableOnly(name string, init func(this *goja.Object, args []goja.Value) *goja.Object, onCall func() error) *goja.Object {
	shell, err := rt.VM.RunScript("node:internal/spindle/class",
		"(function (init, fail) { return function "+name+"() { if (!new.target) fail(); return init.apply(this, arguments) } })")
	if err != nil {
		panic(err)
	}
	return rt.Call(shell, goja.Undefined(), rt.VM.ToValue(func(c goja.FunctionCall) goja.Value {
		if r := init(c.This.(*goja.Object), c.Arguments); r != nil {
			return r
		}
		return goja.Undefined()
	}), rt.VM.ToValue(func(goja.FunctionCall) goja.Value {
		rt.Throw(onCall())
		return nil
	})).(*goja.Object)
}
