package cryptomod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// web is the Web Crypto API of one runtime: globalThis.crypto and its classes.
type web struct {
	crypto                   *goja.Object
	cryptoClass, subtleClass *bind.Class
	cryptoKey                *bind.Class
	subtle                   *goja.Object
}

// LoadGlobals returns an object with the web's globals: crypto, Crypto,
// SubtleCrypto and CryptoKey.
func LoadGlobals(rt *bind.Runtime) goja.Value {
	w := get(rt).webCrypto()
	o := rt.VM.NewObject()
	_ = o.Set("crypto", w.crypto)
	_ = o.Set("Crypto", w.cryptoClass.Ctor)
	_ = o.Set("SubtleCrypto", w.subtleClass.Ctor)
	_ = o.Set("CryptoKey", w.cryptoKey.Ctor)
	return o
}

func (m *module) webCrypto() *web {
	if m.web != nil {
		return m.web
	}
	rt := m.rt
	w := &web{}
	m.web = w
	illegal := func(*goja.Object, []goja.Value) *goja.Object {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"))
		return nil
	}
	w.cryptoClass = rt.NewClass(bind.ClassDef{Name: "Crypto", ES6: true, New: illegal})
	w.subtleClass = rt.NewClass(bind.ClassDef{Name: "SubtleCrypto", ES6: true, New: illegal})
	w.cryptoKey = rt.NewClass(bind.ClassDef{Name: "CryptoKey", ES6: true, New: illegal})
	w.crypto, w.subtle = rt.VM.CreateObject(w.cryptoClass.Proto), rt.VM.CreateObject(w.subtleClass.Proto)
	check := func(this goja.Value) {
		if this != goja.Value(w.crypto) {
			rt.Throw(bind.InvalidThis("Crypto"))
		}
	}
	c := w.cryptoClass
	c.Accessor("subtle", func(this goja.Value) goja.Value { check(this); return w.subtle }, nil, true)
	c.WebMethod("getRandomValues", 1, func(call goja.FunctionCall) goja.Value { check(call.This); return m.getRandomValues(call) })
	c.WebMethod("randomUUID", 0, func(call goja.FunctionCall) goja.Value { check(call.This); return m.randomUUID(call) })
	c.Tag("Crypto")
	w.subtleClass.Tag("SubtleCrypto")
	w.cryptoKey.Tag("CryptoKey")
	return w
}

// webExports adds webcrypto, subtle and getRandomValues to the module.
func (m *module) webExports() {
	rt, e := m.rt, m.exports
	rt.Accessor(e, "webcrypto", func(goja.Value) goja.Value { return m.webCrypto().crypto }, func(goja.Value, goja.Value) {}, true)
	rt.Accessor(e, "subtle", func(goja.Value) goja.Value { return m.webCrypto().subtle }, nil, true)
	var random goja.Value
	rt.Accessor(e, "getRandomValues", func(goja.Value) goja.Value {
		if random == nil {
			random = rt.Func("getRandomValues", 1, m.getRandomValues)
		}
		return random
	}, nil, true)
}

// cryptoKey is the state of a CryptoKey.
type cryptoKey struct{ key *keyObject }

func (m *module) toCryptoKey(goja.FunctionCall) goja.Value {
	m.rt.Throw(nodeerr.MethodNotImplemented("keyObject.toCryptoKey()"))
	return nil
}
