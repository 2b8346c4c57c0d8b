package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

type arrayBuffer struct {
	baseObject
	detached bool
	data     []byte
}

type typedArray struct {
	baseObject
	viewedArrayBuf *arrayBuffer
	defaultCtor    *goja.Object
	length, offset int
	elemSize       int
	typedArray     iface
}

// Bytes returns the memory of a Uint8Array, shared; ok is false for all other
// objects and where the memory is detached.
func Bytes(obj *goja.Object) (p []byte, ok bool) {
	o := (*object)(unsafe.Pointer(obj))
	if o.self.tab != learnt.typedArray {
		return nil, false
	}
	a := (*typedArray)(o.self.data)
	if a.typedArray.tab != learnt.uint8 || a.viewedArrayBuf.detached || a.offset+a.length > len(a.viewedArrayBuf.data) {
		return nil, false
	}
	return a.viewedArrayBuf.data[a.offset : a.offset+a.length], true
}

// uint8Array is a Uint8Array over a buffer of its own.
type uint8Array struct {
	object
	array        typedArray
	bufferObject object
	buffer       arrayBuffer
}

// NewBytes makes a Uint8Array over p with the prototype proto. like is any
// Uint8Array of the runtime.
func NewBytes(like, proto *goja.Object, p []byte) *goja.Object {
	sample := (*object)(unsafe.Pointer(like))
	s := (*typedArray)(sample.self.data)
	x := &uint8Array{}
	x.runtime, x.bufferObject.runtime = sample.runtime, sample.runtime
	x.self = iface{learnt.typedArray, unsafe.Pointer(&x.array)}
	x.bufferObject.self = iface{learnt.arrayBuffer, unsafe.Pointer(&x.buffer)}
	x.buffer.data = p
	x.buffer.baseObject = baseObject{
		class: "Object", val: (*goja.Object)(unsafe.Pointer(&x.bufferObject)), prototype: s.viewedArrayBuf.prototype, extensible: true,
		values: make(map[unistring.String]goja.Value),
	}
	o := (*goja.Object)(unsafe.Pointer(&x.object))
	x.array = typedArray{
		baseObject: baseObject{
			class: "Object", val: o, prototype: proto, extensible: true,
			values: make(map[unistring.String]goja.Value),
		},
		viewedArrayBuf: &x.buffer, defaultCtor: s.defaultCtor, length: len(p), elemSize: 1,
		typedArray: iface{learnt.uint8, unsafe.Pointer(&x.buffer.data)},
	}
	return o
}
