package vmmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
)

// languageGlobals are the names that every context begins with: the language's,
// and V8's console, which prints nowhere.
var languageGlobals = []string{
	"Object", "Function", "Array", "Number", "parseFloat", "parseInt", "Infinity", "NaN", "undefined", "Boolean", "String", "Symbol", "Date",
	"Promise", "RegExp", "Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError",
	"globalThis", "JSON", "Math", "Intl", "ArrayBuffer", "Atomics", "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array",
	"Int32Array", "BigUint64Array", "BigInt64Array", "Uint8ClampedArray", "Float32Array", "Float64Array", "DataView", "Map", "BigInt", "Set",
	"Iterator", "WeakMap", "WeakSet", "Proxy", "Reflect", "FinalizationRegistry", "WeakRef", "decodeURI", "decodeURIComponent", "encodeURI",
	"encodeURIComponent", "escape", "unescape", "eval", "isFinite", "isNaN", "console", "SuppressedError", "DisposableStack",
	"AsyncDisposableStack", "Float16Array", "SharedArrayBuffer", "WebAssembly",
}

// intrinsic is a property of the runtime's global object when the module was
// loaded; what is made when first touched stays unmade.
type intrinsic struct {
	name string
	desc *goja.Object
}

func (m *module) learnBuiltins() {
	g := m.rt.VM.GlobalObject()
	for _, name := range languageGlobals {
		d, _ := m.rt.Call(m.getOwnDescriptor, goja.Undefined(), g, m.rt.VM.ToValue(name)).(*goja.Object)
		m.intrinsics = append(m.intrinsics, intrinsic{name, d})
	}
}

// fillBuiltins gives a context the language's globals.
func (m *module) fillBuiltins(c *context) {
	own := map[string]func() goja.Value{
		"globalThis": func() goja.Value { return c.global },
		"console":    m.silentConsole,
		"Function":   func() goja.Value { return m.functionOf(c) },
	}
	g := m.rt.VM.GlobalObject()
	if gc := g.Get("gc"); gc != nil { // --expose-gc holds for all contexts
		_ = c.builtins.DefineDataProperty("gc", gc, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	for _, i := range m.intrinsics {
		if make := own[i.name]; make != nil {
			_ = c.builtins.DefineDataProperty(i.name, make(), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		} else if i.desc != nil {
			m.rt.Call(m.defineProperty, goja.Undefined(), c.builtins, m.rt.VM.ToValue(i.name), i.desc)
		}
	}
}

// functionOf is the Function of a context, which compiles for that context.
func (m *module) functionOf(c *context) goja.Value {
	vm := m.rt.VM
	target := vm.Get("Function").(*goja.Object)
	make := func(args []goja.Value) *goja.Object {
		var params []string
		body := ""
		for i, a := range args {
			if i == len(args)-1 {
				body = a.String()
			} else {
				params = append(params, a.String())
			}
		}
		prg, err := lang.CompileFunction("", "", body, params, true, 0)
		if err != nil {
			m.rt.ThrowSyntax(err)
		}
		return m.runContext(prg, c, nil).(*goja.Object)
	}
	return vm.ToValue(vm.NewProxy(target, &goja.ProxyTrapConfig{
		Apply:     func(_ *goja.Object, _ goja.Value, args []goja.Value) goja.Value { return make(args) },
		Construct: func(_ *goja.Object, args []goja.Value, _ *goja.Object) *goja.Object { return make(args) },
	}))
}

// silentConsole is what V8 gives a context: its output goes to a debugger.
func (m *module) silentConsole() goja.Value {
	vm := m.rt.VM
	o := vm.NewObject()
	for _, name := range []string{"debug", "error", "info", "log", "warn", "dir", "dirxml", "table", "trace", "group", "groupCollapsed", "groupEnd",
		"clear", "count", "countReset", "assert", "profile", "profileEnd", "time", "timeLog", "timeEnd", "timeStamp", "context"} {
		_ = o.Set(name, m.rt.Func(name, 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() }))
	}
	_ = o.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("console"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

// Questions about properties, asked of the language's own functions as they
// were when the module was loaded.

func (m *module) has(o *goja.Object, name string) bool {
	return m.rt.Call(m.reflectHas, goja.Undefined(), o, m.rt.VM.ToValue(name)).ToBoolean()
}

func (m *module) hasOwn(o *goja.Object, name string) bool {
	return m.rt.Call(m.objectHasOwn, goja.Undefined(), o, m.rt.VM.ToValue(name)).ToBoolean()
}

func (m *module) extensible(o *goja.Object) bool {
	return m.rt.Call(m.isExtensible, goja.Undefined(), o).ToBoolean()
}

func (m *module) ownKeys(o *goja.Object) *goja.Object {
	return m.rt.Call(m.reflectKeys, goja.Undefined(), o).(*goja.Object)
}

// isFixed reports whether o has a property of that name that cannot be
// configured.
func (m *module) isFixed(o *goja.Object, name string) bool {
	d := m.descriptor(o, name)
	return d.Configurable == goja.FLAG_FALSE
}

// descriptor is the own property of that name, empty where there is none.
func (m *module) descriptor(o *goja.Object, name string) goja.PropertyDescriptor {
	d, ok := m.rt.Call(m.getOwnDescriptor, goja.Undefined(), o, m.rt.VM.ToValue(name)).(*goja.Object)
	if !ok {
		return goja.PropertyDescriptor{}
	}
	flag := func(name string) goja.Flag { return goja.ToFlag(bind.Get(d, name).ToBoolean()) }
	p := goja.PropertyDescriptor{Configurable: flag("configurable"), Enumerable: flag("enumerable")}
	if v := d.Get("value"); v != nil {
		p.Value, p.Writable = v, flag("writable")
		return p
	}
	accessor := func(name string) goja.Value {
		f := d.Get(name)
		if !bind.IsCallable(f) {
			return nil
		}
		if p.Configurable == goja.FLAG_FALSE {
			// The engine takes a trap's answer for wrong if it has the very
			// functions of a property that cannot be configured.
			call := m.rt.Callable(f)
			return m.rt.VM.ToValue(func(c goja.FunctionCall) goja.Value { return call(c) })
		}
		return f
	}
	p.Getter, p.Setter = accessor("get"), accessor("set")
	return p
}

func (m *module) strings(v goja.Value) []string {
	o := v.(*goja.Object)
	list := make([]string, int(o.Get("length").ToInteger()))
	for i := range list {
		list[i] = o.Get(bind.FormatNumber(float64(i))).String()
	}
	return list
}
