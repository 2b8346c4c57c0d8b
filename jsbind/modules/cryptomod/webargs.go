package cryptomod

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// webParams is an algorithm argument: its name as the standard spells it, and
// the dictionary it came from.
type webParams struct {
	name string
	o    *goja.Object // nil for a name alone
	kind string       // the name of the dictionary, for messages
}

// The algorithms of each operation
// (https://nodejs.org/docs/latest-v24.x/api/webcrypto.html#algorithm-matrix),
// with the dictionary of their parameters.
var webAlgorithms = map[string]map[string]string{
	"digest":     {"SHA-1": "", "SHA-256": "", "SHA-384": "", "SHA-512": "", "SHA3-256": "", "SHA3-384": "", "SHA3-512": ""},
	"encrypt":    {"RSA-OAEP": "RsaOaepParams", "AES-CBC": "AesCbcParams", "AES-CTR": "AesCtrParams", "AES-GCM": "AeadParams"},
	"sign":       {"RSASSA-PKCS1-v1_5": "", "RSA-PSS": "RsaPssParams", "ECDSA": "EcdsaParams", "HMAC": "", "Ed25519": "", "Ed448": "ContextParams"},
	"deriveBits": {"HKDF": "HkdfParams", "PBKDF2": "Pbkdf2Params", "ECDH": "EcdhKeyDeriveParams", "X25519": "EcdhKeyDeriveParams", "X448": "EcdhKeyDeriveParams"},
	"generateKey": {"RSASSA-PKCS1-v1_5": "RsaHashedKeyGenParams", "RSA-PSS": "RsaHashedKeyGenParams", "RSA-OAEP": "RsaHashedKeyGenParams",
		"ECDSA": "EcKeyGenParams", "ECDH": "EcKeyGenParams", "AES-CTR": "AesKeyGenParams", "AES-CBC": "AesKeyGenParams", "AES-GCM": "AesKeyGenParams",
		"AES-KW": "AesKeyGenParams", "HMAC": "HmacKeyGenParams", "Ed25519": "", "Ed448": "", "X25519": "", "X448": ""},
	"importKey": {"RSASSA-PKCS1-v1_5": "RsaHashedImportParams", "RSA-PSS": "RsaHashedImportParams", "RSA-OAEP": "RsaHashedImportParams",
		"ECDSA": "EcKeyImportParams", "ECDH": "EcKeyImportParams", "HMAC": "HmacImportParams", "HKDF": "", "PBKDF2": "", "AES-CTR": "", "AES-CBC": "",
		"AES-GCM": "", "AES-KW": "", "Ed25519": "", "Ed448": "", "X25519": "", "X448": ""},
	"get key length": {"AES-CTR": "AesDerivedKeyParams", "AES-CBC": "AesDerivedKeyParams", "AES-GCM": "AesDerivedKeyParams", "AES-KW": "AesDerivedKeyParams",
		"HMAC": "HmacImportParams", "HKDF": "", "PBKDF2": ""},
	"wrapKey": {"AES-KW": ""},
}

func (m *module) unrecognized() { m.domException("Unrecognized algorithm name", "NotSupportedError") }

// normalize reads an algorithm argument.
func (m *module) normalize(v goja.Value, operation string) *webParams {
	p := &webParams{}
	name := ""
	switch o, ok := v.(*goja.Object); {
	case ok && !goja.IsString(v):
		n := bind.Get(o, "name")
		if goja.IsUndefined(n) {
			m.missing("Algorithm", "name")
		}
		p.o, name = o, n.String()
	default:
		name = v.String()
	}
	for n, kind := range webAlgorithms[operation] {
		if strings.EqualFold(n, name) {
			p.name, p.kind = n, kind
		}
	}
	if p.name == "" {
		m.unrecognized()
	}
	return p
}

func (m *module) missing(dictionary, member string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_MISSING_OPTION", "Failed to normalize algorithm: passed algorithm can not be converted to '"+
		dictionary+"' because '"+member+"' is required in '"+dictionary+"'."))
}

// member returns a member of the parameters, which may be required.
func (m *module) member(p *webParams, name string, required bool) goja.Value {
	v := bind.Get(p.o, name)
	if goja.IsUndefined(v) && required {
		m.missing(p.kind, name)
	}
	return v
}

// number reads an integer member, -1 for none.
func (m *module) number(p *webParams, name string, required bool, max float64) int {
	v := m.member(p, name, required)
	if goja.IsUndefined(v) {
		return -1
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) || math.Trunc(f) < 0 || math.Trunc(f) > max {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_OUT_OF_RANGE", "Failed to normalize algorithm: '"+name+"' of '"+p.kind+
			"' (passed algorithm) is outside the expected range of 0 to "+bind.FormatNumber(max)+"."))
	}
	return int(f)
}

