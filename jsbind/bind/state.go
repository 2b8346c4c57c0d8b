package bind

import "github.com/dop251/goja"

// carrier is a symbol value that carries a Go value: the one form of hidden
// state that stays an ordinary, extensible object without unsafe.
type carrier struct {
	goja.Symbol
	value any
}

var stateSymbol = goja.NewSymbol("spindle.state")

// Attach hides v on obj. A second call replaces the first value.
func (rt *Runtime) Attach(obj *goja.Object, v any) {
	c := &carrier{Symbol: *stateSymbol, value: v}
	if err := obj.DefineDataPropertySymbol(stateSymbol, c, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		panic(err)
	}
}

// From returns the Go value hidden on v or on an object of its prototype chain,
// nil if there is none.
func From(v goja.Value) any {
	obj, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if c, ok := obj.GetSymbol(stateSymbol).(*carrier); ok {
		return c.value
	}
	return nil
}

// IsStateSymbol reports whether s is the key of the hidden state, which
// reflection shows to nobody but a program that asks for symbols.
func IsStateSymbol(s *goja.Symbol) bool { return s == stateSymbol }
