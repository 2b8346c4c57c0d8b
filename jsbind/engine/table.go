package engine

import (
	"reflect"
	"runtime"
	"strings"
	"unsafe"

	"github.com/dop251/goja"
)

// goja works on an object through the methods of an interface, objectImpl. An
// object of ours has a table of these methods that is a copy of the one for
// goja's own type with some entries replaced; everything else is goja's code.

// Methods are replacements by the method's name: the function instead, whose
// first parameter is a pointer to the implementation, and a pointer to a
// function of the same type for goja's own, or nil where nobody asks for it.
type Methods map[string][2]any

// objectTab is Go's table of an interface with many methods (internal/abi.ITab).
type objectTab struct {
	inter, typ unsafe.Pointer
	hash       uint32
	_          uint32
	fun        [1 << 10]uintptr
}

// tables is the memory of all tables, which nothing else keeps alive.
var tables [][]uintptr

// NewTable returns a table for objects that are laid out as sample, an object
// whose own table has been left as goja made it. An error says which method is
// not what a replacement expects: not there, or with another signature.
func NewTable(sample *goja.Object, methods Methods) (unsafe.Pointer, error) {
	field := reflect.ValueOf(sample).Elem().Field(0)
	inter, impl := field.Type(), field.Elem().Type()
	old := (*objectTab)((*object)(unsafe.Pointer(sample)).self.tab)
	n := inter.NumMethod()
	if old.inter != typeWord(inter) || old.typ != typeWord(impl) || n > len(old.fun) {
		return nil, differs("the table of "+impl.String(), "is laid out otherwise")
	}
	head := int(unsafe.Offsetof(old.fun) / unsafe.Sizeof(uintptr(0)))
	words := append(append(make([]uintptr, 0, head+n), unsafe.Slice((*uintptr)(unsafe.Pointer(old)), head)...), old.fun[:n]...)
	entries := words[head:]
	found := 0
	for i := range entries {
		m := inter.Method(i)
		r, ok := methods[m.Name]
		if !ok {
			continue
		}
		f := runtime.FuncForPC(entries[i])
		if f == nil || !strings.Contains(f.Name(), "/goja.(") || !strings.HasSuffix(f.Name(), ")."+m.Name) || !sameCall(m.Type, reflect.TypeOf(r[0])) {
			return nil, differs("method "+m.Name+" of "+impl.String(), "is "+m.Type.String())
		}
		if r[1] != nil {
			// A func value points to the word with the code's address.
			code := entries[i]
			*(*unsafe.Pointer)(reflect.ValueOf(r[1]).UnsafePointer()) = unsafe.Pointer(&code)
		}
		entries[i] = reflect.ValueOf(r[0]).Pointer()
		found++
	}
	if found < len(methods) {
		return nil, differs("the table of "+impl.String(), "lacks a method")
	}
	tables = append(tables, words)
	return unsafe.Pointer(unsafe.SliceData(words)), nil
}

func typeWord(t reflect.Type) unsafe.Pointer { return (*iface)(unsafe.Pointer(&t)).data }

// sameCall reports whether f, whose first parameter stands for the receiver, is
// called as method is.
func sameCall(method, f reflect.Type) bool {
	if f.NumIn() != method.NumIn()+1 || f.NumOut() != method.NumOut() {
		return false
	}
	for i := range method.NumIn() {
		if !sameShape(f.In(i+1), method.In(i), 0) {
			return false
		}
	}
	for i := range method.NumOut() {
		if !sameShape(f.Out(i), method.Out(i), 0) {
			return false
		}
	}
	return true
}

// sameShape reports whether two types are laid out and passed alike; an
// unsafe.Pointer stands for any pointer and any function.
func sameShape(a, b reflect.Type, depth int) bool {
	if a == b || depth > 3 && a.Kind() == b.Kind() {
		return true
	}
	if a.Kind() == reflect.UnsafePointer {
		return b.Kind() == reflect.Pointer || b.Kind() == reflect.Func
	}
	if a.Kind() != b.Kind() || a.Size() != b.Size() {
		return false
	}
	switch a.Kind() {
	case reflect.Func:
		if a.NumIn() != b.NumIn() || a.NumOut() != b.NumOut() {
			return false
		}
		for i := range a.NumIn() {
			if !sameShape(a.In(i), b.In(i), depth+1) {
				return false
			}
		}
		for i := range a.NumOut() {
			if !sameShape(a.Out(i), b.Out(i), depth+1) {
				return false
			}
		}
		return true
	case reflect.Struct:
		if a.NumField() != b.NumField() {
			return false
		}
		for i := range a.NumField() {
			if !sameShape(a.Field(i).Type, b.Field(i).Type, depth+1) {
				return false
			}
		}
		return true
	case reflect.Int, reflect.Int64:
		return true
	}
	return false
}
