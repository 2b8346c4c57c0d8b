package lang

import (
	"math"
	"weak"

	"github.com/dop251/goja"
)

// ArrayBuffer's newer half and SharedArrayBuffer (ECMA-262 25.1, 25.2).
//
// A SharedArrayBuffer is goja's ArrayBuffer object with another class and
// prototype, so that typed arrays and DataView accept it. Buffers that can
// grow keep their state, and the views on them, in buffers.byPtr; the
// length of each view follows the buffer.

// growable is a buffer made with maxByteLength.
type growable struct {
	max   int
	views []weak.Pointer[goja.Object]
	// fixed says which views had a length given, and what it was.
	fixed []int // elements, or -1 for views that track the buffer
}

type buffers struct {
	vm     *goja.Runtime
	byPtr  map[weak.Pointer[bufferObjectMirror]]*growable
	shared *goja.Object // SharedArrayBuffer.prototype
	hooked bool
}

// growable returns the state of a buffer that can grow, or nil.
func (b *buffers) growable(p *bufferObjectMirror) *growable {
	if b.byPtr == nil {
		return nil
	}
	return b.byPtr[weak.Make(p)]
}

func (b *buffers) setGrowable(p *bufferObjectMirror, g *growable) {
	if b.byPtr == nil {
		b.byPtr = make(map[weak.Pointer[bufferObjectMirror]]*growable)
	}
	if n := len(b.byPtr); n >= 64 && n&(n-1) == 0 {
		for w := range b.byPtr {
			if w.Value() == nil {
				delete(b.byPtr, w)
			}
		}
	}
	b.byPtr[weak.Make(p)] = g
}

// sharedClass is the class name of SharedArrayBuffer objects: what
// Object.ClassName returns for them.
const sharedClass = "SharedArrayBuffer"

// IsSharedArrayBuffer says whether o is a SharedArrayBuffer.
func IsSharedArrayBuffer(o *goja.Object) bool { return o.ClassName() == sharedClass }

func installBuffers(vm *goja.Runtime) *buffers {
	b := &buffers{vm: vm}
	ctor := vm.Get("ArrayBuffer").(*goja.Object)
	proto := ctor.Get("prototype").(*goja.Object)
	if n := nativeParts(ctor); n != nil {
		construct := n.construct
		n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			if opts, ok := arg(args, 1).(*goja.Object); ok {
				if m := opts.Get("maxByteLength"); !isUndefined(m) {
					length, limit := b.index(arg(args, 0), "Invalid array buffer length"), b.index(m, "Invalid array buffer max length")
					if length > limit {
						throwRange(vm, "Invalid array buffer max length")
					}
					o := construct([]goja.Value{goInt(length)}, newTarget)
					b.makeGrowable(o, length, limit)
					return o
				}
			}
			return construct(args, newTarget)
		}
	}
	const name = "ArrayBuffer.prototype."
	this := func(c goja.FunctionCall, m string) (*goja.Object, *bufferObjectMirror) {
		o, ok := c.This.(*goja.Object)
		if ok && !IsSharedArrayBuffer(o) {
			if p := bufferParts(o); p != nil {
				return o, p
			}
		}
		panic(vm.NewTypeError("Method %s called on incompatible receiver %s", name+m, describe(c.This)))
	}
	getter(vm, proto, "detached", func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "detached")
		return goBool(p.detached)
	})
	getter(vm, proto, "resizable", func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "resizable")
		return goBool(b.growable(p) != nil)
	})
	getter(vm, proto, "maxByteLength", func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "maxByteLength")
		if g := b.growable(p); g != nil && !p.detached {
			return goInt(g.max)
		}
		return goInt(len(p.data))
	})
	method(vm, proto, "resize", 1, func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "resize")
		g := b.growable(p)
		if g == nil {
			panic(vm.NewTypeError("Method ArrayBuffer.prototype.resize called on incompatible receiver #<ArrayBuffer>"))
		}
		n := b.index(c.Argument(0), "ArrayBuffer.prototype.resize: Invalid length parameter")
		if p.detached {
			panic(vm.NewTypeError("Cannot perform ArrayBuffer.prototype.resize on a detached ArrayBuffer"))
		}
		if n > g.max {
			throwRange(vm, "ArrayBuffer.prototype.resize: Invalid length parameter")
		}
		b.setLength(p, g, n)
		return goja.Undefined()
	})
	transfer := func(method string, keep bool) native {
		return func(c goja.FunctionCall) goja.Value {
			o, p := this(c, method)
			n := len(p.data)
			if !goja.IsUndefined(c.Argument(0)) {
				n = b.index(c.Argument(0), "Invalid array buffer length")
			}
			if p.detached {
				panic(vm.NewTypeError("Cannot perform %s on a detached ArrayBuffer", name+method))
			}
			g := b.growable(p)
			data := p.data
			if n <= len(data) {
				data = data[:n:n]
			} else {
				grown := make([]byte, n)
				copy(grown, data)
				data = grown
			}
			ab := vm.NewArrayBuffer(data)
			moved := vm.ToValue(ab).(*goja.Object)
			if g != nil && keep {
				if n > g.max {
					throwRange(vm, "Invalid array buffer length")
				}
				b.makeGrowable(moved, n, g.max)
			}
			o.Export().(goja.ArrayBuffer).Detach()
			if g != nil {
				b.setGrowable(p, &growable{})
			}
			return moved
		}
	}
	method(vm, proto, "transfer", 0, transfer("transfer", true))
	method(vm, proto, "transferToFixedLength", 0, transfer("transferToFixedLength", false))

	b.installShared()
	return b
}

