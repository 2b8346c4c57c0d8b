package engine

import (
	"strconv"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

var gojaCreateArgsUnmapped func(unsafe.Pointer, *machine)

// argumentsObject is the arguments object of a strict function.
type argumentsObject struct {
	object
	base                     baseObject
	length, callee, iterator property
	names                    [8]unistring.String
}

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
	x := &argumentsObject{}
	x.self = iface{learnt.plain, unsafe.Pointer(&x.base)}
	x.runtime = m.r
	x.base = baseObject{
		class: "Arguments", val: (*goja.Object)(unsafe.Pointer(&x.object)), prototype: objectPrototype(m.r), extensible: true,
		values: make(map[unistring.String]goja.Value), propNames: x.names[:0:len(x.names)],
	}
	for i, v := range s.values[:formal] {
		x.base.put(argumentNames[i], v)
	}
	for i, v := range s.extraArgs {
		x.base.put(argumentNames[formal+i], v)
	}
	x.length = property{value: converter.ToValue(m.args), writable: true, configurable: true}
	x.base.put("length", x.length.value0())
	thrower := intrinsicThrower(m.r)
	x.callee = property{getterFunc: thrower, setterFunc: thrower, accessor: true}
	x.base.put("callee", x.callee.value0())
	x.iterator = property{value: intrinsicArrayValues(m.r), writable: true, configurable: true}
	basePutSym(&x.base, goja.SymIterator, x.iterator.value0())
	m.push(&x.object)
	m.pc++
}

// stash is goja's: the variables of a scope that functions keep.
type stash struct {
	values    []goja.Value
	extraArgs []goja.Value
}
