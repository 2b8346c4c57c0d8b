package asynchooksmod

import (
	"runtime"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// hook is an AsyncHook: functions that are told of ticks, timers, immediates,
// handles, requests, promises and AsyncResources.
type hook struct {
	obj   *goja.Object
	calls map[string]goja.Value
	on    bool
}

func (m *module) defineHook() {
	rt := m.rt
	m.hook = rt.NewClass(bind.ClassDef{Name: "AsyncHook", Length: 1, ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	of := func(v goja.Value) *hook {
		h, ok := bind.From(v).(*hook)
		if !ok {
			panic(rt.VM.NewTypeError("Value of \"this\" must be of type AsyncHook"))
		}
		return h
	}
	m.hook.Method("enable", 0, func(c goja.FunctionCall) goja.Value {
		if h := of(c.This); !h.on {
			h.on = true
			m.t.startIDs()
			m.setHooks(append(m.hooks[:len(m.hooks):len(m.hooks)], h))
		}
		return c.This
	})
	m.hook.Method("disable", 0, func(c goja.FunctionCall) goja.Value {
		h := of(c.This)
		h.on = false
		for i, x := range m.hooks {
			if x == h {
				m.setHooks(append(append([]*hook(nil), m.hooks[:i]...), m.hooks[i+1:]...))
				break
			}
		}
		return c.This
	})
	m.hook.Seal()
}

func (m *module) setHooks(list []*hook) {
	m.hooks = list
	m.reactions.update()
}

var hookNames = []string{"init", "before", "after", "destroy", "promiseResolve"}

func (m *module) createHook(c goja.FunctionCall) goja.Value {
	rt := m.rt
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		if !bind.IsNullish(c.Argument(0)) {
			o = rt.VM.NewObject()
		} else {
			panic(rt.VM.NewTypeError("Cannot destructure property 'init' of '" + c.Argument(0).String() + "' as it is " + c.Argument(0).String() + "."))
		}
	}
	h := &hook{calls: map[string]goja.Value{}}
	for _, name := range hookNames {
		v := bind.Get(o, name)
		if goja.IsUndefined(v) {
			continue
		}
		if !bind.IsCallable(v) {
			rt.Throw(nodeerr.AsyncCallback("hook." + name))
		}
		h.calls[name] = v
	}
	h.obj = rt.VM.CreateObject(m.hook.Proto)
	rt.Attach(h.obj, h)
	return h.obj
}

// init tells the hooks of a new resource.
func (m *module) init(s *scope, typ string) {
	rt := m.rt
	for _, h := range m.hooks {
		if f := h.calls["init"]; f != nil {
			m.guarded(func() {
				rt.Call(f, h.obj, rt.VM.ToValue(s.id), rt.VM.ToValue(typ), rt.VM.ToValue(s.trigger), s.object(rt))
			})
		}
	}
}

// hears reports whether a hook has a function of a name.
func (m *module) hears(name string) bool {
	for _, h := range m.hooks {
		if h.calls[name] != nil {
			return true
		}
	}
	return false
}

// destroyLater notes that the resource of an id is over, which hooks are told of
// before the next immediates.
func (m *module) destroyLater(id int64) {
	if m.hears("destroy") {
		m.wake()
		m.ended = append(m.ended, id)
	}
}

// destroyAfter is destroyLater for handles and requests, which end after the
// ticks of their last call-out.
func (m *module) destroyAfter(id int64) {
	if m.hears("destroy") {
		m.wake()
		m.late = append(m.late, id)
	}
}

// wake has the loop look at the ends soon.
func (m *module) wake() {
	if len(m.ended)+len(m.late) == 0 {
		m.rt.Loop.Post(func() {})
	}
}

// destroyAtCollection notes the end of a resource when its object is collected,
// unless known says that it is over.
func (m *module) destroyAtCollection(o *goja.Object, id int64, known *bool) {
	l := m.rt.Loop
	runtime.AddCleanup(o, func(id int64) {
		l.Post(func() {
			if !*known {
				m.destroyLater(id)
			}
		})
	}, id)
}

func (m *module) tellEnded() {
	for len(m.ended) > 0 {
		id := m.ended[0]
		m.ended = m.ended[1:]
		m.tell("destroy", id)
	}
	m.ended = nil
}

// tell calls the hooks' function of a name with an id.
func (m *module) tell(name string, id int64) {
	for _, h := range m.hooks {
		if f := h.calls[name]; f != nil {
			m.guarded(func() { m.rt.Call(f, h.obj, m.rt.VM.ToValue(id)) })
		}
	}
}

// guarded calls a hook. What it throws ends the program, whoever listens for
// uncaught exceptions.
func (m *module) guarded(call func()) {
	ex := m.rt.VM.Try(call)
	if ex == nil {
		return
	}
	process := m.rt.VM.Get("process").(*goja.Object)
	var text goja.Value = goja.Undefined()
	if o, ok := ex.Value().(*goja.Object); ok {
		text = bind.Get(o, "stack")
	}
	if !goja.IsString(text) {
		text = m.rt.VM.ToValue("Error: " + m.rt.Inspect(ex.Value(), 0))
	}
	m.rt.Call(process.Get("_rawDebug"), process, text)
	m.rt.Call(process.Get("exit"), process, m.rt.VM.ToValue(1))
}
