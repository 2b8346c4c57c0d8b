package eventsmod

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// views adds the underscore properties that programs look at: live views of the
// Go list.
func (m *module) views() {
	m.class.Accessor("_events", func(this goja.Value) goja.Value {
		e := existing(this)
		if e == nil {
			return goja.Undefined()
		}
		w, _ := e.Wrapper().(*goja.Object)
		if w != nil {
			if obj, ok := w.GetSymbol(viewSymbol).(*goja.Object); ok {
				if e.Shape() == nil && obj.Prototype() != nil {
					_ = obj.SetPrototype(nil)
				}
				return obj
			}
		}
		obj := m.rt.VM.NewDynamicObject(&eventsView{m, e})
		if e.Shape() == nil {
			_ = obj.SetPrototype(nil)
		}
		if w != nil {
			_ = w.DefineDataPropertySymbol(viewSymbol, obj, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		return obj
	}, func(this, v goja.Value) {
		e := m.of(this)
		for _, k := range e.Keys() {
			e.SetListeners(k, nil)
		}
		obj, ok := v.(*goja.Object)
		if !ok {
			return
		}
		for _, k := range obj.Keys() {
			e.SetListeners(events.Name(k), m.listFrom(obj.Get(k)))
		}
	}, true)
	m.class.Accessor("_eventsCount", func(this goja.Value) goja.Value {
		if e := existing(this); e != nil {
			return m.rt.VM.ToValue(e.EventCount())
		}
		return m.rt.VM.ToValue(0)
	}, func(goja.Value, goja.Value) {}, true)
	m.class.Accessor("_maxListeners", func(this goja.Value) goja.Value {
		if e := existing(this); e != nil && e.MaxListenersSet() {
			return m.limitValue(e.MaxListeners())
		}
		return goja.Undefined()
	}, func(this, v goja.Value) {
		if goja.IsNumber(v) {
			m.of(this).SetMaxListeners(m.limit(v, "setMaxListeners"))
		}
	}, true)
	m.class.Default(ShapeMode, false)
	m.class.SymbolAccessor(Capture, func(this goja.Value) goja.Value {
		e := existing(this)
		return m.rt.VM.ToValue(e != nil && e.CaptureRejections)
	}, func(this, v goja.Value) { m.of(this).CaptureRejections = v.ToBoolean() })
}

// The symbols that Node keeps on every emitter: whether its shape was set up by
// a constructor, and the option captureRejections.
var (
	ShapeMode = goja.NewSymbol("shapeMode")
	Capture   = goja.NewSymbol("kCapture")
)

// listFrom reads the value of a key of an assigned _events: a function or an
// array of functions. A function that keeps another in listener is kept as it
// is, which is what a once-wrapper is to emit.
func (m *module) listFrom(v goja.Value) []*events.Listener {
	obj, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if bind.IsCallable(obj) {
		return []*events.Listener{events.NewHostListener(obj, false)}
	}
	var out []*events.Listener
	if bind.IsArray(obj) {
		n := int(obj.Get("length").ToInteger())
		for i := 0; i < n; i++ {
			item := obj.Get(m.rt.VM.ToValue(i).String())
			if bind.IsCallable(item) {
				out = append(out, events.NewHostListener(item, false))
			}
		}
	}
	return out
}

// viewSymbol is where an emitter's object keeps its _events.
var viewSymbol = bind.HiddenSymbol("kEventsView")

// eventsView is emitter._events: names to a function or an array of functions.
type eventsView struct {
	m *module
	e *events.Emitter
}

func (v *eventsView) Get(name string) goja.Value {
	key := events.Name(name)
	list := v.e.Listeners(key)
	switch len(list) {
	case 0:
		if slices.Contains(v.e.Shape(), name) {
			return goja.Undefined()
		}
		return nil
	case 1:
		return v.m.shown(v.e, key, list[0], true)
	}
	out := make([]any, len(list))
	for i, l := range list {
		out[i] = v.m.shown(v.e, key, l, true)
	}
	return v.m.rt.VM.NewArray(out...)
}

func (v *eventsView) Set(name string, val goja.Value) bool {
	// A write of what is there already (push to the array, then assign) keeps
	// the registrations that it names.
	old := v.e.Listeners(events.Name(name))
	list := v.m.listFrom(val)
	for i, l := range list {
		for _, o := range old {
			if o.HostFn == l.HostFn || o.HostOnce == l.HostFn {
				list[i] = o
				break
			}
		}
	}
	v.e.SetListeners(events.Name(name), list)
	return true
}

func (v *eventsView) Has(name string) bool {
	return v.e.ListenerCount(name) > 0 || slices.Contains(v.e.Shape(), name)
}

func (v *eventsView) Delete(name string) bool {
	v.e.SetListeners(events.Name(name), nil)
	return true
}

func (v *eventsView) Keys() []string {
	out := slices.Clone(v.e.Shape())
	for _, k := range v.e.Keys() {
		if k.Symbol == nil && !slices.Contains(out, k.Name) {
			out = append(out, k.Name)
		}
	}
	return out
}
