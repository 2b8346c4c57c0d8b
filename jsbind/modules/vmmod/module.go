package vmmod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

type module struct {
	rt         *bind.Runtime
	loader     *scripted.Loader
	contexts   *goja.Object // WeakMap: contextified object to a holder of its *context
	intrinsics []intrinsic

	reflectSet, reflectHas, reflectKeys            goja.Value
	objectHasOwn, getOwnDescriptor, defineProperty goja.Value
	isExtensible                                   goja.Value
	weakGet, weakSet                               goja.Value
	errors                                         map[string]goja.Value // the constructors
}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	reflect := rt.VM.Get("Reflect").(*goja.Object)
	object := rt.VM.Get("Object").(*goja.Object)
	m.reflectSet, m.reflectHas, m.reflectKeys = reflect.Get("set"), reflect.Get("has"), reflect.Get("ownKeys")
	m.objectHasOwn, m.getOwnDescriptor, m.defineProperty = object.Get("hasOwn"), object.Get("getOwnPropertyDescriptor"), object.Get("defineProperty")
	m.isExtensible = object.Get("isExtensible")
	m.contexts, _ = rt.VM.New(rt.VM.Get("WeakMap"))
	m.weakGet, m.weakSet = m.contexts.Get("get"), m.contexts.Get("set")
	m.errors = map[string]goja.Value{}
	for _, class := range []string{"ReferenceError", "SyntaxError", "TypeError"} {
		m.errors[class] = rt.VM.Get(class)
	}
	m.learnBuiltins()
	m.loader = scripted.New(rt, "vm", files)
	m.hosts()
	return m
}

// Load returns the exports of node:vm.
func Load(rt *bind.Runtime) goja.Value { return get(rt).loader.Load("vm") }

// contextOf returns the context of a contextified object, nil if it is none.
func (m *module) contextOf(v goja.Value) *context {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	holder, ok := m.rt.Call(m.weakGet, m.contexts, o).(*goja.Object)
	if !ok {
		return nil
	}
	c, _ := bind.From(holder).(*context)
	return c
}

func (m *module) remember(o *goja.Object, c *context) {
	holder := m.rt.VM.NewObject()
	m.rt.Attach(holder, c)
	m.rt.Call(m.weakSet, m.contexts, o, holder)
}

// hosts gives js/vm.js what it needs of Go.
func (m *module) hosts() {
	vm := m.rt.VM
	m.moduleHosts()
	m.loader.Func("hasModules", 0, func(goja.FunctionCall) goja.Value {
		return vm.ToValue(m.rt.HasFlag("--experimental-vm-modules"))
	})
	m.loader.Func("compile", 1, m.compile)
	m.loader.Func("compileFunction", 1, m.compileFunction)
	m.loader.Func("run", 4, m.run)
	m.loader.Func("digest", 1, m.digest)
	m.loader.Func("isContext", 1, func(c goja.FunctionCall) goja.Value { return vm.ToValue(m.contextOf(c.Argument(0)) != nil) })
	m.loader.Func("makeContext", 1, func(c goja.FunctionCall) goja.Value {
		o := c.Argument(0).(*goja.Object)
		m.remember(o, m.newContext(o, false))
		return o
	})
	m.loader.Func("makeGlobal", 0, func(goja.FunctionCall) goja.Value {
		o := vm.NewObject()
		m.remember(o, m.newContext(o, true))
		return o
	})
}
