package cryptomod

import (
	"errors"
	"slices"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/nodeerr"
)

// web is the Web Crypto API of one runtime: globalThis.crypto and its classes.
type web struct {
	crypto                              *goja.Object
	cryptoClass, subtleClass, cryptoKey *bind.Class
	subtle                              *goja.Object
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
	c.WebMethod("getRandomValues", 1, func(call goja.FunctionCall) goja.Value {
		check(call.This)
		m.requiredArguments("Failed to execute 'getRandomValues' on 'Crypto': ", 1, len(call.Arguments))
		return m.getRandomValues(call)
	})
	c.WebMethod("randomUUID", 0, func(call goja.FunctionCall) goja.Value { check(call.This); return m.randomUUID(call) })
	c.Tag("Crypto")
	w.subtleClass.Tag("SubtleCrypto")
	w.subtleClass.Static("supports", 2, m.webSupports)
	m.defineCryptoKey(w.cryptoKey)
	m.subtleMethods(w.subtleClass)
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
type cryptoKey struct {
	key         *keyObject
	algorithm   keyAlgorithm
	extractable bool
	usages      []string

	algorithmValue, usagesValue goja.Value // made when asked for
}

// keyAlgorithm is what key.algorithm tells.
type keyAlgorithm struct {
	name   string
	length int    // AES, HMAC: bits
	hash   string // "SHA-256"
	curve  string
}

func (m *module) defineCryptoKey(c *bind.Class) {
	rt := m.rt
	of := func(v goja.Value) *cryptoKey {
		k, ok := bind.From(v).(*cryptoKey)
		if !ok {
			rt.Throw(bind.InvalidThis("CryptoKey"))
		}
		return k
	}
	props := []struct {
		name string
		get  func(k *cryptoKey) goja.Value
	}{
		{"type", func(k *cryptoKey) goja.Value { return rt.VM.ToValue(k.key.kind) }},
		{"extractable", func(k *cryptoKey) goja.Value { return rt.VM.ToValue(k.extractable) }},
		{"algorithm", m.algorithmValue},
		{"usages", func(k *cryptoKey) goja.Value {
			if k.usagesValue == nil {
				k.usagesValue = rt.ToValue(append([]string{}, k.usages...))
			}
			return k.usagesValue
		}},
	}
	for _, p := range props {
		c.Accessor(p.name, func(this goja.Value) goja.Value { return p.get(of(this)) }, nil, true)
	}
	c.Tag("CryptoKey")
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		if depth < 0 {
			return o
		}
		k := of(o)
		opts.Depth--
		shown := rt.VM.NewObject()
		for _, p := range props {
			_ = shown.Set(p.name, p.get(k))
		}
		return rt.Mirror.StringValue("CryptoKey " + rt.Inspector.Inspect(shown, opts))
	})
	rt.Brands["CryptoKey"] = func(o *goja.Object) bool { _, ok := bind.From(o).(*cryptoKey); return ok }
	rt.Equals((*cryptoKey)(nil), func(a, b any) bool {
		x, y := a.(*cryptoKey), b.(*cryptoKey)
		return x.key.equal(y.key) && x.algorithm == y.algorithm && x.extractable == y.extractable && slices.Equal(x.usages, y.usages)
	})
}

func (m *module) algorithmValue(k *cryptoKey) goja.Value {
	if k.algorithmValue != nil {
		return k.algorithmValue
	}
	vm := m.rt.VM
	o := vm.NewObject()
	k.algorithmValue = o
	a := k.algorithm
	_ = o.Set("name", a.name)
	if a.length > 0 {
		_ = o.Set("length", a.length)
	}
	if key := k.key.key; key != nil && key.RSA != nil {
		_ = o.Set("modulusLength", key.RSA.N.BitLen())
		e, err := vm.New(vm.Get("Uint8Array"), vm.ToValue(vm.NewArrayBuffer(key.RSA.E.Bytes())))
		if err != nil {
			panic(err)
		}
		_ = o.Set("publicExponent", e)
	}
	if a.hash != "" {
		h := vm.NewObject()
		_ = h.Set("name", a.hash)
		_ = o.Set("hash", h)
	}
	if a.curve != "" {
		_ = o.Set("namedCurve", a.curve)
	}
	return o
}

func (m *module) cryptoKeyValue(k *cryptoKey) *goja.Object {
	o := m.rt.VM.CreateObject(m.webCrypto().cryptoKey.Proto)
	m.rt.Attach(o, k)
	return o
}

// domException throws a DOMException.
func (m *module) domException(message, name string) { panic(m.rt.NewDOMException(message, name)) }

// operationError is how a failed operation rejects its promise.
func (m *module) operationError(err error) goja.Value {
	e := m.rt.NewDOMException("The operation failed for an operation-specific reason", "OperationError")
	var own *nodeerr.Error
	if errors.As(err, &own) && slices.ContainsFunc(own.Props, func(p nodeerr.Prop) bool { return p.Key == "library" }) {
		// OpenSSL's errors come without their code here.
		err = nodeerr.New(nodeerr.KindError, "", own.Message)
	}
	_ = e.DefineDataProperty("cause", m.rt.ErrorValue(err), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return e
}

// try runs f and returns what it threw.
func (m *module) try(f func() goja.Value) (v, thrown goja.Value) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case *goja.Exception:
			thrown = x.Value()
		case goja.Value:
			thrown = x
		default:
			panic(x)
		}
	}()
	return f(), nil
}

