package lang

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// This is the one file that knows how goja lays out its objects. Errors are
// thrown often and regular expressions are made often, and goja has no hook in
// either place; so two of its private structures are changed in place:
//
//   - the functions behind a native constructor (hookNative), so that errors
//     and regular expressions made by the engine itself pass through here too;
//   - the frames and the stack property of an error object (errorParts).
//
// The structures below mirror goja's. layoutKnown compares them, field by
// field, with what reflection finds in the goja that the program is linked
// with; where they differ nothing is touched and errors keep goja's own stack.

type ifaceWords struct{ tab, data unsafe.Pointer }

type objectMirror struct {
	self    ifaceWords
	runtime *goja.Runtime
}

type baseObjectMirror struct {
	class      string
	val        *goja.Object
	prototype  *goja.Object
	extensible bool

	values    map[unistring.String]goja.Value
	propNames []unistring.String

	lastSortedPropLen, idxPropCount int

	symValues       unsafe.Pointer
	privateElements unsafe.Pointer // a map
}

type valuePropertyMirror struct {
	value        goja.Value
	writable     bool
	configurable bool
	enumerable   bool
	accessor     bool
	getterFunc   *goja.Object
	setterFunc   *goja.Object
}

type nativeFuncMirror struct {
	baseFuncObject struct {
		baseObjectMirror
		lenProp valuePropertyMirror
	}
	f         func(goja.FunctionCall) goja.Value
	construct func(args []goja.Value, newTarget *goja.Object) *goja.Object
}

type errorObjectMirror struct {
	baseObjectMirror
	stack          []goja.StackFrame
	stackPropAdded bool
}

type stackFrameMirror struct {
	prg      unsafe.Pointer
	funcName unistring.String
	pc       int
}

type regexpObjectMirror struct {
	baseObjectMirror
	pattern  unsafe.Pointer
	source   goja.String
	standard bool
}

// layout holds what was learnt about the linked goja.
type layout struct {
	known      bool
	errorTab   unsafe.Pointer // of objectImpl for *errorObject
	nativeTab  unsafe.Pointer // of objectImpl for *nativeFuncObject
	regexpTab  unsafe.Pointer // of objectImpl for *regexpObject
	propertyTy unsafe.Pointer // of Value for *valueProperty
}

var (
	learnOnce sync.Once
	learnt    layout
)

func layoutKnown() *layout { return &learnt }

// learnLayout looks at objects of vm; only the first call in a process does.
func learnLayout(vm *goja.Runtime) { learnOnce.Do(func() { learnt = lookAt(vm) }) }

func lookAt(vm *goja.Runtime) (l layout) {
	if !sameLayout(reflect.TypeFor[objectMirror](), reflect.TypeFor[goja.Object]()) ||
		!sameLayout(reflect.TypeFor[stackFrameMirror](), reflect.TypeFor[goja.StackFrame]()) {
		return l
	}
	concrete := func(o *goja.Object) reflect.Type {
		return reflect.ValueOf(o).Elem().Field(0).Elem().Type().Elem()
	}
	makeObject := func(ctor string) *goja.Object {
		o, err := vm.New(vm.Get(ctor))
		if err != nil {
			return nil
		}
		return o
	}
	errObj, rx := makeObject("Error"), makeObject("RegExp")
	native := vm.Get("Error").(*goja.Object)
	if errObj == nil || rx == nil ||
		!sameLayout(reflect.TypeFor[errorObjectMirror](), concrete(errObj)) ||
		!sameLayout(reflect.TypeFor[regexpObjectMirror](), concrete(rx)) ||
		!sameLayout(reflect.TypeFor[nativeFuncMirror](), concrete(native)) {
		return l
	}
	sample := vm.NewObject()
	getter := vm.ToValue(func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	if sample.DefineAccessorProperty("x", getter, getter, goja.FLAG_TRUE, goja.FLAG_FALSE) != nil {
		return l
	}
	base := (*baseObjectMirror)(words(sample).data)
	prop := base.values["x"]
	if t := reflect.TypeOf(prop); t == nil || t.Kind() != reflect.Pointer || !sameLayout(reflect.TypeFor[valuePropertyMirror](), t.Elem()) {
		return l
	}
	l.errorTab = words(errObj).tab
	l.nativeTab = words(native).tab
	l.regexpTab = words(rx).tab
	l.propertyTy = (*ifaceWords)(unsafe.Pointer(&prop)).tab
	l.known = true
	return l
}

// sameLayout compares two structures field by field; a pointer stands for any
// pointer-shaped field, and embedded structures are compared in turn.
func sameLayout(mirror, real reflect.Type) bool {
	if mirror.Kind() != reflect.Struct || real.Kind() != reflect.Struct ||
		mirror.Size() != real.Size() || mirror.NumField() != real.NumField() {
		return false
	}
	for i := range mirror.NumField() {
		m, r := mirror.Field(i), real.Field(i)
		if m.Offset != r.Offset || m.Type.Size() != r.Type.Size() {
			return false
		}
		if !m.Anonymous && m.Name != r.Name {
			return false
		}
		switch {
		case m.Type == r.Type:
		case m.Type == reflect.TypeFor[ifaceWords]():
			if r.Type.Kind() != reflect.Interface {
				return false
			}
		case m.Type.Kind() == reflect.Struct:
			if !sameLayout(m.Type, r.Type) {
				return false
			}
		case m.Type.Kind() == reflect.UnsafePointer:
			if k := r.Type.Kind(); k != reflect.Pointer && k != reflect.Map {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func words(o *goja.Object) ifaceWords { return (*objectMirror)(unsafe.Pointer(o)).self }

// errorParts returns the engine's part of an error object, or nil.
func errorParts(o *goja.Object) *errorObjectMirror {
	l := layoutKnown()
	if w := words(o); l.known && w.tab == l.errorTab {
		return (*errorObjectMirror)(w.data)
	}
	return nil
}

// regexpParts returns the engine's part of a regular expression, or nil.
func regexpParts(o *goja.Object) *regexpObjectMirror {
	l := layoutKnown()
	if w := words(o); l.known && w.tab == l.regexpTab {
		return (*regexpObjectMirror)(w.data)
	}
	return nil
}

// nativeParts returns the functions behind a native function object, or nil.
func nativeParts(v goja.Value) *nativeFuncMirror {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	l := layoutKnown()
	if w := words(o); l.known && w.tab == l.nativeTab {
		return (*nativeFuncMirror)(w.data)
	}
	return nil
}

// putStackAccessor makes stack the first own property of the error e, which
// must not have it yet.
func (e *errorObjectMirror) putStackAccessor(getter, setter *goja.Object) {
	prop := &valuePropertyMirror{configurable: true, accessor: true, getterFunc: getter, setterFunc: setter}
	var v goja.Value
	*(*ifaceWords)(unsafe.Pointer(&v)) = ifaceWords{layoutKnown().propertyTy, unsafe.Pointer(prop)}
	e.stackPropAdded = true
	e.values["stack"] = v
	e.propNames = append(e.propNames, "")
	copy(e.propNames[1:], e.propNames)
	e.propNames[0] = "stack"
}

// frameParts gives access to a frame's fields.
func frameParts(f *goja.StackFrame) *stackFrameMirror { return (*stackFrameMirror)(unsafe.Pointer(f)) }
