package eventtargetmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

type module struct {
	rt      *bind.Runtime
	event   *bind.Class
	custom  *bind.Class
	target  *bind.Class
	control *bind.Class
	signal  *bind.Class
	node    *bind.Class // NodeEventTarget, made when first needed
	exports *goja.Object
}

type moduleKey struct{}

// Classes are the classes that other modules derive from.
type Classes struct{ Event, CustomEvent, EventTarget, AbortController, AbortSignal *bind.Class }

// Define makes the classes.
func Define(rt *bind.Runtime) Classes {
	m := get(rt)
	return Classes{m.event, m.custom, m.target, m.control, m.signal}
}

// Load returns the classes by name, for the globals.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	m.defineEvent()
	m.defineTarget()
	m.defineSignal()
	m.defineController()
	e := rt.VM.NewObject()
	m.exports = e
	for _, c := range []*bind.Class{m.event, m.custom, m.target, m.control, m.signal} {
		_ = e.Set(c.Name, c.Ctor)
	}
	return m
}

// text is ToString; it throws for a symbol.
func (m *module) text(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		panic(m.rt.VM.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.ToString().String()
}
