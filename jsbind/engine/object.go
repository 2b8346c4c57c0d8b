package engine

//lint:file-ignore U1000 fields that nothing reads give the others their place.

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// The instructions that make objects and arrays. goja allocates the object, its
// implementation, and what the implementation always needs, one by one; here an
// object is shaped, and of an array all but the table of properties is one
// allocation.

var gojaNewObject, gojaPutProp, gojaCopySpread, gojaNewArray func(unsafe.Pointer, *machine)

func (m *machine) push(o *object) {
	if m.sp >= len(m.stack) {
		machineExpand(&m.stack, m.sp)
	}
	m.stack[m.sp] = (*goja.Object)(unsafe.Pointer(o))
	m.sp++
}

// literalRoom is how many properties an object literal has room for at first.
const literalRoom = 4

func newObject(_ unsafe.Pointer, m *machine) {
	m.push(&newShaped(m.r, literalRoom).object)
	m.pc++
}

// objectPrototype is Object.prototype of the runtime.
func objectPrototype(vm *goja.Runtime) *goja.Object {
	return *(**goja.Object)(unsafe.Add(unsafe.Pointer(vm), learnt.objectProto))
}

// putProp defines a property of an object literal; data points to its name.
func putProp(data unsafe.Pointer, m *machine) {
	o := isObject(m.stack[m.sp-2])
	if o == nil || !o.put(*(*unistring.String)(data), m.stack[m.sp-1]) {
		gojaPutProp(data, m)
		return
	}
	m.sp--
	m.pc++
}

// put defines an ordinary property of an object that no loop over its names is
// at; it reports false for objects that are neither shaped nor plain.
func (o *object) put(name unistring.String, v goja.Value) bool {
	if x := isShaped(o); x != nil {
		if i := x.shape.find(name); i >= 0 {
			x.slots[i] = v
			return true
		}
		if x.add(name, v) {
			return true
		}
		x.settle()
	}
	if o.self.tab != learnt.plain {
		return false
	}
	(*baseObject)(o.self.data).put(name, v)
	return true
}

// put sets a data property of an object that no loop over its names is at.
func (b *baseObject) put(name unistring.String, v goja.Value) {
	n := len(b.values)
	if b.values[name] = v; len(b.values) > n {
		if marked(b.propNames) {
			b.propNames = append(make([]unistring.String, 0, 2*len(b.propNames)+1), b.propNames...)
		}
		b.propNames = append(b.propNames, name)
	}
}

// marked reports whether the names have to be copied before they are changed.
func marked(names []unistring.String) bool {
	return cap(names) > len(names) && names[:cap(names)][cap(names)-1] == copyMarker
}

// copySpread is ...x in an object literal.
func copySpread(data unsafe.Pointer, m *machine) {
	to, from := isObject(m.stack[m.sp-2]), isObject(m.stack[m.sp-1])
	if to == nil || from == nil || !to.spread(from) {
		gojaCopySpread(data, m)
		return
	}
	m.sp--
	m.pc++
}

// spread copies the properties of an object that has nothing but ordinary ones
// to a new one; it reports false for all others.
func (o *object) spread(from *object) bool {
	to := isShaped(o)
	if to == nil && o.self.tab != learnt.plain {
		return false
	}
	if src := isShaped(from); src != nil {
		switch {
		case src.base.symValues != nil:
			return false
		case to != nil && len(to.slots) == 0:
			to.shape, to.slots = src.shape, append(to.slots, src.slots...)
		default:
			for i, name := range src.shape.names {
				o.put(name, src.slots[i])
			}
		}
		return true
	}
	if from.self.tab != learnt.plain {
		return false
	}
	src := (*baseObject)(from.self.data)
	if !src.simple() {
		return false
	}
	if to != nil {
		to.settle() // the names may be anybody's, and so many that they make no shape
	}
	for _, name := range src.propNames {
		(*baseObject)(o.self.data).put(name, src.values[name])
	}
	return true
}

// simple reports whether the object has nothing but enumerable data properties
// in the order of their names.
func (b *baseObject) simple() bool {
	if b.symValues != nil || len(b.values) != len(b.propNames) {
		return false
	}
	for _, name := range b.propNames {
		if name == "" || name[0] >= '0' && name[0] <= '9' || !isPlain(b.values[name]) {
			return false
		}
	}
	return true
}

// arrayObject is an array and its implementation.
type arrayObject struct {
	object
	array array
	names [1]unistring.String
}

// NewArray makes an array of values, which it keeps.
func NewArray(vm *goja.Runtime, values []goja.Value) *goja.Object {
	x := &arrayObject{names: [1]unistring.String{"length"}}
	x.self = iface{learnt.array, unsafe.Pointer(&x.array)}
	x.runtime = vm
	o := (*goja.Object)(unsafe.Pointer(&x.object))
	x.array.baseObject = baseObject{
		class: "Array", val: o, prototype: intrinsicArrayPrototype(vm), extensible: true,
		values: make(map[unistring.String]goja.Value), propNames: x.names[:],
	}
	x.array.lengthProp.writable = true
	x.array.baseObject.values["length"] = x.array.lengthProp.value0()
	x.array.values, x.array.length, x.array.objCount = values, uint32(len(values)), len(values)
	return o
}

// value0 is the property as it stands in an object's table.
func (p *property) value0() (v goja.Value) {
	*(*iface)(unsafe.Pointer(&v)) = iface{learnt.property, unsafe.Pointer(p)}
	return v
}

// newArray begins an array literal; data points to the number of elements.
func newArray(data unsafe.Pointer, m *machine) {
	o := NewArray(m.r, make([]goja.Value, 0, *(*uint32)(data)))
	m.push((*object)(unsafe.Pointer(o)))
	m.pc++
}
