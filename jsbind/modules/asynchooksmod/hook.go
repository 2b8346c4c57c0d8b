package asynchooksmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// hook is an AsyncHook: functions that are told of ticks, timers, immediates,
// requests and AsyncResources. Promises are not told of.
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
			m.hooks = append(m.hooks[:len(m.hooks):len(m.hooks)], h)
		}
		return c.This
	})
	m.hook.Method("disable", 0, func(c goja.FunctionCall) goja.Value {
		h := of(c.This)
		h.on = false
		for i, x := range m.hooks {
			if x == h {
				m.hooks = append(append([]*hook(nil), m.hooks[:i]...), m.hooks[i+1:]...)
				break
			}
		}
		return c.This
	})
	m.hook.Seal()
}

var hookNames = []string{"init", "before", "after", "destroy", "promiseResolve"}

func (m *module) createHook(c goja.FunctionCall) goja.Value {
	rt := m.rt
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		panic(rt.VM.NewTypeError("Cannot destructure property 'init' of '" + c.Argument(0).String() + "' as it is " + c.Argument(0).String() + "."))
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
	res := s.resource
	if res == nil {
		res = rt.VM.NewObject()
		s.resource = res
	}
	defer m.tells()()
	for _, h := range m.hooks {
		if f := h.calls["init"]; f != nil {
			rt.Call(f, h.obj, rt.VM.ToValue(s.id), rt.VM.ToValue(typ), rt.VM.ToValue(s.trigger), res)
		}
	}
}

// destroyed tells the hooks of a resource's end, once.
func (m *module) destroyed(s *scope) {
	if o, ok := s.resource.(*goja.Object); ok {
		if m.live[o] != s {
			return
		}
		delete(m.live, o)
	}
	m.tell("destroy", s)
}

// tell calls the hooks' function of a name with the id.
func (m *module) tell(name string, s *scope) {
	defer m.tells()()
	for _, h := range m.hooks {
		if f := h.calls[name]; f != nil {
			m.rt.Call(f, h.obj, m.rt.VM.ToValue(s.id))
		}
	}
}

// tells says that hooks are being called: what they do is not told of. The
// result ends it.
func (m *module) tells() func() {
	was := m.telling
	m.telling = true
	return func() { m.telling = was }
}
