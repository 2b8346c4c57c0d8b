package bind

import (
	"reflect"

	"github.com/dop251/goja"
)

// Restore makes a copied or moved object in another runtime, or in the same
// one. It is called on that runtime's goroutine.
type Restore = func(rt *Runtime) goja.Value

// Cloneable is Go state whose object can be copied by structuredClone and
// postMessage: platform objects that are serializable
// (https://html.spec.whatwg.org/multipage/structured-data.html). What Restore
// holds must be safe to use on another goroutine.
type Cloneable interface {
	Clone(rt *Runtime) Restore
}

// Cloning says how objects whose Go state has the type of sample are copied, where
// that type is of a package that knows no JavaScript: as Cloneable does.
func (rt *Runtime) Cloning(sample any, f func(state any) Restore) {
	if rt.clones == nil {
		rt.clones = map[reflect.Type]func(any) Restore{}
	}
	rt.clones[reflect.TypeOf(sample)] = f
}

// CloneState returns what a copy of an object is made of; ok is false where it
// cannot be copied.
func (rt *Runtime) CloneState(state any) (restore Restore, ok bool) {
	if c, ok := state.(Cloneable); ok {
		return c.Clone(rt), true
	}
	if f := rt.clones[reflect.TypeOf(state)]; f != nil {
		return f(state), true
	}
	return nil, false
}

// Transferable is Go state whose object can be named in a transfer list.
// TransferClass is its class as messages name it; CanTransfer throws where the
// object cannot be moved just now; Transfer moves it, after which the object is
// of no use.
type Transferable interface {
	TransferClass() string
	CanTransfer(rt *Runtime)
	Transfer(rt *Runtime) Restore
}
