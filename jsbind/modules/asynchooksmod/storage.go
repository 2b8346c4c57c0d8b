package asynchooksmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// storage is an AsyncLocalStorage.
type storage struct {
	name string
	def  goja.Value
}

func (m *module) defineStorage() {
	rt := m.rt
	m.storage = rt.NewClass(bind.ClassDef{Name: "AsyncLocalStorage", ES6: true, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		s := &storage{def: goja.Undefined()}
		if len(a) > 0 && !goja.IsUndefined(a[0]) {
			o := rt.Object(a[0], "options")
			s.def = bind.Get(o, "defaultValue")
			if v := bind.Get(o, "name"); !goja.IsUndefined(v) {
				s.name = v.String()
			}
		}
		rt.Attach(this, s)
		return nil
	}})
	c := m.storage
	of := func(v goja.Value) *storage {
		s, ok := bind.From(v).(*storage)
		if !ok {
			panic(rt.VM.NewTypeError("Value of \"this\" must be of type AsyncLocalStorage"))
		}
		return s
	}
	c.Static("bind", 1, func(call goja.FunctionCall) goja.Value {
		return m.bound(call.Argument(0), goja.Undefined(), goja.Undefined())
	})
	c.Static("snapshot", 0, func(goja.FunctionCall) goja.Value {
		return m.bound(rt.Func("", 1, func(call goja.FunctionCall) goja.Value {
			var rest []goja.Value
			if len(call.Arguments) > 1 {
				rest = call.Arguments[1:]
			}
			return rt.Call(call.Argument(0), goja.Undefined(), rest...)
		}), goja.Undefined(), goja.Undefined())
	})
	c.Accessor("name", func(this goja.Value) goja.Value { return rt.VM.ToValue(of(this).name) }, nil)
	c.Method("disable", 0, func(call goja.FunctionCall) goja.Value {
		if _, ok := m.t.now().find(of(call.This)); ok {
			m.enter(m.t.now().with(of(call.This), nil))
		}
		return goja.Undefined()
	})
	c.Method("enterWith", 1, func(call goja.FunctionCall) goja.Value {
		m.t.start()
		m.enter(m.t.now().with(of(call.This), call.Argument(0)))
		return goja.Undefined()
	})
	run := func(s *storage, v goja.Value, fnv goja.Value, args []goja.Value) goja.Value {
		fn := rt.Callable(fnv)
		prior, ok := m.t.now().find(s)
		if !ok {
			prior = s.def
		}
		if prior.SameAs(v) {
			return fn(goja.FunctionCall{This: goja.Null(), Arguments: args})
		}
		m.t.start()
		m.enter(m.t.now().with(s, v))
		// Other stores that fn enters stay entered.
		defer func() { m.enter(m.t.now().with(s, prior)) }()
		return fn(goja.FunctionCall{This: goja.Null(), Arguments: args})
	}
	rest := func(a []goja.Value, n int) []goja.Value {
		if len(a) > n {
			return a[n:]
		}
		return nil
	}
	c.Method("run", 2, func(call goja.FunctionCall) goja.Value {
		return run(of(call.This), call.Argument(0), call.Argument(1), rest(call.Arguments, 2))
	})
	c.Method("exit", 1, func(call goja.FunctionCall) goja.Value {
		return run(of(call.This), goja.Undefined(), call.Argument(0), rest(call.Arguments, 1))
	})
	c.Method("getStore", 0, func(call goja.FunctionCall) goja.Value {
		s := of(call.This)
		if v, ok := m.t.now().find(s); ok {
			return v
		}
		return s.def
	})
	c.Seal()
}

// enter makes s the present scope until the work under way ends.
func (m *module) enter(s *scope) { m.t.current = s }
