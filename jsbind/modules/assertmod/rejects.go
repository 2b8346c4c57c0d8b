package assertmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

func rejects(m *module, s settings, args []goja.Value) goja.Value {
	c := m.newCheck(s, "rejects", "rejection", args)
	return m.afterPromise(arg(args, 0), c.expects)
}

func doesNotReject(m *module, s settings, args []goja.Value) goja.Value {
	c := m.newCheck(s, "doesNotReject", "rejection", args)
	return m.afterPromise(arg(args, 0), c.expectsNone)
}

// afterPromise waits for a promise, or the one that a function returns, and
// gives check its reason, nil if it was fulfilled. The result is a promise that
// check's exception rejects.
func (m *module) afterPromise(v goja.Value, check func(reason goja.Value)) goja.Value {
	rt := m.rt
	p, resolve, reject := engine.NewPromise(rt.VM)
	guarded := func(f func()) {
		if ex := rt.VM.Try(f); ex != nil {
			_ = reject(ex.Value())
		}
	}
	settle := func(reason goja.Value) {
		guarded(func() {
			check(reason)
			_ = resolve(goja.Undefined())
		})
	}
	guarded(func() {
		promise := m.promiseOf(v)
		rt.Call(bind.Get(promise, "then"), promise, rt.Func("", 1, func(goja.FunctionCall) goja.Value {
			settle(nil)
			return goja.Undefined()
		}), rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
			settle(c.Argument(0))
			return goja.Undefined()
		}))
	})
	return rt.VM.ToValue(p)
}

func (m *module) promiseOf(v goja.Value) *goja.Object {
	if bind.IsCallable(v) {
		r := m.rt.Call(v, goja.Undefined())
		if !m.isPromise(r) {
			m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_RETURN_VALUE",
				`Expected instance of Promise to be returned from the "promiseFn" function but got `+m.rt.Received(r)+"."))
		}
		return r.(*goja.Object)
	}
	if !m.isPromise(v) {
		m.rt.ArgType("promiseFn", v, "Function", "Promise")
	}
	return v.(*goja.Object)
}

func (m *module) isPromise(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok || bind.IsCallable(v) {
		return false
	}
	return m.rt.Mirror.Kind(o) == mirror.Promise || bind.IsCallable(bind.Get(o, "then")) && bind.IsCallable(bind.Get(o, "catch"))
}
