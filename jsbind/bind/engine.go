package bind

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// This file knows how goja lays out its plain objects. Two things happen for
// every request that its public interface does slowly: the Go value behind a
// wrapper is asked for, and a self-call asks whether the program replaced a
// built-in member. The types below repeat goja's; they are compared with the
// linked goja once per process, and where they differ the public interface is
// used instead.

type ifaceWords struct{ tab, data unsafe.Pointer }

type objectWords struct {
	self    ifaceWords
	runtime *goja.Runtime
}

type baseObject struct {
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

// nativeBase is a plain object's implementation with the Go value behind it.
// goja sees a baseObject.
type nativeBase struct {
	baseObject
	state any
}

// wrapper is a new object and its implementation, in one allocation.
type wrapper struct {
	obj  goja.Object
	base nativeBase
}

// mark is the class name of our objects: equal to "Object", and known by where
// it lies.
var mark = string([]byte("Object"))

var (
	learnOnce sync.Once
	baseTab   unsafe.Pointer // table of *baseObject; nil where the layout is another

	propertyTab    unsafe.Pointer // of goja.Value for *valueProperty; nil where the layout is another
	objectProtoTab unsafe.Pointer // of Object.prototype, which begins with a baseObject; nil where not

	trueValue, falseValue goja.Value
)

func learnLayout(vm *goja.Runtime) {
	learnOnce.Do(func() {
		trueValue, falseValue = vm.ToValue(true), vm.ToValue(false)
		if baseTab = lookAt(vm); baseTab == nil {
			return
		}
		learnTable(vm.NewObject())
		learnProperty(vm)
		proto := vm.NewObject().Prototype()
		impl := reflect.ValueOf(proto).Elem().Field(0).Elem().Type()
		if impl.Kind() == reflect.Pointer && impl.Elem().Kind() == reflect.Struct && impl.Elem().NumField() > 0 {
			first := impl.Elem().Field(0)
			if first.Name == "baseObject" && first.Offset == 0 && sameLayout(first.Type, reflect.TypeFor[baseObject]()) {
				objectProtoTab = wordsOf(proto).self.tab
			}
		}
	})
}

// property is the beginning of goja's valueProperty.
type property struct {
	value                                        goja.Value
	writable, configurable, enumerable, accessor bool
	getterFunc, setterFunc                       *goja.Object
}

func learnProperty(vm *goja.Runtime) {
	o := vm.NewObject()
	_ = o.DefineDataProperty("x", trueValue, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	v := plain(o).values["x"]
	if t := reflect.TypeOf(v); t.Kind() == reflect.Pointer && sameLayout(t.Elem(), reflect.TypeFor[property]()) {
		propertyTab = (*ifaceWords)(unsafe.Pointer(&v)).tab
	} else {
		watchedTab = nil
	}
}

func lookAt(vm *goja.Runtime) unsafe.Pointer {
	o := vm.NewObject()
	obj := reflect.TypeFor[goja.Object]()
	if !sameLayout(obj, reflect.TypeFor[objectWords]()) || obj.Field(0).Type.Kind() != reflect.Interface {
		return nil
	}
	impl := reflect.ValueOf(o).Elem().Field(0).Elem().Type()
	if impl.Kind() != reflect.Pointer || impl.Elem().Name() != "baseObject" || !sameLayout(impl.Elem(), reflect.TypeFor[baseObject]()) {
		return nil
	}
	return wordsOf(o).self.tab
}

// sameLayout reports whether two structs have the same fields at the same
// places, and nothing else.
func sameLayout(actual, want reflect.Type) bool {
	if actual.Kind() != reflect.Struct || actual.NumField() != want.NumField() || actual.Size() != want.Size() {
		return false
	}
	for i := range want.NumField() {
		a, w := actual.Field(i), want.Field(i)
		if a.Name != w.Name || a.Offset != w.Offset || a.Type.Size() != w.Type.Size() {
			return false
		}
		plain := w.Type.Kind() != reflect.UnsafePointer && w.Type != reflect.TypeFor[ifaceWords]()
		if plain && a.Type.Kind() != w.Type.Kind() || w.Type.Kind() == reflect.Map && a.Type != w.Type {
			return false
		}
	}
	return true
}

func wordsOf(o *goja.Object) *objectWords { return (*objectWords)(unsafe.Pointer(o)) }

// plain returns the implementation of a plain object, nil for others. One that
// has a shape settles.
func plain(o *goja.Object) *baseObject {
	if w := wordsOf(o); w.self.tab == wrapperTab || w.self.tab == attachedTab {
		return (*baseObject)(w.self.data)
	}
	return settled(o)
}

func settled(o *goja.Object) *baseObject {
	engine.SettlePlain(o)
	w := wordsOf(o)
	if tab := w.self.tab; tab != baseTab && tab != wrapperTab && tab != attachedTab && (tab != watchedTab || tab == nil) {
		return nil
	}
	return (*baseObject)(w.self.data)
}

// isPlain reports whether an object is surely an ordinary one.
func isPlain(o *goja.Object) bool {
	switch tab := wordsOf(o).self.tab; tab {
	case nil:
		return false
	case baseTab, wrapperTab, attachedTab, watchedTab:
		return true
	}
	_, _, ok := engine.Properties(o)
	return ok
}

func (b *baseObject) marked() bool { return unsafe.StringData(b.class) == unsafe.StringData(mark) }

// newWrapper makes an object with v behind it.
func (rt *Runtime) newWrapper(proto *goja.Object, v any) *goja.Object {
	if baseTab == nil {
		o := rt.VM.CreateObject(proto)
		rt.attachSymbol(o, v)
		return o
	}
	x := &wrapper{}
	x.base = nativeBase{baseObject{
		class: mark, val: &x.obj, prototype: proto, extensible: true,
		values: make(map[unistring.String]goja.Value),
	}, v}
	w := wordsOf(&x.obj)
	w.runtime = rt.VM
	w.self = ifaceWords{wrapperTab, unsafe.Pointer(&x.base)}
	return &x.obj
}

// Attach hides v on obj. A second call replaces the first value.
func (rt *Runtime) Attach(obj *goja.Object, v any) {
	b := plain(obj)
	switch {
	case b == nil:
		rt.attachSymbol(obj, v)
	case b.marked():
		(*nativeBase)(unsafe.Pointer(b)).state = v
	default:
		if len(b.propNames) > 0 {
			ownKeysOf(v).dropShadows(obj)
		}
		n := &attachedBase{nativeBase: nativeBase{*b, v}, before: count(b)}
		n.class = mark
		wordsOf(obj).self = ifaceWords{attachedTab, unsafe.Pointer(n)}
	}
}

// From returns the Go value hidden on v or on an object of its prototype chain,
// nil if there is none. A Proxy stands for its target, as it does where Node
// keeps state under a symbol.
func From(v goja.Value) any {
	obj, ok := v.(*goja.Object)
	if !ok || obj == nil {
		return nil
	}
	if w := wordsOf(obj); w.self.tab == wrapperTab && wrapperTab != baseTab {
		return (*nativeBase)(w.self.data).state
	}
	for obj != nil {
		if _, _, ok := engine.Properties(obj); ok { // not one with state
			obj = obj.Prototype()
			continue
		}
		b := plain(obj)
		switch {
		case b == nil:
			if IsProxy(obj) {
				obj = obj.Export().(goja.Proxy).Target()
				continue
			}
			if c, ok := obj.GetSymbol(stateSymbol).(*carrier); ok {
				return c.value
			}
			obj = obj.Prototype()
		case b.marked():
			return (*nativeBase)(unsafe.Pointer(b)).state
		default:
			obj = b.prototype
		}
	}
	return nil
}

// untouched reports whether obj has no property of its own and the class's
// prototype.
func untouched(obj, proto *goja.Object) bool {
	b := plain(obj)
	return b != nil && len(b.propNames) == 0 && b.prototype == proto
}
