package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// The instructions of a.b and a.b(). goja asks first whether the name of a
// string's or a typed array's property is a number, which costs an error where
// it is not, and wraps a string in an object to look at its prototype.

var gojaGetProp, gojaGetPropCallee func(unsafe.Pointer, *machine)

func getProp(data unsafe.Pointer, m *machine) {
	v, ok := m.member(m.stack[m.sp-1], *(*unistring.String)(data))
	if !ok {
		gojaGetProp(data, m)
		return
	}
	if v == nil {
		v = goja.Undefined()
	}
	m.stack[m.sp-1] = v
	m.pc++
}

func getPropCallee(data unsafe.Pointer, m *machine) {
	v, ok := m.member(m.stack[m.sp-1], *(*unistring.String)(data))
	if !ok || v == nil {
		gojaGetPropCallee(data, m) // which remembers the name for the message
		return
	}
	if m.sp >= len(m.stack) {
		machineExpand(&m.stack, m.sp)
	}
	m.stack[m.sp] = v
	m.sp++
	m.pc++
}

// member is base[name], nil where there is none; ok is false for what is left to
// goja.
func (m *machine) member(base goja.Value, name unistring.String) (v goja.Value, ok bool) {
	switch (*iface)(unsafe.Pointer(&base)).tab {
	case learnt.value:
		o := isObject(base)
		if o.self.tab == learnt.typedArray && notNumeric(name) {
			return baseGetStr((*baseObject)(o.self.data), name, base), true
		}
		return o.getStr(name, base), true
	case learnt.ascii:
		if name == "length" {
			return converter.ToValue(len(*(*string)((*iface)(unsafe.Pointer(&base)).data))), true
		}
		if notNumeric(name) {
			return (*object)(unsafe.Pointer(intrinsicStringPrototype(m.r))).getStr(name, base), true
		}
	}
	return nil, false
}

// notNumeric reports whether name is surely no number: it begins with a letter
// other than those of Infinity and NaN.
func notNumeric(name unistring.String) bool {
	if name == "" {
		return false
	}
	c := name[0]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' && c != 'I' && c != 'N'
}

// The instructions of a.b = c. goja's go through the object's methods, which
// cannot tell that the name stands in the program's text: only such names make
// new shapes, since there are not many of them.

var gojaSetProp, gojaSetPropP, gojaSetPropStrict, gojaSetPropStrictP func(unsafe.Pointer, *machine)

func setProp(data unsafe.Pointer, m *machine)        { m.setProp(data, gojaSetProp, 1) }
func setPropP(data unsafe.Pointer, m *machine)       { m.setProp(data, gojaSetPropP, 2) }
func setPropStrict(data unsafe.Pointer, m *machine)  { m.setProp(data, gojaSetPropStrict, 1) }
func setPropStrictP(data unsafe.Pointer, m *machine) { m.setProp(data, gojaSetPropStrictP, 2) }

// setProp takes so many values off the stack, and leaves c there if that is one.
func (m *machine) setProp(data unsafe.Pointer, slow func(unsafe.Pointer, *machine), take int) {
	if o := isObject(m.stack[m.sp-2]); o != nil {
		if x := isShaped(o); x != nil && x.set(*(*unistring.String)(data), m.stack[m.sp-1]) {
			m.stack[m.sp-2] = m.stack[m.sp-1]
			m.sp -= take
			m.pc++
			return
		}
	}
	slow(data, m)
}

// set sets an ordinary property, or adds one that nothing in the chain of
// prototypes has a say in.
func (x *shaped) set(name unistring.String, v goja.Value) bool {
	if i := x.shape.find(name); i >= 0 {
		x.slots[i] = v
		return true
	}
	if !x.base.extensible {
		return false
	}
	if p := x.base.prototype; p != nil && (p != objectPrototype(x.runtime) || (*object)(unsafe.Pointer(p)).hasOwnStr(name)) {
		return false
	}
	return x.add(name, v)
}
