package cryptomod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// defineRSA adds publicEncrypt and its relatives.
func (m *module) defineRSA() {
	add := func(name string, p purpose, padding int, f func(k *crypto.RSAKey, padding int, o crypto.OAEP, data []byte) ([]byte, error)) {
		m.funcs[name] = func(c goja.FunctionCall) goja.Value { return m.rsaOperation(c, p, padding, f) }
	}
	add("publicEncrypt", consumePublic, crypto.PaddingOAEP, (*crypto.RSAKey).PublicEncrypt)
	add("privateDecrypt", consumePrivate, crypto.PaddingOAEP, (*crypto.RSAKey).PrivateDecrypt)
	add("privateEncrypt", consumePrivate, crypto.PaddingPKCS1, func(k *crypto.RSAKey, padding int, _ crypto.OAEP, data []byte) ([]byte, error) {
		return k.PrivateEncrypt(padding, data)
	})
	add("publicDecrypt", consumePublic, crypto.PaddingPKCS1, func(k *crypto.RSAKey, padding int, _ crypto.OAEP, data []byte) ([]byte, error) {
		return k.PublicDecrypt(padding, data)
	})
}

func (m *module) rsaOperation(c goja.FunctionCall, p purpose, padding int, f func(*crypto.RSAKey, int, crypto.OAEP, []byte) ([]byte, error)) goja.Value {
	rt := m.rt
	v := c.Argument(0)
	read := m.prepareKey(v, p)
	o := crypto.OAEP{Hash: crypto.LookupDigest("sha1")}
	var enc goja.Value
	var hash string
	if obj, ok := v.(*goja.Object); ok && keyIn(v) == nil && !m.stringOrBuffer(v) {
		if x := bind.Get(obj, "padding"); x.ToBoolean() {
			padding = int(x.ToInteger())
		}
		enc = bind.Get(obj, "encoding")
		if x := bind.Get(obj, "oaepHash"); !goja.IsUndefined(x) {
			hash = rt.String(x, "key.oaepHash")
		}
		if x := bind.Get(obj, "oaepLabel"); !goja.IsUndefined(x) {
			o.Label = m.bytes(x, enc, "key.oaepLabel")
		}
	}
	data := m.bytes(c.Argument(1), enc, "buffer")
	if hash != "" {
		if o.Hash = crypto.LookupDigest(hash); o.Hash == nil {
			rt.Throw(nodeerr.Native(nodeerr.KindError, "ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest used"))
		}
	}
	k := read()
	if k.RSA == nil {
		rt.Throw(nodeerr.OpenSSL(0x03000096, "digital envelope routines", "operation not supported for this keytype", "ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE"))
	}
	if k.Type == "rsa-pss" {
		rt.Throw(nodeerr.OpenSSL(0x1C8000B2, "Provider routines", "operation not supported for this keytype", "ERR_OSSL_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE"))
	}
	out, err := f(k.RSA, padding, o, data)
	rt.Must(err)
	return rt.MakeBuffer(out)
}