// subtleMethod describes a method of SubtleCrypto: its arguments are converted in
// order, all of them before f looks at them.
type subtleMethod struct {
	name             string
	length, required int
	experimental     bool
	args             []argKind
	f                func(c *webCall) job
}

// subtleMethods adds the methods of SubtleCrypto, each of which returns a promise
// of what its job yields.
func (m *module) subtleMethods(c *bind.Class) {
	const alg, format, key, data, keyData, flag, usages = argAlgorithm, argFormat, argKey, argData, argKeyData, argBoolean, argUsages
	type kinds = []argKind
	for _, x := range []subtleMethod{
		{"encrypt", 3, 3, false, kinds{alg, key, data}, m.webCipher},
		{"decrypt", 3, 3, false, kinds{alg, key, data}, m.webCipher},
		{"sign", 3, 3, false, kinds{alg, key, data}, m.webSign},
		{"verify", 4, 4, false, kinds{alg, key, data, data}, m.webVerify},
		{"digest", 2, 2, false, kinds{alg, data}, m.webDigest},
		{"generateKey", 3, 3, false, kinds{alg, flag, usages}, m.webGenerate},
		{"deriveKey", 5, 5, false, kinds{alg, key, alg, flag, usages}, m.webDeriveKey},
		{"deriveBits", 2, 2, false, kinds{alg, key, argLength}, m.webDeriveBits},
		{"importKey", 5, 4, false, kinds{format, keyData, alg, flag, usages}, m.webImport},
		{"exportKey", 2, 2, false, kinds{format, key}, m.webExport},
		{"wrapKey", 4, 4, false, kinds{format, key, key, alg}, m.webWrap},
		{"unwrapKey", 7, 7, false, kinds{format, data, key, alg, alg, flag, usages}, m.webUnwrap},
		{"getPublicKey", 2, 2, true, kinds{key, usages}, m.webGetPublic},
		{"encapsulateBits", 2, 2, true, kinds{alg, key}, m.webEncapsulate},
		{"encapsulateKey", 5, 5, true, kinds{alg, key, alg, flag, usages}, m.webEncapsulate},
		{"decapsulateBits", 3, 3, true, kinds{alg, key, data}, m.webDecapsulate},
		{"decapsulateKey", 6, 6, true, kinds{alg, key, data, alg, flag, usages}, m.webDecapsulate},
	} {
		m.subtleMethod(c, x)
	}
}

func (m *module) subtleMethod(c *bind.Class, x subtleMethod) {
	rt := m.rt
	c.WebMethod(x.name, x.length, func(call goja.FunctionCall) goja.Value {
		if x.experimental {
			m.experimental("The " + x.name + " Web Crypto API method")
		}
		p, resolve, reject := engine.NewPromise(rt.VM)
		var j job
		_, thrown := m.try(func() goja.Value {
			if call.This != goja.Value(m.web.subtle) {
				rt.Throw(bind.InvalidThis("SubtleCrypto"))
			}
			m.requiredArguments("Failed to execute '"+x.name+"' on 'SubtleCrypto': ", x.required, len(call.Arguments))
			j = x.f(m.convert(x.name, x.args, call.Arguments))
			return nil
		})
		if thrown != nil {
			_ = reject(thrown)
			return rt.VM.ToValue(p)
		}
		m.settle(j, resolve, reject)
		return rt.VM.ToValue(p)
	})
}

// requiredArguments throws where fewer arguments were given.
func (m *module) requiredArguments(prefix string, required, given int) {
	if given >= required {
		return
	}
	what := " arguments required, but only "
	if required == 1 {
		what = " argument required, but only "
	}
	m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_MISSING_ARGS", prefix+strconv.Itoa(required)+what+strconv.Itoa(given)+" present."))
}

// settle runs a job for a promise: a job without run is done at once.
func (m *module) settle(j job, resolve, reject func(any) error) {
	finish := func(result any) {
		v, thrown := m.try(func() goja.Value {
			if out := j.value(result); len(out) > 0 {
				return out[0]
			}
			return goja.Undefined()
		})
		if thrown != nil {
			_ = reject(thrown)
			return
		}
		_ = resolve(v)
	}
	if j.run == nil {
		finish(nil)
		return
	}
	var result any
	m.work("WEBCRYPTO", job{run: j.run, value: func(v any) []goja.Value { result = v; return nil }}, func(err error, _ []goja.Value) {
		if err != nil {
			_ = reject(m.operationError(err))
			return
		}
		finish(result)
	})
}

// ready is a job that is done.
func ready(v goja.Value) job { return job{value: func(any) []goja.Value { return []goja.Value{v} }} }

// arrayBuffer is a job whose result is an ArrayBuffer.
func (m *module) arrayBuffer(run func() ([]byte, error)) job {
	return job{run: func() (any, error) { return run() }, value: one(func(v any) goja.Value {
		return m.rt.VM.ToValue(m.rt.VM.NewArrayBuffer(v.([]byte)))
	})}
}
