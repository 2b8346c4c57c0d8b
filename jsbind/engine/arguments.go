package engine

import (
	"strconv"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

var gojaCreateArgsUnmapped func(unsafe.Pointer, *machine)

// argumentsObject is the arguments object of a strict function. It has length,
// elements and an iterator without a table of properties, which is what
// f.apply(this, arguments) and for-of ask for; for anything else it settles.
type argumentsObject struct {
	object
	base   baseObject
	length int
	values []goja.Value
	room   [4]goja.Value
}

// argumentNames are the names of the elements of most arguments objects.
var argumentNames = func() (names [16]unistring.String) {
	for i := range names {
		names[i] = unistring.String(strconv.Itoa(i))
	}
	return names
}()

// createArgsUnmapped makes the arguments object of a strict function; data points
// to the number of its parameters.
func createArgsUnmapped(data unsafe.Pointer, m *machine) {
	s := (*stash)(m.stash)
	formal := min(int(*(*uint32)(data)), m.args)
	if formal+len(s.extraArgs) > len(argumentNames) || len(s.values) < formal {
		gojaCreateArgsUnmapped(data, m)
		return
	}
	x := &argumentsObject{length: m.args}
	x.self = iface{learnt.arguments, unsafe.Pointer(&x.base)}
	x.runtime = m.r
	x.base = baseObject{class: "Arguments", val: (*goja.Object)(unsafe.Pointer(&x.object)), prototype: objectPrototype(m.r), extensible: true}
	x.values = append(append(x.room[:0], s.values[:formal]...), s.extraArgs...)
	m.push(&x.object)
	m.pc++
}

// stash is goja's: the variables of a scope that functions keep.
type stash struct {
	values    []goja.Value
	extraArgs []goja.Value
}

func argumentsOf(b *baseObject) *argumentsObject {
	return (*argumentsObject)(unsafe.Pointer(b.val))
}

// settle gives the object its properties.
func (x *argumentsObject) settle() {
	b := &x.base
	b.values = make(map[unistring.String]goja.Value, len(x.values)+2)
	b.propNames = make([]unistring.String, 0, len(x.values)+2)
	for i, v := range x.values {
		if v == nil {
			v = goja.Undefined()
		}
		b.put(argumentNames[i], v)
	}
	b.put("length", (&property{value: converter.ToValue(x.length), writable: true, configurable: true}).value0())
	thrower := intrinsicThrower(x.runtime)
	b.put("callee", (&property{getterFunc: thrower, setterFunc: thrower, accessor: true}).value0())
	iterator := &property{value: intrinsicArrayValues(x.runtime), writable: true, configurable: true}
	basePutSym(b, goja.SymIterator, iterator.value0())
	x.self.tab = learnt.plain
	clear(x.values)
	x.values = nil
}

// symbolMethods are goja's methods of plain objects that look at the table of
// properties under symbols, and getIdx.
type symbolMethods struct {
	getIdx         func(b *baseObject, i int64, receiver goja.Value) goja.Value
	getSym         func(b *baseObject, s *goja.Symbol, receiver goja.Value) goja.Value
	getOwnSym      func(b *baseObject, s *goja.Symbol) goja.Value
	hasSym         func(b *baseObject, s *goja.Symbol) bool
	hasOwnSym      func(b *baseObject, s *goja.Symbol) bool
	setOwnSym      func(b *baseObject, s *goja.Symbol, v goja.Value, throw bool) bool
	setForeignSym  func(b *baseObject, s *goja.Symbol, v, receiver goja.Value, throw bool) (bool, bool)
	defineSym      func(b *baseObject, s *goja.Symbol, d goja.PropertyDescriptor, throw bool) bool
	deleteSym      func(b *baseObject, s *goja.Symbol, throw bool) bool
	putSym         func(b *baseObject, s *goja.Symbol, v goja.Value)
	symbols        func(b *baseObject, all bool, accum []goja.Value) []goja.Value
	iterateSymbols func(b *baseObject) unsafe.Pointer
}

var plainSymbols symbolMethods

// argumentsMethods are those that need no table of properties, and those that
// settle besides the ones of settling.
func argumentsMethods() Methods {
	own := &plainSymbols
	return Methods{
		"getStr":               {argumentsGetStr, nil},
		"getIdx":               {argumentsGetIdx, &own.getIdx},
		"getSym":               {argumentsGetSym, &own.getSym},
		"getOwnPropSym":        {settleGetOwnSym, &own.getOwnSym},
		"hasPropertySym":       {settleHasSym, &own.hasSym},
		"hasOwnPropertySym":    {settleHasOwnSym, &own.hasOwnSym},
		"setOwnSym":            {settleSetOwnSym, &own.setOwnSym},
		"setForeignSym":        {settleSetForeignSym, &own.setForeignSym},
		"defineOwnPropertySym": {settleDefineSym, &own.defineSym},
		"deleteSym":            {settleDeleteSym, &own.deleteSym},
		"_putSym":              {settlePutSym, &own.putSym},
		"symbols":              {settleSymbols, &own.symbols},
		"iterateSymbols":       {settleIterateSymbols, &own.iterateSymbols},
	}
}

func argumentsGetStr(b *baseObject, name unistring.String, receiver goja.Value) goja.Value {
	switch {
	case b.settled():
		return settle(b).getStr(b, name, receiver)
	case name == "length":
		return converter.ToValue(argumentsOf(b).length)
	case name == "callee" || name == "" || name[0] >= '0' && name[0] <= '9':
		return settle(b).getStr(b, name, receiver)
	}
	return b.inherited(name, receiver)
}

func argumentsGetIdx(b *baseObject, i int64, receiver goja.Value) goja.Value {
	if x := argumentsOf(b); uint64(i) < uint64(len(x.values)) && x.values[i] != nil {
		return x.values[i]
	}
	settle(b)
	return plainSymbols.getIdx(b, i, receiver)
}

func argumentsGetSym(b *baseObject, s *goja.Symbol, receiver goja.Value) goja.Value {
	if s == goja.SymIterator && !b.settled() {
		return intrinsicArrayValues(argumentsOf(b).runtime)
	}
	settle(b)
	return plainSymbols.getSym(b, s, receiver)
}

func settleGetOwnSym(b *baseObject, s *goja.Symbol) goja.Value {
	settle(b)
	return plainSymbols.getOwnSym(b, s)
}

func settleHasSym(b *baseObject, s *goja.Symbol) bool {
	settle(b)
	return plainSymbols.hasSym(b, s)
}

func settleHasOwnSym(b *baseObject, s *goja.Symbol) bool {
	settle(b)
	return plainSymbols.hasOwnSym(b, s)
}

func settleSetOwnSym(b *baseObject, s *goja.Symbol, v goja.Value, throw bool) bool {
	settle(b)
	return plainSymbols.setOwnSym(b, s, v, throw)
}

func settleSetForeignSym(b *baseObject, s *goja.Symbol, v, receiver goja.Value, throw bool) (bool, bool) {
	settle(b)
	return plainSymbols.setForeignSym(b, s, v, receiver, throw)
}

func settleDefineSym(b *baseObject, s *goja.Symbol, d goja.PropertyDescriptor, throw bool) bool {
	settle(b)
	return plainSymbols.defineSym(b, s, d, throw)
}

func settleDeleteSym(b *baseObject, s *goja.Symbol, throw bool) bool {
	settle(b)
	return plainSymbols.deleteSym(b, s, throw)
}

func settlePutSym(b *baseObject, s *goja.Symbol, v goja.Value) {
	settle(b)
	plainSymbols.putSym(b, s, v)
}

func settleSymbols(b *baseObject, all bool, accum []goja.Value) []goja.Value {
	settle(b)
	return plainSymbols.symbols(b, all, accum)
}

func settleIterateSymbols(b *baseObject) unsafe.Pointer {
	settle(b)
	return plainSymbols.iterateSymbols(b)
}
