package diagnosticschannelmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// Channel is one named channel. It belongs to the loop's goroutine.
type Channel struct {
	m      *module
	obj    *goja.Object
	name   goja.Value
	subs   []*goja.Object
	stores []boundStore
	cancel func() // of the Go channel of that name; nil while nobody listens
}

// boundStore is an AsyncLocalStorage that a channel's runStores enters.
type boundStore struct {
	store     *goja.Object
	transform goja.Value
}

type module struct {
	rt       *bind.Runtime
	exports  *goja.Object
	class    *bind.Class
	tracing  *bind.Class
	channels map[any]*Channel // by string, or by *goja.Symbol
}

type moduleKey struct{}

// Load returns the exports of node:diagnostics_channel.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// Named returns the channel of a name, making it if need be.
func Named(rt *bind.Runtime, name string) *Channel { return get(rt).named(rt.VM.ToValue(name)) }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), channels: map[any]*Channel{}}
	rt.SetValue(moduleKey{}, m)
	rt.Tracing = builtin{m}
	m.defineChannel()
	m.defineTracing()
	set := func(name string, n int, f bind.Method) { _ = m.exports.Set(name, rt.Func(name, n, f)) }
	set("channel", 1, func(c goja.FunctionCall) goja.Value { return m.named(c.Argument(0)).obj })
	set("hasSubscribers", 1, func(c goja.FunctionCall) goja.Value {
		ch := m.channels[key(c.Argument(0))]
		return rt.VM.ToValue(ch != nil && ch.HasSubscribers())
	})
	set("subscribe", 2, func(c goja.FunctionCall) goja.Value {
		m.named(c.Argument(0)).subscribe(c.Argument(1))
		return goja.Undefined()
	})
	set("tracingChannel", 1, m.tracingChannel)
	set("unsubscribe", 2, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.named(c.Argument(0)).unsubscribe(c.Argument(1)))
	})
	_ = m.exports.Set("Channel", m.class.Ctor)
	return m
}

func key(v goja.Value) any {
	if s, ok := v.(*goja.Symbol); ok {
		return s
	}
	return v.String()
}

func (m *module) named(v goja.Value) *Channel {
	if _, symbol := v.(*goja.Symbol); !symbol && !goja.IsString(v) {
		m.rt.ArgType("channel", v, "string", "symbol")
	}
	if c := m.channels[key(v)]; c != nil {
		return c
	}
	o, err := m.rt.VM.New(m.class.Ctor, v)
	if err != nil {
		panic(err)
	}
	c := bind.From(o).(*Channel)
	m.channels[key(v)] = c
	return c
}

func (m *module) of(v goja.Value) *Channel {
	c, ok := bind.From(v).(*Channel)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Channel"))
	}
	return c
}

func (m *module) defineChannel() {
	rt := m.rt
	m.class = rt.NewClass(bind.ClassDef{Name: "Channel", Length: 1, ES6: true, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		c := &Channel{m: m, obj: this, name: goja.Undefined()}
		if len(a) > 0 {
			c.name = a[0]
		}
		rt.Attach(this, c)
		_ = this.Set("_subscribers", goja.Undefined())
		_ = this.Set("_stores", goja.Undefined())
		_ = this.Set("name", c.name)
		return nil
	}})
	k := m.class
	k.Method("subscribe", 1, func(c goja.FunctionCall) goja.Value {
		m.of(c.This).subscribe(c.Argument(0))
		return goja.Undefined()
	})
	k.Method("unsubscribe", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.of(c.This).unsubscribe(c.Argument(0)))
	})
	k.Method("bindStore", 2, func(c goja.FunctionCall) goja.Value {
		m.of(c.This).bindStore(c.Argument(0), c.Argument(1))
		return goja.Undefined()
	})
	k.Method("unbindStore", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.of(c.This).unbindStore(c.Argument(0)))
	})
	k.Accessor("hasSubscribers", func(this goja.Value) goja.Value {
		c, ok := bind.From(this).(*Channel)
		return rt.VM.ToValue(ok && c.HasSubscribers())
	}, nil)
	k.Method("publish", 1, func(c goja.FunctionCall) goja.Value {
		m.of(c.This).Publish(c.Argument(0))
		return goja.Undefined()
	})
	k.Method("runStores", 3, func(c goja.FunctionCall) goja.Value {
		var args []goja.Value
		if len(c.Arguments) > 3 {
			args = c.Arguments[3:]
		}
		fn := rt.Callable(c.Argument(1))
		this := c.Argument(2)
		return m.of(c.This).RunStores(c.Argument(0), func() goja.Value {
			return fn(goja.FunctionCall{This: this, Arguments: args})
		})
	})
	k.Seal()
}

// HasSubscribers reports whether anybody would be told.
func (c *Channel) HasSubscribers() bool { return len(c.subs) > 0 || len(c.stores) > 0 }

// listen makes the channel hear what the Go packages publish under its name, for
// as long as somebody would be told.
func (c *Channel) listen() {
	name, ok := c.name.(goja.String)
	if !ok || c.m.channels[key(c.name)] != c {
		return
	}
	switch {
	case c.HasSubscribers() && c.cancel == nil:
		c.cancel = diagnostics.On(c.m.rt.Loop, name.String()).Subscribe(func(m diagnostics.Message) {
			o := c.m.rt.VM.NewObject()
			for _, f := range m {
				_ = o.Set(f.Name, c.m.rt.ToValue(f.Value))
			}
			c.Publish(o)
		})
	case !c.HasSubscribers() && c.cancel != nil:
		c.cancel()
		c.cancel = nil
	}
}

