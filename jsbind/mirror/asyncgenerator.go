package mirror

import (
	"strings"

	"github.com/dop251/goja"
)

// IsAsyncGenerator reports whether a function is an async generator function.
// The engine has none: such a function is an ordinary one whose text was
// lowered to a call of the machine that drives it.
func (m *Mirror) IsAsyncGenerator(o *goja.Object) bool {
	if k := m.Kind(o); k != Function {
		return false
	}
	if p, ok := m.Own(o, StringKey("prototype")); ok && p.Value != nil && !p.Enumerable {
		if proto := o.Prototype(); proto != nil {
			if t, ok := proto.GetSymbol(goja.SymToStringTag).(goja.String); ok && t.String() == "AsyncGeneratorFunction" {
				return true
			}
		}
	}
	source := m.FunctionSource(o)
	i := strings.LastIndex(source, loweredCall)
	return i >= 0 && strings.Count(source[:i], "{")-strings.Count(source[:i], "}") == 1
}

// loweredCall is what the body of a lowered function ends with.
const loweredCall = "return __asyncGenerator(this, "
