package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// The instructions of a[b]. goja makes a new string value of each key that is a
// string already, and goes through the object's methods for each index.

var gojaGetElem, gojaSetElem, gojaSetElemP, gojaSetElemStrict, gojaSetElemStrictP func(unsafe.Pointer, *machine)

func getElem(data unsafe.Pointer, m *machine) {
	key := m.stack[m.sp-1]
	o := isObject(m.stack[m.sp-2])
	if o == nil {
		gojaGetElem(data, m)
		return
	}
	var v goja.Value
	if name, ok := isASCII(key); ok {
		if v = o.getStr(name, m.stack[m.sp-2]); v == nil {
			v = goja.Undefined()
		}
	} else if v = o.element(key); v == nil {
		gojaGetElem(data, m)
		return
	}
	m.sp--
	m.stack[m.sp-1] = v
	m.pc++
}

// element returns the element of an array where it is a plain value, else nil.
func (o *object) element(key goja.Value) goja.Value {
	if p := o.slot(key); p != nil {
		return *p
	}
	return nil
}

// slot returns the place of an element of an array that is a plain value, else
// nil.
func (o *object) slot(key goja.Value) *goja.Value {
	if i, ok := isInt(key); ok && o.self.tab == learnt.array {
		a := (*array)(o.self.data)
		if uint64(i) < uint64(len(a.values)) && isPlain(a.values[i]) {
			return &a.values[i]
		}
	}
	return nil
}

// assign does target[key] = value where it can.
func (m *machine) assign(throw bool) bool {
	o := isObject(m.stack[m.sp-3])
	if o == nil {
		return false
	}
	key, v := m.stack[m.sp-2], m.stack[m.sp-1]
	if name, ok := isASCII(key); ok {
		o.setOwnStr(name, v, throw)
		return true
	}
	if p := o.slot(key); p != nil {
		*p = v
		return true
	}
	return false
}

func setElem(data unsafe.Pointer, m *machine)       { m.setElem(data, gojaSetElem, false) }
func setElemStrict(data unsafe.Pointer, m *machine) { m.setElem(data, gojaSetElemStrict, true) }

func (m *machine) setElem(data unsafe.Pointer, slow func(unsafe.Pointer, *machine), throw bool) {
	if !m.assign(throw) {
		slow(data, m)
		return
	}
	m.sp -= 2
	m.stack[m.sp-1] = m.stack[m.sp+1]
	m.pc++
}

func setElemP(data unsafe.Pointer, m *machine)       { m.setElemP(data, gojaSetElemP, false) }
func setElemStrictP(data unsafe.Pointer, m *machine) { m.setElemP(data, gojaSetElemStrictP, true) }

func (m *machine) setElemP(data unsafe.Pointer, slow func(unsafe.Pointer, *machine), throw bool) {
	if !m.assign(throw) {
		slow(data, m)
		return
	}
	m.sp -= 3
	m.pc++
}

// method returns the entry of the object's table of methods at index i.
func (o *object) method(i int) *uintptr {
	return (*uintptr)(unsafe.Add(o.self.tab, unsafe.Offsetof(itab{}.fun)+uintptr(i)*unsafe.Sizeof(uintptr(0))))
}

func (o *object) getStr(name unistring.String, receiver goja.Value) goja.Value {
	f := funcAt[func(unsafe.Pointer, unistring.String, goja.Value) goja.Value](o.method(learnt.getStr))
	return f(o.self.data, name, receiver)
}

func (o *object) setOwnStr(name unistring.String, v goja.Value, throw bool) bool {
	f := funcAt[func(unsafe.Pointer, unistring.String, goja.Value, bool) bool](o.method(learnt.setOwnStr))
	return f(o.self.data, name, v, throw)
}

func (o *object) hasOwnStr(name unistring.String) bool {
	f := funcAt[func(unsafe.Pointer, unistring.String) bool](o.method(learnt.hasOwnStr))
	return f(o.self.data, name)
}
