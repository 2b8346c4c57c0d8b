package lang

import "github.com/dop251/goja"

// Hooks is what the language needs from its surroundings. The fields may be
// set at any time by the goroutine that owns the runtime.
type Hooks struct {
	// Post hands a function to the runtime's goroutine. It is called from
	// other goroutines, must not block, and does not keep the process alive.
	// While it is nil, FinalizationRegistry never calls back.
	Post func(func())

	// Import answers import(specifier, options) in the file named referrer
	// with a promise of the module's namespace object.
	Import func(referrer string, specifier, options goja.Value) goja.Value

	// ImportMeta returns the value of import.meta in the module of that name.
	ImportMeta func(name string) goja.Value

	// NativeFrame says how a stack shows a call of the native function of
	// that name: as "EventEmitter.emit (node:events:519:28)", or, when it
	// returns "", not at all. While it is nil, none is shown but the
	// engine's own.
	NativeFrame func(name string) string
}

// Install adds to vm what goja lacks of the language. It is called once, before
// any program runs.
func Install(vm *goja.Runtime) *Hooks {
	h := &Hooks{}
	learnLayout(vm)
	installErrors(vm, h)
	rx := installRegExp(vm)
	installHidden(vm, [4]goja.Value{
		vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if h.Import == nil {
				panic(vm.NewTypeError("import() is not available here"))
			}
			return h.Import(c.Argument(0).String(), c.Argument(1), c.Argument(2))
		}),
		vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if h.ImportMeta == nil {
				return vm.NewObject()
			}
			return h.ImportMeta(c.Argument(0).String())
		}),
		vm.ToValue(rx.literal),
		goja.Undefined(),
	})
	installSymbols(vm)
	return h
}
