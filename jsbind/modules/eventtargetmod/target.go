package eventtargetmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/nodeerr"
)

// defaultMaxListeners is how many listeners of one event are no cause for a
// warning.
const defaultMaxListeners = 10

// Target is the state of an EventTarget. Embed it in the state of an object that
// is one. It belongs to the loop's goroutine.
type Target struct {
	m        *module
	obj      *goja.Object
	lists    map[string]*list
	handlers map[string]*handler // set through properties such as onabort
	max      int                 // 0: no limit
	warned   bool

	// Added and Removed, if set, are told of a listener that was added to or
	// removed from those of an event, and how many there are now.
	Added, Removed func(typ string, size int)
}

// list is the listeners of one type, in order. Dispatching walks it while it
// changes: an element's next stays when it is taken out.
type list struct {
	head, tail *listener
	size       int
}

type listener struct {
	next, prev *listener
	fn         goja.Value // the function or object that was given
	call       bind.Method
	once       bool
	capture    bool
	passive    bool
	resist     bool // called even after stopImmediatePropagation
	removed    bool
	node       bool // called with a value, as EventEmitter's are
}

type handler struct {
	value goja.Value
	fn    *goja.Object // the listener that calls value
}

// Targeter is anything that embeds a Target.
type Targeter interface{ AsTarget() *Target }

// AsTarget returns t.
func (t *Target) AsTarget() *Target { return t }

// Init makes t the target behind obj; state embeds t, or is t.
func (t *Target) Init(rt *bind.Runtime, obj *goja.Object, state any) {
	t.m, t.obj, t.max = get(rt), obj, defaultMaxListeners
	rt.Attach(obj, state)
}

// EventListeners returns the listeners of an event, for
// events.getEventListeners.
func (t *Target) EventListeners(typ string) []goja.Value {
	var out []goja.Value
	if l := t.lists[typ]; l != nil {
		for e := l.head; e != nil; e = e.next {
			out = append(out, e.fn)
		}
	}
	return out
}

// ListenerCount returns how many listeners an event has.
func (t *Target) ListenerCount(typ string) int {
	if l := t.lists[typ]; l != nil {
		return l.size
	}
	return 0
}

// MaxListeners is events.getMaxListeners, SetMaxListeners its counterpart.
func (t *Target) MaxListeners() int { return t.max }

// SetMaxListeners sets the number past which a warning is given; 0 for never.
func (t *Target) SetMaxListeners(n int) { t.max, t.warned = n, false }

func (m *module) targetOf(v goja.Value) *Target {
	if t, ok := bind.From(v).(Targeter); ok {
		return t.AsTarget()
	}
	m.rt.Throw(bind.InvalidThis("EventTarget"))
	return nil
}

// defineTarget makes EventTarget.
func (m *module) defineTarget() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "EventTarget", ES6: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		t := &Target{}
		t.Init(rt, this, t)
		return nil
	}})
	m.target = c
	_ = c.Ctor.DefineDataPropertySymbol(rt.SymbolFor("nodejs.event_target"), rt.VM.ToValue(true), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	c.WebMethod("addEventListener", 2, func(call goja.FunctionCall) goja.Value {
		t := m.targetOf(call.This)
		if len(call.Arguments) < 2 {
			rt.Throw(nodeerr.MissingArgs("type", "listener"))
		}
		t.add(call.Argument(0), call.Argument(1), call.Argument(2))
		return goja.Undefined()
	})
	c.WebMethod("removeEventListener", 2, func(call goja.FunctionCall) goja.Value {
		t := m.targetOf(call.This)
		if len(call.Arguments) < 2 {
			rt.Throw(nodeerr.MissingArgs("type", "listener"))
		}
		if m.isListener(call.Argument(1)) {
			t.remove(m.eventType(call.Argument(0)), call.Argument(1), captureOf(call.Argument(2)))
		}
		return goja.Undefined()
	})
	c.WebMethod("dispatchEvent", 1, func(call goja.FunctionCall) goja.Value {
		t := m.targetOf(call.This)
		if len(call.Arguments) < 1 {
			rt.Throw(nodeerr.MissingArgs("event"))
		}
		o, ok := call.Argument(0).(*goja.Object)
		if _, isEvent := bind.From(call.Argument(0)).(eventer); !ok || !isEvent {
			rt.ArgType("event", call.Argument(0), "Event")
		}
		e := m.eventOf(o, "Event")
		if e.dispatched {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_EVENT_RECURSION", `The event "`+e.typ+`" is already being dispatched`))
		}
		return rt.VM.ToValue(t.Dispatch(o))
	})
	c.Tag("EventTarget")
	c.CustomFields(func(name string) string { return name }, func(*goja.Object) []any { return nil })
}

