package cryptomod

import (
	"bytes"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// purpose says what a key argument is for.
type purpose int

const (
	consumePublic purpose = iota
	consumePrivate
	createPublic
	createPrivate
)

// keyEncoding is how a key is written or read.
type keyEncoding struct {
	format     string // "pem", "der", "jwk"
	kind       string // "spki", "pkcs1", "pkcs8", "sec1", "" where it need not be said
	cipher     string
	passphrase []byte // nil for none
}

// stringOrBuffer reports whether a value can hold an encoded key.
func (m *module) stringOrBuffer(v goja.Value) bool {
	if goja.IsString(v) {
		return true
	}
	_, ok := m.rt.BufferSource(v)
	return ok
}

// keyEncoding reads the options of an export, or of an import where keyType is
// empty. object names the options in messages, "" for options.
func (m *module) keyEncoding(v goja.Value, keyType string, public bool, object string) *keyEncoding {
	rt := m.rt
	o, ok := v.(*goja.Object)
	if !ok || bind.IsArray(v) || bind.IsCallable(v) {
		rt.ArgType("options", v, "object")
	}
	return m.encodingOptions(o, keyType, &public, object)
}

// encodingOptions is keyEncoding; public is nil where either kind will do.
func (m *module) encodingOptions(o *goja.Object, keyType string, public *bool, object string) *keyEncoding {
	rt := m.rt
	name := func(s string) string {
		if object == "" {
			return "options." + s
		}
		return "options." + object + "." + s
	}
	input := keyType == ""
	e := &keyEncoding{}
	f := bind.Get(o, "format")
	switch s := f.String(); {
	case goja.IsUndefined(f) && input:
		e.format = "pem"
	case goja.IsString(f) && (s == "pem" || s == "der" || s == "jwk"):
		e.format = s
	default:
		rt.ArgValue(name("format"), f, "")
	}
	required := (!input || e.format == "der") && e.format != "jwk"
	e.kind = m.keyKind(bind.Get(o, "type"), required, keyType, public, name("type"))
	if public != nil && *public {
		return e
	}
	cipher, pass := bind.Get(o, "cipher"), bind.Get(o, "passphrase")
	if !input {
		switch {
		case !bind.IsNullish(cipher):
			if !goja.IsString(cipher) {
				rt.ArgValue(name("cipher"), cipher, "")
			}
			e.cipher = cipher.String()
			if e.format == "der" && (e.kind == "pkcs1" || e.kind == "sec1") {
				rt.Throw(nodeerr.CryptoIncompatibleKeyOptions(e.kind, "does not support encryption"))
			}
		case !goja.IsUndefined(pass):
			rt.ArgValue(name("cipher"), cipher, "")
		}
	}
	if (input && !goja.IsUndefined(pass) || !input && e.cipher != "") && !m.stringOrBuffer(pass) {
		rt.ArgValue(name("passphrase"), pass, "")
	}
	if !goja.IsUndefined(pass) {
		e.passphrase = append([]byte{}, m.bytes(pass, bind.Get(o, "encoding"), "key.passphrase")...)
	}
	if e.cipher != "" && crypto.LookupCipher(e.cipher) == nil {
		rt.Throw(nodeerr.CryptoUnknownCipher())
	}
	return e
}

func (m *module) keyKind(v goja.Value, required bool, keyType string, public *bool, name string) string {
	rt := m.rt
	if goja.IsUndefined(v) && !required {
		return ""
	}
	isPublic, isPrivate := public != nil && *public, public != nil && !*public
	if goja.IsString(v) {
		switch s := v.String(); {
		case s == "pkcs1":
			if keyType != "" && keyType != "rsa" {
				rt.Throw(nodeerr.CryptoIncompatibleKeyOptions(s, "can only be used for RSA keys"))
			}
			return s
		case s == "spki" && !isPrivate, s == "pkcs8" && !isPublic:
			return s
		case s == "sec1" && !isPublic:
			if keyType != "" && keyType != "ec" {
				rt.Throw(nodeerr.CryptoIncompatibleKeyOptions(s, "can only be used for EC keys"))
			}
			return s
		}
	}
	rt.ArgValue(name, v, "")
	return ""
}

// usable checks that a KeyObject may be used for a purpose.
func (m *module) usable(k *keyObject, v goja.Value, p purpose) *crypto.Key {
	if p == createPrivate {
		m.rt.ArgType("key", v, "string", "ArrayBuffer", "Buffer", "TypedArray", "DataView")
	}
	if k.kind != "private" {
		if p == consumePrivate || p == createPublic {
			m.rt.Throw(nodeerr.CryptoInvalidKeyObjectType(k.kind, "private"))
		}
		if k.kind != "public" {
			m.rt.Throw(nodeerr.CryptoInvalidKeyObjectType(k.kind, "private or public"))
		}
	}
	return k.key
}

// keyIn returns the KeyObject of a value that is one, or a CryptoKey.
func keyIn(v goja.Value) *keyObject {
	switch k := bind.From(v).(type) {
	case *keyObject:
		return k
	case *cryptoKey:
		return k.key
	}
	return nil
}

func keyTypes(objects bool) []string {
	t := []string{"string", "ArrayBuffer", "Buffer", "TypedArray", "DataView"}
	if objects {
		t = append(t, "KeyObject", "CryptoKey")
	}
	return t
}

// readKey reads a key argument: a KeyObject, PEM, or an object with a key and
// its encoding.
func (m *module) readKey(v goja.Value, p purpose) *crypto.Key { return m.prepareKey(v, p)() }

// prepareKey checks what a key argument is and returns what reads it: OpenSSL's
// errors come after those of the other arguments.
func (m *module) prepareKey(v goja.Value, p purpose) func() *crypto.Key {
	rt := m.rt
	ready := func(k *crypto.Key) func() *crypto.Key { return func() *crypto.Key { return k } }
	if k := keyIn(v); k != nil {
		return ready(m.usable(k, v, p))
	}
	if m.stringOrBuffer(v) {
		data := m.bytes(v, nil, "key")
		return func() *crypto.Key { return m.parseKey(data, &keyEncoding{format: "pem"}, p) }
	}
	if goja.IsNull(v) {
		panic(rt.VM.NewTypeError("Cannot destructure property 'key' of 'key' as it is null."))
	}
	o, ok := v.(*goja.Object)
	if !ok || bind.IsCallable(v) {
		rt.ArgType("key", v, keyTypes(p != createPrivate)...)
	}
	data := bind.Get(o, "key")
	if k := keyIn(data); k != nil {
		return ready(m.usable(k, data, p))
	}
	if f := bind.Get(o, "format"); goja.IsString(f) && f.String() == "jwk" {
		j, ok := data.(*goja.Object)
		if !ok || bind.IsArray(data) || bind.IsCallable(data) {
			rt.ArgType("key.key", data, "object")
		}
		return ready(m.keyFromJWK(j, p))
	}
	if !m.stringOrBuffer(data) {
		rt.ArgType("key.key", data, keyTypes(p != createPrivate)...)
	}
	var public *bool
	if p == consumePrivate || p == createPrivate {
		public = new(bool)
	}
	e := m.encodingOptions(o, "", public, "")
	text := m.bytes(data, bind.Get(o, "encoding"), "key")
	return func() *crypto.Key { return m.parseKey(text, e, p) }
}

func (m *module) parseKey(data []byte, e *keyEncoding, p purpose) *crypto.Key {
	s := crypto.Source{Data: data, DER: e.format == "der", Type: e.kind, Passphrase: e.passphrase}
	read := crypto.ParsePublic
	if p == consumePrivate || p == createPrivate {
		read = crypto.ParsePrivate
	}
	k, err := read(s)
	m.rt.Must(err)
	return k
}

// keyFromJWK makes a key of a JSON Web Key.
func (m *module) keyFromJWK(o *goja.Object, p purpose) *crypto.Key {
	rt := m.rt
	text := func(name string) string {
		v := bind.Get(o, name)
		if !goja.IsString(v) {
			rt.ArgType("key."+name, v, "string")
		}
		return v.String()
	}
	oneOf := func(name, list string) { rt.ArgValue("key."+name, bind.Get(o, name), "must be one of: "+list) }
	decoded := func(name string) []byte { return buffer.Encode(text(name), buffer.Base64URL) }
	wantPrivate := p == consumePrivate || p == createPrivate
	kty := ""
	if v := bind.Get(o, "kty"); goja.IsString(v) {
		kty = v.String()
	}
	switch kty {
	case "OKP", "AKP":
		nameField, pub, priv := "crv", "x", "d"
		if kty == "AKP" {
			nameField, pub, priv = "alg", "pub", "priv"
		}
		kind := ""
		if v := bind.Get(o, nameField); goja.IsString(v) {
			kind = crypto.RawTypeOfJWK(v.String())
		}
		if kind == "" || (kty == "AKP") != (len(kind) > 3 && kind[:3] == "ml-") {
			if kty == "AKP" {
				oneOf(nameField, "'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'")
			}
			oneOf(nameField, "'Ed25519', 'Ed448', 'X25519', 'X448'")
		}
		x := decoded(pub)
		private := wantPrivate
		var d []byte
		if v := bind.Get(o, priv); private || !goja.IsUndefined(v) && p == consumePublic {
			d, private = decoded(priv), true
		}
		var k *crypto.Key
		if k = crypto.NewRaw(kind, x, false); k != nil && private {
			k = crypto.NewRaw(kind, d, true)
			if k != nil && !bytes.Equal(k.Raw.Public, x) && kty == "AKP" {
				k = nil
			}
		}
		if k == nil {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_CRYPTO_INVALID_JWK", "Invalid JWK data"))
		}
		return k
	case "EC":
		crv := ""
		if v := bind.Get(o, "crv"); goja.IsString(v) {
			crv = v.String()
		}
		switch crv {
		case "P-256", "secp256k1", "P-384", "P-521":
		default:
			oneOf("crv", "'P-256', 'secp256k1', 'P-384', 'P-521'")
		}
		x, y := decoded("x"), decoded("y")
		var d []byte
		if v := bind.Get(o, "d"); wantPrivate || !goja.IsUndefined(v) {
			d = decoded("d")
		}
		k := crypto.ECFromJWK(crypto.LookupCurve(crv), x, y, d)
		if k == nil {
			rt.Throw(nodeerr.CryptoInvalidJWK("Invalid JWK EC key"))
		}
		return k
	case "RSA":
		names := []string{"n", "e"}
		if v := bind.Get(o, "d"); wantPrivate || !goja.IsUndefined(v) {
			names = append(names, "d", "p", "q", "dp", "dq", "qi")
		}
		fields := map[string][]byte{}
		for _, n := range names {
			fields[n] = decoded(n)
		}
		k := crypto.RSAFromJWK(func(n string) []byte { return fields[n] })
		if k == nil {
			rt.Throw(nodeerr.CryptoInvalidJWK("Invalid JWK RSA key"))
		}
		return k
	}
	oneOf("kty", "'RSA', 'EC', 'OKP', 'AKP'")
	return nil
}
