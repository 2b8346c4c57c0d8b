package eventtargetmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// NodeEventTarget returns the class of event targets that have EventEmitter's
// methods, too
// (https://nodejs.org/docs/latest-v24.x/api/events.html#class-nodeeventtarget).
func NodeEventTarget(rt *bind.Runtime) *bind.Class {
	m := get(rt)
	if m.node == nil {
		m.defineNodeTarget()
	}
	return m.node
}

func (m *module) defineNodeTarget() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "NodeEventTarget", ES6: true, Parent: m.target, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		t := &Target{}
		t.Init(rt, this, t)
		return nil
	}})
	m.node = c
	method := func(name string, length int, f func(t *Target, call goja.FunctionCall) goja.Value) {
		c.WebMethod(name, length, func(call goja.FunctionCall) goja.Value { return f(m.targetOf(call.This), call) })
	}
	method("setMaxListeners", 1, func(t *Target, call goja.FunctionCall) goja.Value {
		t.max = int(rt.NumberIn(call.Argument(0), "setMaxListeners", 0, math.Inf(1)))
		return goja.Undefined()
	})
	method("getMaxListeners", 0, func(t *Target, _ goja.FunctionCall) goja.Value { return rt.VM.ToValue(t.max) })
	method("eventNames", 0, func(t *Target, _ goja.FunctionCall) goja.Value {
		names := make([]string, 0, len(t.lists))
		for name := range t.lists {
			names = append(names, name)
		}
		return rt.ToValue(names)
	})
	method("listenerCount", 1, func(t *Target, call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(t.ListenerCount(m.eventType(call.Argument(0))))
	})
	off := func(t *Target, call goja.FunctionCall) goja.Value {
		if m.isListener(call.Argument(1)) {
			t.remove(m.eventType(call.Argument(0)), call.Argument(1), captureOf(call.Argument(2)))
		}
		return call.This
	}
	method("off", 3, off)
	method("removeListener", 3, off)
	add := func(once bool) func(t *Target, call goja.FunctionCall) goja.Value {
		return func(t *Target, call goja.FunctionCall) goja.Value {
			t.addNode(call.Argument(0), call.Argument(1), once)
			return call.This
		}
	}
	method("on", 2, add(false))
	method("addListener", 2, add(false))
	method("emit", 2, func(t *Target, call goja.FunctionCall) goja.Value {
		typ := rt.String(call.Argument(0), "type")
		had := t.ListenerCount(typ) > 0
		t.DispatchValue(typ, call.Argument(1), func() *goja.Object { return m.customEvent(typ, call.Argument(1)) })
		return rt.VM.ToValue(had)
	})
	method("once", 2, add(true))
	method("removeAllListeners", 1, func(t *Target, call goja.FunctionCall) goja.Value {
		if goja.IsUndefined(call.Argument(0)) {
			t.lists = nil
		} else {
			delete(t.lists, m.eventType(call.Argument(0)))
		}
		return call.This
	})
	c.Seal()
}

func (t *Target) addNode(name, fn goja.Value, once bool) {
	m := t.m
	if !m.isListener(fn) {
		m.warn("addEventListener called with "+fn.String()+" which has no effect.", "AddEventListenerArgumentTypeWarning", t, m.eventType(name), 0)
		return
	}
	t.insert(m.eventType(name), &listener{fn: fn, node: true, once: once})
}

func (m *module) customEvent(typ string, detail goja.Value) *goja.Object {
	o := m.rt.VM.CreateObject(m.custom.Proto)
	opts := m.rt.VM.NewObject()
	_ = opts.Set("detail", detail)
	m.init(&event{detail: goja.Null()}, o, []goja.Value{m.rt.VM.ToValue(typ), opts})
	return o
}

// DispatchValue calls the listeners of an event: those that were added as
// EventEmitter's are with a value, the others with an event that is made if there
// are any.
func (t *Target) DispatchValue(typ string, value goja.Value, makeEvent func() *goja.Object) {
	ls := t.lists[typ]
	if ls == nil {
		return
	}
	var o *goja.Object
	var e *event
	for l := ls.head; l != nil && (e == nil || !e.stopped); {
		next := l.next
		if !l.removed {
			if l.once {
				t.unlink(typ, ls, l)
			}
			if l.node {
				t.m.invokeValue(t, l, value)
			} else {
				if o == nil {
					o = makeEvent()
					e = t.m.eventOf(o, "Event")
					e.target, e.dispatched = t.obj, true
				}
				e.passive = l.passive
				t.m.invoke(t, l, o)
				e.passive = false
			}
		}
		l = next
	}
	if e != nil {
		e.dispatched = false
	}
}

// invokeValue is invoke with a value in place of an event.
func (m *module) invokeValue(t *Target, l *listener, value goja.Value) {
	rt := m.rt
	if ex := rt.VM.Try(func() {
		if bind.IsCallable(l.fn) {
			rt.Call(l.fn, t.obj, value)
		} else if o := l.fn.(*goja.Object); bind.Get(o, "handleEvent").ToBoolean() {
			rt.Call(bind.Get(o, "handleEvent"), o, value)
		}
	}); ex != nil {
		m.throwLater(ex.Value())
	}
}
