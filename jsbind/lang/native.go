package lang

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Helpers to define native functions and classes as ECMA-262 lays built-ins
// out: writable, configurable, not enumerable, with the right name and length.

type native = func(goja.FunctionCall) goja.Value

// newNative makes a function object.
func newNative(vm *goja.Runtime, name string, length int, f native) *goja.Object {
	return engine.NewNative(vm, name, length, f)
}

// setNameLength sets the name and length properties of a native function.
func setNameLength(fn *goja.Object, name string, length int) {
	_ = fn.DefineDataProperty("name", goString(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = fn.DefineDataProperty("length", goInt(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// define puts a property that is writable, configurable and not enumerable.
func define(o *goja.Object, name string, v goja.Value) {
	_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// method defines a method; how it is named and what it is called on show in
// messages only.
func method(vm *goja.Runtime, o *goja.Object, name string, length int, f native) {
	define(o, name, newNative(vm, name, length, f))
}

// methodSymbol defines a method whose key is a symbol.
func methodSymbol(vm *goja.Runtime, o *goja.Object, sym *goja.Symbol, name string, length int, f native) {
	_ = o.DefineDataPropertySymbol(sym, newNative(vm, name, length, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// getter defines an accessor without a setter.
func getter(vm *goja.Runtime, o *goja.Object, name string, f native) {
	_ = o.DefineAccessorProperty(name, newNative(vm, "get "+name, 0, f), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// tag defines Symbol.toStringTag.
func tag(o *goja.Object, name string) {
	_ = o.DefineDataPropertySymbol(goja.SymToStringTag, goString(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// lazy defines a writable property whose value is made when it is first read.
func lazy(vm *goja.Runtime, o *goja.Object, name string, enumerable goja.Flag, load func() goja.Value) {
	replace := func(v goja.Value) {
		_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, enumerable)
	}
	var value goja.Value
	get := newNative(vm, "get "+name, 0, func(goja.FunctionCall) goja.Value {
		if value == nil {
			value = load()
			replace(value)
		}
		return value
	})
	set := newNative(vm, "set "+name, 1, func(c goja.FunctionCall) goja.Value {
		value = c.Argument(0)
		if this, ok := c.This.(*goja.Object); ok && this != o {
			_ = this.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			return goja.Undefined()
		}
		replace(value)
		return goja.Undefined()
	})
	_ = o.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, enumerable)
}

// constructor is what a native class does for new and super(): it returns the
// new object, whose prototype has to be proto.
type constructor = func(args []goja.Value, proto *goja.Object) *goja.Object

// newClass makes a constructor that must be called with new, and its prototype
// object.
func newClass(vm *goja.Runtime, name string, length int, construct constructor) (ctor, proto *goja.Object) {
	ctor = vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		return construct(c.Arguments, c.This.Prototype())
	}).(*goja.Object)
	proto = vm.NewObject()
	setNameLength(ctor, name, length)
	_ = ctor.DefineDataProperty("prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	define(proto, "constructor", ctor)
	if n := nativeParts(ctor); n != nil {
		n.f = func(goja.FunctionCall) goja.Value {
			panic(vm.NewTypeError("Constructor %s requires 'new'", name))
		}
		n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			return construct(args, prototypeFor(newTarget, proto))
		}
	}
	return ctor, proto
}

// prototypeFor is GetPrototypeFromConstructor (ECMA-262 10.1.14).
func prototypeFor(newTarget, byDefault *goja.Object) *goja.Object {
	if newTarget != nil {
		if p, ok := newTarget.Get("prototype").(*goja.Object); ok {
			return p
		}
	}
	return byDefault
}

// arg returns the i-th argument or undefined.
func arg(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

// callable returns the function behind v. Calls of it do not run promise jobs
// and panic with what JavaScript throws, so it is for use inside native
// functions only.
func callable(v goja.Value) (native, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if n := nativeParts(o); n != nil && n.f != nil {
		return n.f, true
	}
	if o.ClassName() != "Function" {
		return nil, false // Export of a plain object would copy it
	}
	f, ok := o.Export().(func(goja.FunctionCall) goja.Value)
	return f, ok
}

// throwRange panics with a RangeError.
func throwRange(vm *goja.Runtime, msg string) {
	panic(newError(vm, "RangeError", msg))
}

// newError makes an error of a built-in class.
func newError(vm *goja.Runtime, class, msg string) *goja.Object {
	o, err := vm.New(vm.Get(class), goString(msg))
	if err != nil {
		panic(err)
	}
	return o
}

// host is a value that carries Go state in an object (newHost).
type host struct {
	goja.Value // undefined
	state      any
}

// Export returns the state, so that Object.Export does.
func (h *host) Export() any { return h.state }

// newHost makes an ordinary object of the given prototype that carries state
// where no program can see it: hostState returns it.
func newHost(vm *goja.Runtime, proto *goja.Object, state any) *goja.Object {
	o := goBool(true).ToObject(vm)
	_ = o.SetPrototype(proto)
	if p := primitiveParts(o); p != nil {
		p.class = "Object"
		p.pValue = &host{Value: goja.Undefined(), state: state}
	}
	return o
}

// hostState returns the state of an object made by newHost.
func hostState[T any](v goja.Value) (T, bool) {
	var zero T
	o, ok := v.(*goja.Object)
	if !ok {
		return zero, false
	}
	p := primitiveParts(o)
	if p == nil {
		return zero, false
	}
	h, ok := p.pValue.(*host)
	if !ok {
		return zero, false
	}
	state, ok := h.state.(T)
	return state, ok
}

// receiver returns the Go state of a method's receiver, or throws a TypeError.
func receiver[T any](vm *goja.Runtime, c goja.FunctionCall, name string) T {
	state, ok := hostState[T](c.This)
	if !ok {
		panic(vm.NewTypeError("Method %s called on incompatible receiver %s", name, describe(c.This)))
	}
	return state
}

// describe names a value in V8's messages.
func describe(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		if s, ok := v.(goja.String); ok {
			return s.String()
		}
		if s, ok := v.(*goja.Symbol); ok {
			return "Symbol(" + s.String() + ")"
		}
		return v.String()
	}
	if o.ClassName() == "Function" {
		return o.String()
	}
	switch o.ClassName() {
	case "Array":
		return "[object Array]"
	case "Module":
		return "[object Module]"
	}
	if c, ok := o.Get("constructor").(*goja.Object); ok {
		if name, ok := c.Get("name").(goja.String); ok && name.Length() > 0 {
			return "#<" + name.String() + ">"
		}
	}
	return "#<Object>"
}

// kindOf puts typeof before a value, as V8 does in "number 1 is not a function".
func kindOf(v goja.Value) string {
	switch {
	case v == nil || goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "object null"
	}
	switch x := v.(type) {
	case *goja.Object:
		if x.ClassName() == "Function" {
			return describe(v)
		}
		return describe(v)
	case *goja.Symbol:
		return "symbol " + describe(v)
	case goja.String:
		return "string \"" + x.String() + "\""
	}
	switch v.Export().(type) {
	case bool:
		return "boolean " + v.String()
	case int64, float64:
		return "number " + v.String()
	}
	if goja.IsBigInt(v) {
		return "bigint " + v.String()
	}
	return v.String()
}

func isUndefined(v goja.Value) bool { return v == nil || goja.IsUndefined(v) }

func isNullish(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

// MakeConstructor lets a native function be called with new, as a function that
// is written in JavaScript can be: it gets a new object for this.
func MakeConstructor(vm *goja.Runtime, fn *goja.Object) {
	n := nativeParts(fn)
	if n == nil || n.construct != nil {
		return
	}
	proto := vm.NewObject()
	_ = proto.DefineDataProperty("constructor", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = fn.DefineDataProperty("prototype", proto, goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	f := n.f
	n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		p := proto
		if newTarget != nil {
			if own, ok := newTarget.Get("prototype").(*goja.Object); ok {
				p = own
			}
		}
		this := vm.CreateObject(p)
		if o, ok := f(goja.FunctionCall{This: this, Arguments: args}).(*goja.Object); ok {
			return o
		}
		return this
	}
}
