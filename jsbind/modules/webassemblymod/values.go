package webassemblymod

import (
	"math"
	"math/big"

	"github.com/dop251/goja"
	"github.com/tetratelabs/wazero/api"
)

// funcref is the type of references to functions, which wazero has no name for.
const funcref = api.ValueType(0x70)

// v128 is the type of vectors, which JavaScript has none of.
const v128 = api.ValueType(0x7b)

func typeName(t api.ValueType) string {
	switch t {
	case funcref:
		return "funcref"
	case v128:
		return "v128"
	}
	return api.ValueTypeName(t)
}

var low64 = new(big.Int).SetUint64(math.MaxUint64)

// encode is ToWebAssemblyValue.
func (m *module) encode(v goja.Value, t api.ValueType) uint64 {
	switch t {
	case api.ValueTypeI32:
		n := v.ToNumber()
		if f := n.ToFloat(); math.IsNaN(f) || math.IsInf(f, 0) {
			return 0
		} else if math.Abs(f) >= 1<<53 {
			return uint64(uint32(int64(math.Mod(f, 1<<32))))
		}
		return uint64(uint32(n.ToInteger()))
	case api.ValueTypeI64:
		b, ok := v.Export().(*big.Int)
		if !ok {
			// BigInt.asIntN converts, and throws what the language throws.
			asInt := m.rt.VM.Get("BigInt").(*goja.Object).Get("asIntN")
			b, _ = m.rt.Call(asInt, goja.Undefined(), m.rt.VM.ToValue(64), v).Export().(*big.Int)
		}
		return new(big.Int).And(b, low64).Uint64()
	case api.ValueTypeF32:
		return api.EncodeF32(float32(v.ToNumber().ToFloat()))
	case api.ValueTypeF64:
		return api.EncodeF64(v.ToNumber().ToFloat())
	case api.ValueTypeExternref:
		if goja.IsNull(v) {
			return 0
		}
		m.refs = append(m.refs, v)
		return uint64(len(m.refs))
	case funcref:
		if goja.IsNull(v) {
			return 0
		}
	}
	panic(m.rt.VM.NewTypeError("type incompatibility when transforming from/to JS"))
}

// decode is ToJSValue.
func (m *module) decode(v uint64, t api.ValueType) goja.Value {
	switch t {
	case api.ValueTypeI32:
		return m.rt.VM.ToValue(int32(v))
	case api.ValueTypeI64:
		return m.rt.VM.ToValue(big.NewInt(int64(v)))
	case api.ValueTypeF32:
		return m.rt.VM.ToValue(float64(api.DecodeF32(v)))
	case api.ValueTypeF64:
		return m.rt.VM.ToValue(api.DecodeF64(v))
	case api.ValueTypeExternref:
		if v == 0 {
			return goja.Null()
		}
		return m.refs[v-1]
	case funcref:
		if v == 0 {
			return goja.Null()
		}
	}
	panic(m.rt.VM.NewTypeError("type incompatibility when transforming from/to JS"))
}