// index is ToIndex; a value out of range throws a RangeError.
func (b *buffers) index(v goja.Value, msg string) int {
	if isUndefined(v) {
		return 0
	}
	f := math.Trunc(v.ToFloat())
	if math.IsNaN(f) {
		return 0
	}
	if f < 0 || f > 1<<33 {
		throwRange(b.vm, msg)
	}
	return int(f)
}

func (b *buffers) makeGrowable(o *goja.Object, length, limit int) {
	p := bufferParts(o)
	if p == nil {
		return
	}
	data := make([]byte, limit)
	copy(data, p.data)
	p.data = data[:length:limit]
	b.setGrowable(p, &growable{max: limit})
	b.hookViews()
}

// setLength changes a growable buffer's length and its views'.
func (b *buffers) setLength(p *bufferObjectMirror, g *growable, n int) {
	if n < len(p.data) {
		clear(p.data[n:])
	}
	p.data = p.data[:n]
	for i, w := range g.views {
		o := w.Value()
		if o == nil {
			continue
		}
		t := typedParts(o)
		if t == nil {
			continue
		}
		available := (n - t.offset*t.elemSize) / t.elemSize
		switch want := g.fixed[i]; {
		case n < t.offset*t.elemSize:
			t.length = 0
		case want < 0:
			t.length = available
		case want <= available:
			t.length = want
		default:
			t.length = 0
		}
	}
}

// typedArrayNames are the constructors of goja's typed arrays.
var typedArrayNames = []string{
	"Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array",
	"Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
}

// hookViews makes the constructors of typed arrays note views of growable
// buffers. It runs when the first such buffer is made.
func (b *buffers) hookViews() {
	if b.hooked {
		return
	}
	b.hooked = true
	for _, name := range typedArrayNames {
		n := nativeParts(b.vm.Get(name))
		if n == nil {
			continue
		}
		construct := n.construct
		n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			o := construct(args, newTarget)
			if src, ok := arg(args, 0).(*goja.Object); ok {
				if p := bufferParts(src); p != nil && b.growable(p) != nil {
					g := b.growable(p)
					fixed := -1
					if !isUndefined(arg(args, 2)) {
						fixed = typedParts(o).length
					}
					g.views = append(g.views, weak.Make(o))
					g.fixed = append(g.fixed, fixed)
				}
			}
			return o
		}
	}
}

func (b *buffers) installShared() {
	vm := b.vm
	ctor, proto := newClass(vm, sharedClass, 1, func(args []goja.Value, proto *goja.Object) *goja.Object {
		n := b.index(arg(args, 0), "Invalid array buffer length")
		limit := -1
		if opts, ok := arg(args, 1).(*goja.Object); ok {
			if m := opts.Get("maxByteLength"); !isUndefined(m) {
				if limit = b.index(m, "Invalid array buffer max length"); n > limit {
					throwRange(vm, "Invalid array buffer max length")
				}
			}
		}
		return b.newShared(make([]byte, n), limit, proto)
	})
	b.shared = proto
	const name = "SharedArrayBuffer.prototype."
	this := func(c goja.FunctionCall, m string) (*goja.Object, *bufferObjectMirror) {
		o, ok := c.This.(*goja.Object)
		if ok && IsSharedArrayBuffer(o) {
			if p := bufferParts(o); p != nil {
				return o, p
			}
		}
		panic(vm.NewTypeError("Method %s called on incompatible receiver %s", name+m, describe(c.This)))
	}
	getter(vm, proto, "byteLength", func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "byteLength")
		return goInt(len(p.data))
	})
	getter(vm, proto, "growable", func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "growable")
		return goBool(b.growable(p) != nil)
	})
	getter(vm, proto, "maxByteLength", func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "maxByteLength")
		if g := b.growable(p); g != nil {
			return goInt(g.max)
		}
		return goInt(len(p.data))
	})
	method(vm, proto, "grow", 1, func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "grow")
		g := b.growable(p)
		if g == nil {
			panic(vm.NewTypeError("Method SharedArrayBuffer.prototype.grow called on incompatible receiver #<SharedArrayBuffer>"))
		}
		n := b.index(c.Argument(0), "SharedArrayBuffer.prototype.grow: Invalid length parameter")
		if n > g.max || n < len(p.data) {
			throwRange(vm, "SharedArrayBuffer.prototype.grow: Invalid length parameter")
		}
		b.setLength(p, g, n)
		return goja.Undefined()
	})
	method(vm, proto, "slice", 2, func(c goja.FunctionCall) goja.Value {
		_, p := this(c, "slice")
		start := relative(c.Argument(0), len(p.data), 0)
		end := relative(c.Argument(1), len(p.data), len(p.data))
		return b.newShared(append([]byte(nil), p.data[start:max(start, end)]...), -1, proto)
	})
	tag(proto, sharedClass)
	_ = ctor.DefineAccessorPropertySymbol(goja.SymSpecies, newNative(vm, "get [Symbol.species]", 0, func(c goja.FunctionCall) goja.Value {
		return c.This
	}), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	define(vm.GlobalObject(), sharedClass, ctor)
}

func (b *buffers) newShared(data []byte, limit int, proto *goja.Object) *goja.Object {
	o := b.vm.ToValue(b.vm.NewArrayBuffer(data)).(*goja.Object)
	_ = o.SetPrototype(proto)
	if p := bufferParts(o); p != nil {
		p.class = sharedClass
	}
	if limit >= 0 {
		b.makeGrowable(o, len(data), limit)
	}
	return o
}

// relative resolves an index that may be negative against a length.
func relative(v goja.Value, length, byDefault int) int {
	if isUndefined(v) {
		return byDefault
	}
	f := math.Trunc(v.ToFloat())
	switch {
	case math.IsNaN(f):
		return 0
	case f < 0:
		return int(max(0, float64(length)+f))
	}
	return int(min(f, float64(length)))
}
