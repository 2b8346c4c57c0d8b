package engine

import (
	"strings"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// The instructions that make functions. A function has the properties length,
// name and mostly prototype, which hardly anybody asks for; here it has them
// when somebody does.

var gojaNewFunc, gojaNewArrowFunc func(unsafe.Pointer, *machine)

// function is goja's newFunc, the instruction of a function expression.
type function struct {
	prg    *program
	name   unistring.String
	source string

	length int
	strict bool
}

// newFunction is what every function object begins with.
type newFunction struct {
	object
	made *function // by this instruction
}

type functionObject struct {
	newFunction
	f jsFunction
}

type arrowObject struct {
	newFunction
	f arrowFunction
}

// fill makes what newFunc and newArrowFunc have in common.
func (p *newFunction) fill(f *jsFunction, n *function, m *machine) {
	p.runtime, p.made = m.r, n
	f.class, f.val, f.prototype, f.extensible = "Function", (*goja.Object)(unsafe.Pointer(&p.object)), intrinsicFunctionPrototype(m.r), true
	f.prg, f.stash, f.privEnv, f.src, f.strict = n.prg, m.stash, m.privEnv, n.source, n.strict
}

// settle gives the function its properties.
func (p *newFunction) settle(f *jsFunction) {
	name := &property{value: nameValue(&p.made.name), configurable: true}
	f.lenProp = property{value: converter.ToValue(p.made.length), configurable: true}
	f.values = map[unistring.String]goja.Value{"length": f.lenProp.value0(), "name": name.value0()}
	f.propNames = []unistring.String{"length", "name"}
}

func newFunc(data unsafe.Pointer, m *machine) {
	x := &functionObject{}
	x.self = iface{learnt.lazyFunction, unsafe.Pointer(&x.f)}
	x.fill(&x.f, (*function)(data), m)
	m.push(&x.object)
	m.pc++
}

func newArrowFunc(data unsafe.Pointer, m *machine) {
	mendNewTarget(m)
	x := &arrowObject{}
	x.self = iface{learnt.lazyArrow, unsafe.Pointer(&x.f)}
	x.fill(&x.f.jsFunction, (*function)(data), m)
	x.f.newTarget = *(*goja.Value)(unsafe.Add(unsafe.Pointer(m), learnt.newTarget))
	if m.sb > 0 {
		outer := m.stack[m.sb-1]
		switch o := isObject(outer); {
		case o == nil && !goja.IsUndefined(outer):
			gojaNewArrowFunc(data, m)
			return
		case o == nil:
		case o.self.tab == learnt.lazyArrow || o.self.tab == learnt.arrow:
			x.f.funcObj = (*arrowFunction)(o.self.data).funcObj
		default:
			x.f.funcObj = (*goja.Object)(unsafe.Pointer(o))
		}
	}
	m.push(&x.object)
	m.pc++
}

// newOwnArrowFunc makes an arrow function that has super or a direct eval in it:
// goja looks at its type then.
func newOwnArrowFunc(data unsafe.Pointer, m *machine) {
	mendNewTarget(m)
	gojaNewArrowFunc(data, m)
}

// outside reports whether an instruction of this name is one of super or eval.
func outside(name string) bool {
	return strings.Contains(name, "uper") || strings.Contains(name, "Eval")
}

// functionMethods are the methods that need no table of properties; a name that
// a function may have had from the start settles it.
func functionMethods() Methods {
	return Methods{
		"getStr":            {functionGetStr, nil},
		"getOwnPropStr":     {functionGetOwnStr, nil},
		"hasOwnPropertyStr": {functionHasOwnStr, nil},
	}
}

// given reports whether a function may have a property of this name before it
// settles, or inherits one that asks for the function's type.
func given(name unistring.String) bool {
	switch name {
	case "name", "length", "prototype", "caller", "arguments":
		return true
	}
	return false
}

func functionGetStr(b *baseObject, name unistring.String, receiver goja.Value) goja.Value {
	if b.settled() || given(name) {
		return settle(b).getStr(b, name, receiver)
	}
	return b.inherited(name, receiver)
}

func functionGetOwnStr(b *baseObject, name unistring.String) goja.Value {
	if b.settled() || given(name) {
		return settle(b).getOwnStr(b, name)
	}
	return nil
}

func functionHasOwnStr(b *baseObject, name unistring.String) bool {
	return (b.settled() || given(name)) && settle(b).hasOwnStr(b, name)
}

// IsFunction reports whether an object is surely a function; of some that are it
// does not know it.
func IsFunction(o *goja.Object) bool {
	switch (*object)(unsafe.Pointer(o)).self.tab {
	case nil:
	case learnt.function, learnt.lazyFunction, learnt.arrow, learnt.lazyArrow, learnt.lazyNative:
		return true
	}
	return false
}
