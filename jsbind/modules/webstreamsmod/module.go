package webstreamsmod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/library"
)

//go:embed js/*.js
var files embed.FS

var folder = library.New(files, "webstreams")

type moduleKey struct{}

// Parts returns what js/index.js makes: exports, and the inner functions.
func Parts(rt *bind.Runtime) *goja.Object {
	if o, ok := rt.Value(moduleKey{}).(*goja.Object); ok {
		return o
	}
	load := rt.Func("load", 1, func(c goja.FunctionCall) goja.Value {
		return folder.Run(rt, c.Argument(0).String(), c.Arguments[1:]...)
	})
	o := folder.Run(rt, "index", load)
	rt.SetValue(moduleKey{}, o)
	return o
}

// Load returns the exports of node:stream/web.
func Load(rt *bind.Runtime) goja.Value { return Parts(rt).Get("exports") }

// ByteStream makes a ReadableStream of bytes: pull returns a promise of the next
// Uint8Array, null at the end.
func ByteStream(rt *bind.Runtime, pull goja.Value) goja.Value {
	return rt.Call(Parts(rt).Get("byteStream"), goja.Undefined(), pull)
}

// Adapter returns a function of js/adapters.js, such as readableToWeb.
func Adapter(rt *bind.Runtime, name string) goja.Value {
	return Parts(rt).Get("adapters").(*goja.Object).Get(name)
}

// Kind names the class of a web stream, "" for other values. It costs nothing
// before the module is loaded.
func Kind(rt *bind.Runtime, v goja.Value) string {
	if o, ok := v.(*goja.Object); !ok || rt.Value(moduleKey{}) == nil || bind.IsNullish(o.GetSymbol(library.Symbol("state"))) {
		return ""
	}
	k := End(rt, "kind", v)
	if goja.IsUndefined(k) {
		return ""
	}
	return k.String()
}

// End calls a function of js/ends.js.
func End(rt *bind.Runtime, name string, args ...goja.Value) goja.Value {
	return rt.Call(Parts(rt).Get("ends").(*goja.Object).Get(name), goja.Undefined(), args...)
}
