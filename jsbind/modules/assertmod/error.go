package assertmod

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// errorClass is AssertionError. Only the language's own class syntax makes a
// class whose instances are errors to the engine.
var errorClass = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("node:internal/spindle/assertion_error", `(function (prepare, finish, toString, inspect, custom) {
	class AssertionError extends Error {
		constructor(options) {
			const state = prepare(options);
			super(state.message);
			finish(this, state);
		}
	}
	const define = (key, value) => Object.defineProperty(AssertionError.prototype, key, { value, writable: true, enumerable: false, configurable: true });
	define('toString', toString);
	define(custom, inspect);
	return AssertionError;
})`, true)
})

// failure is what an AssertionError is made of.
type failure struct {
	settings
	actual, expected goja.Value
	message          goja.Value // undefined for one that is generated
	operator         goja.Value
	stackStart       goja.Value // the function above which the stack begins
	details          goja.Value
}

// defineError makes AssertionError
// (https://nodejs.org/docs/latest-v24.x/api/assert.html#class-assertassertionerror).
func (m *module) defineError() {
	rt := m.rt
	make, err := rt.VM.RunProgram(errorClass())
	if err != nil {
		panic(err)
	}
	prepare := rt.Func("prepare", 1, func(c goja.FunctionCall) goja.Value {
		f := m.failureOf(c.Argument(0))
		state := rt.VM.NewObject()
		_ = state.Set("message", rt.Mirror.StringValue(m.messageOf(f)))
		rt.Attach(state, f)
		return state
	})
	finish := rt.Func("finish", 2, func(c goja.FunctionCall) goja.Value {
		m.finish(c.Argument(0).(*goja.Object), bind.From(c.Argument(1)).(*failure))
		return goja.Undefined()
	})
	toString := rt.Func("toString", 0, func(c goja.FunctionCall) goja.Value {
		o := c.This.ToObject(rt.VM)
		return rt.VM.ToValue(bind.Get(o, "name").String() + " [" + bind.Get(o, "code").String() + "]: " + bind.Get(o, "message").String())
	})
	shown := rt.Func("[nodejs.util.inspect.custom]", 2, func(c goja.FunctionCall) goja.Value {
		return m.inspectError(c.This.(*goja.Object), c.Argument(1))
	})
	m.error = rt.Call(make, goja.Undefined(), prepare, finish, toString, shown, rt.Inspector.CustomSymbol()).(*goja.Object)
}

// failureOf reads the options of new AssertionError(options).
func (m *module) failureOf(v goja.Value) *failure {
	if f, ok := bind.From(v).(*failure); ok {
		return f
	}
	o := m.rt.Object(v, "options")
	f := &failure{
		actual: bind.Get(o, "actual"), expected: bind.Get(o, "expected"), message: bind.Get(o, "message"),
		operator: bind.Get(o, "operator"), stackStart: bind.Get(o, "stackStartFn"), details: bind.Get(o, "details"),
	}
	if !f.stackStart.ToBoolean() {
		f.stackStart = bind.Get(o, "stackStartFunction")
	}
	if d := bind.Get(o, "diff"); !goja.IsUndefined(d) {
		f.full = d.String() == "full"
	}
	return f
}

// finish gives a new error its properties and its stack.
func (m *module) finish(e *goja.Object, f *failure) {
	rt := m.rt
	name := func(s string) {
		_ = e.DefineDataProperty("name", rt.VM.ToValue(s), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = e.Set("generatedMessage", !f.message.ToBoolean())
	name("AssertionError [ERR_ASSERTION]")
	_ = e.Set("code", "ERR_ASSERTION")
	if list, ok := f.details.(*goja.Object); ok {
		_ = e.Set("actual", goja.Undefined())
		_ = e.Set("expected", goja.Undefined())
		_ = e.Set("operator", goja.Undefined())
		for i := range int(bind.Get(list, "length").ToInteger()) {
			d := list.Get(bind.FormatNumber(float64(i))).(*goja.Object)
			_ = e.Set("message "+bind.FormatNumber(float64(i)), d.Get("message"))
			_ = e.Set("actual "+bind.FormatNumber(float64(i)), d.Get("actual"))
			_ = e.Set("expected "+bind.FormatNumber(float64(i)), d.Get("expected"))
			_ = e.Set("operator "+bind.FormatNumber(float64(i)), d.Get("operator"))
			_ = e.Set("stack trace "+bind.FormatNumber(float64(i)), d.Get("stack"))
		}
	} else {
		_ = e.Set("actual", f.actual)
		_ = e.Set("expected", f.expected)
		_ = e.Set("operator", f.operator)
	}
	error := rt.VM.Get("Error").(*goja.Object)
	args := []goja.Value{e}
	if bind.IsCallable(f.stackStart) {
		args = append(args, f.stackStart)
	}
	rt.Call(error.Get("captureStackTrace"), error, args...)
	e.Get("stack") // is made now, with that name in its first line
	name("AssertionError")
	diff := "simple"
	if f.full {
		diff = "full"
	}
	_ = e.Set("diff", diff)
}

// newError makes an AssertionError.
func (m *module) newError(f *failure) *goja.Object {
	if f.details == nil {
		f.details = goja.Undefined()
	}
	for _, v := range []*goja.Value{&f.actual, &f.expected, &f.message, &f.operator, &f.stackStart} {
		if *v == nil {
			*v = goja.Undefined()
		}
	}
	carrier := m.rt.VM.NewObject()
	m.rt.Attach(carrier, f)
	o, err := m.rt.VM.New(m.error, carrier)
	if err != nil {
		panic(err)
	}
	return o
}

// fail throws an AssertionError, or the message if it is an error itself.
func (m *module) fail(f *failure) {
	if f.message != nil && m.rt.IsError(f.message) {
		panic(m.rt.Thrown(f.message))
	}
	panic(m.rt.Thrown(m.newError(f)))
}

func (m *module) text(s string) goja.Value { return m.rt.Mirror.StringValue(s) }

// inspectError prints an AssertionError: long strings among its properties are
// cut.
func (m *module) inspectError(e *goja.Object, ctx goja.Value) goja.Value {
	rt := m.rt
	in := rt.Inspector
	opts := in.Default()
	if o, ok := ctx.(*goja.Object); ok {
		opts = in.ParseOptions(opts, o)
	}
	opts.CustomInspect, opts.Depth = false, 0
	for _, name := range []string{"actual", "expected"} {
		v := bind.Get(e, name)
		if s, ok := v.(goja.String); ok {
			if cut := ellipsis(s.String()); cut != s.String() {
				_ = e.Set(name, cut)
				defer func() { _ = e.Set(name, v) }()
			}
		}
	}
	return rt.VM.ToValue(in.Inspect(e, opts))
}
