package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// fileOperations read and write whole files.
var fileOperations = []operation{
	{name: "readFile", sync: 2, length: 3, first: 1, last: 2, prepare: (*module).readFile},
	{name: "writeFile", sync: 3, length: 4, first: 2, last: 3, prepare: func(m *module, a []goja.Value) job {
		return m.writeFile(a, "w")
	}},
	{name: "appendFile", sync: 3, length: 4, first: 2, last: 3, prepare: func(m *module, a []goja.Value) job {
		return m.writeFile(a, "a")
	}},
	{name: "truncate", sync: 2, length: 3, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		v := arg(a, 0)
		path := m.path(v, "path")
		n := m.length(arg(a, 1))
		return nothing(func() error { return fs.Truncate(path, n) })
	}},
	{name: "copyFile", sync: 3, length: 4, first: 2, last: 3, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		src, dest := m.path(arg(a, 0), "src"), m.path(arg(a, 1), "dest")
		mode := 0
		j := nothing(func() error { return fs.CopyFile(src, dest, mode) })
		j.check = func() { mode = int(m.checkedMode(arg(a, 2))) }
		return j
	}},
}

// readFile is fs.readFile(path | fd, options).
func (m *module) readFile(a []goja.Value) job {
	o, enc := m.options(arg(a, 1))
	flags := m.flags(bind.Get(o, "flag"), "options.flag", 0)
	value := func(v any) goja.Value { return m.content(v.([]byte), enc) }
	sig, _ := bind.Get(o, "signal").(*goja.Object)
	if v := arg(a, 0); isDescriptor(v) {
		fd := m.fd(v)
		return job{run: func() (any, error) { return fs.ReadAll(fd) }, value: value, signal: sig}
	}
	path := m.path(arg(a, 0), "path")
	return job{run: func() (any, error) { return fs.ReadFile(path, flags) }, value: value, signal: sig}
}

// writeFile is fs.writeFile and fs.appendFile(path | fd, data, options).
func (m *module) writeFile(a []goja.Value, flag string) job {
	o, enc := m.options(arg(a, 2))
	flush := false
	if v := bind.Get(o, "flush"); !bind.IsNullish(v) {
		flush = m.rt.Bool(v, "options.flush")
	}
	data := m.data(arg(a, 1), enc)
	write := func(fd int, sync func(int) error) error {
		err := fs.WriteAll(fd, data)
		if err == nil && flush {
			err = sync(fd)
		}
		return err
	}
	if v := arg(a, 0); isDescriptor(v) {
		fd := m.fd(v)
		j := withSignal(o, func() error { return write(fd, m.syncLater) })
		j.runNow = func() error { return write(fd, m.syncNow) }
		return j
	}
	path := m.path(arg(a, 0), "path")
	flags := m.flags(bind.Get(o, "flag"), "options.flag", flagNames[flag])
	mode := m.mode(bind.Get(o, "mode"), "mode", 0o666)
	if !flush {
		return withSignal(o, func() error { return fs.WriteFile(path, data, flags, mode, false) })
	}
	opened := func(sync func(int) error) error {
		fd, err := fs.Open(path, flags, mode)
		if err != nil {
			return err
		}
		err = write(fd, sync)
		if closed := fs.Close(fd); err == nil {
			err = closed
		}
		return err
	}
	j := withSignal(o, func() error { return opened(m.syncLater) })
	j.runNow = func() error { return opened(m.syncNow) }
	return j
}

// syncNow calls fs.fsyncSync, which a program may have replaced.
func (m *module) syncNow(fd int) error {
	m.rt.Call(m.exports.Get("fsyncSync"), m.exports, m.rt.VM.ToValue(fd))
	return nil
}

// syncLater calls fs.fsync from another goroutine, if a program has replaced it.
func (m *module) syncLater(fd int) error {
	ch := make(chan error, 1)
	if !m.rt.Post(func() {
		f := m.exports.Get("fsync")
		if f == m.fsync {
			go func() { ch <- fs.Fsync(fd) }()
			return
		}
		done := m.rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
			select {
			case ch <- m.rt.GoError(c.Argument(0)):
			default: // called before
			}
			return goja.Undefined()
		})
		m.rt.Call(f, m.exports, m.rt.VM.ToValue(fd), done)
	}) {
		return errLoopClosed
	}
	return <-ch
}

// withSignal is nothing with the signal of the options.
func withSignal(o *goja.Object, f func() error) job {
	j := nothing(f)
	j.signal, _ = bind.Get(o, "signal").(*goja.Object)
	return j
}

// isDescriptor reports whether a path argument is a descriptor.
func isDescriptor(v goja.Value) bool {
	return isNumber(v) && v.ToFloat() == float64(int32(v.ToInteger()))
}
