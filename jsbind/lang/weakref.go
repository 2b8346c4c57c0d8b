package lang

import (
	"runtime"
	"weak"

	"github.com/dop251/goja"
)

// WeakRef and FinalizationRegistry (ECMA-262 26.1, 26.2) on Go's weak pointers
// and cleanups.

// weakTarget is what a WeakRef, a cell or an unregister token refers to: an
// object, weakly, or a symbol, which is held.
type weakTarget struct {
	object weak.Pointer[goja.Object]
	symbol *goja.Symbol
}

// newWeakTarget reports whether v can be held weakly (ECMA-262 9.13).
func newWeakTarget(v goja.Value) (weakTarget, bool) {
	switch v := v.(type) {
	case *goja.Object:
		return weakTarget{object: weak.Make(v)}, true
	case *goja.Symbol:
		return weakTarget{symbol: v}, true
	}
	return weakTarget{}, false
}

func (t weakTarget) value() goja.Value {
	if t.symbol != nil {
		return t.symbol
	}
	if o := t.object.Value(); o != nil {
		return o
	}
	return goja.Undefined()
}

// keptAlive holds what deref returned until the current job ends, so that two
// calls of deref in a row agree (ECMA-262 9.10).
type keptAlive struct {
	vm     *goja.Runtime
	values []goja.Value
}

func (k *keptAlive) add(v goja.Value) {
	k.values = append(k.values, v)
	if len(k.values) > 1 {
		return
	}
	p, resolve, _ := k.vm.NewPromise()
	then, ok := callable(k.vm.ToValue(p).ToObject(k.vm).Get("then"))
	if !ok {
		return
	}
	then(goja.FunctionCall{This: k.vm.ToValue(p), Arguments: []goja.Value{k.vm.ToValue(func(goja.FunctionCall) goja.Value {
		k.values = nil
		return goja.Undefined()
	})}})
	_ = resolve(goja.Undefined())
}

func installWeakRef(vm *goja.Runtime) {
	kept := &keptAlive{vm: vm}
	ctor, proto := newClass(vm, "WeakRef", 1, func(args []goja.Value, proto *goja.Object) *goja.Object {
		target, ok := newWeakTarget(arg(args, 0))
		if !ok {
			panic(vm.NewTypeError("WeakRef: invalid target"))
		}
		kept.add(args[0])
		return newHost(vm, proto, &target)
	})
	method(vm, proto, "deref", 0, func(c goja.FunctionCall) goja.Value {
		v := receiver[*weakTarget](vm, c, "WeakRef.prototype.deref").value()
		if !goja.IsUndefined(v) {
			kept.add(v)
		}
		return v
	})
	tag(proto, "WeakRef")
	define(vm.GlobalObject(), "WeakRef", ctor)
}

// registry is the state of a FinalizationRegistry.
type registry struct {
	cleanup goja.Value
	cells   map[*cell]struct{}
}

// cell is one registration. The cleanup that the garbage collector runs gets
// it, so it must not refer to the target.
type cell struct {
	registry *registry
	held     goja.Value
	token    weakTarget
	cleanup  runtime.Cleanup
	post     func(func())
}

// collected runs on a goroutine of the Go runtime after the target is gone.
func (c *cell) collected() {
	if c.post != nil {
		c.post(c.run)
	}
}

// run calls the program's callback, on the runtime's goroutine.
func (c *cell) run() {
	r := c.registry
	if _, ok := r.cells[c]; !ok {
		return // unregistered meanwhile
	}
	delete(r.cells, c)
	call, ok := goja.AssertFunction(r.cleanup)
	if !ok {
		return
	}
	_, err := call(goja.Undefined(), c.held)
	rethrow(err)
}

func installFinalizationRegistry(vm *goja.Runtime, hooks *Hooks) {
	ctor, proto := newClass(vm, "FinalizationRegistry", 1, func(args []goja.Value, proto *goja.Object) *goja.Object {
		if _, ok := goja.AssertFunction(arg(args, 0)); !ok {
			panic(vm.NewTypeError("FinalizationRegistry: cleanup must be callable"))
		}
		return newHost(vm, proto, &registry{cleanup: args[0], cells: make(map[*cell]struct{})})
	})
	const name = "FinalizationRegistry.prototype."
	method(vm, proto, "register", 2, func(c goja.FunctionCall) goja.Value {
		r := receiver[*registry](vm, c, name+"register")
		target, held, token := c.Argument(0), c.Argument(1), c.Argument(2)
		if _, ok := newWeakTarget(target); !ok {
			panic(vm.NewTypeError(name + "register: invalid target"))
		}
		if target.SameAs(held) {
			panic(vm.NewTypeError(name + "register: target and holdings must not be same"))
		}
		cl := &cell{registry: r, held: held, post: hooks.Post}
		if !goja.IsUndefined(token) {
			t, ok := newWeakTarget(token)
			if !ok {
				panic(vm.NewTypeError("Invalid unregisterToken ('%s')", describe(token)))
			}
			cl.token = t
		}
		r.cells[cl] = struct{}{}
		if o, ok := target.(*goja.Object); ok {
			cl.cleanup = runtime.AddCleanup(o, (*cell).collected, cl)
		}
		return goja.Undefined()
	})
	method(vm, proto, "unregister", 1, func(c goja.FunctionCall) goja.Value {
		r := receiver[*registry](vm, c, name+"unregister")
		token, ok := newWeakTarget(c.Argument(0))
		if !ok {
			panic(vm.NewTypeError("Invalid unregisterToken ('%s')", describe(c.Argument(0))))
		}
		removed := false
		for cl := range r.cells {
			if cl.token == token {
				cl.cleanup.Stop()
				delete(r.cells, cl)
				removed = true
			}
		}
		return goBool(removed)
	})
	tag(proto, "FinalizationRegistry")
	define(vm.GlobalObject(), "FinalizationRegistry", ctor)
}
