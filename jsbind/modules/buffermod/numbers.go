package buffermod

import (
	"math"
	"math/big"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// numbers adds the read and write methods of integers and floats.
func (m *module) numbers() {
	for _, width := range []int{1, 2, 4} {
		for _, signed := range []bool{true, false} {
			for _, little := range []bool{true, false} {
				m.fixed(width, signed, little)
				if width == 1 {
					break
				}
			}
		}
	}
	for _, signed := range []bool{true, false} {
		for _, little := range []bool{true, false} {
			m.variable(signed, little)
			m.bigints(signed, little)
		}
	}
	for _, little := range []bool{true, false} {
		m.floats(4, little)
		m.floats(8, little)
	}
}

func order(little bool) string {
	if little {
		return "LE"
	}
	return "BE"
}

func load(p []byte, little bool) (x uint64) {
	for i := range p {
		if little {
			x |= uint64(p[i]) << (8 * i)
		} else {
			x = x<<8 | uint64(p[i])
		}
	}
	return x
}

func store(p []byte, x uint64, little bool) {
	for i := range p {
		j := i
		if !little {
			j = len(p) - 1 - i
		}
		p[j] = byte(x >> (8 * i))
	}
}

// at validates an offset and returns the width bytes there.
func (m *module) at(p []byte, v goja.Value, width int) []byte {
	if v == nil || goja.IsUndefined(v) {
		v = m.rt.VM.ToValue(0)
	}
	f := m.rt.Number(v, "offset")
	if f == math.Trunc(f) && f >= 0 && f <= float64(len(p)-width) {
		return p[int(f) : int(f)+width]
	}
	if f != math.Trunc(f) {
		m.rt.OutOfRange("offset", "an integer", v)
	}
	if len(p) < width {
		m.outOfBounds("")
	}
	m.rt.OutOfRange("offset", ">= 0 and <= "+bind.FormatNumber(float64(len(p)-width)), v)
	return nil
}

func (m *module) names(kind string, uint, read bool, suffix string) []string {
	verb := "write"
	if read {
		verb = "read"
	}
	if !uint {
		return []string{verb + kind + suffix}
	}
	return []string{verb + "U" + kind + suffix, verb + "Ui" + kind[1:] + suffix}
}

// define adds one function under a name and its alias (readUInt8, readUint8).
func (m *module) define(names []string, n int, f bind.Method) {
	fn := m.method(names[0], n, f)
	for _, alias := range names[1:] {
		_ = m.proto.Set(alias, fn)
	}
}

func (m *module) fixed(width int, signed, little bool) {
	suffix := bind.FormatNumber(float64(8 * width))
	if width > 1 {
		suffix += order(little)
	}
	bits := 8 * width
	m.define(m.names("Int", !signed, true, suffix), 0, func(c goja.FunctionCall) goja.Value {
		x := load(m.at(m.self(c.This), c.Argument(0), width), little)
		return m.rt.VM.ToValue(integer(x, bits, signed))
	})
	min, max := limits(bits, signed)
	m.define(m.names("Int", !signed, false, suffix), 1, func(c goja.FunctionCall) goja.Value {
		p := m.self(c.This)
		return m.putInt(p, c.Argument(0), c.Argument(1), width, min, max, little)
	})
}

func integer(x uint64, bits int, signed bool) int64 {
	if signed {
		return int64(x<<(64-bits)) >> (64 - bits)
	}
	return int64(x)
}

func limits(bits int, signed bool) (min, max float64) {
	if signed {
		return -math.Exp2(float64(bits - 1)), math.Exp2(float64(bits-1)) - 1
	}
	return 0, math.Exp2(float64(bits)) - 1
}

func (m *module) putInt(p []byte, value, offset goja.Value, width int, min, max float64, little bool) goja.Value {
	f := value.ToFloat()
	if f > max || f < min {
		m.valueRange(value, f, width, min, max)
	}
	dst := m.at(p, offset, width)
	var x uint64
	if f == f {
		x = uint64(int64(f))
	}
	store(dst, x, little)
	off := int64(0)
	if !goja.IsUndefined(offset) {
		off = offset.ToInteger()
	}
	return m.rt.VM.ToValue(off + int64(width))
}

// valueRange throws ERR_OUT_OF_RANGE for a value, worded by the width.
func (m *module) valueRange(v goja.Value, f float64, width int, min, max float64) {
	want := ">= " + bind.FormatNumber(min) + " and <= " + bind.FormatNumber(max)
	if width > 4 {
		want = ">= 0 and < 2 ** " + bind.FormatNumber(float64(width*8))
		if min != 0 {
			bits := bind.FormatNumber(float64(width*8 - 1))
			want = ">= -(2 ** " + bits + ") and < 2 ** " + bits
		}
	}
	m.rt.OutOfRange("value", want, m.rt.VM.ToValue(f))
}

// variable adds readIntLE(offset, byteLength) and its like.
func (m *module) variable(signed, little bool) {
	width := func(v goja.Value) int {
		if goja.IsUndefined(v) {
			m.rt.ArgType("byteLength", v, "number")
		}
		w := m.rt.Number(v, "byteLength")
		if w != math.Floor(w) {
			m.rt.OutOfRange("byteLength", "an integer", v)
		}
		if w < 1 || w > 6 {
			m.rt.OutOfRange("byteLength", ">= 1 and <= 6", v)
		}
		return int(w)
	}
	need := func(v goja.Value) {
		if goja.IsUndefined(v) {
			m.rt.ArgType("offset", v, "number")
		}
	}
	m.define(m.names("Int", !signed, true, order(little)), 2, func(c goja.FunctionCall) goja.Value {
		need(c.Argument(0))
		w := width(c.Argument(1))
		x := load(m.at(m.self(c.This), c.Argument(0), w), little)
		return m.rt.VM.ToValue(integer(x, 8*w, signed))
	})
	m.define(m.names("Int", !signed, false, order(little)), 3, func(c goja.FunctionCall) goja.Value {
		w := width(c.Argument(2))
		min, max := limits(8*w, signed)
		need(c.Argument(1))
		return m.putInt(m.self(c.This), c.Argument(0), c.Argument(1), w, min, max, little)
	})
}

func (m *module) bigints(signed, little bool) {
	suffix := "64" + order(little)
	kind := "Int"
	names := func(verb string) []string {
		if signed {
			return []string{verb + "Big" + kind + suffix}
		}
		return []string{verb + "BigU" + kind + suffix, verb + "BigUint" + suffix}
	}
	m.define(names("read"), 0, func(c goja.FunctionCall) goja.Value {
		x := load(m.at(m.self(c.This), c.Argument(0), 8), little)
		if signed {
			return m.rt.VM.ToValue(big.NewInt(int64(x)))
		}
		return m.rt.VM.ToValue(new(big.Int).SetUint64(x))
	})
	m.define(names("write"), 1, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if !goja.IsBigInt(v) {
			m.rt.ArgType("value", v, "bigint")
		}
		x := v.Export().(*big.Int)
		ok := x.IsUint64()
		want := ">= 0n and < 2n ** 64n"
		if signed {
			ok = x.IsInt64()
			want = ">= -(2n ** 63n) and < 2n ** 63n"
		}
		if !ok {
			m.rt.OutOfRange("value", want, v)
		}
		u := x.Uint64()
		if signed {
			u = uint64(x.Int64())
		}
		p := m.self(c.This)
		store(m.at(p, c.Argument(1), 8), u, little)
		off := int64(0)
		if o := c.Argument(1); !goja.IsUndefined(o) {
			off = o.ToInteger()
		}
		return m.rt.VM.ToValue(off + 8)
	})
}

func (m *module) floats(width int, little bool) {
	name := "Float"
	if width == 8 {
		name = "Double"
	}
	m.method("read"+name+order(little), 0, func(c goja.FunctionCall) goja.Value {
		x := load(m.at(m.self(c.This), c.Argument(0), width), little)
		if width == 4 {
			return m.rt.VM.ToValue(float64(math.Float32frombits(uint32(x))))
		}
		return m.rt.VM.ToValue(math.Float64frombits(x))
	})
	m.method("write"+name+order(little), 1, func(c goja.FunctionCall) goja.Value {
		f := c.Argument(0).ToFloat()
		x := math.Float64bits(f)
		switch {
		case width == 4 && f != f: // V8 has one NaN
			x = 0x7fc00000
		case width == 4:
			x = uint64(math.Float32bits(float32(f)))
		case f != f:
			x = 0x7ff8000000000000
		}
		store(m.at(m.self(c.This), c.Argument(1), width), x, little)
		off := int64(0)
		if o := c.Argument(1); !goja.IsUndefined(o) {
			off = o.ToInteger()
		}
		return m.rt.VM.ToValue(off + int64(width))
	})
}