// source reads a member that is bytes, nil for none.
func (m *module) source(p *webParams, name string, required bool) []byte {
	v := m.member(p, name, required)
	if goja.IsUndefined(v) {
		return nil
	}
	b, ok := m.rt.BufferSource(v)
	if !ok {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "Failed to normalize algorithm: '"+name+"' of '"+p.kind+
			"' (passed algorithm) is not instance of ArrayBuffer, Buffer, TypedArray, or DataView."))
	}
	return append([]byte{}, b...)
}

// hash reads the member hash.
func (m *module) hashName(p *webParams) string {
	return m.normalize(m.member(p, "hash", true), "digest").name
}

func webDigest(name string) *crypto.Digest {
	if rest, ok := strings.CutPrefix(name, "SHA-"); ok {
		return crypto.LookupDigest("sha" + rest)
	}
	return crypto.LookupDigest(name)
}

var ordinals = []string{"1st", "2nd", "3rd", "4th", "5th", "6th", "7th"}

func (m *module) badArgument(method string, i int, code, text string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindType, code, "Failed to execute '"+method+"' on 'SubtleCrypto': "+ordinals[i]+" argument "+text))
}

// sourceArg reads an argument that is bytes; they are copied.
func (m *module) sourceArg(method string, a []goja.Value, i int) []byte {
	p, ok := m.rt.BufferSource(arg(a, i))
	if !ok {
		m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.")
	}
	return bytes.Clone(p)
}

func (m *module) keyArg(method string, a []goja.Value, i int) *cryptoKey {
	k, ok := bind.From(arg(a, i)).(*cryptoKey)
	if !ok {
		m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "is not of type CryptoKey.")
	}
	return k
}

var usageNames = []string{"encrypt", "decrypt", "sign", "verify", "deriveKey", "deriveBits", "wrapKey", "unwrapKey",
	"encapsulateBits", "decapsulateBits", "encapsulateKey", "decapsulateKey"}

// usagesArg reads key usages, in the standard's order and each once.
func (m *module) usagesArg(method string, a []goja.Value, i int) []string {
	o, ok := arg(a, i).(*goja.Object)
	if !ok || bind.IsNullish(o.GetSymbol(goja.SymIterator)) {
		m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "can not be converted to sequence.")
	}
	given := map[string]bool{}
	n := 0
	m.rt.VM.ForOf(o, func(v goja.Value) bool {
		s := v.String()
		if !slices.Contains(usageNames, s) {
			m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_VALUE", "Failed to execute '"+method+"' on 'SubtleCrypto': "+
				ordinals[i]+" argument["+strconv.Itoa(n)+"] value '"+s+"' is not a valid enum value of type KeyUsage."))
		}
		given[s] = true
		n++
		return true
	})
	out := []string{}
	for _, u := range usageNames {
		if given[u] {
			out = append(out, u)
		}
	}
	return out
}

func (m *module) formatArg(method string, a []goja.Value, i int) string {
	s := arg(a, i).String()
	switch s {
	case "raw", "pkcs8", "spki", "jwk", "raw-secret", "raw-public", "raw-seed":
		return s
	}
	m.badArgument(method, i, "ERR_INVALID_ARG_VALUE", "value '"+s+"' is not a valid enum value of type KeyFormat.")
	return ""
}

// allowed are the usages of an algorithm's keys: for a key pair those of the
// public and of the private key.
func allowed(name string) (public, private []string) {
	switch name {
	case "RSA-OAEP":
		return []string{"encrypt", "wrapKey"}, []string{"decrypt", "unwrapKey"}
	case "RSASSA-PKCS1-v1_5", "RSA-PSS", "ECDSA", "Ed25519", "Ed448":
		return []string{"verify"}, []string{"sign"}
	case "ECDH", "X25519", "X448":
		return nil, []string{"deriveKey", "deriveBits"}
	case "HMAC":
		return nil, []string{"sign", "verify"}
	case "AES-KW":
		return nil, []string{"wrapKey", "unwrapKey"}
	case "HKDF", "PBKDF2":
		return nil, []string{"deriveKey", "deriveBits"}
	}
	return nil, []string{"encrypt", "decrypt", "wrapKey", "unwrapKey"}
}

// checkUsages refuses usages that a key of the algorithm cannot have.
func (m *module) checkUsages(name string, usages, ok []string) {
	for _, u := range usages {
		if !slices.Contains(ok, u) {
			what := "a " + name
			switch {
			case strings.HasPrefix(name, "AES-"):
				what = "an AES"
			case name == "HMAC", strings.HasPrefix(name, "RSA"), strings.HasPrefix(name, "E"), strings.HasPrefix(name, "X"), name == "HKDF":
				what = "an " + name
				if name == "HKDF" || name == "X25519" || name == "X448" {
					what = "a " + name
				}
			}
			m.domException("Unsupported key usage for "+what+" key", "SyntaxError")
		}
	}
}

func intersect(a, b []string) []string {
	out := []string{}
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

func (m *module) invalidAccess() {
	m.domException("The requested operation is not valid for the provided key", "InvalidAccessError")
}
