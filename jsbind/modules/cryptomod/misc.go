package cryptomod

import (
	"crypto/subtle"
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) miscFunctions() {
	rt := m.rt
	m.funcs["timingSafeEqual"] = func(c goja.FunctionCall) goja.Value {
		read := func(i int, name string) []byte {
			p, ok := rt.BufferSource(c.Argument(i))
			if !ok {
				rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_INVALID_ARG_TYPE",
					`The "`+name+`" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`))
			}
			return p
		}
		a, b := read(0, "buf1"), read(1, "buf2")
		if len(a) != len(b) {
			rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length"))
		}
		return rt.VM.ToValue(subtle.ConstantTimeCompare(a, b) == 1)
	}
	m.funcs["secureHeapUsed"] = func(goja.FunctionCall) goja.Value {
		o := rt.VM.NewObject()
		_ = o.Set("total", 0)
		_ = o.Set("used", 0)
		_ = o.Set("utilization", math.NaN())
		_ = o.Set("min", 2)
		return o
	}
	m.funcs["getFips"] = func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(0) }
	m.funcs["setFips"] = func(c goja.FunctionCall) goja.Value {
		if c.Argument(0).ToBoolean() {
			rt.Throw(nodeerr.MethodNotImplemented("crypto.setFips(true)"))
		}
		return goja.Undefined()
	}
	m.funcs["setEngine"] = func(c goja.FunctionCall) goja.Value {
		id := rt.String(c.Argument(0), "id")
		if f := c.Argument(1); !goja.IsUndefined(f) {
			rt.Number(f, "flags")
		}
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_ENGINE_UNKNOWN", `Engine "`+id+`" was not found`))
		return nil
	}
}

// deprecatedExports adds the exports that are not enumerable.
func (m *module) deprecatedExports() {
	rt, e := m.rt, m.exports
	rt.Accessor(e, "fips", func(goja.Value) goja.Value {
		m.deprecate("DEP0093", "The crypto.fips is deprecated. Please use crypto.getFips()")
		return rt.VM.ToValue(0)
	}, func(_, v goja.Value) {
		m.deprecate("DEP0093", "The crypto.fips is deprecated. Please use crypto.setFips()")
		rt.Call(e.Get("setFips"), e, v)
	}, false)
	for _, name := range []string{"prng", "pseudoRandomBytes", "rng"} {
		warn := m.pendingDeprecation()
		rt.Accessor(e, name, func(goja.Value) goja.Value {
			if warn {
				m.deprecate("DEP0115", "crypto."+name+" is deprecated.")
			}
			return e.Get("randomBytes")
		}, func(_, v goja.Value) {
			_ = e.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}, false)
	}
}
