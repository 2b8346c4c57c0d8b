package jsbind

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/cryptomod"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
	"github.com/spindle-js/spindle/jsbind/modules/urlmod"
	"github.com/spindle-js/spindle/nodeerr"
)

// lazyGlobals are the globals that are loaded with their module.
var lazyGlobals = []lazyGlobal{
	{name: "Buffer", module: "buffer", export: "Buffer"},
	{name: "atob", module: "buffer", export: "atob", enumerable: true},
	{name: "btoa", module: "buffer", export: "btoa", enumerable: true},
	{name: "AbortController", load: eventtargetmod.Load, export: "AbortController"},
	{name: "AbortSignal", load: eventtargetmod.Load, export: "AbortSignal"},
	{name: "CustomEvent", load: eventtargetmod.Load, export: "CustomEvent"},
	{name: "Event", load: eventtargetmod.Load, export: "Event"},
	{name: "EventTarget", load: eventtargetmod.Load, export: "EventTarget"},
	{name: "fetch", load: fetch, enumerable: true},
	{name: "console", module: "console"},
	{name: "crypto", load: cryptomod.LoadGlobals, export: "crypto", enumerable: true},
	{name: "Crypto", load: cryptomod.LoadGlobals, export: "Crypto"},
	{name: "CryptoKey", load: cryptomod.LoadGlobals, export: "CryptoKey"},
	{name: "SubtleCrypto", load: cryptomod.LoadGlobals, export: "SubtleCrypto"},
	{name: "URLPattern", load: urlmod.URLPattern},
	{name: "TextDecoder", module: "util", export: "TextDecoder"},
	{name: "TextEncoder", module: "util", export: "TextEncoder"},
}

// fetch is not there yet: it returns a promise that says so.
func fetch(rt *bind.Runtime) goja.Value {
	return rt.Func("fetch", 1, func(goja.FunctionCall) goja.Value {
		p, _, reject := rt.VM.NewPromise()
		_ = reject(rt.ErrorValue(nodeerr.MethodNotImplemented("fetch()")))
		return rt.VM.ToValue(p)
	})
}
