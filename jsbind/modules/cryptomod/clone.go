package cryptomod

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// Clone implements bind.Cloneable: the copy has the same key, which nobody
// changes.
func (k *keyObject) Clone(*bind.Runtime) bind.Restore {
	c := keyObject{kind: k.kind, secret: k.secret, key: k.key}
	return func(rt *bind.Runtime) goja.Value {
		mine := c
		return get(rt).keyValue(&mine)
	}
}

// Clone implements bind.Cloneable: the copy is read from the bytes.
func (c *certificate) Clone(*bind.Runtime) bind.Restore {
	raw := slices.Clone(c.Raw)
	return func(rt *bind.Runtime) goja.Value {
		parsed, err := crypto.ParseCertificateDER(raw)
		rt.Must(err)
		return CertificateValue(rt, parsed, nil)
	}
}

// Clone implements bind.Cloneable.
func (k *cryptoKey) Clone(*bind.Runtime) bind.Restore {
	c := cryptoKey{key: k.key, algorithm: k.algorithm, extractable: k.extractable, usages: k.usages}
	return func(rt *bind.Runtime) goja.Value {
		mine := c
		mine.key = &keyObject{kind: c.key.kind, secret: c.key.secret, key: c.key.key}
		return get(rt).cryptoKeyValue(&mine)
	}
}
