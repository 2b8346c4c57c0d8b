package consolemod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/diagnosticschannelmod"
)

type module struct {
	rt      *bind.Runtime
	ctor    *goja.Object
	proto   *goja.Object
	methods []method // in the order of Console.prototype
	global  *goja.Object
	mapCtor *goja.Object
	noop    *goja.Object

	channels map[string]*diagnosticschannelmod.Channel // by method, once printed to
}

// method is one method of Console.prototype.
type method struct {
	name   string
	length int
	body   func(c *console, args []goja.Value) goja.Value
}

type moduleKey struct{}

// Load returns the global console, which is the exports of node:console.
func Load(rt *bind.Runtime) goja.Value {
	m, ok := rt.Value(moduleKey{}).(*module)
	if !ok {
		m = &module{rt: rt, channels: map[string]*diagnosticschannelmod.Channel{}, mapCtor: rt.VM.Get("Map").(*goja.Object)}
		rt.SetValue(moduleKey{}, m)
		m.noop = rt.Func("noop", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
		m.methods = methods
		m.class()
		m.makeGlobal()
	}
	return m.global
}

// class makes Console: a function that may be called without new, whose
// instances carry bound copies of the prototype's methods.
func (m *module) class() {
	rt := m.rt
	m.ctor = rt.VM.ToValue(func(call goja.ConstructorCall) *goja.Object {
		this := call.This
		if this == nil || !m.inherits(this) {
			this = rt.VM.CreateObject(m.proto)
		}
		m.construct(this, call.Arguments)
		if this == call.This {
			return nil
		}
		return this
	}).(*goja.Object)
	define(m.ctor, "name", rt.VM.ToValue("Console"), goja.FLAG_FALSE)
	define(m.ctor, "length", rt.VM.ToValue(1), goja.FLAG_FALSE)
	m.proto = m.ctor.Get("prototype").(*goja.Object)
	for _, d := range m.methods {
		_ = m.proto.Set(d.name, rt.Func(d.name, d.length, func(call goja.FunctionCall) goja.Value {
			return d.body(m.of(call.This), call.Arguments)
		}))
	}
	_ = m.ctor.DefineDataPropertySymbol(goja.SymHasInstance, rt.Func("value", 1, func(call goja.FunctionCall) goja.Value {
		c, ok := bind.From(call.Argument(0)).(*console)
		return rt.VM.ToValue(ok && c != nil)
	}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

func (m *module) inherits(o *goja.Object) bool {
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		if p == m.proto {
			return true
		}
	}
	return false
}

// of returns the state behind a receiver, or throws.
func (m *module) of(this goja.Value) *console {
	if c, ok := bind.From(this).(*console); ok {
		return c
	}
	panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Console"))
}

func define(o *goja.Object, name string, v goja.Value, writable goja.Flag) {
	_ = o.DefineDataProperty(name, v, writable, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// makeGlobal makes the global console: an object of its own whose methods work
// on the streams of process, which it asks for when it first prints.
func (m *module) makeGlobal() {
	rt := m.rt
	proto := rt.VM.NewObject()
	m.global = rt.VM.CreateObject(proto)
	c := m.newConsole(m.global)
	for _, d := range m.methods {
		_ = m.global.Set(d.name, rt.Func(d.name, 0, func(call goja.FunctionCall) goja.Value {
			return d.body(c, call.Arguments)
		}))
	}
	m.properties(c)
	_ = m.global.Set("Console", m.ctor)
	m.inspectorMethods()
	for _, name := range []string{"stdout", "stderr"} {
		own := "_" + name
		get := rt.Func("get", 0, func(goja.FunctionCall) goja.Value {
			return rt.VM.Get("process").(*goja.Object).Get(name)
		})
		set := rt.Func("set", 1, func(call goja.FunctionCall) goja.Value {
			define(m.global, own, call.Argument(0), goja.FLAG_TRUE)
			return goja.Undefined()
		})
		_ = m.global.DefineAccessorProperty(own, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = m.global.DefineDataPropertySymbol(goja.SymToStringTag, rt.VM.ToValue("console"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// inspectorMethods adds what V8's console has for a debugger's front end; with
// none attached, as here always, it does nothing in Node either.
func (m *module) inspectorMethods() {
	rt := m.rt
	add := func(o *goja.Object, names ...string) {
		for _, name := range names {
			_ = o.Set(name, rt.Func(name, 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() }))
		}
	}
	add(m.global, "profile", "profileEnd", "timeStamp")
	_ = m.global.Set("context", rt.Func("context", 1, func(goja.FunctionCall) goja.Value {
		o := rt.VM.NewObject()
		add(o, "dir", "dirXml", "table", "groupEnd", "clear", "count", "countReset", "profile", "profileEnd", "debug",
			"error", "info", "log", "warn", "trace", "group", "groupCollapsed", "assert", "time", "timeLog", "timeEnd", "timeStamp")
		return o
	}))
	_ = m.global.Set("createTask", rt.Func("createTask", 0, func(call goja.FunctionCall) goja.Value {
		if v := call.Argument(0); !goja.IsString(v) || v.String() == "" {
			m.throwError("First argument must be a non-empty string.")
		}
		o := rt.VM.NewObject()
		_ = o.Set("run", rt.Func("run", 0, func(call goja.FunctionCall) goja.Value {
			if !bind.IsCallable(call.Argument(0)) {
				m.throwError("First argument must be a function.")
			}
			return rt.Call(call.Argument(0), goja.Undefined())
		}))
		return o
	}))
}

func (m *module) throwError(text string) {
	o, err := m.rt.VM.New(m.rt.VM.Get("Error"), m.rt.VM.ToValue(text))
	if err != nil {
		panic(err)
	}
	panic(m.rt.Thrown(o))
}
