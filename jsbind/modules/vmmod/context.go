package vmmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
)

// context is a global object over a contextified object.
type context struct {
	m        *module
	sandbox  *goja.Object // the contextified object
	builtins *goja.Object // the language's globals
	global   *goja.Object // globalThis: a view of the two
	scope    *goja.Object // what the code's names are looked up in: see lang.ContextDeclare

	declared map[string]bool // by var and function: they cannot be deleted

	lexical map[string]*binding // let, const and class of the scripts that ran
	probing bool                // the next name is the operand of typeof
	strict  string              // the name that strict code is about to assign to
	result  goja.Value          // of the last expression statement
	natives map[string]goja.Value
}

// binding is a let, const or class.
type binding struct {
	value    goja.Value
	constant bool
	ready    bool // was initialised
	next     bool // the next assignment initialises it
}

// newContext makes the global object of sandbox; with ordinary, sandbox becomes
// the global object itself.
func (m *module) newContext(sandbox *goja.Object, ordinary bool) *context {
	c := &context{m: m, sandbox: sandbox, lexical: map[string]*binding{}, declared: map[string]bool{}, result: goja.Undefined()}
	vm := m.rt.VM
	if ordinary {
		c.builtins = sandbox
		c.global = sandbox
	} else {
		c.builtins = vm.CreateObject(nil)
		c.global = vm.ToValue(vm.NewProxy(sandbox, c.globalTraps())).(*goja.Object)
	}
	m.fillBuiltins(c)
	c.natives = c.hiddenFunctions()
	c.scope = vm.ToValue(vm.NewProxy(vm.CreateObject(nil), c.scopeTraps())).(*goja.Object)
	return c
}

// get looks a property of the global object up; nil where there is none.
func (c *context) get(name string) goja.Value {
	if v := c.sandbox.Get(name); v != nil {
		if v == goja.Value(c.sandbox) { // to the context's code the two are one
			return c.global
		}
		return v
	}
	return c.builtins.Get(name)
}

func (c *context) has(name string) bool {
	return c.m.has(c.sandbox, name) || c.m.has(c.builtins, name)
}

// set assigns to a property of the contextified object; false where it cannot
// be assigned to.
func (c *context) set(name string, v goja.Value) bool {
	return c.m.rt.Call(c.m.reflectSet, goja.Undefined(), c.sandbox, c.m.rt.VM.ToValue(name), v).ToBoolean()
}

func (c *context) delete(name string) bool {
	if c.declared[name] {
		return false
	}
	if c.m.hasOwn(c.sandbox, name) && c.sandbox.Delete(name) != nil {
		return false
	}
	return c.builtins == c.sandbox || c.builtins.Delete(name) == nil
}

// throw throws an error of the language.
func (c *context) throw(class, message string) { c.m.throw(class, message) }

func (m *module) throw(class, message string) {
	o, err := m.rt.VM.New(m.errors[class], m.rt.VM.ToValue(message))
	if err != nil {
		panic(err)
	}
	panic(m.rt.Thrown(o))
}

// scopeTraps answer for the names in the context's code.
func (c *context) scopeTraps() *goja.ProxyTrapConfig {
	return &goja.ProxyTrapConfig{
		Has: func(_ *goja.Object, name string) bool {
			// The engine's own hidden names are found outside.
			return name == "" || name[0] != ' ' || c.natives[name] != nil
		},
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value { return c.read(name) },
		Set: func(_ *goja.Object, name string, v, _ goja.Value) bool { return c.write(name, v) },
		GetOwnPropertyDescriptor: func(_ *goja.Object, name string) goja.PropertyDescriptor {
			// Only assignments in strict code ask.
			c.strict = name
			if c.lexical[name] == nil && !c.has(name) {
				return goja.PropertyDescriptor{}
			}
			return goja.PropertyDescriptor{Value: goja.Undefined(), Writable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE, Configurable: goja.FLAG_TRUE}
		},
		DeleteProperty: func(_ *goja.Object, name string) bool { return c.lexical[name] == nil && c.delete(name) },
	}
}

func (c *context) read(name string) goja.Value {
	if v := c.natives[name]; v != nil {
		return v
	}
	probing := c.probing
	c.probing = false
	if b := c.lexical[name]; b != nil {
		if !b.ready {
			c.throw("ReferenceError", "Cannot access '"+name+"' before initialization")
		}
		return b.value
	}
	if v := c.get(name); v != nil {
		return v
	}
	if !probing {
		c.throw("ReferenceError", name+" is not defined")
	}
	return goja.Undefined()
}