// eventType converts the name of an event; a symbol is none.
func (m *module) eventType(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		m.rt.ArgValue("value", v, "")
	}
	return v.ToString().String()
}

// isListener reports whether v is a listener; undefined and null are none, and
// anything else throws.
func (m *module) isListener(v goja.Value) bool {
	if bind.IsNullish(v) {
		return false
	}
	if _, ok := v.(*goja.Object); ok {
		return true
	}
	m.rt.ArgType("listener", v, "EventListener")
	return false
}

func captureOf(options goja.Value) bool {
	if bind.TypeOf(options) == "boolean" {
		return options.ToBoolean()
	}
	o, ok := options.(*goja.Object)
	return ok && bind.Get(o, "capture").ToBoolean()
}

// add is addEventListener.
func (t *Target) add(name, fn, options goja.Value) {
	m, rt := t.m, t.m.rt
	l := &listener{fn: fn, capture: captureOf(options)}
	var signal goja.Value = goja.Undefined()
	if bind.TypeOf(options) != "boolean" && !bind.IsNullish(options) {
		o, ok := options.(*goja.Object)
		if !ok {
			rt.ArgType("options", options, "object")
		}
		l.once = bind.Get(o, "once").ToBoolean()
		l.passive = bind.Get(o, "passive").ToBoolean()
		l.resist = o.GetSymbol(bind.ResistStop) != nil
		signal = bind.Get(o, "signal")
	}
	var s *Signal
	if !goja.IsUndefined(signal) {
		if s = SignalOf(signal); s == nil {
			rt.ArgType("options.signal", signal, "AbortSignal")
		}
	}
	if !m.isListener(fn) {
		m.warn("addEventListener called with "+fn.String()+" which has no effect.", "AddEventListenerArgumentTypeWarning", t, m.eventType(name), 0)
		return
	}
	typ := m.eventType(name)
	if s != nil {
		if s.aborted {
			return
		}
		capture := l.capture
		s.OnAbort(func() { t.remove(typ, fn, capture) })
	}
	t.insert(typ, l)
}

// insert appends a listener unless it is there already.
func (t *Target) insert(typ string, l *listener) bool {
	ls := t.lists[typ]
	if ls == nil {
		ls = &list{}
		if t.lists == nil {
			t.lists = map[string]*list{}
		}
		t.lists[typ] = ls
	}
	for e := ls.head; e != nil; e = e.next {
		if e.fn == l.fn && e.capture == l.capture && l.fn != nil {
			return false
		}
	}
	if l.prev = ls.tail; ls.tail == nil {
		ls.head = l
	} else {
		ls.tail.next = l
	}
	ls.tail = l
	ls.size++
	if t.Added != nil {
		t.Added(typ, ls.size)
	}
	if t.max > 0 && ls.size > t.max && !t.warned {
		t.warned = true
		shown := t.m.rt.Inspect(t.obj, -1)
		t.m.warn("Possible EventTarget memory leak detected. "+bind.FormatNumber(float64(ls.size))+" "+typ+" listeners added to "+shown+
			". MaxListeners is "+bind.FormatNumber(float64(t.max))+". Use events.setMaxListeners() to increase limit",
			"MaxListenersExceededWarning", t, typ, ls.size)
	}
	return true
}

// warn emits a warning about a target.
func (m *module) warn(text, name string, t *Target, typ string, count int) {
	rt := m.rt
	w, err := rt.VM.New(rt.VM.Get("Error"), rt.VM.ToValue(text))
	if err != nil {
		panic(err)
	}
	_ = w.Set("name", name)
	_ = w.Set("target", t.obj)
	_ = w.Set("type", typ)
	if count > 0 {
		_ = w.Set("count", count)
	}
	process := rt.VM.Get("process").(*goja.Object)
	rt.Call(bind.Get(process, "emitWarning"), process, w)
}

// remove is removeEventListener.
func (t *Target) remove(typ string, fn goja.Value, capture bool) {
	ls := t.lists[typ]
	if ls == nil {
		return
	}
	for e := ls.head; e != nil; e = e.next {
		if e.fn == fn && e.capture == capture {
			t.unlink(typ, ls, e)
			return
		}
	}
}

func (t *Target) unlink(typ string, ls *list, e *listener) {
	if e.removed {
		return
	}
	e.removed = true
	if e.prev != nil {
		e.prev.next = e.next
	} else {
		ls.head = e.next
	}
	if e.next != nil {
		e.next.prev = e.prev
	} else {
		ls.tail = e.prev
	}
	if ls.size--; ls.size == 0 {
		delete(t.lists, typ)
	}
	if t.Removed != nil {
		t.Removed(typ, ls.size)
	}
}

