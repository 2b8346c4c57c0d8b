package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// goja keeps the properties of each object in a hash table of its own. A shaped
// object has a shape and a slice of values instead, and no table, until
// something is done to it that its shape cannot tell: a property with attributes
// or an accessor, one that is deleted, a name that could be an index, and so on.
// Then it gets its table and is one of goja's plain objects from there on.

// shaped is an object with a shape. What goja sees is base, whose values and
// propNames are nil until it settles.
type shaped struct {
	object
	base  baseObject
	shape *Shape
	slots []goja.Value
}

// Objects with room for a few values, in one allocation.
type (
	shaped4 struct {
		shaped
		room [4]goja.Value
	}
	shaped8 struct {
		shaped
		room [8]goja.Value
	}
)

// newShaped makes an ordinary object without properties, with room for n.
func newShaped(vm *goja.Runtime, n int) (x *shaped) {
	switch {
	case n <= 4:
		y := &shaped4{}
		x, y.slots = &y.shaped, y.room[:0]
	case n <= 8:
		y := &shaped8{}
		x, y.slots = &y.shaped, y.room[:0]
	default:
		x = &shaped{slots: make([]goja.Value, 0, n)}
	}
	x.self = iface{learnt.shaped, unsafe.Pointer(&x.base)}
	x.runtime = vm
	x.base.class, x.base.val, x.base.extensible = "Object", (*goja.Object)(unsafe.Pointer(&x.object)), true
	x.base.prototype = objectPrototype(vm)
	x.shape = NoNames()
	return x
}

// NewObject makes an ordinary object whose properties have the names of shape
// and the given values, which are copied.
func NewObject(vm *goja.Runtime, shape *Shape, values []goja.Value) *goja.Object {
	x := newShaped(vm, len(values))
	x.shape, x.slots = shape, append(x.slots, values...)
	return x.base.val
}

// Properties returns names and values of the properties of an object with a
// shape: all of its own under strings, all of them ordinary. They must not be
// changed, and hold until the object is. ok is false for all other objects.
func Properties(o *goja.Object) (names []unistring.String, values []goja.Value, ok bool) {
	x := isShaped((*object)(unsafe.Pointer(o)))
	if x == nil {
		return nil, nil, false
	}
	return x.shape.names, x.slots, true
}

// Property returns the value of the i'th of an object's Properties, whose name
// is given; nil if the object has changed since and has it no longer.
func Property(o *goja.Object, i int, name unistring.String) goja.Value {
	if x := isShaped((*object)(unsafe.Pointer(o))); x != nil {
		return x.slots[i]
	}
	return o.Get(name.String())
}

// isShaped returns o as an object with a shape, or nil.
func isShaped(o *object) *shaped {
	if o.self.tab == learnt.shaped && o.self.tab != nil {
		return (*shaped)(unsafe.Pointer(o))
	}
	return nil
}

func shapedOf(b *baseObject) *shaped { return (*shaped)(unsafe.Pointer(b.val)) }

// settle gives the object its table of properties.
func (x *shaped) settle() {
	b := &x.base
	b.values = make(map[unistring.String]goja.Value, len(x.slots))
	for i, name := range x.shape.names {
		b.values[name] = x.slots[i]
	}
	b.propNames = x.shape.names
	x.self.tab = learnt.plain
	clear(x.slots)
	x.shape, x.slots = nil, nil
}

// add appends a property that no part of the object has; it reports false where
// the shape cannot have the name.
func (x *shaped) add(name unistring.String, v goja.Value) bool {
	next := x.shape.With(name)
	if next == nil {
		return false
	}
	x.shape, x.slots = next, append(x.slots, v)
	return true
}

// own returns a property's value, nil where there is none.
func (x *shaped) own(name unistring.String) goja.Value {
	if i := x.shape.find(name); i >= 0 {
		return x.slots[i]
	}
	return nil
}

// shapedMethods are the methods that need no table of properties.
func shapedMethods() Methods {
	return Methods{
		"getStr":            {shapedGetStr, nil},
		"getOwnPropStr":     {shapedGetOwnStr, nil},
		"hasOwnPropertyStr": {shapedHasOwnStr, nil},
		"stringKeys":        {shapedStringKeys, nil},
		"setOwnStr":         {shapedSetOwnStr, nil},
	}
}

func shapedGetStr(b *baseObject, name unistring.String, receiver goja.Value) goja.Value {
	if b.settled() {
		return settle(b).getStr(b, name, receiver)
	}
	if v := shapedOf(b).own(name); v != nil {
		return v
	}
	return b.inherited(name, receiver)
}

// inherited returns the value of a property that the object does not have
// itself, nil where there is none.
func (b *baseObject) inherited(name unistring.String, receiver goja.Value) goja.Value {
	if b.prototype == nil {
		return nil
	}
	if receiver == nil {
		receiver = b.val
	}
	return (*object)(unsafe.Pointer(b.prototype)).getStr(name, receiver)
}

func shapedGetOwnStr(b *baseObject, name unistring.String) goja.Value {
	if b.settled() {
		return settle(b).getOwnStr(b, name)
	}
	return shapedOf(b).own(name)
}

func shapedHasOwnStr(b *baseObject, name unistring.String) bool {
	if b.settled() {
		return settle(b).hasOwnStr(b, name)
	}
	return shapedOf(b).shape.find(name) >= 0
}

func shapedStringKeys(b *baseObject, all bool, accum []goja.Value) []goja.Value {
	if b.settled() {
		return settle(b).stringKeys(b, all, accum)
	}
	names := shapedOf(b).shape.names
	for i := range names {
		accum = append(accum, nameValue(&names[i]))
	}
	return accum
}

// nameValue is the string that a property's name is.
func nameValue(name *unistring.String) goja.Value {
	if u := name.AsUtf16(); u != nil {
		return goja.StringFromUTF16(u[1:])
	}
	return text((*string)(unsafe.Pointer(name)))
}

func shapedSetOwnStr(b *baseObject, name unistring.String, v goja.Value, throw bool) bool {
	if !b.settled() {
		x := shapedOf(b)
		if i := x.shape.find(name); i >= 0 {
			x.slots[i] = v
			return true
		}
	}
	return settle(b).setOwnStr(b, name, v, throw)
}
