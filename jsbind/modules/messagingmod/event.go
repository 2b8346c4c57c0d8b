package messagingmod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
)

// messageEvent is the state of a MessageEvent
// (https://html.spec.whatwg.org/multipage/comms.html#messageevent).
type messageEvent struct {
	eventtargetmod.Event
	data, source, ports goja.Value
	origin, lastID      goja.Value
}

// closeEvent is the state of a CloseEvent
// (https://websockets.spec.whatwg.org/#the-closeevent-interface).
type closeEvent struct {
	eventtargetmod.Event
	clean  bool
	code   int
	reason goja.Value
}

// NewMessageEvent makes a trusted MessageEvent.
func NewMessageEvent(rt *bind.Runtime, typ string, data goja.Value, ports []any) *goja.Object {
	m := get(rt)
	o := rt.VM.CreateObject(m.messageEvent.Proto)
	e := &messageEvent{data: data, source: goja.Null(), origin: rt.VM.ToValue(""), lastID: rt.VM.ToValue("")}
	e.InitEvent(rt, o, e, []goja.Value{rt.VM.ToValue(typ)})
	e.SetTrusted()
	e.ports = m.frozen(ports)
	return o
}

func (m *module) frozen(list []any) goja.Value {
	a := m.rt.VM.NewArray(list...)
	object := m.rt.VM.Get("Object").(*goja.Object)
	return m.rt.Call(object.Get("freeze"), object, a)
}

// dictionary reads the second argument of an event's constructor.
func (m *module) dictionary(class string, v goja.Value) *goja.Object {
	if bind.IsNullish(v) {
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok {
		panic(m.rt.VM.NewTypeError("%s constructor: Expected %s to be one of: Null, Undefined, Object.", class, v))
	}
	return o
}

func (m *module) eventArgs(class string, args []goja.Value) (init *goja.Object, base []goja.Value) {
	if len(args) == 0 {
		panic(m.rt.VM.NewTypeError("%s constructor: 1 argument required, but 0 found.", class))
	}
	m.rt.Text(args[0])
	if len(args) > 1 {
		init = m.dictionary(class, args[1])
	}
	base = []goja.Value{args[0]}
	if init != nil {
		base = append(base, init)
	}
	return init, base
}

// isPort checks a MessagePort in the init of a MessageEvent.
func (m *module) isPort(v goja.Value, name string) {
	if PortOf(v) == nil {
		panic(m.rt.VM.NewTypeError(`MessageEvent constructor: Expected eventInitDict.%s ("%s") to be an instance of MessagePort.`, name, v))
	}
}

func (m *module) portList(v goja.Value) []any {
	if goja.IsUndefined(v) {
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok || !bind.IsCallable(o.GetSymbol(goja.SymIterator)) {
		panic(m.rt.VM.NewTypeError("MessageEvent constructor: eventInitDict.ports (%s) is not iterable.", v))
	}
	var out []any
	m.rt.VM.ForOf(o, func(v goja.Value) bool {
		m.isPort(v, "ports["+strconv.Itoa(len(out))+"]")
		out = append(out, v)
		return true
	})
	return out
}

func (m *module) defineMessageEvent() {
	rt := m.rt
	text := func(o *goja.Object, name string) goja.Value {
		v := bind.Get(o, name)
		if goja.IsUndefined(v) {
			return rt.VM.ToValue("")
		}
		return rt.TextValue(rt.Text(v))
	}
	c := rt.NewClass(bind.ClassDef{Name: "MessageEvent", Length: 1, ES6: true, Parent: eventtargetmod.Define(rt).Event, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		init, base := m.eventArgs("MessageEvent", args)
		e := &messageEvent{data: bind.Get(init, "data"), source: goja.Null(), origin: text(init, "origin"), lastID: text(init, "lastEventId")}
		if goja.IsUndefined(e.data) {
			e.data = goja.Null()
		}
		if s := bind.Get(init, "source"); !bind.IsNullish(s) {
			m.isPort(s, "source")
			e.source = s
		}
		ports := m.portList(bind.Get(init, "ports"))
		e.InitEvent(rt, this, e, base)
		e.ports = m.frozen(ports)
		return nil
	}})
	m.messageEvent = c
	prop := func(name string, f func(e *messageEvent) goja.Value) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			e, ok := bind.From(this).(*messageEvent)
			if !ok {
				panic(rt.VM.NewTypeError("Illegal invocation"))
			}
			return f(e)
		}, nil, true)
	}
	prop("data", func(e *messageEvent) goja.Value { return e.data })
	prop("origin", func(e *messageEvent) goja.Value { return e.origin })
	prop("lastEventId", func(e *messageEvent) goja.Value { return e.lastID })
	prop("source", func(e *messageEvent) goja.Value { return e.source })
	prop("ports", func(e *messageEvent) goja.Value { return e.ports })
	c.WebMethod("initMessageEvent", 1, func(call goja.FunctionCall) goja.Value {
		e, ok := bind.From(call.This).(*messageEvent)
		if !ok {
			panic(rt.VM.NewTypeError("Illegal invocation"))
		}
		if len(call.Arguments) == 0 {
			panic(rt.VM.NewTypeError("MessageEvent.initMessageEvent: 1 argument required, but 0 found."))
		}
		opts := rt.VM.NewObject()
		_ = opts.Set("bubbles", call.Argument(1))
		_ = opts.Set("cancelable", call.Argument(2))
		for i, name := range []string{"data", "origin", "lastEventId", "source", "ports"} {
			if i+3 < len(call.Arguments) {
				_ = opts.Set(name, call.Arguments[i+3])
			}
		}
		_ = e
		o, err := rt.VM.New(c.Ctor, call.Argument(0), opts)
		if err != nil {
			panic(err)
		}
		return o
	})
	c.Tag("MessageEvent")
	c.Seal()
}

func (m *module) defineCloseEvent() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "CloseEvent", Length: 1, ES6: true, Parent: eventtargetmod.Define(rt).Event, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		init, base := m.eventArgs("CloseEvent", args)
		e := &closeEvent{reason: rt.VM.ToValue("")}
		if v := bind.Get(init, "wasClean"); !goja.IsUndefined(v) {
			e.clean = v.ToBoolean()
		}
		if v := bind.Get(init, "code"); !goja.IsUndefined(v) {
			e.code = int(uint16(v.ToInteger()))
		}
		if v := bind.Get(init, "reason"); !goja.IsUndefined(v) {
			e.reason = rt.VM.ToValue(v.ToString().String())
		}
		e.InitEvent(rt, this, e, base)
		return nil
	}})
	m.closeEvent = c
	prop := func(name string, f func(e *closeEvent) any) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			e, ok := bind.From(this).(*closeEvent)
			if !ok {
				panic(rt.VM.NewTypeError("Illegal invocation"))
			}
			return rt.ToValue(f(e))
		}, nil, true)
	}
	prop("wasClean", func(e *closeEvent) any { return e.clean })
	prop("code", func(e *closeEvent) any { return e.code })
	prop("reason", func(e *closeEvent) any { return e.reason })
	c.Tag("CloseEvent")
	c.Seal()
}
