// Package eventsmod is the binding of node:events
// (https://nodejs.org/docs/latest-v24.x/api/events.html) to package events.
package eventsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// emitter is the Go half of an EventEmitter that JavaScript made.
type emitter struct {
	events.Emitter
	late bool // no constructor has run: made by the first listener
}

// constructed says of an emitter's property that it is the constructor's.
func constructed(state any) bool {
	e, ok := state.(*emitter)
	return !ok || !e.late
}

type module struct {
	rt            *bind.Runtime
	class         *bind.Class
	captureSymbol *goja.Symbol
	errorMonitor  *goja.Symbol
	resourceClass *bind.Class // EventEmitterAsyncResource, once asked for
}

// Define makes the EventEmitter class, the ancestor of all others, and keeps
// its module for Load.
func Define(rt *bind.Runtime) *bind.Class {
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	m.captureSymbol = rt.SymbolFor("nodejs.rejection")
	m.errorMonitor = goja.NewSymbol("events.errorMonitor")
	rt.SetErrorMonitor(m.errorMonitor)
	m.class = rt.NewClass(bind.ClassDef{
		Name: "EventEmitter", Key: "events.EventEmitter", Length: 1, AnyThis: true, New: m.construct,
	})
	m.views()
	m.methods()
	m.class.OwnKeys("_events", "_eventsCount",
		bind.Key("_maxListeners").When(constructed), bind.SymbolKey(ShapeMode).When(constructed), bind.SymbolKey(Capture).When(constructed))
	m.class.Seal()
	return m.class
}

type moduleKey struct{}

// Load returns the exports of node:events: the class itself.
func Load(rt *bind.Runtime) goja.Value {
	m := rt.Value(moduleKey{}).(*module)
	m.statics()
	return m.class.Ctor
}

func (m *module) construct(this *goja.Object, args []goja.Value) *goja.Object {
	if e, ok := ownState(this); ok {
		if own, ok := e.(*emitter); ok {
			own.late = false
		}
		m.options(e.Base(), args)
		return nil
	}
	e := &emitter{}
	e.Bind(m.class.Host(), e)
	m.class.Adopt(this, e)
	m.options(&e.Emitter, args)
	return nil
}

// ownState returns the emitter that this itself carries, not one it inherits.
func ownState(this *goja.Object) (events.Object, bool) {
	o, ok := bind.From(this).(events.Object)
	if !ok || o.Base().Wrapper() != any(this) {
		return nil, false
	}
	return o, true
}

func (m *module) options(e *events.Emitter, args []goja.Value) {
	e.CaptureRejections = m.rt.CaptureRejections
	if len(args) == 0 {
		return
	}
	if o, ok := args[0].(*goja.Object); ok {
		if c := o.Get("captureRejections"); c != nil && c.ToBoolean() {
			e.CaptureRejections = m.rt.Bool(c, "options.captureRejections")
		}
	}
}

// of returns the emitter of any object, made at first use as Node makes
// _events.
func (m *module) of(this goja.Value) *events.Emitter {
	if o, ok := bind.From(this).(events.Object); ok {
		return o.Base()
	}
	obj, ok := this.(*goja.Object)
	if !ok {
		obj = this.ToObject(m.rt.VM)
	}
	e := &emitter{late: true}
	e.Bind(m.class.Host(), e)
	m.class.Adopt(obj, e)
	return &e.Emitter
}

// existing returns the emitter of an object, nil if it never had a listener.
func existing(this goja.Value) *events.Emitter {
	if o, ok := bind.From(this).(events.Object); ok {
		return o.Base()
	}
	return nil
}

func (m *module) methods() {
	m.class.Method("setMaxListeners", 1, func(c goja.FunctionCall) goja.Value {
		m.of(c.This).SetMaxListeners(m.limit(c.Argument(0), "setMaxListeners"))
		return c.This
	})
	m.class.Method("getMaxListeners", 0, func(c goja.FunctionCall) goja.Value {
		return m.limitValue(m.of(c.This).MaxListeners())
	})
	m.class.Method("emit", 1, m.emit)
	m.class.Method("addListener", 2, m.adder(false, false))
	m.class.Alias("on", "addListener")
	m.class.Method("prependListener", 2, m.adder(false, true))
	m.class.Method("once", 2, m.adder(true, false))
	m.class.Method("prependOnceListener", 2, m.adder(true, true))
	m.class.Method("removeListener", 2, m.remove)
	m.class.Alias("off", "removeListener")
	m.class.Method("removeAllListeners", 1, m.removeAll)
	m.class.Method("listeners", 1, func(c goja.FunctionCall) goja.Value { return m.list(c, false) })
	m.class.Method("rawListeners", 1, func(c goja.FunctionCall) goja.Value { return m.list(c, true) })
	m.class.Method("listenerCount", 2, func(c goja.FunctionCall) goja.Value { return m.count(c.This, c.Argument(0), c.Argument(1)) })
	m.class.Method("eventNames", 0, func(c goja.FunctionCall) goja.Value {
		var names []any
		if e := existing(c.This); e != nil {
			for _, k := range e.Keys() {
				names = append(names, m.rt.KeyValue(k))
			}
		}
		return m.rt.VM.NewArray(names...)
	})
}

