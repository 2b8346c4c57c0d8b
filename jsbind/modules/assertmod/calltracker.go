package assertmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// tracker is the state of a CallTracker, trackedCalls that of one function.
type tracker struct {
	m    *module
	list []*trackedCalls
}

type trackedCalls struct {
	name     string
	expected int64
	tracked  *goja.Object
	calls    []goja.Value // {thisArg, arguments}
	stack    goja.Value   // an Error made where it began
}

// callTracker makes the deprecated class CallTracker
// (https://nodejs.org/docs/latest-v24.x/api/assert.html#class-assertcalltracker).
func (m *module) callTracker() goja.Value {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "CallTracker", ES6: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		rt.Attach(this, &tracker{m: m})
		return nil
	}})
	of := func(v goja.Value) *tracker {
		t, ok := bind.From(v).(*tracker)
		if !ok {
			panic(rt.VM.NewTypeError("Receiver must be an instance of class CallTracker"))
		}
		return t
	}
	c.Method("reset", 1, func(call goja.FunctionCall) goja.Value {
		t := of(call.This)
		if goja.IsUndefined(call.Argument(0)) {
			for _, x := range t.list {
				x.calls = nil
			}
		} else {
			t.find(call.Argument(0)).calls = nil
		}
		return goja.Undefined()
	})
	c.Method("getCalls", 1, func(call goja.FunctionCall) goja.Value {
		x := of(call.This).find(call.Argument(0))
		items := make([]any, len(x.calls))
		for i, v := range x.calls {
			items[i] = v
		}
		return m.freeze(rt.VM.NewArray(items...))
	})
	c.Method("calls", 1, func(call goja.FunctionCall) goja.Value {
		return of(call.This).track(call.Argument(0), call.Argument(1))
	})
	c.Method("report", 0, func(call goja.FunctionCall) goja.Value { return of(call.This).report() })
	c.Method("verify", 0, func(call goja.FunctionCall) goja.Value {
		of(call.This).verify()
		return goja.Undefined()
	})
	util := rt.Require("util").(*goja.Object)
	return rt.Call(util.Get("deprecate"), util, c.Ctor, rt.VM.ToValue("assert.CallTracker is deprecated."), rt.VM.ToValue("DEP0173"))
}

func (m *module) freeze(v goja.Value) goja.Value {
	object := m.rt.VM.Get("Object").(*goja.Object)
	return m.rt.Call(object.Get("freeze"), object, v)
}

func (t *tracker) find(fn goja.Value) *trackedCalls {
	for _, x := range t.list {
		if goja.Value(x.tracked) == fn {
			return x
		}
	}
	t.m.rt.ArgValue("tracked", fn, "is not a tracked function")
	return nil
}

// track makes a function that counts its calls and hands them on.
func (t *tracker) track(fn, expected goja.Value) goja.Value {
	rt := t.m.rt
	process := rt.VM.Get("process").(*goja.Object)
	if bind.Get(process, "_exiting").ToBoolean() {
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_UNAVAILABLE_DURING_EXIT", "Cannot call function in process exit handler"))
	}
	if goja.IsNumber(fn) {
		fn, expected = goja.Undefined(), fn
	}
	var target *goja.Object
	if goja.IsUndefined(fn) {
		target = rt.Func("", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	} else {
		target = rt.Function(fn, "fn")
	}
	x := &trackedCalls{expected: 1, name: "calls"}
	if !goja.IsUndefined(expected) {
		x.expected = rt.Integer(expected, "expected", 1, 1<<32-1)
	}
	if d, ok := rt.Mirror.Own(target, nameKey); ok && goja.IsString(d.Value) && d.Value.String() != "" {
		x.name = d.Value.String()
	}
	stack, err := rt.VM.New(rt.VM.Get("Error"))
	if err != nil {
		panic(err)
	}
	x.stack = stack
	x.tracked = rt.VM.ToValue(rt.VM.NewProxy(target, &goja.ProxyTrapConfig{
		Apply: func(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			if this == nil {
				this = goja.Undefined()
			}
			x.record(t.m, this, args)
			return rt.Call(target, this, args...)
		},
	})).(*goja.Object)
	t.list = append(t.list, x)
	return x.tracked
}

func (x *trackedCalls) record(m *module, this goja.Value, args []goja.Value) {
	list := make([]any, len(args))
	for i, a := range args {
		list[i] = a
	}
	o := m.rt.VM.NewObject()
	_ = o.Set("thisArg", this)
	_ = o.Set("arguments", m.freeze(m.rt.VM.NewArray(list...)))
	x.calls = append(x.calls, m.freeze(o))
}

func (t *tracker) report() *goja.Object {
	vm := t.m.rt.VM
	var out []any
	for _, x := range t.list {
		if int64(len(x.calls)) == x.expected {
			continue
		}
		o := vm.NewObject()
		_ = o.Set("message", "Expected the "+x.name+" function to be executed "+bind.FormatNumber(float64(x.expected))+
			" time(s) but was executed "+bind.FormatNumber(float64(len(x.calls)))+" time(s).")
		_ = o.Set("actual", len(x.calls))
		_ = o.Set("expected", x.expected)
		_ = o.Set("operator", x.name)
		_ = o.Set("stack", x.stack)
		out = append(out, o)
	}
	return vm.NewArray(out...)
}

func (t *tracker) verify() {
	errors := t.report()
	n := bind.Get(errors, "length").ToInteger()
	if n == 0 {
		return
	}
	message := t.m.text("Functions were not called the expected number of times")
	if n == 1 {
		message = bind.Get(errors, "0").(*goja.Object).Get("message")
	}
	panic(t.m.rt.Thrown(t.m.newError(&failure{message: message, details: errors})))
}

var nameKey = mirror.StringKey("name")
