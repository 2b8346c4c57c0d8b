package cryptomod

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// jwkMembers are the members of a JsonWebKey in the order in which they are read.
var jwkMembers = []string{"alg", "crv", "d", "dp", "dq", "e", "ext", "k", "key_ops", "kty", "n", "oth", "p", "priv", "pub", "q", "qi",
	"use", "x", "y"}

// readJWK converts an argument that is a JSON Web Key: an object of its own with
// the members that count, all text but ext, key_ops and oth.
func (m *module) readJWK(method string, i int, v goja.Value) *goja.Object {
	out := m.rt.VM.NewObject()
	if bind.IsNullish(v) {
		return out
	}
	o, ok := v.(*goja.Object)
	if !ok {
		m.badArgument(method, i, "ERR_INVALID_ARG_TYPE", "can not be converted to a dictionary")
	}
	for _, name := range jwkMembers {
		x := bind.Get(o, name)
		if goja.IsUndefined(x) {
			continue
		}
		switch name {
		case "ext":
			x = m.rt.VM.ToValue(x.ToBoolean())
		case "key_ops", "oth":
			list, ok := x.(*goja.Object)
			if !ok || bind.IsNullish(list.GetSymbol(goja.SymIterator)) {
				m.rt.Throw(jwkMemberError(method, i, name, "can not be converted to sequence."))
			}
			var values []any
			m.rt.VM.ForOf(list, func(v goja.Value) bool {
				if name == "key_ops" {
					v = v.ToString()
				}
				values = append(values, v)
				return true
			})
			x = m.rt.VM.NewArray(values...)
		default:
			if _, ok := x.(*goja.Symbol); ok {
				m.rt.Throw(jwkMemberError(method, i, name, "is a Symbol and cannot be converted to a string."))
			}
			x = x.ToString()
		}
		_ = out.Set(name, x)
	}
	return out
}

// jwkAlg is the member alg of a key's JWK, "" for none.
func jwkAlg(a keyAlgorithm) string {
	bits := strings.TrimPrefix(a.hash, "SHA-")
	if strings.HasPrefix(a.hash, "SHA3-") {
		return ""
	}
	switch a.name {
	case "HMAC":
		return "HS" + bits
	case "RSASSA-PKCS1-v1_5":
		return "RS" + bits
	case "RSA-PSS":
		return "PS" + bits
	case "RSA-OAEP":
		if bits == "1" {
			return "RSA-OAEP"
		}
		return "RSA-OAEP-" + bits
	case "Ed25519", "Ed448":
		return a.name
	case "ChaCha20-Poly1305":
		return "C20P"
	case "KMAC128", "KMAC256":
		return "K" + strings.TrimPrefix(a.name, "KMAC")
	case "AES-CTR", "AES-CBC", "AES-GCM", "AES-KW", "AES-OCB":
		return "A" + bind.FormatNumber(float64(a.length)) + strings.TrimPrefix(a.name, "AES-")
	}
	return ""
}

// jwkUse is what a key of an algorithm is for, as a JWK's use says it.
func jwkUse(name string) string {
	switch family(name) {
	case "HMAC", "KMAC", "RSASSA-PKCS1-v1_5", "RSA-PSS", "ECDSA", "Ed25519", "Ed448", "ML-DSA":
		return "sig"
	}
	return "enc"
}

// jwkKind checks the member kty.
func (m *module) jwkKind(o *goja.Object, want string) {
	kty, _ := bindText(o, "kty")
	if kty == "" {
		m.dataError("Invalid keyData")
	}
	if kty != want {
		m.dataError(`Invalid JWK "kty" Parameter`)
	}
}

// jwkPurpose checks the members use, key_ops and ext.
func (m *module) jwkPurpose(o *goja.Object, name string, extractable bool, usages []string) {
	if u, ok := bindText(o, "use"); len(usages) > 0 && ok && u != jwkUse(name) {
		m.dataError(`Invalid JWK "use" Parameter`)
	}
	if list, ok := bind.Get(o, "key_ops").(*goja.Object); ok {
		var ops []string
		for i := range int(bind.Get(list, "length").ToInteger()) {
			s := list.Get(bind.FormatNumber(float64(i))).String()
			if slices.Contains(ops, s) && slices.Contains(usageNames, s) {
				m.dataError("Duplicate key operation")
			}
			ops = append(ops, s)
		}
		for _, u := range usages {
			if !slices.Contains(ops, u) {
				m.dataError("Key operations and usage mismatch")
			}
		}
	}
	if e := bind.Get(o, "ext"); !goja.IsUndefined(e) && !e.ToBoolean() && extractable {
		m.dataError(`JWK "ext" Parameter and extractable mismatch`)
	}
}

