package cryptomod

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

// maxRandom is the most that randomBytes and randomFill take.
const maxRandom = 1<<31 - 1

func (m *module) randomFunctions() {
	m.funcs["randomBytes"] = m.randomBytes
	m.funcs["randomFill"] = m.randomFill
	m.funcs["randomFillSync"] = m.randomFillSync
	m.funcs["randomInt"] = m.randomInt
	m.funcs["randomUUID"] = m.randomUUID
}

// fill fills p with random bytes; it never fails.
func fill(p []byte) { _, _ = rand.Read(p) }

// size validates a number of elements and returns it in bytes.
func (m *module) randomSize(v goja.Value, element, offset, length float64) int {
	size := m.rt.Number(v, "size")
	size *= element
	if math.IsNaN(size) || size > maxRandom || size < 0 {
		m.rt.OutOfRange("size", ">= 0 && <= 2147483647", v)
	}
	if size+offset > length {
		m.rt.OutOfRange("size + offset", "<= "+bind.FormatNumber(length), m.rt.VM.ToValue(size+offset))
	}
	return int(size)
}

func (m *module) randomOffset(v goja.Value, element, length float64) int {
	f := m.rt.Number(v, "offset") * element
	if limit := math.Min(length, maxRandom); math.IsNaN(f) || f > limit || f < 0 {
		m.rt.OutOfRange("offset", ">= 0 && <= "+bind.FormatNumber(limit), m.rt.VM.ToValue(f))
	}
	return int(f)
}

func (m *module) randomBytes(c goja.FunctionCall) goja.Value {
	n := m.randomSize(c.Argument(0), 1, 0, math.Inf(1))
	cb := c.Argument(1)
	if !goja.IsUndefined(cb) {
		m.rt.Function(cb, "callback")
	}
	p := make([]byte, n)
	j := job{run: func() (any, error) { fill(p); return nil, nil }, value: one(func(any) goja.Value { return m.rt.MakeBuffer(p) })}
	if goja.IsUndefined(cb) {
		return m.now(j)
	}
	m.start("RANDOMBYTESREQUEST", j, cb)
	return goja.Undefined()
}

// randomTarget reads what is to be filled: its memory and the size of an
// element.
func (m *module) randomTarget(v goja.Value) (p []byte, element float64) {
	p, ok := m.rt.BufferSource(v)
	if !ok {
		m.rt.ArgType("buf", v, "ArrayBuffer", "ArrayBufferView")
	}
	return p, m.elementSize(v.(*goja.Object))
}

func (m *module) elementSize(o *goja.Object) float64 {
	if n := bind.Get(o, "BYTES_PER_ELEMENT"); m.rt.Mirror.Kind(o) == mirror.TypedArray && goja.IsNumber(n) {
		return n.ToFloat()
	}
	return 1
}

func (m *module) randomFillSync(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	p, element := m.randomTarget(v)
	var offset, size int
	if o := c.Argument(1); !goja.IsUndefined(o) {
		offset = m.randomOffset(o, element, float64(len(p)))
	}
	if s := c.Argument(2); goja.IsUndefined(s) {
		size = len(p) - offset
	} else {
		size = m.randomSize(s, element, float64(offset), float64(len(p)))
	}
	fill(p[offset : offset+size])
	return v
}

func (m *module) randomFill(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	p, element := m.randomTarget(v)
	var offset, size int
	cb := c.Argument(3)
	o, s := c.Argument(1), c.Argument(2)
	switch {
	case bind.IsCallable(o):
		cb, size = o, len(p)
	case bind.IsCallable(s):
		cb = s
		offset = m.randomOffset(o, element, float64(len(p)))
		size = len(p) - offset
	default:
		m.rt.Function(cb, "callback")
		offset = m.randomOffset(o, element, float64(len(p)))
		if goja.IsUndefined(s) {
			size = len(p) - offset
		} else {
			size = m.randomSize(s, element, float64(offset), float64(len(p)))
		}
	}
	q := make([]byte, size) // the program's memory is touched on the loop only
	m.start("RANDOMBYTESREQUEST", job{
		run:   func() (any, error) { fill(q); return nil, nil },
		value: one(func(any) goja.Value { copy(p[offset:], q); return v }),
	}, cb)
	return goja.Undefined()
}