func (m *module) emit(c goja.FunctionCall) goja.Value {
	key := m.rt.ToKey(c.Argument(0))
	e := existing(c.This)
	if e == nil {
		if key.Name != "error" || key.Symbol != nil {
			return m.rt.VM.ToValue(false)
		}
		e = m.of(c.This)
	}
	var args []goja.Value
	if len(c.Arguments) > 1 {
		args = c.Arguments[1:]
		if e.CaptureRejections {
			args = append([]goja.Value(nil), args...)
		}
	}
	return m.rt.VM.ToValue(e.Dispatch(key, events.Args{Host: args, This: c.This}))
}

func (m *module) listener(v goja.Value) *goja.Object {
	return m.rt.Function(v, "listener")
}

func (m *module) adder(once, prepend bool) bind.Method {
	return func(c goja.FunctionCall) goja.Value {
		fn := m.listener(c.Argument(1))
		e := m.of(c.This)
		key := m.rt.ToKey(c.Argument(0))
		if goja.IsNull(c.Argument(0)) || goja.IsUndefined(c.Argument(0)) { // a warning shows it as it is
			m.rt.AddedKey = c.Argument(0)
			defer func() { m.rt.AddedKey = nil }()
		}
		if once && !prepend {
			if o := e.Override(events.MethodOn); o != nil {
				o.Call(m.rt.ToValue(key), m.onceWrapper(e, key, fn, nil))
				return c.This
			}
			// once is this.on: a Readable's makes it flow.
			if s, ok := e.Self().(adder); ok {
				s.BaseAddListener(key, events.NewHostListener(fn, true), false)
				return c.This
			}
		}
		e.AddListener(key, events.NewHostListener(fn, once), prepend)
		return c.This
	}
}

// adder is an object whose class has an on of its own.
type adder interface {
	BaseAddListener(key events.Key, l *events.Listener, prepend bool)
}

// onceWrapper makes the function that rawListeners shows for a listener of
// once: it removes itself, then calls. l is nil where the wrapper itself is what
// gets registered.
func (m *module) onceWrapper(e *events.Emitter, key events.Key, fn *goja.Object, l *events.Listener) *goja.Object {
	fired := false
	var w *goja.Object
	w = m.rt.Func("bound onceWrapper", 0, func(c goja.FunctionCall) goja.Value {
		if fired {
			return goja.Undefined()
		}
		fired = true
		if l != nil {
			e.RemoveListener(key, l)
		} else {
			m.removeFn(e, key, w)
		}
		return m.rt.Call(fn, m.rt.Wrap(e), c.Arguments...)
	})
	_ = w.Set("listener", fn)
	return w
}

func (m *module) remove(c goja.FunctionCall) goja.Value {
	fn := m.listener(c.Argument(1))
	if e := existing(c.This); e != nil {
		m.removeFn(e, m.rt.ToKey(c.Argument(0)), fn)
	}
	return c.This
}

func (m *module) removeFn(e *events.Emitter, key events.Key, fn *goja.Object) {
	if l := bind.FindListener(e, key, fn); l != nil {
		e.RemoveListener(key, l)
	}
}

func (m *module) removeAll(c goja.FunctionCall) goja.Value {
	e := existing(c.This)
	if e == nil {
		return c.This
	}
	if len(c.Arguments) == 0 {
		e.RemoveEvery()
	} else {
		e.RemoveAll(m.rt.ToKey(c.Argument(0)))
	}
	return c.This
}

func (m *module) list(c goja.FunctionCall, raw bool) goja.Value {
	var out []any
	if e := existing(c.This); e != nil {
		key := m.rt.ToKey(c.Argument(0))
		for _, l := range e.Listeners(key) {
			out = append(out, m.shown(e, key, l, raw))
		}
	}
	return m.rt.VM.NewArray(out...)
}

// shown is the function that a listing shows for a registration.
func (m *module) shown(e *events.Emitter, key events.Key, l *events.Listener, raw bool) goja.Value {
	l = l.Individual(e)
	fn := m.rt.ListenerValue(l)
	if raw && l.Once() {
		if w, ok := l.HostOnce.(*goja.Object); ok {
			return w
		}
		w := m.onceWrapper(e, key, fn.(*goja.Object), l)
		l.HostOnce = w
		return w
	}
	if !raw {
		if inner := fn.(*goja.Object).Get("listener"); inner != nil && bind.IsCallable(inner) {
			return inner
		}
	}
	return fn
}

func (m *module) count(target, name, fn goja.Value) goja.Value {
	e := existing(target)
	if e == nil {
		return m.rt.VM.ToValue(0)
	}
	list := e.Listeners(m.rt.ToKey(name))
	obj, ok := fn.(*goja.Object)
	if !ok {
		return m.rt.VM.ToValue(len(list))
	}
	n := 0
	for _, l := range list {
		if bind.ListenerMatches(l, obj) {
			n++
		}
	}
	return m.rt.VM.ToValue(n)
}

// limit reads a maximum of listeners; Infinity means none.
func (m *module) limit(v goja.Value, name string) int {
	f := m.rt.Number(v, name)
	if !(f >= 0) {
		m.rt.Throw(nodeerr.OutOfRange(name, ">= 0", bind.FormatNumber(f)))
	}
	if f > 1<<30 {
		return unlimited
	}
	return int(f)
}

const unlimited = 1 << 30

func (m *module) limitValue(n int) goja.Value {
	if n >= unlimited {
		return goja.PositiveInf()
	}
	return m.rt.VM.ToValue(n)
}
