package cryptomod

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// supportable are the operations that SubtleCrypto.supports knows.
var supportable = []string{"decapsulateBits", "decapsulateKey", "decrypt", "deriveBits", "deriveKey", "digest", "encapsulateBits",
	"encapsulateKey", "encrypt", "exportKey", "generateKey", "getPublicKey", "importKey", "sign", "unwrapKey", "verify", "wrapKey"}

// webSupports is SubtleCrypto.supports(operation, algorithm, length or algorithm)
// (https://nodejs.org/docs/latest-v24.x/api/webcrypto.html#static-method-subtlecryptosupportsoperation-algorithm-lengthoradditionalalgorithm).
func (m *module) webSupports(c goja.FunctionCall) goja.Value {
	const method = "supports"
	m.experimental("The supports Web Crypto API method")
	if c.This != goja.Value(m.web.subtleClass.Ctor) {
		m.rt.Throw(bind.InvalidThis("SubtleCrypto constructor"))
	}
	m.requiredArguments("Failed to execute 'supports' on 'SubtleCrypto': ", 2, len(c.Arguments))
	if _, ok := c.Argument(0).(*goja.Symbol); ok {
		m.badArgument(method, 0, "ERR_INVALID_ARG_TYPE", "is a Symbol and cannot be converted to a string.")
	}
	operation, algorithm := c.Argument(0).String(), m.algorithmArg(method, 1, c.Argument(1))
	if !slices.Contains(supportable, operation) {
		return m.rt.VM.ToValue(false)
	}
	third := c.Argument(2)
	if goja.IsUndefined(third) {
		third = goja.Null()
	}
	return m.rt.VM.ToValue(m.supports(operation, algorithm, third))
}

// attempt reports whether f throws nothing.
func (m *module) attempt(f func()) bool {
	_, thrown := m.try(func() goja.Value { f(); return nil })
	return thrown == nil
}

func (m *module) supports(operation string, algorithm, third goja.Value) bool {
	additional := func() goja.Value { return m.algorithmArg("supports", 2, third) }
	bits := -1
	switch operation {
	case "deriveKey":
		a := additional()
		if !m.supported("importKey", a, -1) || !m.attempt(func() { bits = m.keyBits(a) }) {
			return false
		}
		operation = "deriveBits"
	case "wrapKey":
		if !m.supported("exportKey", additional(), -1) {
			return false
		}
	case "unwrapKey":
		if !m.supported("importKey", additional(), -1) {
			return false
		}
	case "deriveBits":
		if !goja.IsNull(third) {
			bits = int(uint32(third.ToInteger()))
		}
	case "getPublicKey":
		var p *webParams
		return m.attempt(func() { p = m.normalize(algorithm, "exportKey") }) && !isSecret(p.name)
	case "encapsulateKey", "decapsulateKey":
		var p *webParams
		a := additional()
		if !m.attempt(func() { p = m.normalize(a, "importKey") }) || !isSecret(p.name) {
			return false
		}
		if n := p.number("length"); n >= 0 && n != 256 {
			return false
		}
	}
	return m.supported(operation, algorithm, bits)
}

// supported reports whether an operation could begin.
func (m *module) supported(operation string, algorithm goja.Value, bits int) bool {
	for _, bare := range []string{"encapsulate", "decapsulate"} {
		if strings.HasPrefix(operation, bare) {
			operation = bare
		}
	}
	var p *webParams
	if !m.attempt(func() { p = m.normalize(algorithm, operation) }) {
		switch operation {
		case "wrapKey":
			return m.supported("encrypt", algorithm, bits)
		case "unwrapKey":
			return m.supported("decrypt", algorithm, bits)
		}
		return false
	}
	switch {
	case operation == "deriveBits" && p.kind != "EcdhKeyDeriveParams":
		return derivedLength(p.name, bits) == ""
	case operation == "generateKey" && p.name == "HMAC":
		return p.number("length") >= 0 || !strings.HasPrefix(p.hash(), "SHA3-")
	}
	return true
}
