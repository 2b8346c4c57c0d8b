package lang

import "github.com/dop251/goja"

// structuredClone (https://html.spec.whatwg.org/multipage/structured-data.html):
// a value is serialized to a Message and made again of it.

// cloning holds the runtime's own functions, so that a program that replaces
// Map.prototype.set and the like does not matter.
type cloning struct {
	vm    *goja.Runtime
	hooks *Hooks

	mapEach, mapSet, setEach, setAdd native
	dateValue                        native
	describeOwn                      native
	ctors                            map[string]*goja.Object
}

func installStructuredClone(vm *goja.Runtime, hooks *Hooks) {
	fn := newNative(vm, "structuredClone", 2, func(call goja.FunctionCall) goja.Value { return hooks.clones().call(call) })
	_ = vm.GlobalObject().DefineDataProperty("structuredClone", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// clones returns the runtime's cloning, made when it is first needed.
func (h *Hooks) clones() *cloning {
	if h.cloning == nil {
		h.cloning = newCloning(h.loader.vm, h)
	}
	return h.cloning
}

func newCloning(vm *goja.Runtime, hooks *Hooks) *cloning {
	c := &cloning{vm: vm, hooks: hooks, ctors: make(map[string]*goja.Object)}
	own := func(class, name string) native {
		f, _ := callable(vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object).Get(name))
		return f
	}
	c.mapEach, c.mapSet = own("Map", "forEach"), own("Map", "set")
	c.setEach, c.setAdd = own("Set", "forEach"), own("Set", "add")
	c.dateValue = own("Date", "getTime")
	c.describeOwn, _ = callable(vm.Get("Object").(*goja.Object).Get("getOwnPropertyDescriptor"))
	return c
}

func (c *cloning) ctor(name string) *goja.Object {
	if o := c.ctors[name]; o != nil {
		return o
	}
	o := c.vm.Get(name).(*goja.Object)
	c.ctors[name] = o
	return o
}

func (c *cloning) make(class string, args ...goja.Value) *goja.Object {
	o, err := c.vm.New(c.ctor(class), args...)
	rethrow(err)
	return o
}

// typeError makes a TypeError with a code, as Node's own are.
func (c *cloning) typeError(code, msg string) *goja.Object {
	e := c.vm.NewTypeError("%s", msg)
	_ = e.Set("code", code)
	return e
}

func (c *cloning) fail(msg string) {
	panic(c.hooks.NewDOMException(msg, "DataCloneError"))
}

func (c *cloning) call(call goja.FunctionCall) goja.Value {
	if len(call.Arguments) == 0 {
		panic(c.typeError("ERR_MISSING_ARGS", `The "The value argument must be specified" argument must be specified`))
	}
	var transfer []goja.Value
	if opts := call.Argument(1); !isNullish(opts) {
		o, ok := opts.(*goja.Object)
		if !ok {
			panic(c.typeError("ERR_INVALID_ARG_TYPE", "Failed to execute 'structuredClone': Options cannot be converted to a dictionary"))
		}
		if list := o.Get("transfer"); !isUndefined(list) {
			transfer = c.transferList(list)
		}
	}
	v, _ := c.hooks.Restore(c.hooks.Serialize(call.Arguments[0], transfer))
	return v
}

func (c *cloning) transferList(list goja.Value) []goja.Value {
	o, ok := list.(*goja.Object)
	if !ok || isNullish(o.GetSymbol(goja.SymIterator)) {
		panic(c.typeError("ERR_INVALID_ARG_TYPE", "Failed to execute 'structuredClone': transfer in Options can not be converted to sequence."))
	}
	var out []goja.Value
	c.vm.ForOf(o, func(v goja.Value) bool {
		out = append(out, v)
		return true
	})
	return out
}