// show keeps the fields that Node shows.
func (c *Channel) show() {
	c.listen()
	if !c.HasSubscribers() {
		_ = c.obj.Set("_subscribers", goja.Undefined())
		_ = c.obj.Set("_stores", goja.Undefined())
		return
	}
	items := make([]any, len(c.subs))
	for i, s := range c.subs {
		items[i] = s
	}
	_ = c.obj.Set("_subscribers", c.m.rt.VM.NewArray(items...))
	stores, err := c.m.rt.VM.New(c.m.rt.VM.Get("Map"))
	if err != nil {
		panic(err)
	}
	for _, s := range c.stores {
		c.m.rt.Call(stores.Get("set"), stores, s.store, s.transform)
	}
	_ = c.obj.Set("_stores", stores)
}

func (c *Channel) subscribe(v goja.Value) {
	fn := c.m.rt.Function(v, "subscription")
	c.subs = append(c.subs[:len(c.subs):len(c.subs)], fn)
	c.show()
}

func (c *Channel) unsubscribe(v goja.Value) bool {
	for i, s := range c.subs {
		if goja.Value(s) == v {
			c.subs = append(append([]*goja.Object(nil), c.subs[:i]...), c.subs[i+1:]...)
			c.show()
			return true
		}
	}
	return false
}

func (c *Channel) bindStore(store, transform goja.Value) {
	o, ok := store.(*goja.Object)
	if !ok {
		c.m.rt.ArgType("store", store, "AsyncLocalStorage")
	}
	c.unbindStore(store)
	c.stores = append(c.stores[:len(c.stores):len(c.stores)], boundStore{o, transform})
	c.show()
}

func (c *Channel) unbindStore(store goja.Value) bool {
	for i, s := range c.stores {
		if goja.Value(s.store) == store {
			c.stores = append(append([]boundStore(nil), c.stores[:i]...), c.stores[i+1:]...)
			c.show()
			return true
		}
	}
	return false
}

// Publish calls the subscribers with (message, name). What one of them throws
// is an uncaught exception in a tick.
func (c *Channel) Publish(message goja.Value) {
	rt := c.m.rt
	for _, s := range c.subs {
		if ex := rt.VM.Try(func() { rt.Call(s, goja.Undefined(), message, c.name) }); ex != nil {
			c.uncaught(ex.Value())
		}
	}
}

func (c *Channel) uncaught(v goja.Value) {
	c.m.rt.Loop.NextTickFunc(func() { panic(c.m.rt.Thrown(v)) })
}

// RunStores publishes data and calls fn with the bound stores entered.
func (c *Channel) RunStores(data goja.Value, fn func() goja.Value) goja.Value {
	rt := c.m.rt
	if !c.HasSubscribers() {
		return fn()
	}
	run := func() goja.Value {
		c.Publish(data)
		return fn()
	}
	for _, s := range c.stores {
		next := run
		run = func() goja.Value {
			context := data
			if bind.IsCallable(s.transform) {
				if ex := rt.VM.Try(func() { context = rt.Call(s.transform, goja.Undefined(), data) }); ex != nil {
					c.uncaught(ex.Value())
					return next()
				}
			}
			return rt.Call(s.store.Get("run"), s.store, context, rt.Func("", 0, func(goja.FunctionCall) goja.Value { return next() }))
		}
	}
	return run()
}

// builtin is the tracing channels that built-in modules publish on.
type builtin struct{ m *module }

// record makes an object of names and values.
func (m *module) record(message []any) *goja.Object {
	o := m.rt.VM.NewObject()
	for i := 0; i+1 < len(message); i += 2 {
		_ = o.Set(message[i].(string), m.rt.ToValue(message[i+1]))
	}
	return o
}

// Traced reports whether somebody subscribes to a tracing channel.
func (b builtin) Traced(name string) bool {
	for _, event := range traceEvents {
		if c := b.m.channels["tracing:"+name+":"+event]; c != nil && c.HasSubscribers() {
			return true
		}
	}
	return false
}

// TraceSync runs fn as traceSync does.
func (b builtin) TraceSync(name string, fn func() goja.Value, message ...any) goja.Value {
	return b.trace(name, fn, message, (*tracing).sync)
}

// TracePromise runs fn as tracePromise does.
func (b builtin) TracePromise(name string, fn func() goja.Value, message ...any) goja.Value {
	return b.trace(name, fn, message, (*tracing).promise)
}

func (b builtin) trace(name string, fn func() goja.Value, message []any, how func(*tracing, goja.FunctionCall) goja.Value) goja.Value {
	vm := b.m.rt.VM
	o, err := vm.New(b.m.tracing.Ctor, vm.ToValue(name))
	if err != nil {
		panic(err)
	}
	call := vm.ToValue(func(goja.FunctionCall) goja.Value { return fn() })
	return how(b.m.tracingOf(o), goja.FunctionCall{Arguments: []goja.Value{call, b.m.record(message)}})
}
