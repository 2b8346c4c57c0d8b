package diagnosticschannelmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// traceEvents are the channels of a TracingChannel.
var traceEvents = [...]string{"start", "end", "asyncStart", "asyncEnd", "error"}

// tracing is a TracingChannel.
type tracing struct {
	m                                      *module
	start, end, asyncStart, asyncEnd, fail *Channel
}

func (t *tracing) list() []*Channel {
	return []*Channel{t.start, t.end, t.asyncStart, t.asyncEnd, t.fail}
}

func (t *tracing) active() bool {
	for _, c := range t.list() {
		if c.HasSubscribers() {
			return true
		}
	}
	return false
}

func (m *module) tracingChannel(c goja.FunctionCall) goja.Value {
	o, err := m.rt.VM.New(m.tracing.Ctor, c.Argument(0))
	if err != nil {
		panic(err)
	}
	return o
}

func (m *module) tracingOf(v goja.Value) *tracing {
	t, ok := bind.From(v).(*tracing)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type TracingChannel"))
	}
	return t
}

func (m *module) defineTracing() {
	rt := m.rt
	m.tracing = rt.NewClass(bind.ClassDef{Name: "TracingChannel", Length: 1, ES6: true, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		t := &tracing{m: m}
		var source goja.Value = goja.Undefined()
		if len(a) > 0 {
			source = a[0]
		}
		for i, at := range []**Channel{&t.start, &t.end, &t.asyncStart, &t.asyncEnd, &t.fail} {
			*at = m.traceChannel(source, traceEvents[i])
			_ = this.DefineDataProperty(traceEvents[i], (*at).obj, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
		rt.Attach(this, t)
		return nil
	}})
	k := m.tracing
	k.Accessor("hasSubscribers", func(this goja.Value) goja.Value {
		t, ok := bind.From(this).(*tracing)
		return rt.VM.ToValue(ok && t.active())
	}, nil)
	k.Method("subscribe", 1, func(c goja.FunctionCall) goja.Value {
		t := m.tracingOf(c.This)
		o := c.Argument(0).ToObject(rt.VM)
		for i, ch := range t.list() {
			if h := bind.Get(o, traceEvents[i]); h.ToBoolean() {
				ch.subscribe(h)
			}
		}
		return goja.Undefined()
	})
	k.Method("unsubscribe", 1, func(c goja.FunctionCall) goja.Value {
		t := m.tracingOf(c.This)
		o := c.Argument(0).ToObject(rt.VM)
		done := true
		for i, ch := range t.list() {
			if h := bind.Get(o, traceEvents[i]); h.ToBoolean() && !ch.unsubscribe(h) {
				done = false
			}
		}
		return rt.VM.ToValue(done)
	})
	k.Method("traceSync", 1, func(c goja.FunctionCall) goja.Value { return m.tracingOf(c.This).sync(c) })
	k.Method("tracePromise", 1, func(c goja.FunctionCall) goja.Value { return m.tracingOf(c.This).promise(c) })
	k.Method("traceCallback", 1, func(c goja.FunctionCall) goja.Value { return m.tracingOf(c.This).callback(c) })
	k.Seal()
}

// traceChannel is one of a TracingChannel's channels: tracing:name:event, or
// the property of that name.
func (m *module) traceChannel(source goja.Value, event string) *Channel {
	if goja.IsString(source) {
		return m.named(m.rt.VM.ToValue("tracing:" + source.String() + ":" + event))
	}
	o, ok := source.(*goja.Object)
	if !ok || bind.IsCallable(source) {
		m.rt.ArgType("nameOrChannels", source, "string", "object", "TracingChannel")
	}
	v := bind.Get(o, event)
	c, ok := bind.From(v).(*Channel)
	if !ok {
		if bind.IsNullish(v) {
			panic(m.rt.VM.NewTypeError("Cannot convert undefined or null to object"))
		}
		m.rt.ArgType("nameOrChannels."+event, v, "Channel")
	}
	return c
}

// traced splits the arguments of the trace functions: fn, the context (an
// object, made if it is not given), this and the rest. at is the context's
// place.
func (t *tracing) traced(c goja.FunctionCall, at int) (fn bind.Method, context *goja.Object, this goja.Value, args []goja.Value) {
	rt := t.m.rt
	fn = rt.Callable(c.Argument(0))
	context, ok := c.Argument(at).(*goja.Object)
	if !ok {
		context = rt.VM.NewObject()
	}
	if len(c.Arguments) > at+2 {
		args = c.Arguments[at+2:]
	}
	return fn, context, c.Argument(at + 1), args
}

// guarded runs fn between start and end; what it throws is published first.
func (t *tracing) guarded(context *goja.Object, fn func() goja.Value) goja.Value {
	rt := t.m.rt
	return t.start.RunStores(context, func() goja.Value {
		var out goja.Value
		if ex := rt.VM.Try(func() { out = fn() }); ex != nil {
			_ = context.Set("error", ex.Value())
			t.fail.Publish(context)
			t.end.Publish(context)
			panic(ex)
		}
		t.end.Publish(context)
		return out
	})
}

func (t *tracing) sync(c goja.FunctionCall) goja.Value {
	fn, context, this, args := t.traced(c, 1)
	call := func() goja.Value { return fn(goja.FunctionCall{This: this, Arguments: args}) }
	if !t.active() {
		return call()
	}
	return t.guarded(context, func() goja.Value {
		v := call()
		_ = context.Set("result", v)
		return v
	})
}

func (t *tracing) promise(c goja.FunctionCall) goja.Value {
	rt := t.m.rt
	fn, context, this, args := t.traced(c, 1)
	if !t.active() {
		return fn(goja.FunctionCall{This: this, Arguments: args})
	}
	on := func(f func(goja.Value) goja.Value) goja.Value {
		return rt.Func("", 1, func(c goja.FunctionCall) goja.Value { return f(c.Argument(0)) })
	}
	return t.guarded(context, func() goja.Value {
		v := fn(goja.FunctionCall{This: this, Arguments: args})
		ctor := rt.VM.Get("Promise").(*goja.Object)
		p, ok := v.(*goja.Object)
		if !ok || !bind.IsCallable(bind.Get(p, "then")) {
			p = rt.Call(ctor.Get("resolve"), ctor, v).(*goja.Object)
		}
		then := ctor.Get("prototype").(*goja.Object).Get("then")
		if p.ClassName() != "Promise" {
			then = p.Get("then")
		}
		return rt.Call(then, p, on(func(r goja.Value) goja.Value {
			_ = context.Set("result", r)
			t.asyncStart.Publish(context)
			t.asyncEnd.Publish(context)
			return r
		}), on(func(e goja.Value) goja.Value {
			_ = context.Set("error", e)
			t.fail.Publish(context)
			t.asyncStart.Publish(context)
			t.asyncEnd.Publish(context)
			panic(rt.Thrown(e))
		}))
	})
}

// callback is traceCallback(fn, position, context, thisArg, ...args): the
// argument at position, counted from the end where it is negative, is the
// callback.
func (t *tracing) callback(c goja.FunctionCall) goja.Value {
	rt := t.m.rt
	fn, context, this, args := t.traced(c, 2)
	if !t.active() {
		return fn(goja.FunctionCall{This: this, Arguments: args})
	}
	at := -1
	if v := c.Argument(1); !goja.IsUndefined(v) {
		at = int(v.ToInteger())
	}
	if at < 0 {
		at += len(args)
	}
	var cb goja.Value = goja.Undefined()
	if at >= 0 && at < len(args) {
		cb = args[at]
	}
	inner := rt.Callable(rt.Function(cb, "callback"))
	args = append([]goja.Value(nil), args...)
	args[at] = rt.Func("wrappedCallback", 0, func(c goja.FunctionCall) goja.Value {
		if e := c.Argument(0); e.ToBoolean() {
			_ = context.Set("error", e)
			t.fail.Publish(context)
		} else {
			_ = context.Set("result", c.Argument(1))
		}
		return t.asyncStart.RunStores(context, func() goja.Value {
			var out goja.Value
			ex := rt.VM.Try(func() { out = inner(c) })
			t.asyncEnd.Publish(context)
			if ex != nil {
				panic(ex)
			}
			return out
		})
	})
	return t.guarded(context, func() goja.Value { return fn(goja.FunctionCall{This: this, Arguments: args}) })
}
