package asynchooksmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// asyncResource is an AsyncResource: a scope that a program enters itself.
type asyncResource struct {
	m         *module
	s         *scope
	destroyed bool
}

func (m *module) defineResource() {
	rt := m.rt
	m.res = rt.NewClass(bind.ClassDef{Name: "AsyncResource", Length: 1, ES6: true, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		m.constructResource(this, a)
		return nil
	}})
	c := m.res
	of := func(v goja.Value) *asyncResource {
		r, ok := bind.From(v).(*asyncResource)
		if !ok {
			panic(rt.VM.NewTypeError("Value of \"this\" must be of type AsyncResource"))
		}
		return r
	}
	c.Method("runInAsyncScope", 2, func(call goja.FunctionCall) goja.Value {
		var args []goja.Value
		if len(call.Arguments) > 2 {
			args = call.Arguments[2:]
		}
		return of(call.This).run(rt.Callable(call.Argument(0)), call.Argument(1), args)
	})
	c.Method("emitDestroy", 0, func(call goja.FunctionCall) goja.Value {
		r := of(call.This)
		if len(m.hooks) > 0 && !r.destroyed {
			r.destroyed = true
			rt.Loop.NextTickFunc(func() { m.tell("destroy", r.s) })
		}
		return call.This
	})
	c.Method("asyncId", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).s.id) })
	c.Method("triggerAsyncId", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).s.trigger) })
	c.Method("bind", 2, func(call goja.FunctionCall) goja.Value {
		return of(call.This).bind(call.Argument(0), call.Argument(1))
	})
	c.Static("bind", 3, func(call goja.FunctionCall) goja.Value { return m.bound(call.Argument(0), call.Argument(2)) })
	m.ownKeys(c)
	c.Seal()
}

func (m *module) constructResource(this *goja.Object, a []goja.Value) {
	rt := m.rt
	var typ, opts goja.Value = goja.Undefined(), goja.Undefined()
	if len(a) > 0 {
		typ = a[0]
	}
	if len(a) > 1 {
		opts = a[1]
	}
	name := rt.String(typ, "type")
	now := m.t.now()
	r := &asyncResource{m: m, s: &scope{stores: now.stores, trigger: now.id, resource: this}}
	trigger := opts
	if o, ok := opts.(*goja.Object); ok {
		trigger = bind.Get(o, "triggerAsyncId")
	}
	if !bind.IsNullish(trigger) {
		f := trigger.ToFloat()
		if !goja.IsNumber(trigger) || f != float64(int64(f)) || f < -1 || f > bind.MaxSafe {
			rt.Throw(nodeerr.InvalidAsyncID("triggerAsyncId", trigger.String()))
		}
		r.s.trigger = int64(f)
	}
	r.s.id = m.t.nextID()
	rt.Attach(this, r)
	if len(m.hooks) > 0 {
		if name == "" {
			rt.Throw(nodeerr.AsyncType(name))
		}
		m.init(r.s, name)
	}
}

// run calls fn in the resource's scope.
func (r *asyncResource) run(fn bind.Method, this goja.Value, args []goja.Value) goja.Value {
	m := r.m
	return m.t.within(r.s, func() goja.Value {
		if len(m.hooks) == 0 {
			return fn(goja.FunctionCall{This: this, Arguments: args})
		}
		m.tell("before", r.s)
		defer m.tell("after", r.s)
		return fn(goja.FunctionCall{This: this, Arguments: args})
	})
}

// bind returns a function that calls fn in the resource's scope, with this, or
// where that is undefined with its own.
func (r *asyncResource) bind(v, this goja.Value) goja.Value {
	rt := r.m.rt
	fo := rt.Function(v, "fn")
	fn := rt.Callable(fo)
	out := rt.Func("bound", int(bind.Get(fo, "length").ToInteger()), func(call goja.FunctionCall) goja.Value {
		self := this
		if goja.IsUndefined(self) {
			self = call.This
		}
		return r.run(fn, self, call.Arguments)
	})
	_ = out.DefineDataProperty("length", bind.Get(fo, "length"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return out
}

// bound is AsyncResource.bind: the scope is the present one.
func (m *module) bound(v, this goja.Value) goja.Value {
	fo := m.rt.Function(v, "fn")
	name := "bound-anonymous-fn"
	if n := bind.Get(fo, "name").String(); n != "" {
		name = n
	}
	o, err := m.rt.VM.New(m.res.Ctor, m.rt.VM.ToValue(name))
	if err != nil {
		panic(err)
	}
	return bind.From(o).(*asyncResource).bind(v, this)
}

// The symbols that Node keeps on an AsyncResource.
var (
	contextFrame = goja.NewSymbol("context_frame")
	asyncID      = goja.NewSymbol("async_id_symbol")
	triggerID    = goja.NewSymbol("trigger_async_id_symbol")
)

func init() { bind.RegisterOwnKeys((*asyncResource)(nil), contextFrame, asyncID, triggerID) }

// ownKeys adds what the symbols stand for.
func (m *module) ownKeys(c *bind.Class) {
	view := func(get func(*asyncResource) any) func(goja.Value) goja.Value {
		return func(this goja.Value) goja.Value {
			if r, ok := bind.From(this).(*asyncResource); ok {
				return m.rt.ToValue(get(r))
			}
			return goja.Undefined()
		}
	}
	c.Default(contextFrame, bind.Undefined)
	c.SymbolAccessor(asyncID, view(func(r *asyncResource) any { return r.s.id }), nil)
	c.SymbolAccessor(triggerID, view(func(r *asyncResource) any { return r.s.trigger }), nil)
}
