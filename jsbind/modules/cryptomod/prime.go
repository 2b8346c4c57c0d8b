package cryptomod

import (
	"math/big"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) definePrimes() {
	m.funcs["generatePrimeSync"] = func(c goja.FunctionCall) goja.Value { return m.now(m.generatePrime(c.Argument(0), c.Argument(1))) }
	m.funcs["generatePrime"] = func(c goja.FunctionCall) goja.Value {
		size, options, cb := c.Argument(0), c.Argument(1), c.Argument(2)
		m.int32Arg(size, "size", 1)
		if bind.IsCallable(options) {
			options, cb = goja.Undefined(), options
		}
		m.rt.Function(cb, "callback")
		m.start("RANDOMPRIMEREQUEST", m.generatePrime(size, options), cb)
		return goja.Undefined()
	}
	m.funcs["checkPrimeSync"] = func(c goja.FunctionCall) goja.Value { return m.now(m.checkPrime(c.Argument(0), c.Argument(1))) }
	m.funcs["checkPrime"] = func(c goja.FunctionCall) goja.Value {
		options, cb := c.Argument(1), c.Argument(2)
		m.candidate(c.Argument(0), "candidate")
		if bind.IsCallable(options) {
			options, cb = goja.Undefined(), options
		}
		m.rt.Function(cb, "callback")
		m.start("CHECKPRIMEREQUEST", m.checkPrime(c.Argument(0), options), cb)
		return goja.Undefined()
	}
}

// candidate reads a number: a BigInt or bytes.
func (m *module) candidate(v goja.Value, name string) *big.Int {
	if goja.IsBigInt(v) {
		n, ok := v.Export().(*big.Int)
		if !ok {
			n, _ = new(big.Int).SetString(v.String(), 10)
		}
		if n.Sign() < 0 {
			m.rt.OutOfRange(name, ">= 0", v)
		}
		return n
	}
	p, ok := m.rt.BufferSource(v)
	if !ok {
		m.rt.ArgType(name, v, "bigint", "ArrayBuffer", "TypedArray", "Buffer", "DataView")
	}
	if len(p) > maxNumber {
		m.rt.Throw(nodeerr.OpenSSL(0x01800072, "bignum routines", "bignum too long", "ERR_OSSL_BN_BIGNUM_TOO_LONG"))
	}
	return new(big.Int).SetBytes(p)
}

// maxNumber is the longest number that OpenSSL takes, in bytes.
const maxNumber = 1<<26 - 1

func (m *module) generatePrime(size, options goja.Value) job {
	rt := m.rt
	bits := m.int32Arg(size, "size", 1)
	var o *goja.Object
	if !goja.IsUndefined(options) {
		o = m.object(options, "options")
	}
	flag := func(name string) bool {
		v := bind.Get(o, name)
		return !goja.IsUndefined(v) && rt.Bool(v, "options."+name)
	}
	safe, asBigint := flag("safe"), flag("bigint")
	var add, rem *big.Int
	if v := bind.Get(o, "add"); !goja.IsUndefined(v) {
		add = m.candidate(v, "options.add")
	}
	if v := bind.Get(o, "rem"); !goja.IsUndefined(v) {
		rem = m.candidate(v, "options.rem")
	}
	if add != nil {
		if add.BitLen() > bits || add.Sign() == 0 {
			rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_OUT_OF_RANGE", "invalid options.add"))
		}
		if rem != nil && add.Cmp(rem) <= 0 {
			rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_OUT_OF_RANGE", "invalid options.rem"))
		}
	} else {
		rem = nil
	}
	return job{
		run: func() (any, error) {
			if bits < 2 || safe && bits < 3 {
				return nil, nodeerr.New(nodeerr.KindError, "", "error:01800076:bignum routines::bits too small")
			}
			return crypto.GeneratePrime(bits, safe, add, rem)
		},
		value: one(func(v any) goja.Value {
			n := v.(*big.Int)
			if asBigint {
				return m.bigint(n)
			}
			return rt.VM.ToValue(rt.VM.NewArrayBuffer(n.FillBytes(make([]byte, (bits+7)/8))))
		}),
	}
}

// object validates an options argument.
func (m *module) object(v goja.Value, name string) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok || bind.IsArray(v) || bind.IsCallable(v) {
		m.rt.ArgType(name, v, "object")
	}
	return o
}

func (m *module) checkPrime(candidate, options goja.Value) job {
	n := m.candidate(candidate, "candidate")
	checks := 0
	if !goja.IsUndefined(options) {
		if v := bind.Get(m.object(options, "options"), "checks"); !goja.IsUndefined(v) {
			checks = m.int32Arg(v, "options.checks", 0)
		}
	}
	if checks == 0 {
		checks = 64
	}
	n = new(big.Int).Set(n)
	return job{run: func() (any, error) { return n.ProbablyPrime(checks), nil }, value: one(func(v any) goja.Value { return m.rt.VM.ToValue(v.(bool)) })}
}
