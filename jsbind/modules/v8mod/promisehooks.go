package v8mod

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang"
)

// promiseHooks are the functions of v8.promiseHooks, by the event that they are
// for, in the order in which they were added.
type promiseHooks struct {
	init, before, after, settled []*goja.Object
}

// addPromiseHook gives js/v8.js addPromiseHook(event, function): it returns a
// function that takes the hook away.
func (m *module) addPromiseHook(c goja.FunctionCall) goja.Value {
	fn := c.Argument(1).(*goja.Object)
	var list *[]*goja.Object
	switch c.Argument(0).String() {
	case "init":
		list = &m.hooks.init
	case "before":
		list = &m.hooks.before
	case "after":
		list = &m.hooks.after
	default:
		list = &m.hooks.settled
	}
	*list = append(*list, fn)
	m.tracePromises()
	stopped := false
	return m.rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		if i := slices.Index(*list, fn); i >= 0 && !stopped {
			*list = slices.Delete(slices.Clone(*list), i, i+1)
		}
		stopped = true
		m.tracePromises()
		return goja.Undefined()
	})
}

// tracePromises has promises watched for the events that there are hooks for.
// What a hook throws is an uncaught exception.
func (m *module) tracePromises() {
	t := m.rt.Value(lang.Key{}).(*lang.Hooks).TracePromises()
	call := func(list []*goja.Object, args ...goja.Value) {
		for _, fn := range list {
			if ex := m.rt.VM.Try(func() { m.rt.Call(fn, goja.Undefined(), args...) }); ex != nil {
				m.rt.UncaughtLater(ex.Value())
			}
		}
	}
	event := func(list []*goja.Object) func(*goja.Object) {
		if len(list) == 0 {
			return nil
		}
		return func(p *goja.Object) { call(list, p) }
	}
	if m.untrace != nil {
		m.untrace()
		m.untrace = nil
	}
	h := &engine.PromiseHooks{Before: event(m.hooks.before), After: event(m.hooks.after), Settled: event(m.hooks.settled)}
	if list := m.hooks.init; len(list) > 0 {
		h.Init = func(p, parent *goja.Object) {
			if parent == nil {
				call(list, p, goja.Undefined())
				return
			}
			call(list, p, parent)
		}
	}
	if h.Init != nil || h.Before != nil || h.After != nil || h.Settled != nil {
		m.untrace = t.Add(h)
	}
}
