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
	destroyed *bool // nil where the end is not told of at collection
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
		if r.destroyed != nil {
			*r.destroyed = true
		}
		m.destroyLater(r.s.id)
		return call.This
	})
	c.Method("asyncId", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).s.id) })
	c.Method("triggerAsyncId", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).s.trigger) })
	c.Method("bind", 2, func(call goja.FunctionCall) goja.Value {
		return of(call.This).bind(call.Argument(0), call.Argument(1))
	})
	c.Static("bind", 3, func(call goja.FunctionCall) goja.Value {
		return m.bound(call.Argument(0), call.Argument(1), call.Argument(2))
	})
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
	trigger, manual := opts, false
	if o, ok := opts.(*goja.Object); ok {
		trigger = bind.Get(o, "triggerAsyncId")
		manual = bind.Get(o, "requireManualDestroy").ToBoolean()
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
	if !manual && m.hears("destroy") {
		r.destroyed = new(bool)
		m.destroyAtCollection(this, r.s.id, r.destroyed)
	}
}

// run calls fn in the resource's scope.
func (r *asyncResource) run(fn bind.Method, this goja.Value, args []goja.Value) goja.Value {
	m := r.m
	return m.t.within(r.s, func() goja.Value {
		if !m.t.ids {
			return fn(goja.FunctionCall{This: this, Arguments: args})
		}
		m.t.enter(entered{s: r.s})
		defer m.t.leave(r.s)
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

// bound is AsyncResource.bind: the scope is the present one, the resource's type
// typ, the function's name or one that says that there is none.
func (m *module) bound(v, typ, this goja.Value) goja.Value {
	if !typ.ToBoolean() {
		typ = m.rt.VM.ToValue("bound-anonymous-fn")
		if fo, ok := v.(*goja.Object); ok {
			if n := bind.Get(fo, "name"); n.ToBoolean() {
				typ = n
			}
		}
	}
	o, err := m.rt.VM.New(m.res.Ctor, typ)
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
