package mirror

import (
	"unsafe"

	"github.com/dop251/goja"
)

// Native is a function of the engine that Go calls without going through the
// runtime's call machinery; it throws by panicking, as goja's natives do.
type Native = func(goja.FunctionCall) goja.Value

// Mirror answers questions about the objects of one runtime.
type Mirror struct {
	vm      *goja.Runtime
	layouts layouts
	classes map[unsafe.Pointer]class // by objectImpl table

	ObjectPrototype *goja.Object
	ArrayPrototype  *goja.Object
	ObjectClass     *goja.Object // the intrinsic constructor Object
	ErrorClass      *goja.Object // the intrinsic constructor Error

	ownKeys         Native
	ownDescriptor   Native
	get             Native
	enumerable      Native
	hasOwn          Native
	mapEntries      Native
	setValues       Native
	mapNext         Native
	setNext         Native
	dateTime        Native
	boxedString     Native
	boxedNumber     Native
	boxedBool       Native
	boxedSymbol     Native
	boxedBigInt     Native
	functionString  Native
	regExpString    Native
	errorString     Native
	objectString    Native
	typedArrayTag   Native
	typedArrayLen   Native
	typedArrayBuf   Native
	typedArrayOff   Native
	typedArrayBytes Native
	dataViewBuf     Native
	dataViewLen     Native
	dataViewOff     Native
	mapHas, mapGet  Native
	setHas          Native

	mapIterator, setIterator goja.Value // Map.prototype[Symbol.iterator], Set's

	regExpSource Native
	regExpFlags  []regExpFlag
}

// regExpFlag is a flag of regular expressions and the getter that tells it.
type regExpFlag struct {
	letter byte
	get    Native
}

// New captures the intrinsics of vm. It must run before any script has had the
// chance to replace them.
func New(vm *goja.Runtime) *Mirror {
	m := &Mirror{vm: vm, layouts: layoutsOf(vm), classes: make(map[unsafe.Pointer]class, 16)}
	object := vm.Get("Object").(*goja.Object)
	m.ObjectClass = object
	m.ErrorClass = vm.Get("Error").(*goja.Object)
	m.ObjectPrototype = object.Get("prototype").(*goja.Object)
	m.ArrayPrototype = m.proto("Array")

	reflection := vm.Get("Reflect").(*goja.Object)
	m.ownKeys = native(reflection.Get("ownKeys"))
	m.ownDescriptor = native(reflection.Get("getOwnPropertyDescriptor"))
	m.get = native(reflection.Get("get"))
	m.enumerable = native(m.ObjectPrototype.Get("propertyIsEnumerable"))
	m.hasOwn = native(m.ObjectPrototype.Get("hasOwnProperty"))
	m.objectString = native(m.ObjectPrototype.Get("toString"))
	m.errorString = native(m.proto("Error").Get("toString"))
	m.functionString = native(m.proto("Function").Get("toString"))
	m.regExpString = native(m.proto("RegExp").Get("toString"))
	m.dateTime = native(m.proto("Date").Get("getTime"))
	m.boxedString = native(m.proto("String").Get("valueOf"))
	m.boxedNumber = native(m.proto("Number").Get("valueOf"))
	m.boxedBool = native(m.proto("Boolean").Get("valueOf"))
	m.boxedSymbol = native(m.proto("Symbol").Get("valueOf"))
	m.boxedBigInt = native(m.proto("BigInt").Get("valueOf"))
	m.mapEntries = native(m.proto("Map").Get("entries"))
	m.mapHas = native(m.proto("Map").Get("has"))
	m.mapGet = native(m.proto("Map").Get("get"))
	m.setValues = native(m.proto("Set").Get("values"))
	m.setHas = native(m.proto("Set").Get("has"))
	m.mapNext = native(m.iterator("Map").Get("next"))
	m.setNext = native(m.iterator("Set").Get("next"))

	m.mapIterator = m.proto("Map").GetSymbol(goja.SymIterator)
	m.setIterator = m.proto("Set").GetSymbol(goja.SymIterator)

	expr := m.proto("RegExp")
	m.regExpSource = m.getter(expr, vm.ToValue("source"))
	for _, f := range []struct {
		letter byte
		name   string
	}{
		{'d', "hasIndices"}, {'g', "global"}, {'i', "ignoreCase"}, {'m', "multiline"}, {'s', "dotAll"},
		{'u', "unicode"}, {'v', "unicodeSets"}, {'y', "sticky"},
	} {
		if m.HasOwn(expr, StringKey(f.name)) {
			m.regExpFlags = append(m.regExpFlags, regExpFlag{f.letter, m.getter(expr, vm.ToValue(f.name))})
		}
	}

	typed := m.proto("Uint8Array").Prototype()
	m.typedArrayTag = m.getter(typed, goja.SymToStringTag)
	m.typedArrayLen = m.getter(typed, vm.ToValue("length"))
	m.typedArrayBuf = m.getter(typed, vm.ToValue("buffer"))
	m.typedArrayOff = m.getter(typed, vm.ToValue("byteOffset"))
	m.typedArrayBytes = m.getter(typed, vm.ToValue("byteLength"))
	view := m.proto("DataView")
	m.dataViewBuf = m.getter(view, vm.ToValue("buffer"))
	m.dataViewLen = m.getter(view, vm.ToValue("byteLength"))
	m.dataViewOff = m.getter(view, vm.ToValue("byteOffset"))
	return m
}

// Runtime returns the runtime that m looks into.
func (m *Mirror) Runtime() *goja.Runtime { return m.vm }

// proto returns the prototype of the global class of the given name.
func (m *Mirror) proto(class string) *goja.Object {
	return m.vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object)
}

// iterator returns an iterator of an empty collection of the given class.
func (m *Mirror) iterator(class string) *goja.Object {
	c, err := m.vm.New(m.vm.Get(class))
	if err != nil {
		panic(err)
	}
	method := "entries"
	if class == "Set" {
		method = "values"
	}
	return native(c.Get(method))(goja.FunctionCall{This: c}).(*goja.Object)
}

// getter returns the getter of o's own accessor key.
func (m *Mirror) getter(o *goja.Object, key goja.Value) Native {
	d := m.ownDescriptor(goja.FunctionCall{Arguments: []goja.Value{o, key}})
	return native(d.(*goja.Object).Get("get"))
}

// native returns the Go function behind an intrinsic.
func native(v goja.Value) Native {
	return v.(*goja.Object).Export().(func(goja.FunctionCall) goja.Value)
}