func (m *module) jwkAlgMismatch() { m.dataError(`JWK "alg" does not match the requested algorithm`) }

// importOct imports a symmetric key.
func (m *module) importOct(p *webParams, o *goja.Object, extractable bool, usages []string) *cryptoKey {
	m.jwkKind(o, "oct")
	m.jwkPurpose(o, p.name, extractable, usages)
	k, ok := bindText(o, "k")
	if !ok {
		m.invalidKeyData(m.rt.ErrorValue(nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_JWK", "Invalid JWK secret key format")))
	}
	secret := buffer.Encode(k, buffer.Base64URL)
	out := m.rawSecret(p, secret, extractable, usages)
	if alg, ok := bindText(o, "alg"); ok {
		if want := jwkAlg(out.algorithm); want != "" && alg != want {
			m.jwkAlgMismatch()
		}
	}
	return out
}

// importJWK imports an asymmetric key.
func (m *module) importJWK(p *webParams, o *goja.Object, extractable bool, usages []string) *cryptoKey {
	want, private := "OKP", "d"
	switch {
	case p.kind == "RsaHashedImportParams":
		want = "RSA"
	case p.kind == "EcKeyImportParams":
		want = "EC"
	case family(p.name) == "ML-DSA":
		want, private = "AKP", "priv"
	}
	m.jwkKind(o, want)
	crv, _ := bindText(o, "crv")
	alg, hasAlg := bindText(o, "alg")
	_, isPrivate := bindText(o, private)
	switch {
	case want == "EC" && crv != p.curve():
		m.dataError(`JWK "crv" does not match the requested algorithm`)
	case want == "OKP" && crv != p.name:
		m.dataError(`JWK "crv" Parameter and algorithm name mismatch`)
	case want == "AKP" && alg != p.name:
		m.dataError(`JWK "alg" Parameter and algorithm name mismatch`)
	}
	public, privateUsages := allowed(p.name)
	if isPrivate {
		public = privateUsages
	}
	late := want == "OKP" || want == "AKP" // the order in which Node looks
	if !late {
		m.checkUsages(p.name, usages, public, false)
	}
	m.jwkPurpose(o, p.name, extractable, usages)
	if hasAlg && want != "AKP" {
		m.checkJWKAlg(p, alg)
	}
	if name := map[string]string{"OKP": "x", "AKP": "pub"}[want]; late {
		if _, ok := bindText(o, name); !ok && isPrivate {
			m.dataError("Invalid JWK")
		}
		m.checkUsages(p.name, usages, public, false)
	}
	purpose := createPublic
	if isPrivate {
		purpose = createPrivate
	}
	var key *crypto.Key
	if _, thrown := m.try(func() goja.Value { key = m.keyFromJWK(o, purpose); return nil }); thrown != nil {
		m.invalidKeyData(thrown)
	}
	return m.asymmetric(p, key, extractable, usages)
}

func (m *module) checkJWKAlg(p *webParams, alg string) {
	expected := jwkAlg(keyAlgorithm{name: p.name, hash: p.hash()})
	switch {
	case p.name == "ECDSA":
		if alg != map[string]string{"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}[p.curve()] {
			m.jwkAlgMismatch()
		}
	case expected == "", alg == expected, alg == "EdDSA" && strings.HasPrefix(expected, "Ed"):
	default:
		m.jwkAlgMismatch()
	}
}

func (m *module) exportJWK(k *cryptoKey) *goja.Object {
	o := m.rt.VM.NewObject()
	_ = o.Set("key_ops", m.rt.ToValue(k.usages))
	_ = o.Set("ext", k.extractable)
	if alg := jwkAlg(k.algorithm); alg != "" {
		_ = o.Set("alg", alg)
	}
	fields := []crypto.JWKField{{Name: "kty", Value: "oct"}, {Name: "k", Value: crypto.Base64URL(k.key.secret)}}
	if k.key.key != nil {
		var err error
		fields, err = k.key.key.JWK()
		m.rt.Must(err)
	}
	for _, f := range fields {
		_ = o.Set(f.Name, f.Value)
	}
	return o
}
