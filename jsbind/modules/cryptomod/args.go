package cryptomod

import (
	"bytes"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/nodeerr"
)

// view returns the memory of a typed array or DataView, shared.
func (m *module) view(v goja.Value) ([]byte, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if p, ok := bind.BytesOf(v); ok {
		return p, true
	}
	switch m.rt.Mirror.Kind(o) {
	case mirror.TypedArray, mirror.DataView:
		return m.rt.BufferSource(v)
	}
	return nil, false
}

// encodingOf reads an encoding; anything unknown is UTF-8.
func encodingOf(v goja.Value) buffer.Encoding {
	if v != nil && goja.IsString(v) {
		if e, ok := buffer.ParseEncoding(v.String()); ok {
			return e
		}
	}
	return buffer.UTF8
}

// data reads the argument of update and its like: a string with an encoding, or
// a view. The memory is shared.
func (m *module) data(v, encoding goja.Value, name string) []byte {
	if goja.IsString(v) {
		e := encodingOf(encoding)
		if e == buffer.Hex && v.(goja.String).Length()%2 != 0 {
			m.rt.ArgValue("encoding", encoding, "is invalid for data of length "+bind.FormatNumber(float64(v.(goja.String).Length())))
		}
		return buffermod.Encode(v, e)
	}
	p, ok := m.view(v)
	if !ok {
		m.rt.ArgType(name, v, "string", "Buffer", "TypedArray", "DataView")
	}
	return p
}

// bytes reads an argument that may also be an ArrayBuffer. The memory is
// shared: clone what outlives the call.
func (m *module) bytes(v, encoding goja.Value, name string) []byte {
	if goja.IsString(v) {
		if encoding != nil && goja.IsString(encoding) {
			if s := encoding.String(); s != "" && s != "buffer" {
				if _, ok := buffer.ParseEncoding(s); !ok {
					m.rt.Throw(nodeerr.UnknownEncoding(s))
				}
			}
		}
		return buffermod.Encode(v, encodingOf(encoding))
	}
	p, ok := m.rt.BufferSource(v)
	if !ok {
		m.rt.ArgType(name, v, "string", "ArrayBuffer", "Buffer", "TypedArray", "DataView")
	}
	return p
}

// secret is bytes, copied.
func (m *module) secret(v goja.Value, name string) []byte {
	return bytes.Clone(m.bytes(v, nil, name))
}

// output makes the value of bytes in an encoding: a Buffer for none, "buffer"
// and what is unknown.
func (m *module) output(p []byte, encoding goja.Value) goja.Value {
	if bind.IsNullish(encoding) || !encoding.ToBoolean() {
		return m.rt.MakeBuffer(p)
	}
	if e, ok := buffer.ParseEncoding(encoding.String()); ok {
		return buffermod.Text(m.rt.VM, p, e)
	}
	return m.rt.MakeBuffer(p)
}

// strictOutput is output where an unknown encoding is an error.
func (m *module) strictOutput(p []byte, encoding goja.Value) goja.Value {
	if encoding.ToBoolean() && encoding.String() != "buffer" {
		if _, ok := buffer.ParseEncoding(encoding.String()); !ok {
			m.rt.Throw(nodeerr.UnknownEncoding(encoding.String()))
		}
	}
	return m.output(p, encoding)
}

// optionsObject reads an options argument that may be left out: undefined is
// none, anything but an object an error.
func (m *module) optionsObject(v goja.Value, name string) *goja.Object {
	if goja.IsUndefined(v) {
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok || bind.IsArray(v) || bind.IsCallable(v) {
		m.rt.ArgType(name, v, "object")
	}
	return o
}

// uint32Arg validates a number as Node's validateUint32.
func (m *module) uint32Arg(v goja.Value, name string) uint32 {
	return uint32(m.rt.Integer(v, name, 0, 1<<32-1))
}

// int32Arg validates a number as Node's validateInt32.
func (m *module) int32Arg(v goja.Value, name string, min float64) int {
	return int(m.rt.Integer(v, name, min, 1<<31-1))
}
