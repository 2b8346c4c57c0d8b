package webstreamsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// CanTransfer names the class of a web stream that may be moved, "" for other
// values; it throws for a stream that is locked
// (https://streams.spec.whatwg.org/#rs-transfer).
func CanTransfer(rt *bind.Runtime, o *goja.Object) string {
	kind := Kind(rt, o)
	if kind != "" {
		End(rt, "canTransfer", o)
	}
	return kind
}

// Transfer moves a stream: its chunks go through ports from here to wherever it
// is restored.
func Transfer(rt *bind.Runtime, o *goja.Object) bind.Restore {
	kind := Kind(rt, o)
	ports := End(rt, "transfer", o)
	message := rt.Serialize(ports, portsOf(rt, ports))
	return func(rt *bind.Runtime) goja.Value {
		v, _ := rt.Deserialize(message)
		Parts(rt)
		return End(rt, "receive", rt.VM.ToValue(kind), v)
	}
}

func portsOf(rt *bind.Runtime, list goja.Value) (out []goja.Value) {
	rt.VM.ForOf(list, func(v goja.Value) bool {
		out = append(out, v)
		return true
	})
	return out
}