// Dispatch dispatches an event object to the target's listeners; what they throw
// becomes uncaught exceptions. It reports false if the default was prevented.
func (t *Target) Dispatch(o *goja.Object) bool {
	e := t.m.eventOf(o, "Event")
	e.target, e.dispatched = t.obj, true
	if ls := t.lists[e.typ]; ls != nil {
		for l := ls.head; l != nil && (l.resist || !e.stopped); {
			next := l.next
			if !l.removed {
				if l.once {
					t.unlink(e.typ, ls, l)
				}
				e.passive = l.passive
				t.m.invoke(t, l, o)
				e.passive = false
			}
			l = next
		}
	}
	e.dispatched = false
	return !(e.cancelable && e.prevented)
}

// invoke calls a listener. An exception, or the rejection of a promise that it
// returns, is thrown in a tick.
func (m *module) invoke(t *Target, l *listener, event *goja.Object) {
	rt := m.rt
	var result goja.Value
	ex := rt.VM.Try(func() {
		switch {
		case l.call != nil:
			result = l.call(goja.FunctionCall{This: t.obj, Arguments: []goja.Value{event}})
		case bind.IsCallable(l.fn):
			result = rt.Call(l.fn, t.obj, event)
		default:
			m.handleEvent(l.fn.(*goja.Object), event)
		}
	})
	if ex != nil {
		m.throwLater(ex.Value())
		return
	}
	if p, ok := result.(*goja.Object); ok {
		if then := bind.Get(p, "then"); bind.IsCallable(then) {
			rt.Call(then, p, goja.Undefined(), m.rejected())
		}
	}
}

// handleEvent calls an object's handleEvent. It is as if an async function did:
// an exception is a rejection.
func (m *module) handleEvent(o *goja.Object, event *goja.Object) {
	rt := m.rt
	p, resolve, reject := engine.NewPromise(rt.VM)
	if ex := rt.VM.Try(func() {
		if f := bind.Get(o, "handleEvent"); f.ToBoolean() {
			_ = resolve(rt.Call(f, o, event))
		}
	}); ex != nil {
		_ = reject(ex.Value())
	}
	promise := rt.VM.ToValue(p).(*goja.Object)
	rt.Call(promise.Get("then"), promise, goja.Undefined(), m.rejected())
}

func (m *module) rejected() goja.Value {
	return m.rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
		m.throwLater(c.Argument(0))
		return goja.Undefined()
	})
}

func (m *module) throwLater(v goja.Value) {
	m.rt.Loop.NextTickFunc(func() { panic(m.rt.Thrown(v)) })
}

// DefineHandler adds the property on<typ> to a class: an event handler of the
// web (https://html.spec.whatwg.org/#event-handlers).
func DefineHandler(rt *bind.Runtime, c *bind.Class, typ string) { DefineHandlerOn(rt, c.Proto, typ) }

// DefineHandlerOn is DefineHandler for a class that is written in JavaScript.
func DefineHandlerOn(rt *bind.Runtime, proto *goja.Object, typ string) {
	m := get(rt)
	rt.Accessor(proto, "on"+typ, func(this goja.Value) goja.Value {
		if h := m.targetOf(this).handlers[typ]; h != nil && h.value != nil {
			return h.value
		}
		return goja.Null()
	}, func(this, v goja.Value) { m.targetOf(this).setHandler(typ, v) }, true)
}

func (t *Target) setHandler(typ string, v goja.Value) {
	rt := t.m.rt
	h := t.handlers[typ]
	if h == nil {
		h = &handler{}
		h.fn = rt.Func("eventHandler", 0, func(c goja.FunctionCall) goja.Value {
			if !bind.IsCallable(h.value) {
				return goja.Undefined()
			}
			return rt.Call(h.value, c.This, c.Arguments...)
		})
		if t.handlers == nil {
			t.handlers = map[string]*handler{}
		}
		t.handlers[typ] = h
		h.value = v
		t.insert(typ, &listener{fn: h.fn})
		return
	}
	// To those who count, a handler is a listener while it is a function.
	count := func(told func(string, int), by int) {
		if ls := t.lists[typ]; ls != nil {
			if ls.size += by; told != nil {
				told(typ, ls.size)
			}
		}
	}
	if bind.IsCallable(h.value) {
		count(t.Removed, -1)
	}
	if h.value = v; bind.IsCallable(v) {
		count(t.Added, 1)
	}
}
