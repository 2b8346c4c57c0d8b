package fsmod

import (
	"context"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/nodeerr"
)

// promised are the functions of fs.promises with their length properties, in
// Node's order.
var promised = []struct {
	name   string
	length int
}{
	{"access", 1}, {"copyFile", 3}, {"cp", 3}, {"glob", 2}, {"open", 3}, {"opendir", 3}, {"rename", 2}, {"truncate", 1}, {"rm", 2},
	{"rmdir", 2}, {"mkdir", 2}, {"readdir", 2}, {"readlink", 2}, {"symlink", 3}, {"lstat", 1}, {"stat", 1}, {"statfs", 1},
	{"link", 2}, {"unlink", 1}, {"chmod", 2}, {"lchmod", 2}, {"lchown", 3}, {"chown", 3}, {"utimes", 3}, {"lutimes", 3},
	{"realpath", 2}, {"mkdtemp", 2}, {"mkdtempDisposable", 2}, {"writeFile", 3}, {"appendFile", 3}, {"readFile", 2}, {"watch", 1},
}

// LoadPromises returns the exports of node:fs/promises.
func LoadPromises(rt *bind.Runtime) goja.Value { return get(rt).definePromises() }

// definePromises makes fs.promises when it is first asked for.
func (m *module) definePromises() *goja.Object {
	if m.promises != nil {
		return m.promises
	}
	m.promises = m.rt.VM.NewObject()
	m.defineFileHandle()
	special := map[string]bind.Method{
		"open":              m.promiseOpen,
		"watch":             m.watchIterator,
		"glob":              m.globIterator,
		"mkdtempDisposable": m.promiseDisposable,
		"readFile":          m.promiseReadFile,
		"writeFile":         func(c goja.FunctionCall) goja.Value { return m.promiseWriteFile(c, "w") },
		"appendFile": func(c goja.FunctionCall) goja.Value {
			return m.promiseWriteFile(c, "a")
		},
	}
	for _, p := range promised {
		f := special[p.name]
		if f == nil {
			f = m.promiseOf(p.name)
		}
		_ = m.promises.Set(p.name, m.rt.Func(p.name, p.length, f))
	}
	_ = m.promises.Set("constants", m.exports.Get("constants"))
	return m.promises
}

// promiseOf is the promise form of a row.
func (m *module) promiseOf(name string) bind.Method {
	o := m.operations[name]
	if name == "realpath" {
		o = &realpathNative
	}
	if o == nil {
		return func(goja.FunctionCall) goja.Value {
			return m.promise(func() job {
				m.rt.Throw(nodeerr.MethodNotImplemented("fs.promises." + name + "()"))
				return job{}
			})
		}
	}
	return func(c goja.FunctionCall) goja.Value {
		return m.promise(func() job { return o.prepare(m, c.Arguments) })
	}
}

// promise runs a job off the loop and settles with its result; what prepare
// throws rejects.
func (m *module) promise(prepare func() job) goja.Value {
	p, resolve, reject := engine.NewPromise(m.rt.VM)
	if ex := m.rt.VM.Try(func() {
		m.settle(prepare(), func(v goja.Value) { _ = resolve(v) }, func(v goja.Value) { _ = reject(v) })
	}); ex != nil {
		_ = reject(ex.Value())
	}
	return m.rt.VM.ToValue(p)
}

// settle runs a job off the loop for a promise.
func (m *module) settle(j job, resolve, reject func(goja.Value)) {
	j.checked()
	if j.aborted(m) {
		reject(m.abortError(j.signal))
		return
	}
	var result any
	m.rt.Loop.Work(context.TODO(), "FSReqPromise", func(context.Context) (err error) {
		result, err = j.run()
		return err
	}, func(err error) {
		switch {
		case j.aborted(m):
			reject(m.abortError(j.signal))
		case err != nil:
			reject(m.rt.ErrorValue(err))
		case j.record != nil:
			resolve(j.record(result))
		case j.value != nil:
			resolve(j.value(result))
		default:
			resolve(goja.Undefined())
		}
	})
}

// try returns the promise that f makes, or one that is rejected with what f
// throws.
func (m *module) try(f func() goja.Value) (v goja.Value) {
	if ex := m.rt.VM.Try(func() { v = f() }); ex != nil {
		p, _, reject := engine.NewPromise(m.rt.VM)
		_ = reject(ex.Value())
		return m.rt.VM.ToValue(p)
	}
	return v
}

