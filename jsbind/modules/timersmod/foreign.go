package timersmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

// Of returns the Timeout object of a timer that a built-in module made, the
// same one each time.
func Of(rt *bind.Runtime, timer *loop.Timer) *goja.Object {
	m := get(rt)
	if t := m.foreign[timer]; t != nil {
		return t.obj
	}
	for old := range m.foreign { // nobody asks for one that is over
		if old.Destroyed() {
			delete(m.foreign, old)
		}
	}
	t := &timeout{m: m, timer: timer, ms: timer.Duration(), delay: float64(timer.Duration()), repeat: timer.Repeat() > 0, unref: !timer.HasRef(), start: timer.Started(), foreign: true}
	t.fnVal = rt.Func("", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	t.obj = rt.VM.CreateObject(m.timeout.Proto)
	rt.Attach(t.obj, t)
	if m.foreign == nil {
		m.foreign = map[*loop.Timer]*timeout{}
	}
	m.foreign[timer] = t
	return t.obj
}
