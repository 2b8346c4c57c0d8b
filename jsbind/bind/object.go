package bind

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// ObjectBuilder fills a plain object with data properties without asking for
// setters or an existing property's attributes: for objects that nobody has
// seen yet.
type ObjectBuilder struct {
	obj  *goja.Object
	base *baseObject
}

// NewObject begins a plain object with room for n properties.
func (rt *Runtime) NewObject(n int) ObjectBuilder {
	if baseTab == nil {
		return ObjectBuilder{obj: rt.VM.NewObject()}
	}
	if rt.objectProto == nil {
		rt.objectProto = rt.VM.NewObject().Prototype()
	}
	x := &struct {
		obj  goja.Object
		base baseObject
	}{}
	x.base = baseObject{class: "Object", val: &x.obj, prototype: rt.objectProto, extensible: true}
	x.base.values = make(map[unistring.String]goja.Value, n)
	if n > 0 {
		x.base.propNames = make([]unistring.String, 0, n)
	}
	w := wordsOf(&x.obj)
	w.runtime = rt.VM
	w.self = ifaceWords{baseTab, unsafe.Pointer(&x.base)}
	return ObjectBuilder{&x.obj, &x.base}
}

// Put sets a property; the last value of a name counts.
func (b ObjectBuilder) Put(name unistring.String, v goja.Value) {
	if b.base == nil {
		_ = b.obj.DefineDataProperty(name.String(), v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		return
	}
	n := len(b.base.values)
	b.base.values[name] = v
	if len(b.base.values) > n {
		b.base.propNames = append(b.base.propNames, name)
	}
}

// Object returns the object.
func (b ObjectBuilder) Object() *goja.Object { return b.obj }

// EachOwn calls yield with the own enumerable data properties of a plain object
// under string keys, in order, and reports whether it could: other objects,
// accessors and hidden properties are left to the usual way.
func EachOwn(o *goja.Object, yield func(name unistring.String, v goja.Value)) bool {
	b := plain(o)
	if b == nil || b.lastSortedPropLen != 0 || b.idxPropCount != 0 {
		return false
	}
	for _, name := range b.propNames {
		if name == "" || name[0] >= '0' && name[0] <= '9' {
			return false
		}
		switch b.values[name].(type) {
		case goja.String, *goja.Object:
		default:
			if v := b.values[name]; v == nil || !goja.IsNumber(v) && !goja.IsUndefined(v) && !goja.IsNull(v) {
				return false
			}
		}
	}
	for _, name := range b.propNames {
		yield(name, b.values[name])
	}
	return true
}
