package eventsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// asyncResource makes the class EventEmitterAsyncResource, an emitter whose
// listeners run in the scope of an AsyncResource of its own
// (https://nodejs.org/docs/latest-v24.x/api/events.html#class-eventseventemitterasyncresource-extends-eventemitter).
func (m *module) asyncResource() *goja.Object {
	if m.resourceClass != nil {
		return m.resourceClass.Ctor
	}
	rt := m.rt
	base := rt.Require("async_hooks").(*goja.Object).Get("AsyncResource").(*goja.Object)
	referencing := m.referencingResource(base)
	var c *bind.Class
	c = rt.NewClass(bind.ClassDef{Name: "EventEmitterAsyncResource", Parent: m.class, Length: 0, ES6: true,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			var arg goja.Value = goja.Undefined()
			if len(args) > 0 {
				arg = args[0]
			}
			name, options := arg, goja.Undefined()
			if !goja.IsString(arg) {
				name, options = goja.Undefined(), arg
				if o, ok := arg.(*goja.Object); ok {
					name = bind.Get(o, "name")
				}
				if this.Prototype() == c.Proto {
					rt.String(name, "options.name")
				}
				if !name.ToBoolean() {
					name = bind.Get(bind.Get(this, "constructor").(*goja.Object), "name")
				}
			}
			e := &emitter{}
			e.Bind(c.Host(), e)
			c.Adopt(this, e)
			m.options(&e.Emitter, []goja.Value{options})
			r, err := rt.VM.New(referencing, this, name, options)
			if err != nil {
				panic(err)
			}
			_ = this.DefineDataPropertySymbol(resourceSymbol, r, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			return nil
		}})
	m.resourceClass = c
	resource := func(this goja.Value) *goja.Object {
		if o, ok := this.(*goja.Object); ok {
			if r, ok := o.GetSymbol(resourceSymbol).(*goja.Object); ok {
				return r
			}
		}
		panic(rt.VM.NewTypeError("Cannot read private member #asyncResource from an object whose class did not declare it"))
	}
	method := func(r *goja.Object, name string, args ...goja.Value) goja.Value {
		return rt.Call(r.Get(name), r, args...)
	}
	emit := m.class.Proto.Get("emit")
	c.Method("emit", 1, func(call goja.FunctionCall) goja.Value {
		return method(resource(call.This), "runInAsyncScope", append([]goja.Value{emit, call.This}, call.Arguments...)...)
	})
	c.Method("emitDestroy", 0, func(call goja.FunctionCall) goja.Value {
		method(resource(call.This), "emitDestroy")
		return goja.Undefined()
	})
	c.Accessor("asyncId", func(this goja.Value) goja.Value { return method(resource(this), "asyncId") }, nil)
	c.Accessor("triggerAsyncId", func(this goja.Value) goja.Value { return method(resource(this), "triggerAsyncId") }, nil)
	c.Accessor("asyncResource", func(this goja.Value) goja.Value { return resource(this) }, nil)
	c.Seal()
	return c.Ctor
}

var (
	resourceSymbol = bind.HiddenSymbol("kAsyncResource")
	emitterSymbol  = bind.HiddenSymbol("kEventEmitter")
)

// referencingResource is the class of an emitter's resource, which knows the
// emitter.
func (m *module) referencingResource(base *goja.Object) *goja.Object {
	rt := m.rt
	class, err := rt.VM.RunScript("node:internal/spindle/class", `(function (base, init) {
  return class EventEmitterReferencingAsyncResource extends base {
    constructor(emitter, type, options) { super(type, options); init(this, emitter) }
  }
})`)
	if err != nil {
		panic(err)
	}
	ctor := rt.Call(class, goja.Undefined(), base, rt.Func("", 2, func(call goja.FunctionCall) goja.Value {
		_ = call.Argument(0).(*goja.Object).DefineDataPropertySymbol(emitterSymbol, call.Argument(1), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return goja.Undefined()
	})).(*goja.Object)
	rt.Accessor(ctor.Get("prototype").(*goja.Object), "eventEmitter", func(this goja.Value) goja.Value {
		if o, ok := this.(*goja.Object); ok {
			if e := o.GetSymbol(emitterSymbol); e != nil {
				return e
			}
		}
		rt.Throw(bind.InvalidThis("EventEmitterReferencingAsyncResource"))
		return nil
	}, nil, false)
	return ctor
}
