package mirror

import (
	"reflect"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Kind is the class of an object as the engine sees it, whatever its prototype.
type Kind uint8

// The kinds of objects. Object is everything that has no kind of its own.
const (
	Object Kind = iota
	Array
	Arguments
	ArrayBuffer
	ArrayIterator
	AsyncFunction
	AsyncMethod    // an AsyncFunction, too
	BoxedPrimitive // Number, Boolean, Symbol, BigInt and String objects
	Class
	DataView
	Date
	Error
	Function
	Generator
	GeneratorFunction
	Map
	MapIterator
	Promise
	Proxy
	RegExp
	RegExpStringIterator
	Set
	SetIterator
	StringIterator
	TypedArray
	WeakMap
	WeakSet
)

// kindByType has goja's implementation types by name; a type that is not
// listed is an Object.
var kindByType = map[string]Kind{
	"*goja.argumentsObject":           Arguments,
	"*goja.arrayBufferObject":         ArrayBuffer,
	"*goja.arrayIterObject":           ArrayIterator,
	"*goja.arrayObject":               Array,
	"*goja.arrowFuncObject":           Function,
	"*goja.asyncArrowFuncObject":      AsyncFunction,
	"*goja.asyncFuncObject":           AsyncFunction,
	"*goja.asyncMethodFuncObject":     AsyncMethod,
	"*goja.boundFuncObject":           Function,
	"*goja.classFuncObject":           Class,
	"*goja.dataViewObject":            DataView,
	"*goja.dateObject":                Date,
	"*goja.dynamicArray":              Array,
	"*goja.errorObject":               Error,
	"*goja.funcObject":                Function,
	"*goja.generatorFuncObject":       GeneratorFunction,
	"*goja.generatorMethodFuncObject": GeneratorFunction,
	"*goja.generatorObject":           Generator,
	"*goja.mapIterObject":             MapIterator,
	"*goja.mapObject":                 Map,
	"*goja.methodFuncObject":          Function,
	"*goja.nativeFuncObject":          Function,
	"*goja.objectGoArrayReflect":      Array,
	"*goja.objectGoSlice":             Array,
	"*goja.objectGoSliceReflect":      Array,
	"*goja.primitiveValueObject":      BoxedPrimitive,
	"*goja.Promise":                   Promise,
	"*goja.proxyObject":               Proxy,
	"*goja.regExpStringIterObject":    RegExpStringIterator,
	"*goja.regexpObject":              RegExp,
	"*goja.setIterObject":             SetIterator,
	"*goja.setObject":                 Set,
	"*goja.sparseArrayObject":         Array,
	"*goja.stringIterObject":          StringIterator,
	"*goja.stringObject":              BoxedPrimitive,
	"*goja.taggedTemplateArray":       Array,
	"*goja.templatedArrayObject":      Array,
	"*goja.templatedFuncObject":       Function,
	"*goja.typedArrayObject":          TypedArray,
	"*goja.weakMapObject":             WeakMap,
	"*goja.weakSetObject":             WeakSet,
	"*goja.wrappedFuncObject":         Function,
}

// implField is the index in goja.Object of the interface that holds the
// implementation, or -1 if goja has changed.
var implField = func() int {
	if f, ok := reflect.TypeFor[goja.Object]().FieldByName("self"); ok && f.Type.Kind() == reflect.Interface {
		return f.Index[0]
	}
	return -1
}()

// table says how far an object's property table (baseObject) can be relied on.
type table uint8

const (
	tableNone  table = iota // properties are elsewhere
	tableHits               // what is in it is right, but more may be made on demand
	tableNamed              // all properties but the array elements are in it
	tableAll                // all properties are in it
)

// lazyTables are the types that make some of their properties on demand, none
// of them enumerable but those of the templated ones.
var lazyTables = map[string]bool{
	"*goja.errorObject":          true,
	"*goja.funcObject":           true,
	"*goja.templatedArrayObject": true,
	"*goja.templatedFuncObject":  true,
	"*goja.templatedObject":      true,
}

// foreignTables are the types that keep properties elsewhere.
var foreignTables = map[string]bool{
	"*goja.argumentsObject":     true,
	"*goja.destructKeyedSource": true,
	"*goja.guardedObject":       true,
	"*goja.objectGoReflect":     true,
	"*goja.proxyObject":         true,
	"*goja.sparseArrayObject":   true,
	"*goja.stringObject":        true,
}

// class is what is known of a type that implements objects.
type class struct {
	kind  Kind
	table table
}

// Callable reports whether objects of the kind can be called or constructed.
func (k Kind) Callable() bool {
	switch k {
	case Function, Class, AsyncFunction, AsyncMethod, GeneratorFunction:
		return true
	}
	return false
}

// Kind returns the kind of o.
func (m *Mirror) Kind(o *goja.Object) Kind {
	k := m.class(o).kind
	switch {
	case k == BoxedPrimitive && o.ClassName() == "Object" && holdsState(o):
		return Object
	case k == Object && o.ClassName() == "Arguments": // of a strict function
		return Arguments
	case k == Proxy && plain(o): // process.env, which is no proxy to programs
		return Object
	}
	return k
}

// PlainProxy marks the target of a proxy that is none to programs, such as
// process.env: it is looked at through its traps.
var PlainProxy = goja.NewSymbol("plain proxy")

// plain reports whether a proxy has a target marked with PlainProxy.
func plain(o *goja.Object) bool {
	p, ok := o.Export().(goja.Proxy)
	return ok && p.Target() != nil && p.Target().ClassName() == "Object" && p.Target().GetSymbol(PlainProxy) != nil
}

// holdsState reports whether a boxed primitive is none, but has the Go state of
// a built-in object in the primitive's place.
func holdsState(o *goja.Object) bool {
	if implField < 0 {
		return false
	}
	impl := reflect.ValueOf(o).Elem().Field(implField).Elem()
	if impl.Kind() != reflect.Pointer || impl.Elem().Kind() != reflect.Struct {
		return false
	}
	v := impl.Elem().FieldByName("pValue")
	if !v.IsValid() || v.Kind() != reflect.Interface || v.IsNil() {
		return false
	}
	t := v.Elem().Type()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath() != gojaValues
}

// class returns what is known of the type that implements o, whose table of
// properties is there from now on.
func (m *Mirror) class(o *goja.Object) class {
	engine.Settle(o)
	if m.layouts.base {
		tab := implOf(o).tab
		c, ok := m.classes[tab]
		if !ok {
			c = m.classify(implType(o))
			if c.kind == Object && implType(o) == m.layouts.plain && tab != m.layouts.plainTab {
				c.table = tableNone // a plain object with methods of a binding: ask them
			}
			m.classes[tab] = c
		}
		return c
	}
	if implField < 0 {
		return class{}
	}
	return m.classify(implType(o))
}

// classify looks at an implementation type.
func (m *Mirror) classify(t reflect.Type) class {
	name := t.String()
	c := class{kind: kindByType[name]}
	if !m.layouts.base || t.Kind() != reflect.Pointer || foreignTables[name] {
		return c
	}
	// The table must be what the type begins with.
	first := t.Elem()
	for first.Name() != "baseObject" {
		if first.Kind() != reflect.Struct || first.NumField() == 0 || !first.Field(0).Anonymous {
			return c
		}
		first = first.Field(0).Type
	}
	switch {
	case lazyTables[name]:
		c.table = tableHits
	case c.kind == Array:
		if name == "*goja.arrayObject" {
			c.table = tableNamed
		}
	case c.kind == TypedArray:
		c.table = tableNamed
	case kindByType[name] != Object || name == "*goja.baseObject":
		c.table = tableAll
	}
	return c
}
