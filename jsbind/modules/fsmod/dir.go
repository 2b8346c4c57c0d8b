package fsmod

import (
	"context"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/nodeerr"
)

// dir is a Dir: a directory that is read piece by piece, and with recursive
// those below it after it.
type dir struct {
	m         *module
	path      goja.Value
	d         *fs.Dir // nil once closed
	size      int
	enc       encoding
	recursive bool
	buffered  []fs.Entry
	below     []string // directories still to be read
	busy      bool
	waiting   []func() // operations that wait for the one under way
}

func dirClosed() *nodeerr.Error {
	return nodeerr.New(nodeerr.KindError, "ERR_DIR_CLOSED", "Directory handle was closed")
}

func dirBusy() *nodeerr.Error {
	return nodeerr.New(nodeerr.KindError, "ERR_DIR_CONCURRENT_OPERATION",
		"Cannot do synchronous work on directory handle with concurrent asynchronous operations")
}

// defineDir adds the class Dir, fs.opendir and fs.opendirSync.
func (m *module) defineDir() {
	rt := m.rt
	m.dir = rt.NewClass(bind.ClassDef{Name: "Dir", Length: 3, ES6: true, New: func(_ *goja.Object, a []goja.Value) *goja.Object {
		if len(a) == 0 || goja.IsUndefined(a[0]) {
			rt.Throw(nodeerr.MissingArgs("handle"))
		}
		panic(rt.VM.NewTypeError("Illegal constructor"))
	}})
	c := m.dir
	c.Accessor("path", func(this goja.Value) goja.Value {
		if d, ok := bind.From(this).(*dir); ok {
			return d.path
		}
		return goja.Undefined()
	}, nil)
	c.Method("read", 1, func(call goja.FunctionCall) goja.Value {
		return m.either(call.Argument(0), m.dirOf(call.This).read)
	})
	c.Method("readSync", 0, func(call goja.FunctionCall) goja.Value { return m.dirOf(call.This).readSync() })
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		return m.either(call.Argument(0), m.dirOf(call.This).close)
	})
	c.Method("closeSync", 0, func(call goja.FunctionCall) goja.Value {
		rt.Must(m.dirOf(call.This).closeSync())
		return goja.Undefined()
	})
	entries := rt.Func("entries", 0, func(call goja.FunctionCall) goja.Value { return m.dirOf(call.This).entries() })
	_ = c.Proto.DefineDataProperty("entries", entries, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	symbols := rt.VM.Get("Symbol").(*goja.Object)
	for name, fn := range map[string]*goja.Object{
		"asyncIterator": entries,
		"asyncDispose": rt.Func("[Symbol.asyncDispose]", 0, func(call goja.FunctionCall) goja.Value {
			d := m.dirOf(call.This)
			return m.either(goja.Undefined(), func(done func(error, goja.Value)) {
				if d.d == nil {
					done(nil, goja.Undefined())
					return
				}
				d.close(done)
			})
		}),
		"dispose": rt.Func("[Symbol.dispose]", 0, func(call goja.FunctionCall) goja.Value {
			if d := m.dirOf(call.This); d.d != nil {
				rt.Must(d.closeSync())
			}
			return goja.Undefined()
		}),
	} {
		if sym, ok := symbols.Get(name).(*goja.Symbol); ok {
			_ = c.Proto.DefineDataPropertySymbol(sym, fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	c.Seal()
	_ = m.exports.Set("Dir", c.Ctor)
	open := operation{name: "opendir", sync: -1, length: 3, first: 1, last: 2, prepare: (*module).opendir}
	m.define(&open)
	_ = m.exports.Set("opendirSync", rt.Func("opendirSync", 2, func(c goja.FunctionCall) goja.Value {
		j := m.opendir(c.Arguments)
		v, err := j.run()
		if e, ok := err.(*nodeerr.Error); ok && e.Path != "" { // this form does not name the path
			e.Message = e.Message[:len(e.Message)-len(" '"+e.Path+"'")]
			e.Path = ""
		}
		rt.Must(err)
		return j.value(v)
	}))
}

// opendir reads (path, options): {encoding, bufferSize, recursive}.
func (m *module) opendir(a []goja.Value) job {
	rt := m.rt
	path := m.path(arg(a, 0), "path")
	o, enc := m.options(arg(a, 1))
	size := int64(32)
	if v := bind.Get(o, "bufferSize"); !goja.IsUndefined(v) {
		size = rt.Integer(v, "options.bufferSize", 1, maxUint32)
	}
	recursive := false
	if v := bind.Get(o, "recursive"); !bind.IsNullish(v) {
		recursive = v.ToBoolean()
	}
	return job{
		run: func() (any, error) { return fs.Opendir(path) },
		value: func(v any) goja.Value {
			obj := rt.VM.CreateObject(m.dir.Proto)
			shown := arg(a, 0)
			if !goja.IsString(shown) {
				shown = rt.VM.ToValue(path)
			}
			rt.Attach(obj, &dir{m: m, path: shown, d: v.(*fs.Dir), size: int(size), enc: enc, recursive: recursive})
			return obj
		},
	}
}

func (m *module) dirOf(v goja.Value) *dir {
	d, ok := bind.From(v).(*dir)
	if !ok {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_THIS", `Value of "this" must be of type Dir`))
	}
	return d
}

// either runs an operation for a callback, or for a promise where there is
// none.
func (m *module) either(cb goja.Value, f func(done func(error, goja.Value))) goja.Value {
	rt := m.rt
	if !goja.IsUndefined(cb) {
		fn := rt.Callable(rt.Function(cb, "callback"))
		f(func(err error, v goja.Value) {
			args := []goja.Value{goja.Null()}
			if err != nil {
				args[0] = rt.ErrorValue(err)
			} else if !goja.IsUndefined(v) {
				args = append(args, v)
			}
			fn(goja.FunctionCall{This: goja.Undefined(), Arguments: args})
		})
		return goja.Undefined()
	}
	p, resolve, reject := engine.NewPromise(rt.VM)
	f(func(err error, v goja.Value) {
		if err != nil {
			_ = reject(rt.ErrorValue(err))
			return
		}
		_ = resolve(v)
	})
	return rt.VM.ToValue(p)
}

// take returns the next buffered entry.
func (d *dir) take() (goja.Value, bool) {
	if len(d.buffered) == 0 {
		return nil, false
	}
	e := d.buffered[0]
	d.buffered = d.buffered[1:]
	if d.recursive && e.Kind == fs.EntryDir {
		d.below = append(d.below, fs.Join(e.Parent, e.Name))
	}
	return d.m.direntValue(e, d.enc), true
}

// more reads the next entries off the loop or on it; none are left at the end.
func (d *dir) more(handle *fs.Dir, below []string) ([]fs.Entry, []string, error) {
	list, err := handle.Read(d.size)
	for err == nil && len(list) == 0 && len(below) > 0 {
		list, err = fs.Readdir(below[0], false, false)
		below = below[1:]
	}
	return list, below, err
}

// afterBusy runs f now, or after the operation under way.
func (d *dir) afterBusy(f func()) {
	if d.busy {
		d.waiting = append(d.waiting, f)
		return
	}
	f()
}

func (d *dir) idle() {
	d.busy = false
	if len(d.waiting) > 0 {
		f := d.waiting[0]
		d.waiting = d.waiting[1:]
		f()
	}
}

func (d *dir) read(done func(error, goja.Value)) {
	l := d.m.rt.Loop
	if d.d == nil {
		l.NextTickFunc(func() { done(dirClosed(), nil) })
		return
	}
	d.afterBusy(func() {
		if v, ok := d.take(); ok {
			d.busy = true
			l.NextTickFunc(func() { done(nil, v); d.idle() })
			return
		}
		if d.d == nil {
			done(dirClosed(), nil)
			return
		}
		d.busy = true
		var list []fs.Entry
		handle, below := d.d, d.below
		l.Work(context.TODO(), "DirHandle", func(context.Context) (err error) {
			list, below, err = d.more(handle, below)
			return err
		}, func(err error) {
			d.buffered, d.below = list, below
			v, ok := d.take()
			if !ok {
				v = goja.Null()
			}
			d.busy = false
			done(err, v)
			d.idle()
		})
	})
}

func (d *dir) readSync() goja.Value {
	rt := d.m.rt
	if d.d == nil {
		rt.Throw(dirClosed())
	}
	if d.busy {
		rt.Throw(dirBusy())
	}
	if v, ok := d.take(); ok {
		return v
	}
	var err error
	d.buffered, d.below, err = d.more(d.d, d.below)
	rt.Must(err)
	if v, ok := d.take(); ok {
		return v
	}
	return goja.Null()
}

func (d *dir) close(done func(error, goja.Value)) {
	l := d.m.rt.Loop
	if d.d == nil {
		l.NextTickFunc(func() { done(dirClosed(), nil) })
		return
	}
	if d.busy {
		d.waiting = append(d.waiting, func() { d.close(done) })
		return
	}
	handle := d.d
	d.d = nil
	l.Work(context.TODO(), "DirHandle", func(context.Context) error { return handle.Close() }, func(err error) { done(err, goja.Undefined()) })
}

func (d *dir) closeSync() error {
	switch {
	case d.d == nil:
		return dirClosed()
	case d.busy:
		return dirBusy()
	}
	handle := d.d
	d.d = nil
	return handle.Close()
}

// entries is the async iterator, which closes the directory at its end.
func (d *dir) entries() goja.Value {
	rt := d.m.rt
	it := rt.VM.NewObject()
	result := func(v goja.Value, done bool) goja.Value {
		o := rt.VM.NewObject()
		_ = o.Set("value", v)
		_ = o.Set("done", done)
		return o
	}
	shut := func(err error, v goja.Value, done func(error, goja.Value)) {
		if d.d == nil {
			done(err, v)
			return
		}
		d.close(func(cerr error, _ goja.Value) {
			if err == nil {
				err = cerr
			}
			done(err, v)
		})
	}
	ended := false
	_ = it.Set("next", rt.Func("next", 0, func(goja.FunctionCall) goja.Value {
		return d.m.either(goja.Undefined(), func(done func(error, goja.Value)) {
			if ended {
				done(nil, result(goja.Undefined(), true))
				return
			}
			d.read(func(err error, v goja.Value) {
				if err != nil || goja.IsNull(v) {
					ended = true
					shut(err, result(goja.Undefined(), true), done)
					return
				}
				done(nil, result(v, false))
			})
		})
	}))
	_ = it.Set("return", rt.Func("return", 1, func(c goja.FunctionCall) goja.Value {
		return d.m.either(goja.Undefined(), func(done func(error, goja.Value)) {
			ended = true
			shut(nil, result(c.Argument(0), true), done)
		})
	}))
	d.m.selfIterable(it)
	return it
}
