package cryptomod

import (
	"github.com/dop251/goja"
)

// defineKEM adds encapsulate and decapsulate
// (https://nodejs.org/docs/latest-v24.x/api/crypto.html#cryptoencapsulatekey-callback).
func (m *module) defineKEM() {
	rt := m.rt
	run := func(c goja.FunctionCall, at int, prepare func() job) goja.Value {
		cb := c.Argument(at)
		if !goja.IsUndefined(cb) {
			rt.Function(cb, "callback")
		}
		j := prepare()
		if goja.IsUndefined(cb) {
			return m.now(j)
		}
		m.start("KEMREQUEST", j, cb)
		return goja.Undefined()
	}
	m.funcs["encapsulate"] = func(c goja.FunctionCall) goja.Value {
		return run(c, 1, func() job {
			k := m.readKey(c.Argument(0), consumePublic)
			return job{
				run: func() (any, error) {
					shared, ciphertext, err := k.Encapsulate()
					return [2][]byte{shared, ciphertext}, err
				},
				value: one(func(v any) goja.Value {
					p := v.([2][]byte)
					o := rt.VM.NewObject()
					_ = o.Set("sharedKey", rt.MakeBuffer(p[0]))
					_ = o.Set("ciphertext", rt.MakeBuffer(p[1]))
					return o
				}),
			}
		})
	}
	m.funcs["decapsulate"] = func(c goja.FunctionCall) goja.Value {
		return run(c, 2, func() job {
			read := m.prepareKey(c.Argument(0), consumePrivate)
			p := m.secret(c.Argument(1), "ciphertext")
			k := read()
			return m.bufferResult(func() ([]byte, error) { return k.Decapsulate(p) })
		})
	}
}
