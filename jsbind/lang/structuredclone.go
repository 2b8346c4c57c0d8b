package lang

import "github.com/dop251/goja"

// structuredClone (https://html.spec.whatwg.org/multipage/structured-data.html).

// cloner copies one value.
type cloner struct {
	*cloning
	seen      map[*goja.Object]*goja.Object
	transfers map[*goja.Object]bool
}

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
	var c *cloning
	fn := newNative(vm, "structuredClone", 2, func(call goja.FunctionCall) goja.Value {
		if c == nil {
			c = newCloning(vm, hooks)
		}
		return c.call(call)
	})
	_ = vm.GlobalObject().DefineDataProperty("structuredClone", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
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
	k := &cloner{cloning: c, seen: make(map[*goja.Object]*goja.Object)}
	var transfer []*goja.Object
	if opts := call.Argument(1); !isNullish(opts) {
		o, ok := opts.(*goja.Object)
		if !ok {
			panic(c.typeError("ERR_INVALID_ARG_TYPE", "Failed to execute 'structuredClone': Options cannot be converted to a dictionary"))
		}
		if list := o.Get("transfer"); !isUndefined(list) {
			transfer = c.transferList(list)
		}
	}
	for _, o := range transfer {
		if k.transfers == nil {
			k.transfers = make(map[*goja.Object]bool)
		}
		if k.transfers[o] {
			c.fail("Transfer list contains duplicate ArrayBuffer")
		}
		p := bufferParts(o)
		if p == nil || IsSharedArrayBuffer(o) {
			c.fail("Found invalid value in transferList.")
		}
		if p.detached {
			c.fail("Cannot transfer object of unsupported type.")
		}
		k.transfers[o] = true
	}
	v := k.clone(call.Arguments[0])
	for _, o := range transfer {
		if k.seen[o] == nil {
			o.Export().(goja.ArrayBuffer).Detach()
		}
	}
	return v
}

func (c *cloning) transferList(list goja.Value) []*goja.Object {
	o, ok := list.(*goja.Object)
	if !ok || isNullish(o.GetSymbol(goja.SymIterator)) {
		panic(c.typeError("ERR_INVALID_ARG_TYPE", "Failed to execute 'structuredClone': transfer in Options can not be converted to sequence."))
	}
	var out []*goja.Object
	c.vm.ForOf(o, func(v goja.Value) bool {
		item, ok := v.(*goja.Object)
		if !ok {
			c.fail("Found invalid value in transferList.")
		}
		out = append(out, item)
		return true
	})
	return out
}

func (k *cloner) clone(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		if s, ok := v.(*goja.Symbol); ok {
			k.fail(describe(s) + " could not be cloned.")
		}
		return v
	}
	if was := k.seen[o]; was != nil {
		return was
	}
	if _, ok := goja.AssertFunction(o); ok {
		k.fail(o.String() + " could not be cloned.")
	}
	if t := typedParts(o); t != nil {
		return k.typedArray(o, t)
	}
	if p := bufferParts(o); p != nil {
		return k.buffer(o, p)
	}
	if errorParts(o) != nil {
		return k.err(o)
	}
	if regexpParts(o) != nil {
		r := k.make("RegExp", o)
		_ = r.Set("lastIndex", 0)
		return k.remember(o, r)
	}
	switch engineTypeOf(o) {
	case "arrayObject", "sparseArrayObject":
		return k.array(o)
	case "dateObject":
		return k.remember(o, k.make("Date", k.dateValue(goja.FunctionCall{This: o})))
	case "stringObject":
		return k.remember(o, k.make("String", toString(k.vm, o)))
	case "mapObject":
		m := k.remember(o, k.make("Map"))
		type entry struct{ key, value goja.Value }
		var entries []entry
		k.mapEach(goja.FunctionCall{This: o, Arguments: []goja.Value{k.vm.ToValue(func(c goja.FunctionCall) goja.Value {
			entries = append(entries, entry{c.Argument(1), c.Argument(0)})
			return goja.Undefined()
		})}})
		for _, e := range entries {
			key := k.clone(e.key)
			k.mapSet(goja.FunctionCall{This: m, Arguments: []goja.Value{key, k.clone(e.value)}})
		}
		return m
	case "setObject":
		s := k.remember(o, k.make("Set"))
		var values []goja.Value
		k.setEach(goja.FunctionCall{This: o, Arguments: []goja.Value{k.vm.ToValue(func(c goja.FunctionCall) goja.Value {
			values = append(values, c.Argument(0))
			return goja.Undefined()
		})}})
		for _, v := range values {
			k.setAdd(goja.FunctionCall{This: s, Arguments: []goja.Value{k.clone(v)}})
		}
		return s
	}
	return k.object(o)
}

func (k *cloner) remember(from, to *goja.Object) *goja.Object {
	k.seen[from] = to
	return to
}

