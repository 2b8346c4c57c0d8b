package lang

import "github.com/dop251/goja"

// Constructible lets new be used with a native function that is a plain function
// of JavaScript in Node, such as Buffer.alloc: what it returns is the result.
// fn is a function that goja made of a func(goja.FunctionCall) goja.Value.
func Constructible(vm *goja.Runtime, fn *goja.Object) {
	p := nativeParts(fn)
	if p == nil || p.construct != nil {
		return
	}
	f := p.f
	p.construct = func(args []goja.Value, _ *goja.Object) *goja.Object {
		this := vm.NewObject()
		if o, ok := f(goja.FunctionCall{This: this, Arguments: args}).(*goja.Object); ok {
			return o
		}
		return this
	}
}
