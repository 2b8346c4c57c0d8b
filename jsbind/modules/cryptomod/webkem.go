package cryptomod

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
)

// kemKey checks the algorithm and the key of a call that encapsulates or
// decapsulates.
func (m *module) kemKey(c *webCall, operation, role string) *cryptoKey {
	p := m.normalize(c.algorithm(0), operation)
	k := c.key(1)
	if p.name != k.algorithm.name {
		m.domException("key algorithm mismatch", "InvalidAccessError")
	}
	if !slices.Contains(k.usages, c.method) {
		m.domException(role+" does not have "+c.method+" usage", "InvalidAccessError")
	}
	return k
}

// webEncapsulate is encapsulateBits and encapsulateKey.
func (m *module) webEncapsulate(c *webCall) job {
	var shared *webParams
	if len(c.values) > 2 {
		m.normalize(c.algorithm(0), "encapsulate") // its faults come first
		shared = m.normalize(c.algorithm(2), "importKey")
	}
	key := m.kemKey(c, "encapsulate", "encapsulationKey")
	if key.key.kind != "public" {
		m.domException("Key must be a public key", "InvalidAccessError")
	}
	k := key.key.key
	run := func() (any, error) {
		secret, ciphertext, err := k.Encapsulate()
		return [2][]byte{secret, ciphertext}, err
	}
	return job{run: run, value: one(func(v any) goja.Value {
		pair, vm := v.([2][]byte), m.rt.VM
		o := vm.NewObject()
		ciphertext := vm.NewArrayBuffer(pair[1])
		if shared == nil {
			_ = o.Set("sharedKey", vm.NewArrayBuffer(pair[0]))
			_ = o.Set("ciphertext", ciphertext)
			return o
		}
		key := m.cryptoKeyValue(m.importAny("raw-secret", pair[0], shared, c.flag(3), c.usages(4)))
		_ = o.Set("ciphertext", ciphertext)
		_ = o.Set("sharedKey", key)
		return o
	})}
}

// webDecapsulate is decapsulateBits and decapsulateKey.
func (m *module) webDecapsulate(c *webCall) job {
	var shared *webParams
	if len(c.values) > 3 {
		m.normalize(c.algorithm(0), "decapsulate")
		shared = m.normalize(c.algorithm(3), "importKey")
	}
	key := m.kemKey(c, "decapsulate", "decapsulationKey")
	if key.key.kind != "private" {
		m.domException("Key must be a private key", "InvalidAccessError")
	}
	k, ciphertext := key.key.key, c.data(2)
	run := func() ([]byte, error) {
		secret, err := k.Decapsulate(ciphertext)
		if err != nil {
			err = crypto.DerivingFailed()
		}
		return secret, err
	}
	if shared == nil {
		return m.arrayBuffer(run)
	}
	return job{run: func() (any, error) { return run() }, value: one(func(v any) goja.Value {
		return m.cryptoKeyValue(m.importAny("raw-secret", v.([]byte), shared, c.flag(4), c.usages(5)))
	})}
}
