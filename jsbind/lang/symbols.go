package lang

import "github.com/dop251/goja"

// The well-known symbols that goja lacks. Symbols may be shared by runtimes.
var (
	SymAsyncIterator = goja.NewSymbol("Symbol.asyncIterator")
	SymDispose       = goja.NewSymbol("Symbol.dispose")
	SymAsyncDispose  = goja.NewSymbol("Symbol.asyncDispose")
)

func installSymbols(vm *goja.Runtime) {
	symbol := vm.Get("Symbol").ToObject(vm)
	for name, sym := range map[string]*goja.Symbol{
		"asyncIterator": SymAsyncIterator,
		"dispose":       SymDispose,
		"asyncDispose":  SymAsyncDispose,
	} {
		_ = symbol.DefineDataProperty(name, sym, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
}