// object clones an ordinary object, or refuses one with internal state.
func (k *cloner) object(o *goja.Object) goja.Value {
	if k.hooks.Clone != nil {
		if v, ok := k.hooks.Clone(o); ok {
			return k.remember(o, v)
		}
	}
	if p := primitiveParts(o); p != nil {
		switch {
		case isHost(p):
			k.fail(describe(o) + " could not be cloned.")
		case isSymbol(p.pValue):
			k.fail("[object Symbol] could not be cloned.")
		}
		return k.remember(o, p.pValue.ToObject(k.vm))
	}
	if plainParts(o) == nil {
		// goja has types of its own for generators, iterators, promises, weak
		// collections and so on; what remains are objects like arguments.
		switch name := engineTypeOf(o); name {
		case "argumentsObject", "unmappedArgumentsObject", "templatedObject", "lazyObject", "guardedObject", "objectGoMapSimple":
		case "dataViewObject":
			buf := k.clone(o.Get("buffer"))
			return k.remember(o, k.make("DataView", buf, o.Get("byteOffset"), o.Get("byteLength")))
		case "arrayIterObject", "mapIterObject", "setIterObject", "stringIterObject", "regExpStringIterObject", "generatorObject":
			k.fail(toStringTag(o) + " could not be cloned.")
		default:
			k.fail(describe(o) + " could not be cloned.")
		}
	}
	if o == k.vm.GlobalObject() {
		k.fail("#<Object> could not be cloned.")
	}
	out := k.remember(o, k.vm.NewObject())
	k.properties(o, out)
	return out
}

func isSymbol(v goja.Value) bool {
	_, ok := v.(*goja.Symbol)
	return ok
}

func isHost(p *primitiveObjectMirror) bool {
	_, ok := p.pValue.(*host)
	return ok
}

// properties copies the own enumerable properties with string keys.
func (k *cloner) properties(from, to *goja.Object) {
	for _, key := range from.Keys() {
		v := from.Get(key)
		if v == nil {
			continue // a getter has deleted it
		}
		_ = to.DefineDataProperty(key, k.clone(v), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
}

func (k *cloner) array(o *goja.Object) goja.Value {
	out := k.remember(o, k.vm.NewArray())
	_ = out.Set("length", o.Get("length"))
	k.properties(o, out)
	return out
}

func (k *cloner) buffer(o *goja.Object, p *bufferObjectMirror) *goja.Object {
	if was := k.seen[o]; was != nil {
		return was
	}
	if IsSharedArrayBuffer(o) {
		shared := k.vm.ToValue(k.vm.NewArrayBuffer(p.data)).(*goja.Object)
		_ = shared.SetPrototype(k.ctor("SharedArrayBuffer").Get("prototype").(*goja.Object))
		bufferParts(shared).class = sharedClass
		return k.remember(o, shared)
	}
	if p.detached {
		k.fail("An ArrayBuffer is detached and could not be cloned.")
	}
	if k.transfers[o] {
		transfer, _ := callable(k.ctor("ArrayBuffer").Get("prototype").(*goja.Object).Get("transfer"))
		return k.remember(o, transfer(goja.FunctionCall{This: o}).(*goja.Object))
	}
	if resizable := o.Get("resizable"); resizable != nil && resizable.ToBoolean() {
		opts := k.vm.NewObject()
		_ = opts.Set("maxByteLength", o.Get("maxByteLength"))
		out := k.make("ArrayBuffer", goInt(len(p.data)), opts)
		copy(bufferParts(out).data, p.data)
		return k.remember(o, out)
	}
	data := append(make([]byte, 0, len(p.data)), p.data...)
	return k.remember(o, k.vm.ToValue(k.vm.NewArrayBuffer(data)).(*goja.Object))
}

func (k *cloner) typedArray(o *goja.Object, t *typedArrayMirror) goja.Value {
	if t.viewedArrayBuf.detached {
		k.fail("An ArrayBuffer is detached and could not be cloned.")
	}
	offset, length := t.offset*t.elemSize, t.length
	buf := k.buffer(t.viewedArrayBuf.val, t.viewedArrayBuf)
	out, err := k.vm.New(t.defaultCtor, buf, goInt(offset), goInt(length))
	rethrow(err)
	return k.remember(o, out)
}

// clonableErrors are the classes of errors that survive; others become Error.
var clonableErrors = map[string]bool{
	"Error": true, "EvalError": true, "RangeError": true, "ReferenceError": true, "SyntaxError": true, "TypeError": true, "URIError": true,
}

func (k *cloner) err(o *goja.Object) goja.Value {
	if ctor, ok := k.hooks.domException(o); ok {
		out, err := k.vm.New(ctor, o.Get("message"), o.Get("name"))
		rethrow(err)
		_ = out.Set("stack", o.Get("stack"))
		return k.remember(o, out)
	}
	name := "Error"
	if v := o.Get("name"); !isUndefined(v) && clonableErrors[v.String()] {
		name = v.String()
	}
	own := func(key string) (goja.Value, bool) {
		d, ok := k.describeOwn(goja.FunctionCall{Arguments: []goja.Value{o, goString(key)}}).(*goja.Object)
		if !ok {
			return nil, false
		}
		v := d.Get("value")
		return v, v != nil
	}
	var args []goja.Value
	if msg, ok := own("message"); ok {
		args = append(args, toString(k.vm, msg))
	}
	out := k.remember(o, k.make(name, args...))
	stack := o.Get("stack")
	if cause, ok := own("cause"); ok {
		define(out, "cause", k.clone(cause))
	}
	if s, ok := stack.(goja.String); ok {
		_ = out.Set("stack", s)
	}
	return out
}

// domException returns the class DOMException if o is an instance.
func (h *Hooks) domException(o *goja.Object) (*goja.Object, bool) {
	lib := h.loader.loaded["domexception"]
	if lib == nil {
		return nil, false
	}
	ctor := lib.Get("DOMException").(*goja.Object)
	return ctor, h.loader.vm.InstanceOf(o, ctor)
}
