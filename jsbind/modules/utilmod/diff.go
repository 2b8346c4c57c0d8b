package utilmod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/myers"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

var shortKey = mirror.StringKey("short")

// diff is util.diff(actual, expected): the shortest edit from one to the other,
// by characters or by elements
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utildiffactual-expected).
func (m *module) diff(c goja.FunctionCall) goja.Value {
	rt := m.rt
	a, b := c.Argument(0), c.Argument(1)
	if a.StrictEquals(b) {
		return rt.VM.NewArray()
	}
	x, y := m.diffList(a, "actual"), m.diffList(b, "expected")
	var out []any
	for _, e := range myers.Diff(len(x), len(y), func(i, j int) bool { return x[i] == y[j] }) {
		text := ""
		if e.X >= 0 {
			text = x[e.X]
		} else {
			text = y[e.Y]
		}
		out = append(out, rt.VM.NewArray(int(e.Op), rt.Mirror.StringValue(text)))
	}
	return rt.VM.NewArray(out...)
}

func (m *module) diffList(v goja.Value, name string) []string {
	if bind.IsArray(v) {
		list := m.formats(v)
		out := make([]string, len(list))
		for i, x := range list {
			m.rt.String(x, name+"["+strconv.Itoa(i)+"]")
			out[i] = mirror.Text(x.(goja.String))
		}
		return out
	}
	m.rt.String(v, name)
	s := v.(goja.String)
	out := make([]string, s.Length())
	for i := range out {
		out[i] = mirror.FromUTF16([]uint16{s.CharAt(i)})
	}
	return out
}
