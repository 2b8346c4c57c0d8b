package timersmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// theScheduler is the state of timersPromises.scheduler, of which there is one.
type theScheduler struct{}

var schedulerSymbol = goja.NewSymbol("kScheduler")

func init() { bind.RegisterOwnKeys((*theScheduler)(nil), schedulerSymbol) }

// scheduler makes timersPromises.scheduler
// (https://nodejs.org/docs/latest-v24.x/api/timers.html#timerspromisesschedulerwaitdelay-options).
func (m *module) scheduler() *goja.Object {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Scheduler", ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"))
		return nil
	}})
	check := func(this goja.Value) {
		if _, ok := bind.From(this).(*theScheduler); !ok {
			rt.Throw(bind.InvalidThis("Scheduler"))
		}
	}
	c.Method("yield", 0, func(call goja.FunctionCall) goja.Value {
		check(call.This)
		return m.promise(nil, goja.Undefined(), goja.Undefined(), false)
	})
	c.Method("wait", 2, func(call goja.FunctionCall) goja.Value {
		check(call.This)
		return m.promise(call.Argument(0), goja.Undefined(), call.Argument(1), true)
	})
	c.Default(schedulerSymbol, true)
	o := rt.VM.CreateObject(c.Proto)
	rt.Attach(o, &theScheduler{})
	return o
}
