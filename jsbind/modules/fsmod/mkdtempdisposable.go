package fsmod

import (
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
)

// disposable makes the result of mkdtempDisposable: the path, and remove, which
// is also the method of the symbol.
func (m *module) disposable(path string, enc encoding, symbol string, remove *goja.Object) goja.Value {
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	_ = o.Set("path", m.name(path, enc))
	_ = o.Set("remove", remove)
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get(symbol).(*goja.Symbol); ok {
		_ = o.SetSymbol(sym, rt.Func("[Symbol."+symbol+"]", 0, func(goja.FunctionCall) goja.Value {
			return rt.Call(remove, goja.Undefined())
		}))
	}
	return o
}

func removeTemp(path string) error {
	return fs.Remove(path, fs.RemoveOptions{Force: true, Recursive: true, RetryDelay: 100 * time.Millisecond})
}

// mkdtempJob is mkdtemp with what its result is removed by.
func (m *module) mkdtempJob(a []goja.Value, value func(path string, enc encoding) goja.Value) job {
	_, enc := m.options(arg(a, 1))
	prefix := m.tempPrefix(arg(a, 0))
	return job{
		run:   func() (any, error) { return fs.Mkdtemp(prefix) },
		value: func(v any) goja.Value { return value(v.(string), enc) },
	}
}

// defineDisposable adds fs.mkdtempDisposableSync.
func (m *module) defineDisposable() {
	rt := m.rt
	_ = m.exports.Set("mkdtempDisposableSync", rt.Func("mkdtempDisposableSync", 2, func(c goja.FunctionCall) goja.Value {
		return m.now(m.mkdtempJob(c.Arguments, func(path string, enc encoding) goja.Value {
			full := fs.Absolute(path)
			return m.disposable(path, enc, "dispose", rt.Func("remove", 0, func(goja.FunctionCall) goja.Value {
				rt.Must(removeTemp(full))
				return goja.Undefined()
			}))
		}))
	}))
}

// promiseDisposable is fs.promises.mkdtempDisposable.
func (m *module) promiseDisposable(c goja.FunctionCall) goja.Value {
	return m.promise(func() job {
		return m.mkdtempJob(c.Arguments, func(path string, enc encoding) goja.Value {
			full := fs.Absolute(path)
			return m.disposable(path, enc, "asyncDispose", m.rt.Func("remove", 0, func(goja.FunctionCall) goja.Value {
				return m.promise(func() job { return nothing(func() error { return removeTemp(full) }) })
			}))
		})
	})
}
