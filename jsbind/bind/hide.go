package bind

import "github.com/dop251/goja"

// hidden are the symbols under which bindings keep state on objects. No program
// can get hold of them.
var hidden = map[*goja.Symbol]bool{stateSymbol: true}

// HiddenSymbol makes a symbol for a property that reflection does not show.
// Call it when a package is initialised.
func HiddenSymbol(name string) *goja.Symbol {
	s := goja.NewSymbol(name)
	hidden[s] = true
	return s
}

// Hide makes a symbol of another package one that reflection does not show.
// Call it when a package is initialised.
func Hide(s *goja.Symbol) { hidden[s] = true }

// PromisifyNames is the key under which a function names the values that its
// callback gets, for util.promisify to make an object of them: an array of
// strings.
var PromisifyNames = HiddenSymbol("customPromisifyArgs")

// ResistStop is the key of an option of addEventListener: the listener is called
// even after stopImmediatePropagation.
var ResistStop = HiddenSymbol("kResistStopPropagation")

// hideState keeps hidden symbols out of what lists all keys of an object.
func (rt *Runtime) hideState() {
	object := rt.VM.Get("Object").(*goja.Object)
	rt.filterKeys(rt.VM.Get("Reflect").(*goja.Object), "ownKeys")
	rt.filterKeys(object, "getOwnPropertySymbols")
	all := rt.Callable(object.Get("getOwnPropertyDescriptors"))
	define(rt, object, "getOwnPropertyDescriptors", 1, func(c goja.FunctionCall) goja.Value {
		r := all(c)
		if o, ok := r.(*goja.Object); ok {
			for s := range hidden {
				_ = o.DeleteSymbol(s)
			}
		}
		return r
	})
}

func define(rt *Runtime, o *goja.Object, name string, length int, f Method) {
	_ = o.DefineDataProperty(name, rt.Func(name, length, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// filterKeys takes the hidden symbols out of the array that a function returns.
func (rt *Runtime) filterKeys(o *goja.Object, name string) {
	list := rt.Callable(o.Get(name))
	define(rt, o, name, 1, func(c goja.FunctionCall) goja.Value {
		r := list(c)
		keys, ok := r.(*goja.Object)
		if !ok {
			return r
		}
		n := int(keys.Get("length").ToInteger())
		kept := make([]any, 0, n)
		for i := range n {
			k := keys.Get(itoa(i))
			if s, ok := k.(*goja.Symbol); ok && hidden[s] {
				continue
			}
			kept = append(kept, k)
		}
		if len(kept) == n {
			return r
		}
		return rt.VM.NewArray(kept...)
	})
}