func (m *module) promiseOpen(c goja.FunctionCall) goja.Value {
	return m.promise(func() job {
		j := m.operations["open"].prepare(m, c.Arguments)
		j.value = func(v any) goja.Value { return m.newHandle(v.(int)) }
		return j
	})
}

// promiseReadFile is readFile(path | FileHandle, options).
func (m *module) promiseReadFile(c goja.FunctionCall) goja.Value {
	if h, ok := bind.From(c.Argument(0)).(*fileHandle); ok {
		return h.use("readFile", func() job { return m.readFile([]goja.Value{h.number(), c.Argument(1)}) })
	}
	return m.promise(func() job {
		if v := c.Argument(0); isNumber(v) {
			m.path(v, "path")
		}
		return m.readFile(c.Arguments)
	})
}

// promiseWriteFile is writeFile and appendFile(path | FileHandle, data,
// options), whose data may also be an iterable, an async one, or a stream.
func (m *module) promiseWriteFile(c goja.FunctionCall, flag string) goja.Value {
	target, data, options := c.Argument(0), c.Argument(1), c.Argument(2)
	h, isHandle := bind.From(target).(*fileHandle)
	if it := m.iterable(data); it != nil {
		return m.try(func() goja.Value { return m.writeIterable(h, target, it, options, flag) })
	}
	if isHandle {
		return h.use("writeFile", func() job { return m.writeFile([]goja.Value{h.number(), data, options}, flag) })
	}
	return m.promise(func() job {
		if isNumber(target) {
			m.path(target, "path")
		}
		return m.writeFile([]goja.Value{target, data, options}, flag)
	})
}

// writeIterable writes the pieces of an iterable one after the other.
func (m *module) writeIterable(h *fileHandle, target goja.Value, it *goja.Object, options goja.Value, flag string) goja.Value {
	o, enc := m.options(options)
	sig, _ := bind.Get(o, "signal").(*goja.Object)
	p, resolve, reject := engine.NewPromise(m.rt.VM)
	pieces := func(fd int, end func(failure goja.Value)) {
		m.forEach(it, func(v goja.Value, next func(goja.Value)) {
			if sig != nil && sig.Get("aborted").ToBoolean() {
				next(m.abortError(sig))
				return
			}
			data, ok := view(v)
			if !ok {
				data, _ = view(m.bufferFrom(v, enc))
			}
			m.settle(nothing(func() error { return fs.WriteAll(fd, data) }), func(goja.Value) { next(nil) }, next)
		}, end)
	}
	finish := func(failure goja.Value) {
		if failure != nil {
			_ = reject(failure)
			return
		}
		_ = resolve(goja.Undefined())
	}
	if h != nil {
		h.mustBeOpen("writeFile")
		h.refs++
		pieces(h.fd, func(failure goja.Value) {
			h.unref()
			finish(failure)
		})
		return m.rt.VM.ToValue(p)
	}
	path := m.path(target, "path")
	flags := m.flags(bind.Get(o, "flag"), "options.flag", flagNames[flag])
	mode := m.mode(bind.Get(o, "mode"), "mode", 0o666)
	open := job{run: func() (any, error) { return fs.Open(path, flags, mode) }, value: m.intValue, signal: sig}
	m.settle(open, func(v goja.Value) {
		fd := int(v.ToInteger())
		pieces(fd, func(failure goja.Value) {
			m.settle(nothing(func() error { return fs.Close(fd) }), func(goja.Value) { finish(failure) }, func(e goja.Value) {
				if failure == nil {
					failure = e
				}
				finish(failure)
			})
		})
	}, func(e goja.Value) { _ = reject(e) })
	return m.rt.VM.ToValue(p)
}

// bufferFrom is Buffer.from(v, encoding).
func (m *module) bufferFrom(v goja.Value, e encoding) goja.Value {
	ctor := buffermod.Load(m.rt).(*goja.Object).Get("Buffer").(*goja.Object)
	return m.rt.Call(ctor.Get("from"), ctor, v, m.rt.VM.ToValue(e.enc.String()))
}
