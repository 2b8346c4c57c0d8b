package utilmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// promisify is util.promisify(original)
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilpromisifyoriginal).
// A function with bind.PromisifyNames answers with an object of the callback's
// values by those names.
func (m *module) promisify(c goja.FunctionCall) goja.Value {
	rt := m.rt
	original := rt.Function(c.Argument(0), "original")
	if custom := original.GetSymbol(m.promisifyKey); custom != nil && custom.ToBoolean() {
		if !bind.IsCallable(custom) {
			rt.ArgType("util.promisify.custom", custom, "function")
		}
		fn := custom.(*goja.Object)
		m.markPromisified(fn)
		return fn
	}
	var names []string
	if v := original.GetSymbol(bind.PromisifyNames); v != nil {
		rt.VM.ForOf(v, func(n goja.Value) bool {
			names = append(names, n.String())
			return true
		})
	}
	fn := rt.Func("", 0, func(call goja.FunctionCall) goja.Value {
		p, resolve, reject := engine.NewPromise(rt.VM)
		callback := rt.Func("", 0, func(r goja.FunctionCall) goja.Value {
			switch values := r.Arguments; {
			case r.Argument(0).ToBoolean():
				_ = reject(r.Argument(0))
			case len(names) > 0 && len(values) > 2:
				o := rt.VM.NewObject()
				for i, n := range names {
					_ = o.Set(n, r.Argument(i+1))
				}
				_ = resolve(o)
			default:
				_ = resolve(r.Argument(1))
			}
			return goja.Undefined()
		})
		args := append(append(make([]goja.Value, 0, len(call.Arguments)+1), call.Arguments...), callback)
		if ex := rt.VM.Try(func() {
			if r, ok := rt.Call(original, call.This, args...).(*goja.Object); ok && rt.Mirror.Kind(r) == mirror.Promise {
				rt.Warn("Calling promisify on a function that returns a Promise is likely a mistake.", "DeprecationWarning", map[string]any{"code": "DEP0174"})
			}
		}); ex != nil {
			_ = reject(ex.Value())
		}
		return rt.VM.ToValue(p)
	})
	_ = fn.SetPrototype(original.Prototype())
	m.copyProperties(fn, original)
	m.markPromisified(fn)
	return fn
}

func (m *module) markPromisified(fn *goja.Object) {
	_ = fn.DefineDataPropertySymbol(m.promisifyKey, fn, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// copyProperties is Object.defineProperties(to, Object.getOwnPropertyDescriptors(from)).
func (m *module) copyProperties(to, from *goja.Object) {
	object := m.rt.VM.Get("Object").(*goja.Object)
	all := m.rt.Call(object.Get("getOwnPropertyDescriptors"), object, from)
	m.rt.Call(object.Get("defineProperties"), object, to, all)
}

// callbackify is util.callbackify(original)
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilcallbackifyoriginal).
func (m *module) callbackify(c goja.FunctionCall) goja.Value {
	rt := m.rt
	original := rt.Function(c.Argument(0), "original")
	fn := rt.Func("callbackified", 0, func(call goja.FunctionCall) goja.Value {
		n := len(call.Arguments) - 1
		last := call.Argument(max(n, 0))
		cb := rt.Function(last, "last argument")
		this := call.This
		later := func(args ...goja.Value) {
			rt.Loop.NextTickFunc(func() { rt.Call(cb, this, args...) })
		}
		r := rt.Call(original, this, call.Arguments[:n]...).ToObject(rt.VM)
		rt.Call(bind.Get(r, "then"), r, rt.Func("", 1, func(v goja.FunctionCall) goja.Value {
			later(goja.Null(), v.Argument(0))
			return goja.Undefined()
		}), rt.Func("", 1, func(v goja.FunctionCall) goja.Value {
			reason := v.Argument(0)
			if !reason.ToBoolean() {
				err := rt.ErrorObject(nodeerr.KindError, "ERR_FALSY_VALUE_REJECTION", "Promise was rejected with falsy value")
				_ = err.Set("reason", reason)
				reason = err
			}
			later(reason)
			return goja.Undefined()
		}))
		return goja.Undefined()
	})
	m.copyProperties(fn, original)
	if n := original.Get("length"); n != nil && goja.IsNumber(n) {
		_ = fn.DefineDataProperty("length", rt.VM.ToValue(n.ToInteger()+1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	if n := original.Get("name"); n != nil && goja.IsString(n) {
		_ = fn.DefineDataProperty("name", rt.VM.ToValue(n.String()+"Callbackified"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return fn
}
