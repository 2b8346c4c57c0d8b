package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// Objects with shapes (shaped.go), arguments (arguments.go) and functions
// (function.go, native.go) have no table of properties until something asks for one. Then they settle: they get the table,
// and are objects of goja's own kind from there on, with its table of methods.

// ownMethods are goja's methods of a kind of objects that look at the table of
// properties.
type ownMethods struct {
	getStr            func(b *baseObject, name unistring.String, receiver goja.Value) goja.Value
	getOwnStr         func(b *baseObject, name unistring.String) goja.Value
	hasOwnStr         func(b *baseObject, name unistring.String) bool
	setOwnStr         func(b *baseObject, name unistring.String, v goja.Value, throw bool) bool
	setForeignStr     func(b *baseObject, name unistring.String, v, receiver goja.Value, throw bool) (bool, bool)
	setForeignIdx     func(b *baseObject, i int64, v, receiver goja.Value, throw bool) (bool, bool)
	defineStr         func(b *baseObject, name unistring.String, d goja.PropertyDescriptor, throw bool) bool
	deleteStr         func(b *baseObject, name unistring.String, throw bool) bool
	putProp           func(b *baseObject, name unistring.String, v goja.Value, writable, enumerable, configurable bool) goja.Value
	stringKeys        func(b *baseObject, all bool, accum []goja.Value) []goja.Value
	iterateStringKeys func(b *baseObject) unsafe.Pointer
	export            func(b *baseObject, ctx unsafe.Pointer) any
}

// settling is the table for objects laid out as sample that settle when they are
// asked for something that none of methods knows. goja's own go into own.
func settling(sample *goja.Object, own *ownMethods, methods Methods) (unsafe.Pointer, error) {
	all := Methods{
		"getStr":               {settleGetStr, &own.getStr},
		"getOwnPropStr":        {settleGetOwnStr, &own.getOwnStr},
		"hasOwnPropertyStr":    {settleHasOwnStr, &own.hasOwnStr},
		"setOwnStr":            {settleSetOwnStr, &own.setOwnStr},
		"setForeignStr":        {settleSetForeignStr, &own.setForeignStr},
		"setForeignIdx":        {settleSetForeignIdx, &own.setForeignIdx},
		"defineOwnPropertyStr": {settleDefineStr, &own.defineStr},
		"deleteStr":            {settleDeleteStr, &own.deleteStr},
		"_putProp":             {settlePutProp, &own.putProp},
		"stringKeys":           {settleStringKeys, &own.stringKeys},
		"iterateStringKeys":    {settleIterateStringKeys, &own.iterateStringKeys},
		"export":               {settleExport, &own.export},
	}
	for name, r := range methods {
		if of, ok := all[name]; ok {
			r[1] = of[1]
		}
		all[name] = r
	}
	return NewTable(sample, all)
}

// Settle makes one of goja's own objects of one that has no table of properties
// yet.
func Settle(o *goja.Object) {
	switch p := (*object)(unsafe.Pointer(o)); p.self.tab {
	case nil:
	case learnt.shaped, learnt.arguments, learnt.lazyFunction, learnt.lazyArrow, learnt.lazyNative:
		settle((*baseObject)(p.self.data))
	}
}

// SettlePlain does so for an ordinary object, and leaves functions alone.
func SettlePlain(o *goja.Object) {
	switch p := (*object)(unsafe.Pointer(o)); p.self.tab {
	case nil:
	case learnt.shaped, learnt.arguments:
		settle((*baseObject)(p.self.data))
	}
}

// settle gives an object that has none its table of properties, and returns
// goja's methods of what the object is then. goja sometimes keeps the table of
// methods that an object had before it settled, so that every method of ours may
// be called afterwards, too.
func settle(b *baseObject) *ownMethods {
	switch o := (*object)(unsafe.Pointer(b.val)); o.self.tab {
	case learnt.shaped:
		(*shaped)(unsafe.Pointer(o)).settle()
	case learnt.arguments:
		(*argumentsObject)(unsafe.Pointer(o)).settle()
	case learnt.lazyNative:
		(*nativeObject)(unsafe.Pointer(o)).settle()
		return &learnt.nativeOwn
	case learnt.lazyArrow:
		(*newFunction)(unsafe.Pointer(o)).settle((*jsFunction)(unsafe.Pointer(b)))
		o.self.tab = learnt.arrow
		return &learnt.arrowOwn
	case learnt.lazyFunction:
		(*newFunction)(unsafe.Pointer(o)).settle((*jsFunction)(unsafe.Pointer(b)))
		o.self.tab = learnt.function
		return &learnt.functionOwn
	case learnt.native:
		return &learnt.nativeOwn
	case learnt.arrow:
		return &learnt.arrowOwn
	case learnt.function:
		return &learnt.functionOwn
	}
	return &learnt.plainOwn
}

// settled reports whether the object has its table of properties.
func (b *baseObject) settled() bool { return b.values != nil }

func settleGetStr(b *baseObject, name unistring.String, receiver goja.Value) goja.Value {
	return settle(b).getStr(b, name, receiver)
}

func settleGetOwnStr(b *baseObject, name unistring.String) goja.Value {
	return settle(b).getOwnStr(b, name)
}

func settleHasOwnStr(b *baseObject, name unistring.String) bool {
	return settle(b).hasOwnStr(b, name)
}

func settleSetOwnStr(b *baseObject, name unistring.String, v goja.Value, throw bool) bool {
	return settle(b).setOwnStr(b, name, v, throw)
}

func settleSetForeignStr(b *baseObject, name unistring.String, v, receiver goja.Value, throw bool) (bool, bool) {
	return settle(b).setForeignStr(b, name, v, receiver, throw)
}

func settleSetForeignIdx(b *baseObject, i int64, v, receiver goja.Value, throw bool) (bool, bool) {
	return settle(b).setForeignIdx(b, i, v, receiver, throw)
}

func settleDefineStr(b *baseObject, name unistring.String, d goja.PropertyDescriptor, throw bool) bool {
	return settle(b).defineStr(b, name, d, throw)
}

func settleDeleteStr(b *baseObject, name unistring.String, throw bool) bool {
	return settle(b).deleteStr(b, name, throw)
}

func settlePutProp(b *baseObject, name unistring.String, v goja.Value, writable, enumerable, configurable bool) goja.Value {
	return settle(b).putProp(b, name, v, writable, enumerable, configurable)
}

func settleStringKeys(b *baseObject, all bool, accum []goja.Value) []goja.Value {
	return settle(b).stringKeys(b, all, accum)
}

func settleIterateStringKeys(b *baseObject) unsafe.Pointer {
	return settle(b).iterateStringKeys(b)
}

func settleExport(b *baseObject, ctx unsafe.Pointer) any {
	return settle(b).export(b, ctx)
}
