package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// jsFiles does a stream's work with the functions of node:fs, or of the option
// fs: those that a program replaced are called, the others run in Go.
type jsFiles struct {
	m      *module
	v      *fileStream
	custom *goja.Object
}

// replaced returns the function to call, nil for the built-in one.
func (f *jsFiles) replaced(name string) (goja.Value, *goja.Object) {
	if f.custom != nil {
		return f.custom.Get(name), f.custom
	}
	if fn := f.m.exports.Get(name); fn != goja.Value(f.m.builtin[name]) {
		return fn, f.m.exports
	}
	return nil, nil
}

func (f *jsFiles) native() fs.Files { return fs.OnLoop(f.m.rt.Loop) }

func (f *jsFiles) back(n int, g func(err error, v goja.Value)) goja.Value {
	return f.m.rt.Func("", n, func(c goja.FunctionCall) goja.Value {
		g(f.m.rt.GoError(c.Argument(0)), c.Argument(1))
		return goja.Undefined()
	})
}

func (f *jsFiles) position(pos int64) goja.Value {
	if pos < 0 {
		return goja.Undefined()
	}
	return f.m.rt.VM.ToValue(pos)
}

// Open is fs.open(path, flags, mode, cb).
func (f *jsFiles) Open(path string, _ int, _ uint32, done func(int, error)) {
	if fn, this := f.replaced("open"); fn != nil {
		f.m.rt.Call(fn, this, f.v.path, f.v.flags, f.v.mode, f.back(2, func(err error, v goja.Value) { done(int(v.ToInteger()), err) }))
		return
	}
	flags := f.m.flags(f.v.flags, "flags", 0)
	mode := f.m.mode(f.v.mode, "mode", 0o666)
	f.native().Open(path, flags, mode, done)
}

// Read is fs.read(fd, buffer, 0, length, position, cb).
func (f *jsFiles) Read(fd int, p []byte, pos int64, done func(int, []byte, error)) {
	if fn, this := f.replaced("read"); fn != nil {
		vm := f.m.rt.VM
		f.m.rt.Call(fn, this, vm.ToValue(fd), f.m.rt.MakeBuffer(p), vm.ToValue(0), vm.ToValue(len(p)), f.position(pos),
			f.m.rt.Func("", 3, func(c goja.FunctionCall) goja.Value {
				q, ok := view(c.Argument(2))
				if !ok {
					q = p
				}
				done(int(c.Argument(1).ToInteger()), q, f.m.rt.GoError(c.Argument(0)))
				return goja.Undefined()
			}))
		return
	}
	f.native().Read(fd, p, pos, done)
}

// Write is fs.write(fd, buffer, 0, length, position, cb).
func (f *jsFiles) Write(fd int, p []byte, pos int64, done func(int, error)) {
	if fn, this := f.replaced("write"); fn != nil {
		vm := f.m.rt.VM
		f.m.rt.Call(fn, this, vm.ToValue(fd), f.m.rt.MakeBuffer(p), vm.ToValue(0), vm.ToValue(len(p)), f.position(pos),
			f.back(3, func(err error, v goja.Value) { done(int(v.ToInteger()), err) }))
		return
	}
	f.native().Write(fd, p, pos, done)
}

// Writev is fs.writev(fd, buffers, position, cb).
func (f *jsFiles) Writev(fd int, ps [][]byte, pos int64, done func(int, error)) {
	if fn, this := f.replaced("writev"); fn != nil {
		items := make([]any, len(ps))
		for i, p := range ps {
			items[i] = f.m.rt.MakeBuffer(p)
		}
		vm := f.m.rt.VM
		f.m.rt.Call(fn, this, vm.ToValue(fd), vm.NewArray(items...), f.position(pos),
			f.back(3, func(err error, v goja.Value) { done(int(v.ToInteger()), err) }))
		return
	}
	f.native().Writev(fd, ps, pos, done)
}

// Fsync is fs.fsync(fd, cb).
func (f *jsFiles) Fsync(fd int, done func(error)) {
	if fn, this := f.replaced("fsync"); fn != nil {
		f.m.rt.Call(fn, this, f.m.rt.VM.ToValue(fd), f.back(1, func(err error, _ goja.Value) { done(err) }))
		return
	}
	f.native().Fsync(fd, done)
}

// Close is fs.close(fd, cb).
func (f *jsFiles) Close(fd int, done func(error)) {
	if fn, this := f.replaced("close"); fn != nil {
		f.m.rt.Call(fn, this, f.m.rt.VM.ToValue(fd), f.back(1, func(err error, _ goja.Value) { done(err) }))
		return
	}
	f.native().Close(fd, done)
}