func safeInteger(v goja.Value) bool {
	if !goja.IsNumber(v) {
		return false
	}
	f := v.ToFloat()
	return f == math.Trunc(f) && math.Abs(f) <= bind.MaxSafe
}

func (m *module) randomInt(c goja.FunctionCall) goja.Value {
	rt := m.rt
	lo, hi, cb := c.Argument(0), c.Argument(1), c.Argument(2)
	swapped := goja.IsUndefined(hi) || bind.IsCallable(hi)
	if swapped {
		cb, hi, lo = hi, lo, rt.VM.ToValue(0)
	}
	if !goja.IsUndefined(cb) {
		rt.Function(cb, "callback")
	}
	if !safeInteger(lo) {
		rt.ArgType("min", lo, "a safe integer")
	}
	if !safeInteger(hi) {
		rt.ArgType("max", hi, "a safe integer")
	}
	from, to := lo.ToFloat(), hi.ToFloat()
	if to <= from {
		rt.OutOfRange("max", `greater than the value of "min" (`+bind.FormatNumber(from)+")", hi)
	}
	const most = 1<<48 - 1
	if to-from > most {
		name := "max - min"
		if swapped {
			name = "max"
		}
		rt.OutOfRange(name, "<= 281474976710655", rt.VM.ToValue(to-from))
	}
	n := uint64(to - from)
	draw := func() float64 {
		limit := most - most%n
		for {
			var b [8]byte
			fill(b[2:])
			if x := binary.BigEndian.Uint64(b[:]); x < limit {
				return from + float64(x%n)
			}
		}
	}
	if goja.IsUndefined(cb) {
		return rt.VM.ToValue(draw())
	}
	v := rt.VM.ToValue(draw())
	rt.Loop.NextTickFunc(func() { rt.Call(cb, goja.Undefined(), goja.Undefined(), v) })
	return goja.Undefined()
}

// uuidCache keeps random bytes for the next identifiers.
type uuidCache struct {
	buf  [128 * 16]byte
	used int
	full bool
}

func (u *uuidCache) next() []byte {
	if !u.full || u.used == len(u.buf) {
		fill(u.buf[:])
		u.used, u.full = 0, true
	}
	p := u.buf[u.used : u.used+16]
	u.used += 16
	return p
}

func (m *module) randomUUID(c goja.FunctionCall) goja.Value {
	var b [16]byte
	o := c.Argument(0)
	uncached := false
	if !goja.IsUndefined(o) {
		if _, ok := o.(*goja.Object); !ok || bind.IsArray(o) || bind.IsCallable(o) {
			m.rt.ArgType("options", o, "object")
		}
		if v := bind.Get(o.(*goja.Object), "disableEntropyCache"); !goja.IsUndefined(v) {
			uncached = m.rt.Bool(v, "options.disableEntropyCache")
		}
	}
	if uncached {
		fill(b[:])
	} else {
		copy(b[:], m.uuids.next())
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80 // RFC 9562: version 4, variant 1
	var out [36]byte
	hex.Encode(out[:8], b[:4])
	hex.Encode(out[9:13], b[4:6])
	hex.Encode(out[14:18], b[6:8])
	hex.Encode(out[19:23], b[8:10])
	hex.Encode(out[24:], b[10:])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return m.rt.VM.ToValue(string(out[:]))
}

// getRandomValues is crypto.getRandomValues(typedArray).
func (m *module) getRandomValues(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	o, ok := v.(*goja.Object)
	if !ok || m.rt.Mirror.Kind(o) != mirror.TypedArray {
		panic(m.rt.NewDOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError"))
	}
	switch o.ClassName() {
	case "Float16Array", "Float32Array", "Float64Array":
		panic(m.rt.NewDOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError"))
	}
	if tag := o.GetSymbol(goja.SymToStringTag); tag != nil && len(tag.String()) > 5 && tag.String()[:5] == "Float" {
		panic(m.rt.NewDOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError"))
	}
	p, _ := m.rt.BufferSource(v)
	if len(p) > 65536 {
		panic(m.rt.NewDOMException("The requested length exceeds 65,536 bytes", "QuotaExceededError"))
	}
	fill(p)
	return v
}
