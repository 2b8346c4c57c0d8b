package eventtargetmod

import (
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

var started = time.Now()

// event is the state of an Event.
type event struct {
	typ        string
	target     goja.Value
	detail     goja.Value // of a CustomEvent
	timeStamp  float64    // milliseconds since the program began
	bubbles    bool
	cancelable bool
	composed   bool
	trusted    bool
	prevented  bool
	stopped    bool // stopImmediatePropagation
	cancelled  bool // cancelBubble
	dispatched bool // is being dispatched
	passive    bool // in a passive listener
}

func (m *module) init(e *event, this *goja.Object, args []goja.Value) {
	rt := m.rt
	if len(args) == 0 {
		rt.Throw(nodeerr.MissingArgs("type"))
	}
	if len(args) > 1 && !bind.IsNullish(args[1]) {
		o := rt.Object(args[1], "options")
		e.bubbles = bind.Get(o, "bubbles").ToBoolean()
		e.cancelable = bind.Get(o, "cancelable").ToBoolean()
		e.composed = bind.Get(o, "composed").ToBoolean()
		if d := bind.Get(o, "detail"); e.detail != nil && !goja.IsUndefined(d) {
			e.detail = d
		}
	}
	e.typ = m.text(args[0])
	e.target = goja.Null()
	e.timeStamp = float64(time.Since(started)) / float64(time.Millisecond)
	rt.Attach(this, e)
}

func (m *module) eventOf(v goja.Value, class string) *event {
	if e, ok := bind.From(v).(eventer); ok {
		return e.base()
	}
	m.rt.Throw(bind.InvalidThis(class))
	return nil
}

// eventer is anything that embeds an event.
type eventer interface{ base() *event }

func (e *event) base() *event { return e }

// Event is the state of an event of another class, to be embedded.
type Event struct{ event }

// InitEvent makes this an event, as the constructor Event(type, options) does;
// state embeds e.
func (e *Event) InitEvent(rt *bind.Runtime, this *goja.Object, state any, args []goja.Value) {
	get(rt).init(&e.event, this, args)
	rt.Attach(this, state)
}

// SetTrusted sets event.isTrusted: the event comes from the program's
// surroundings.
func (e *Event) SetTrusted() { e.trusted = true }

// defineEvent makes Event and CustomEvent.
func (m *module) defineEvent() {
	rt := m.rt
	m.event = rt.NewClass(bind.ClassDef{Name: "Event", Length: 1, ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		m.init(&event{}, this, args)
		return nil
	}})
	m.eventMethods(m.event)
	for i, name := range []string{"NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"} {
		_ = m.event.Ctor.DefineDataProperty(name, rt.VM.ToValue(i), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	m.event.Tag("Event")
	m.event.CustomFields(func(name string) string { return name }, func(o *goja.Object) []any {
		e := m.eventOf(o, "Event")
		return []any{"type", e.typ, "defaultPrevented", e.cancelable && e.prevented, "cancelable", e.cancelable, "timeStamp", e.timeStamp}
	})
	m.custom = rt.NewClass(bind.ClassDef{Name: "CustomEvent", Length: 1, ES6: true, Parent: m.event, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		m.init(&event{detail: goja.Null()}, this, args)
		return nil
	}})
	m.custom.Accessor("detail", func(this goja.Value) goja.Value {
		e := m.eventOf(this, "CustomEvent")
		if e.detail == nil {
			rt.Throw(bind.InvalidThis("CustomEvent"))
		}
		return e.detail
	}, nil, true)
	m.custom.Tag("CustomEvent")
}

func (m *module) eventMethods(c *bind.Class) {
	rt := m.rt
	of := func(v goja.Value) *event { return m.eventOf(v, "Event") }
	method := func(name string, length int, f func(e *event, call goja.FunctionCall)) {
		c.WebMethod(name, length, func(call goja.FunctionCall) goja.Value {
			f(of(call.This), call)
			return goja.Undefined()
		})
	}
	prop := func(name string, get func(e *event) any, set func(e *event, v bool)) {
		var setter func(this, v goja.Value)
		if set != nil {
			setter = func(this, v goja.Value) { set(of(this), v.ToBoolean()) }
		}
		c.Accessor(name, func(this goja.Value) goja.Value { return rt.ToValue(get(of(this))) }, setter, true)
	}
	method("initEvent", 1, func(e *event, call goja.FunctionCall) {
		if len(call.Arguments) == 0 {
			rt.Throw(nodeerr.MissingArgs("type"))
		}
		if e.dispatched {
			return
		}
		e.typ = m.text(call.Argument(0))
		e.bubbles, e.cancelable = call.Argument(1).ToBoolean(), call.Argument(2).ToBoolean()
	})
	method("stopImmediatePropagation", 0, func(e *event, _ goja.FunctionCall) { e.stopped, e.cancelled = true, true })
	method("preventDefault", 0, func(e *event, _ goja.FunctionCall) { e.preventDefault() })
	prop("target", func(e *event) any { return e.target }, nil)
	prop("currentTarget", func(e *event) any {
		if e.dispatched {
			return e.target
		}
		return nil
	}, nil)
	prop("srcElement", func(e *event) any { return e.target }, nil)
	prop("type", func(e *event) any { return e.typ }, nil)
	prop("cancelable", func(e *event) any { return e.cancelable }, nil)
	prop("defaultPrevented", func(e *event) any { return e.cancelable && e.prevented }, nil)
	prop("timeStamp", func(e *event) any { return e.timeStamp }, nil)
	c.WebMethod("composedPath", 0, func(call goja.FunctionCall) goja.Value {
		if e := of(call.This); e.dispatched {
			return rt.VM.NewArray(e.target)
		}
		return rt.VM.NewArray()
	})
	prop("returnValue", func(e *event) any { return !e.cancelable || !e.prevented }, func(e *event, v bool) {
		if !v {
			e.preventDefault()
		}
	})
	prop("bubbles", func(e *event) any { return e.bubbles }, nil)
	prop("composed", func(e *event) any { return e.composed }, nil)
	prop("eventPhase", func(e *event) any {
		if e.dispatched {
			return 2
		}
		return 0
	}, nil)
	prop("cancelBubble", func(e *event) any { return e.cancelled }, func(e *event, v bool) {
		if v {
			e.cancelled = true
		}
	})
	method("stopPropagation", 0, func(e *event, _ goja.FunctionCall) { e.cancelled = true })
	get := rt.Func("get isTrusted", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).trusted) })
	_ = c.Proto.DefineAccessorProperty("isTrusted", get, nil, goja.FLAG_FALSE, goja.FLAG_TRUE)
}

// preventDefault does nothing in a passive listener, which promised not to.
func (e *event) preventDefault() {
	if !e.passive {
		e.prevented = true
	}
}

// NewEvent makes a trusted Event of a type.
func NewEvent(rt *bind.Runtime, typ string) *goja.Object {
	m := get(rt)
	o := rt.VM.CreateObject(m.event.Proto)
	e := &event{trusted: true}
	m.init(e, o, []goja.Value{rt.VM.ToValue(typ)})
	return o
}
