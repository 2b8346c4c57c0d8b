package bind

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/engine"
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

// Fill sets properties of an object that has none yet and inherits none of these
// names; it reports false where the object is not an ordinary new one.
func Fill(o *goja.Object, names []unistring.String, v goja.Value) bool {
	b := plain(o)
	if b == nil || len(b.values) > 0 || len(b.propNames) > 0 || !b.extensible {
		return false
	}
	b.values = make(map[unistring.String]goja.Value, len(names))
	b.propNames = append(make([]unistring.String, 0, len(names)+1), names...)
	for _, name := range names {
		b.values[name] = v
	}
	return true
}

// EachOwn calls yield with the own enumerable data properties of a plain object
// under string keys, in order, and reports whether it could: other objects,
// accessors and hidden properties are left to the usual way.
func EachOwn(o *goja.Object, yield func(name unistring.String, v goja.Value)) bool {
	if names, _, ok := engine.Properties(o); ok {
		for i, name := range names { // yield may change the object
			if v := engine.Property(o, i, name); v != nil {
				yield(name, v)
			}
		}
		return true
	}
	b := plain(o)
	if b == nil || b.lastSortedPropLen != 0 || b.idxPropCount != 0 {
		return false
	}
	for _, name := range b.propNames {
		if name == "" || name[0] >= '0' && name[0] <= '9' || !isValue(b.values[name]) {
			return false
		}
	}
	for _, name := range b.propNames {
		yield(name, b.values[name])
	}
	return true
}

// isValue reports whether what goja keeps for a property is the value itself:
// it is not where the property is hidden, read-only or an accessor.
func isValue(v goja.Value) bool {
	switch v.(type) {
	case goja.String, *goja.Object:
		return true
	case nil:
		return false
	}
	return v == trueValue || v == falseValue || goja.IsNumber(v) || goja.IsUndefined(v) || goja.IsNull(v)
}

// Prop is a property of a plain object.
type Prop struct {
	Name  unistring.String
	Value goja.Value
}

// PlainProps returns the properties of an object where these are all that a
// program can find on it: own, enumerable data properties, and a prototype that
// is null or Object.prototype with nothing added to it. ok is false for all
// other objects.
func (rt *Runtime) PlainProps(o *goja.Object) (props []Prop, ok bool) {
	if names, values, ok := engine.Properties(o); ok {
		if p := o.Prototype(); p != nil && !rt.isPlainPrototype(p) {
			return nil, false
		}
		props = make([]Prop, len(names))
		for i, name := range names {
			props[i] = Prop{name, values[i]}
		}
		return props, true
	}
	b := plain(o)
	if b == nil || b.marked() || b.prototype != nil && !rt.isPlainPrototype(b.prototype) {
		return nil, false
	}
	props = make([]Prop, 0, len(b.propNames))
	ok = EachOwn(o, func(name unistring.String, v goja.Value) { props = append(props, Prop{name, v}) })
	return props, ok
}

// isPlainPrototype reports whether p is Object.prototype as the language has
// it.
func (rt *Runtime) isPlainPrototype(p *goja.Object) bool {
	if rt.objectProto == nil {
		rt.objectProto = rt.VM.NewObject().Prototype()
	}
	w := wordsOf(p)
	if p != rt.objectProto || objectProtoTab == nil || w.self.tab != objectProtoTab {
		return false
	}
	n := len((*baseObject)(w.self.data).propNames)
	if n == 0 || n != rt.plainSize { // looked at in full when a property came or went
		for _, name := range p.GetOwnPropertyNames() {
			if !standardMembers[name] {
				return false
			}
		}
		rt.plainSize = len((*baseObject)(w.self.data).propNames)
	}
	return true
}

// standardMembers are the properties of Object.prototype.
var standardMembers = map[string]bool{
	"constructor": true, "__proto__": true, "hasOwnProperty": true, "isPrototypeOf": true,
	"propertyIsEnumerable": true, "toLocaleString": true, "toString": true, "valueOf": true,
	"__defineGetter__": true, "__defineSetter__": true, "__lookupGetter__": true, "__lookupSetter__": true,
}