// handleFiles does a stream's work with a FileHandle.
type handleFiles struct {
	m *module
	h *fileHandle
}

func (f *handleFiles) run(call string, job func(fd int) error, done func(error)) {
	if ex := f.m.rt.VM.Try(func() { f.h.mustBeOpen(call) }); ex != nil {
		err := f.m.rt.GoError(ex.Value())
		f.m.rt.Loop.NextTickFunc(func() { done(err) })
		return
	}
	fd := f.h.fd
	f.h.refs++
	f.m.settle(nothing(func() error { return job(fd) }), func(goja.Value) {
		f.h.unref()
		done(nil)
	}, func(v goja.Value) {
		f.h.unref()
		done(f.m.rt.GoError(v))
	})
}

func (f *handleFiles) Open(string, int, uint32, func(int, error)) {}

// replaced returns a method of the handle that a program has replaced.
func (f *handleFiles) replaced(name string) (goja.Value, *goja.Object) {
	o, ok := f.m.rt.Wrap(f.h).(*goja.Object)
	if !ok || o.Get(name) == f.m.handleMethods[name] {
		return nil, nil
	}
	return o.Get(name), o
}

// call calls a replaced method, whose promise answers with an object.
func (f *handleFiles) call(fn goja.Value, o *goja.Object, count string, done func(int, error), args ...goja.Value) {
	f.m.await(func() goja.Value { return f.m.rt.Call(fn, o, args...) }, func(v goja.Value) {
		r, _ := v.(*goja.Object)
		done(int(bind.Get(r, count).ToInteger()), nil)
	}, func(v goja.Value) { done(0, f.m.rt.GoError(v)) })
}

func (f *handleFiles) position(pos int64) goja.Value {
	if pos < 0 {
		return goja.Undefined()
	}
	return f.m.rt.VM.ToValue(pos)
}

func (f *handleFiles) Read(_ int, p []byte, pos int64, done func(int, []byte, error)) {
	if fn, o := f.replaced("read"); fn != nil {
		vm := f.m.rt.VM
		f.call(fn, o, "bytesRead", func(n int, err error) { done(n, p, err) }, f.m.rt.MakeBuffer(p), vm.ToValue(0), vm.ToValue(len(p)), f.position(pos))
		return
	}
	n := 0
	f.run("read", func(fd int) (err error) { n, err = fs.Read(fd, p, pos); return err }, func(err error) { done(n, p, err) })
}

func (f *handleFiles) Write(_ int, p []byte, pos int64, done func(int, error)) {
	if fn, o := f.replaced("write"); fn != nil {
		vm := f.m.rt.VM
		f.call(fn, o, "bytesWritten", done, f.m.rt.MakeBuffer(p), vm.ToValue(0), vm.ToValue(len(p)), f.position(pos))
		return
	}
	n := 0
	f.run("write", func(fd int) (err error) { n, err = fs.Write(fd, p, pos); return err }, func(err error) { done(n, err) })
}

func (f *handleFiles) Writev(_ int, ps [][]byte, pos int64, done func(int, error)) {
	if fn, o := f.replaced("writev"); fn != nil {
		items := make([]any, len(ps))
		for i, p := range ps {
			items[i] = f.m.rt.MakeBuffer(p)
		}
		f.call(fn, o, "bytesWritten", done, f.m.rt.VM.NewArray(items...), f.position(pos))
		return
	}
	n := 0
	f.run("writev", func(fd int) (err error) { n, err = fs.Writev(fd, ps, pos); return err }, func(err error) { done(n, err) })
}

func (f *handleFiles) Fsync(_ int, done func(error)) { f.run("fsync", fs.Fsync, done) }

// Close ends the stream's use of the handle and closes it.
func (f *handleFiles) Close(_ int, done func(error)) {
	f.h.unref()
	f.m.await(func() goja.Value { return f.h.close() }, func(goja.Value) { done(nil) }, func(v goja.Value) { done(f.m.rt.GoError(v)) })
}

// remember keeps the built-in functions that streams call, to see when one is
// replaced.
func (m *module) remember() {
	m.builtin = map[string]*goja.Object{}
	for _, name := range []string{"open", "read", "write", "writev", "fsync", "close"} {
		m.builtin[name] = bind.Get(m.exports, name).(*goja.Object)
	}
}