func (c *context) write(name string, v goja.Value) bool {
	strict := c.strict == name
	c.strict = ""
	b := c.lexical[name]
	switch {
	case b == nil:
		if !c.set(name, v) && strict {
			c.throw("TypeError", "Cannot assign to read only property '"+name+"' of object '[object Object]'")
		}
	case b.next:
		b.value, b.ready, b.next = v, true, false
	case !b.ready:
		c.throw("ReferenceError", "Cannot access '"+name+"' before initialization")
	case b.constant:
		c.throw("TypeError", "Assignment to constant variable.")
	default:
		b.value = v
	}
	return true
}

// hiddenFunctions are what compiled code calls: see lang.ContextDeclare.
func (c *context) hiddenFunctions() map[string]goja.Value {
	rt := c.m.rt
	f := func(call func(a goja.FunctionCall) goja.Value) goja.Value { return rt.VM.ToValue(call) }
	return map[string]goja.Value{
		lang.ContextDeclare: f(func(a goja.FunctionCall) goja.Value {
			c.declare(c.m.strings(a.Argument(0)), c.m.strings(a.Argument(1)), c.m.strings(a.Argument(2)), a.Argument(3).(*goja.Object))
			return goja.Undefined()
		}),
		lang.ContextInit: f(func(a goja.FunctionCall) goja.Value {
			for _, name := range c.m.strings(a.Argument(0)) {
				c.lexical[name].next = true
			}
			return goja.Undefined()
		}),
		lang.ContextValue: f(func(a goja.FunctionCall) goja.Value {
			c.result = a.Argument(0)
			return c.result
		}),
		lang.ContextThis: f(func(a goja.FunctionCall) goja.Value {
			if v := a.Argument(0); v != rt.VM.GlobalObject() && v != c.scope {
				return v
			}
			return c.global
		}),
		lang.ContextProbe: f(func(goja.FunctionCall) goja.Value {
			c.probing = true
			return goja.Undefined()
		}),
		lang.ContextProbed: f(func(a goja.FunctionCall) goja.Value {
			c.probing = false
			return a.Argument(0)
		}),
	}
}

// declare is GlobalDeclarationInstantiation (ECMA-262 16.1.7).
func (c *context) declare(vars, lets, consts []string, functions *goja.Object) {
	names := functions.Keys()
	taken := func(name string) {
		c.throw("SyntaxError", "Identifier '"+name+"' has already been declared")
	}
	for _, list := range [][]string{lets, consts} {
		for _, name := range list {
			if c.lexical[name] != nil || c.m.isFixed(c.sandbox, name) {
				taken(name)
			}
		}
	}
	for _, list := range [][]string{names, vars} {
		for _, name := range list {
			if c.lexical[name] != nil {
				taken(name)
			}
		}
	}
	for _, name := range names {
		c.declared[name] = c.declared[name] || !c.m.hasOwn(c.sandbox, name)
		c.set(name, functions.Get(name))
	}
	for _, name := range vars {
		if !c.m.hasOwn(c.sandbox, name) && !c.m.hasOwn(c.builtins, name) {
			// The contextified object gets it with the first assignment.
			c.declared[name] = true
			_ = c.builtins.Set(name, goja.Undefined())
		}
	}
	for _, name := range lets {
		c.lexical[name] = &binding{}
	}
	for _, name := range consts {
		c.lexical[name] = &binding{constant: true}
	}
}

// globalTraps make of the contextified object, their target, the global object.
func (c *context) globalTraps() *goja.ProxyTrapConfig {
	m := c.m
	return &goja.ProxyTrapConfig{
		Has: func(_ *goja.Object, name string) bool { return c.has(name) },
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value {
			if v := c.get(name); v != nil {
				return v
			}
			return goja.Undefined()
		},
		Set:            func(_ *goja.Object, name string, v, _ goja.Value) bool { return c.set(name, v) },
		DeleteProperty: func(_ *goja.Object, name string) bool { return c.delete(name) },
		GetOwnPropertyDescriptor: func(target *goja.Object, name string) goja.PropertyDescriptor {
			if m.hasOwn(target, name) || !m.extensible(target) {
				return m.descriptor(target, name)
			}
			d := m.descriptor(c.builtins, name)
			if d.Configurable == goja.FLAG_FALSE { // a Proxy may not say so of what its target lacks
				d.Configurable = goja.FLAG_TRUE
			}
			return d
		},
		OwnKeys: func(target *goja.Object) *goja.Object {
			keys := m.ownKeys(target)
			if !m.extensible(target) {
				return keys
			}
			n := int(keys.Get("length").ToInteger())
			list := make([]any, 0, n+64)
			for i := range n {
				list = append(list, keys.Get(bind.FormatNumber(float64(i))))
			}
			for _, name := range c.builtins.GetOwnPropertyNames() {
				if !m.hasOwn(target, name) {
					list = append(list, m.rt.VM.ToValue(name))
				}
			}
			return m.rt.VM.NewArray(list...)
		},
	}
}
