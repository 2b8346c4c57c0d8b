package timersmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/loop"
)

// The symbols that Node keeps on timers.
var (
	refed        = goja.NewSymbol("refed")
	hasPrimitive = goja.NewSymbol("kHasPrimitive")
	asyncID      = goja.NewSymbol("asyncId")
	triggerID    = goja.NewSymbol("triggerId")
	contextFrame = goja.NewSymbol("kAsyncContextFrame")
)

func init() {
	bind.RegisterOwnKeys((*timeout)(nil), "_idleTimeout", "_idlePrev", "_idleNext", "_idleStart", "_onTimeout", "_timerArgs", "_repeat", "_destroyed",
		refed, hasPrimitive, asyncID, triggerID, contextFrame)
	bind.RegisterOwnKeys((*immediate)(nil), "_idleNext", "_idlePrev", "_onImmediate", "_argv", "_destroyed",
		refed, asyncID, triggerID, contextFrame)
	bind.RegisterOwnKeys((*timersList)(nil), "_idleNext", "_idlePrev", "expiry", "id", "msecs", "priorityQueuePosition")
}

// timersList is the list that a waiting timer is in: a view.
type timersList struct {
	m     *module
	timer *loop.Timer
}

// showTimeout adds what only inspection and key lists ask a Timeout for.
func (m *module) showTimeout(c *bind.Class) {
	rt := m.rt
	view := func(get func(*timeout) goja.Value) func(goja.Value) goja.Value {
		return func(this goja.Value) goja.Value {
			if t, ok := bind.From(this).(*timeout); ok {
				return get(t)
			}
			return goja.Undefined()
		}
	}
	// Nodes of the list point from the newer to the older.
	link := func(pick func(older, newer loop.Task) loop.Task) func(goja.Value) goja.Value {
		return view(func(t *timeout) goja.Value {
			if t.timer == nil {
				return goja.Null()
			}
			older, newer, ok := t.timer.Neighbours()
			if !ok {
				return goja.Null()
			}
			if x, ok := pick(older, newer).(*timeout); ok {
				return x.obj
			}
			return m.listOf(t.timer)
		})
	}
	c.View("_idlePrev", link(func(_, newer loop.Task) loop.Task { return newer }))
	c.View("_idleNext", link(func(older, _ loop.Task) loop.Task { return older }))
	c.View("_timerArgs", view(func(t *timeout) goja.Value { return m.arguments(t.args) }))
	c.SymbolAccessor(refed, view(func(t *timeout) goja.Value { return rt.VM.ToValue(!t.unref) }), nil)
	c.SymbolAccessor(hasPrimitive, view(func(t *timeout) goja.Value { return rt.VM.ToValue(t.id != 0) }), nil)
	c.SymbolAccessor(asyncID, view(func(t *timeout) goja.Value { return rt.VM.ToValue(rt.AsyncID(t.obj)) }), nil)
	c.Default(triggerID, 1)
	c.Default(contextFrame, bind.Undefined)
	c.Custom(func(o *goja.Object, _ float64, opts inspect.Options) goja.Value {
		opts.Depth, opts.CustomInspect = 0, false
		return rt.Mirror.StringValue(rt.Inspector.Inspect(o, opts))
	})
}

// listOf returns the object for the list that a timer waits in; the last one
// made is kept, so that both ends of a list are the same object.
func (m *module) listOf(t *loop.Timer) *goja.Object {
	if l, ok := bind.From(m.lastList).(*timersList); ok && l.timer.Duration() == t.Duration() {
		l.timer = t
		return m.lastList
	}
	m.lastList = m.rt.VM.CreateObject(m.list.Proto)
	m.rt.Attach(m.lastList, &timersList{m, t})
	return m.lastList
}

// showImmediate is showTimeout for an Immediate.
func (m *module) showImmediate(c *bind.Class) {
	rt := m.rt
	link := func(pick func(before, after loop.Task) loop.Task) func(goja.Value) goja.Value {
		return func(this goja.Value) goja.Value {
			if im, ok := bind.From(this).(*immediate); ok {
				if x, ok := pick(im.imm.Neighbours()).(*immediate); ok {
					return x.obj
				}
			}
			return goja.Null()
		}
	}
	c.View("_idleNext", link(func(_, after loop.Task) loop.Task { return after }))
	c.View("_idlePrev", link(func(before, _ loop.Task) loop.Task { return before }))
	c.SymbolAccessor(refed, func(this goja.Value) goja.Value {
		if im, ok := bind.From(this).(*immediate); ok && !im.dead {
			return rt.VM.ToValue(!im.unref)
		}
		return goja.Null()
	}, nil)
	c.SymbolAccessor(asyncID, func(this goja.Value) goja.Value {
		if im, ok := bind.From(this).(*immediate); ok {
			return rt.VM.ToValue(rt.AsyncID(im.obj))
		}
		return goja.Undefined()
	}, nil)
	c.Default(triggerID, 1)
	c.Default(contextFrame, bind.Undefined)
}

// defineList makes the class of the lists.
func (m *module) defineList() {
	rt := m.rt
	m.list = rt.NewClass(bind.ClassDef{Name: "TimersList", Length: 2, New: func(*goja.Object, []goja.Value) *goja.Object {
		panic(rt.VM.NewTypeError("Illegal constructor"))
	}})
	view := func(name string, get func(*timersList) goja.Value) {
		m.list.View(name, func(this goja.Value) goja.Value {
			if l, ok := bind.From(this).(*timersList); ok {
				return get(l)
			}
			return goja.Undefined()
		})
	}
	end := func(l *timersList) goja.Value {
		if t, ok := l.timer.Task().(*timeout); ok {
			return t.obj
		}
		return goja.Null()
	}
	view("_idleNext", end)
	view("_idlePrev", end)
	view("expiry", func(l *timersList) goja.Value { return rt.VM.ToValue(l.timer.Expiry()) })
	view("id", func(*timersList) goja.Value { return rt.VM.ToValue(-bind.MaxSafe) })
	view("msecs", func(l *timersList) goja.Value { return rt.VM.ToValue(l.timer.Duration()) })
	view("priorityQueuePosition", func(*timersList) goja.Value { return rt.VM.ToValue(1) })
}

// arguments is an array of arguments, undefined where there are none.
func (m *module) arguments(args []goja.Value) goja.Value {
	if len(args) == 0 {
		return goja.Undefined()
	}
	items := make([]any, len(args))
	for i, a := range args {
		items[i] = a
	}
	return m.rt.VM.NewArray(items...)
}
