package cryptomod

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// argKind is how an argument of a method of SubtleCrypto is converted, before
// anything is done with it.
type argKind int

const (
	argAlgorithm argKind = iota
	argFormat
	argKey
	argData
	argKeyData // bytes, or an object where the format is jwk
	argBoolean
	argUsages
	argLength // an unsigned long or null
)

// webCall is a call of a method with its arguments converted.
type webCall struct {
	method string
	values []any
}

func (c *webCall) algorithm(i int) goja.Value { return c.values[i].(goja.Value) }
func (c *webCall) format(i int) string        { return c.values[i].(string) }
func (c *webCall) key(i int) *cryptoKey       { return c.values[i].(*cryptoKey) }
func (c *webCall) data(i int) []byte          { return c.values[i].([]byte) }
func (c *webCall) flag(i int) bool            { return c.values[i].(bool) }
func (c *webCall) usages(i int) []string      { return c.values[i].([]string) }

// length is a number of bits, -1 for null.
func (c *webCall) length(i int) int { return c.values[i].(int) }

// convert converts the arguments of a call.
func (m *module) convert(method string, kinds []argKind, a []goja.Value) *webCall {
	c := &webCall{method: method}
	for i, kind := range kinds {
		v := arg(a, i)
		var x any
		switch kind {
		case argAlgorithm:
			x = m.algorithmArg(method, i, v)
		case argFormat:
			x = m.formatArg(method, i, v)
		case argKey:
			k, ok := bind.From(v).(*cryptoKey)
			if !ok {
				m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "is not of type CryptoKey.")
			}
			x = k
		case argData:
			x = m.sourceArg(method, i, v)
		case argKeyData:
			if c.format(0) == "jwk" {
				x = m.readJWK(method, i, v)
			} else {
				x = m.sourceArg(method, i, v)
			}
		case argBoolean:
			x = v.ToBoolean()
		case argUsages:
			x = m.usagesArg(method, i, v)
		case argLength:
			x = -1
			if !bind.IsNullish(v) {
				x = int(uint32(v.ToInteger()))
			}
		}
		c.values = append(c.values, x)
	}
	return c
}

func webDigest(name string) *crypto.Digest {
	if rest, ok := strings.CutPrefix(name, "SHA-"); ok {
		return crypto.LookupDigest("sha" + rest)
	}
	return crypto.LookupDigest(strings.Replace(name, "cSHAKE", "shake", 1))
}

// badArgument throws for an argument of a method of SubtleCrypto; for a function
// that has no name to tell, method is "".
func (m *module) badArgument(method string, i int, code, text string) {
	prefix, what := "Failed to execute '"+method+"' on 'SubtleCrypto': ", ordinal(i)+" argument"
	if method == "" {
		if prefix, what = "", "Value"; strings.HasPrefix(text, "[") {
			what = "undefined" // as Node has it
		}
	}
	if !strings.HasPrefix(text, "[") {
		text = " " + text
	}
	m.rt.Throw(nodeerr.New(nodeerr.KindType, code, prefix+what+text))
}

func ordinal(i int) string {
	return []string{"1st", "2nd", "3rd", "4th", "5th", "6th", "7th"}[i]
}

// algorithmArg is an object, or the text of what is none.
func (m *module) algorithmArg(method string, i int, v goja.Value) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		return o
	}
	if _, ok := v.(*goja.Symbol); ok {
		m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "is a Symbol and cannot be converted to a string.")
	}
	return v.ToString()
}

// sourceArg reads an argument that is bytes; they are copied.
func (m *module) sourceArg(method string, i int, v goja.Value) []byte {
	p, ok := m.rt.BufferSource(v)
	if !ok {
		m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.")
	}
	return append([]byte{}, bytes.Clone(p)...)
}

var usageNames = []string{"encrypt", "decrypt", "sign", "verify", "deriveKey", "deriveBits", "wrapKey", "unwrapKey",
	"encapsulateBits", "decapsulateBits", "encapsulateKey", "decapsulateKey"}

// usagesArg reads key usages as they are given.
func (m *module) usagesArg(method string, i int, v goja.Value) []string {
	o, ok := v.(*goja.Object)
	if !ok || bind.IsNullish(o.GetSymbol(goja.SymIterator)) {
		m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "can not be converted to sequence.")
	}
	out := []string{}
	m.rt.VM.ForOf(o, func(v goja.Value) bool {
		s := v.String()
		if !slices.Contains(usageNames, s) {
			m.badArgument(method, i, "ERR_INVALID_ARG_VALUE", "["+strconv.Itoa(len(out))+"] value '"+s+"' is not a valid enum value of type KeyUsage.")
		}
		out = append(out, s)
		return true
	})
	return out
}

func (m *module) formatArg(method string, i int, v goja.Value) string {
	s := v.String()
	switch s {
	case "raw", "pkcs8", "spki", "jwk", "raw-secret", "raw-public", "raw-seed", "raw-private":
		return s
	}
	m.badArgument(method, i, "ERR_INVALID_ARG_VALUE", "value '"+s+"' is not a valid enum value of type KeyFormat.")
	return ""
}

// checkUsages refuses usages that a key of the algorithm cannot have; generated
// says that the key is a new one.
func (m *module) checkUsages(name string, usages, ok []string, generated bool) {
	for _, u := range usages {
		if !slices.Contains(ok, u) {
			m.domException("Unsupported key usage for "+usageSubject(name, generated)+" key", "SyntaxError")
		}
	}
}

// usageSubject names a kind of key as Node's messages do.
func usageSubject(name string, generated bool) string {
	switch f := family(name); {
	case strings.HasPrefix(f, "AES-"):
		return "an AES"
	case f == "KMAC":
		return name
	case generated && strings.HasPrefix(f, "RSA"):
		return "a RSA"
	case f == "HMAC" && !generated:
		return name
	case f == "HMAC", strings.HasPrefix(f, "RSA"):
		return "an " + name
	case generated && f != "ChaCha20-Poly1305":
		return "an " + name
	}
	return "a " + name
}

// unique keeps the first of equal usages.
func unique(a []string) []string {
	out := []string{}
	for _, x := range a {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// intersect returns what is in both, in the order of b.
func intersect(a, b []string) []string {
	out := []string{}
	for _, x := range b {
		if slices.Contains(a, x) {
			out = append(out, x)
		}
	}
	return out
}

func (m *module) invalidAccess() {
	m.domException("The requested operation is not valid for the provided key", "InvalidAccessError")
}

// jwkMemberError is the error for a member of a JSON Web Key of the wrong kind.
func jwkMemberError(method string, i int, member, text string) error {
	return nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "Failed to execute '"+method+"' on 'SubtleCrypto': '"+member+
		"' of 'JsonWebKey' ("+ordinal(i)+" argument) "+text)
}
