package bind

import (
	"reflect"

	"github.com/dop251/goja"
)

// carrier is a symbol value that carries a Go value: hidden state for objects
// that are not plain (functions, arrays), and where goja's layout is another
// than engine.go knows.
type carrier struct {
	goja.Symbol
	value any
}

var stateSymbol = goja.NewSymbol("spindle.state")

func (rt *Runtime) attachSymbol(obj *goja.Object, v any) {
	c := &carrier{Symbol: *stateSymbol, value: v}
	if err := obj.DefineDataPropertySymbol(stateSymbol, c, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		panic(err)
	}
}

var proxyType = reflect.TypeOf(goja.Proxy{})

// IsProxy reports whether obj is a Proxy. Its state is its target's (From), but
// for the classes that keep theirs in private fields in Node, which refuse it.
func IsProxy(obj *goja.Object) bool { return obj.ExportType() == proxyType }

// IsStateSymbol reports whether s is the key of the hidden state, which
// reflection shows to nobody but a program that asks for symbols.
func IsStateSymbol(s *goja.Symbol) bool { return s == stateSymbol }
