package buffermod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// maxLength is buffer.constants.MAX_LENGTH, maxString MAX_STRING_LENGTH, as
// Node has them on 64-bit machines. What the machine cannot give is an error
// before.
const (
	maxLength = 1<<53 - 1
	maxString = 536870888
	// maxAlloc is what one allocation may ask of the Go heap.
	maxAlloc = 1 << 36
)

type module struct {
	rt       *bind.Runtime
	ctor     *goja.Object
	proto    *goja.Object
	u8       func(args []goja.Value, newTarget *goja.Object) (*goja.Object, error)
	u8ctor   *goja.Object
	exports  *goja.Object
	poolSize goja.Value
	sample   *goja.Object // a Uint8Array that no program sees

	deprecated bool // the warning of Buffer()
}

type moduleKey struct{}

// Load returns the exports of node:buffer.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// Define makes the Buffer class, which streams and sockets need.
func Define(rt *bind.Runtime) { get(rt) }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, poolSize: rt.VM.ToValue(8192)}
	rt.SetValue(moduleKey{}, m)
	m.class()
	rt.MakeBuffer = m.make
	m.statics()
	m.slices()
	m.search()
	m.fill()
	m.numbers()
	m.module()
	return m
}

// class makes the constructor and the prototype over Uint8Array's.
func (m *module) class() {
	rt := m.rt
	m.u8ctor = rt.VM.Get("Uint8Array").(*goja.Object)
	construct, _ := goja.AssertConstructor(m.u8ctor)
	m.u8 = func(args []goja.Value, nt *goja.Object) (*goja.Object, error) { return construct(nt, args...) }
	m.ctor = rt.VM.ToValue(func(call goja.ConstructorCall) *goja.Object {
		if !m.deprecated && (rt.PendingDeprecation || !rt.CalledFromPackage(100)) {
			m.deprecated = true
			rt.Warn("Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.", "DeprecationWarning", map[string]any{"code": "DEP0005"})
		}
		if len(call.Arguments) > 0 && goja.IsNumber(call.Arguments[0]) {
			if len(call.Arguments) > 1 && goja.IsString(call.Arguments[1]) {
				rt.ArgType("string", call.Arguments[0], "string")
			}
			return m.alloc(m.size(call.Arguments[0]))
		}
		return m.from(goja.FunctionCall{Arguments: call.Arguments})
	}).(*goja.Object)
	_ = m.ctor.DefineDataProperty("name", rt.VM.ToValue("Buffer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = m.ctor.DefineDataProperty("length", rt.VM.ToValue(3), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	m.proto = m.ctor.Get("prototype").(*goja.Object)
	_ = m.proto.SetPrototype(m.u8ctor.Get("prototype").(*goja.Object))
	_ = m.ctor.SetPrototype(m.u8ctor)
	// What map, filter and subarray make: a Buffer, without the deprecated constructor.
	fast := rt.VM.ToValue(func(call goja.ConstructorCall) *goja.Object { return m.view(call.Arguments...) }).(*goja.Object)
	_ = fast.DefineDataProperty("name", rt.VM.ToValue("FastBuffer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = fast.DefineDataProperty("prototype", m.proto, goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = m.ctor.DefineAccessorPropertySymbol(goja.SymSpecies, rt.Func("get [Symbol.species]", 0, func(goja.FunctionCall) goja.Value { return fast }), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// make returns a Buffer over p, sharing its memory; what lies beyond p's length
// cannot be reached through it.
func (m *module) make(p []byte) *goja.Object {
	m.rt.Loop.ShowRead()
	if m.sample == nil {
		m.sample = m.view()
	}
	return engine.NewBytes(m.sample, m.proto, p[:len(p):len(p)])
}

func (m *module) view(args ...goja.Value) *goja.Object {
	o, err := m.u8(args, nil)
	if err != nil {
		panic(err)
	}
	_ = o.SetPrototype(m.proto)
	return o
}

func (m *module) alloc(n int) *goja.Object { return m.make(make([]byte, n)) }

// size validates a length for alloc and its like.
func (m *module) size(v goja.Value) int {
	n := m.rt.NumberIn(v, "size", 0, maxLength)
	if n > maxAlloc {
		m.rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_MEMORY_ALLOCATION_FAILED", "Array buffer allocation failed"))
	}
	return int(n)
}

// self returns the bytes of this, which must be a Uint8Array.
func (m *module) self(v goja.Value) []byte {
	b, ok := bind.BytesOf(v)
	if !ok {
		m.rt.ArgType("buffer", v, "Buffer", "Uint8Array")
	}
	return b
}

// encoding reads an encoding argument; undefined is UTF-8.
func (m *module) encoding(v goja.Value) buffer.Encoding {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		return buffer.UTF8
	}
	if e, ok := buffer.ParseEncoding(v.String()); ok && v.String() != "" {
		return e
	}
	text := ""
	if o, ok := v.(*goja.Object); ok {
		text = m.rt.Inspect(o, 0)
	} else {
		text = v.String()
	}
	m.rt.Throw(nodeerr.UnknownEncoding(text))
	return 0
}

// encodingOrUTF8 reads the encoding of Buffer.from and write, where a value
// that is not a string or is empty means UTF-8.
func (m *module) encodingOrUTF8(v goja.Value) buffer.Encoding {
	if v == nil || !goja.IsString(v) || v.String() == "" {
		return buffer.UTF8
	}
	return m.encoding(v)
}

// Encode turns a JavaScript string into bytes; unpaired surrogates survive
// UTF-16.
func Encode(v goja.Value, e buffer.Encoding) []byte {
	s, ok := v.(goja.String)
	if !ok || e == buffer.UTF8 || e == buffer.Hex || e == buffer.Base64 || e == buffer.Base64URL {
		return buffer.Encode(v.String(), e)
	}
	n := s.Length()
	if e == buffer.UTF16LE {
		out := make([]byte, 2*n)
		for i := 0; i < n; i++ {
			c := s.CharAt(i)
			out[2*i], out[2*i+1] = byte(c), byte(c>>8)
		}
		return out
	}
	out := make([]byte, n)
	for i := 0; i < n; i++ {
		out[i] = byte(s.CharAt(i))
	}
	return out
}

// Text decodes bytes into a JavaScript string.
func Text(vm *goja.Runtime, p []byte, e buffer.Encoding) goja.Value {
	switch e {
	case buffer.UTF8:
		if !buffer.IsASCII(p) {
			return goja.StringFromUTF16(buffer.UTF16(p, e))
		}
		return engine.Text(string(p))
	case buffer.UTF16LE:
		return goja.StringFromUTF16(buffer.UTF16(p, e))
	}
	return engine.Text(buffer.Decode(p, e))
}

func (m *module) text(p []byte, e buffer.Encoding) goja.Value {
	if len(p) > maxString {
		m.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_STRING_TOO_LONG", "Cannot create a string longer than 0x1fffffe8 characters"))
	}
	return Text(m.rt.VM, p, e)
}

func (m *module) method(name string, n int, f bind.Method) *goja.Object {
	fn := m.rt.Func(name, n, f)
	_ = m.proto.Set(name, fn)
	return fn
}

func (m *module) static(name string, n int, f bind.Method) {
	fn := m.rt.Func(name, n, f)
	lang.Constructible(m.rt.VM, fn) // packages write new Buffer.alloc(n)
	_ = m.ctor.Set(name, fn)
}
