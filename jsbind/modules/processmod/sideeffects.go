package processmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

// sideEffectFree is the text that V8 has for a value without running the
// program's functions: that of a primitive, a function's source, #<Class> for an
// object with the usual toString, else [object Tag].
func (p *Process) sideEffectFree(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		if s, ok := v.(*goja.Symbol); ok {
			return "Symbol(" + s.String() + ")"
		}
		return v.String()
	}
	if bind.IsProxy(o) {
		return "#<Object>"
	}
	m := p.rt.Mirror
	kind := m.Kind(o)
	if kind.Callable() {
		return m.FunctionSource(o)
	}
	if kind != mirror.Error && bind.Get(o, "toString") == m.ObjectPrototype.Get("toString") {
		if c, ok := bind.Get(o, "constructor").(*goja.Object); ok {
			if name := bind.Get(c, "name"); goja.IsString(name) && name.String() != "" {
				return "#<" + name.String() + ">"
			}
		}
	}
	if tag := o.GetSymbol(goja.SymToStringTag); tag != nil && goja.IsString(tag) {
		return "[object " + tag.String() + "]"
	}
	if kind == mirror.Array {
		return "[object Array]"
	}
	return "[object " + o.ClassName() + "]"
}
