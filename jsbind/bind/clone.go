package bind

import "github.com/dop251/goja"

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

// Transferable is Go state whose object can be named in a transfer list.
// TransferClass is its class as messages name it; CanTransfer throws where the
// object cannot be moved just now; Transfer moves it, after which the object is
// of no use.
type Transferable interface {
	TransferClass() string
	CanTransfer(rt *Runtime)
	Transfer(rt *Runtime) Restore
}
