package fsmod

import (
	"math/big"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/nodeerr"
)

// attributeOperations ask about paths and change what belongs to them.
var attributeOperations = []operation{
	{name: "access", sync: 2, length: 3, first: 1, last: 2, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		path := m.path(arg(a, 0), "path")
		var mode uint32
		j := nothing(func() error { return fs.Access(path, mode) })
		j.check = func() { mode = m.checkedMode(arg(a, 1)) }
		return j
	}},
	{name: "stat", sync: 2, length: 1, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		path := m.path(arg(a, 0), "path")
		return m.statJob(arg(a, 1), func() (fs.Stats, error) { return fs.Stat(path) })
	}},
	{name: "lstat", sync: 2, length: 1, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		path := m.path(arg(a, 0), "path")
		return m.statJob(arg(a, 1), func() (fs.Stats, error) { return fs.Lstat(path) })
	}},
	{name: "statfs", sync: 2, length: 1, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		o, _ := arg(a, 1).(*goja.Object)
		bigint := bind.Get(o, "bigint").ToBoolean()
		path := m.path(arg(a, 0), "path")
		return job{
			run:   func() (any, error) { return fs.Statfs(path) },
			value: func(v any) goja.Value { return m.fileSystem(v.(fs.FileSystem), bigint) },
		}
	}},
	{name: "chmod", sync: 2, length: 3, first: 2, last: 2, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		path, mode := m.path(arg(a, 0), "path"), m.requiredMode(arg(a, 1), "mode")
		return nothing(func() error { return fs.Chmod(path, mode) })
	}},
	{name: "chown", sync: 3, length: 4, first: 3, last: 3, prepare: func(m *module, a []goja.Value) job {
		path, uid, gid := m.path(arg(a, 0), "path"), m.owner(arg(a, 1), "uid"), m.owner(arg(a, 2), "gid")
		return nothing(func() error { return fs.Chown(path, uid, gid) })
	}},
	{name: "lchown", sync: 3, length: 4, first: 3, last: 3, prepare: func(m *module, a []goja.Value) job {
		path, uid, gid := m.path(arg(a, 0), "path"), m.owner(arg(a, 1), "uid"), m.owner(arg(a, 2), "gid")
		return nothing(func() error { return fs.Lchown(path, uid, gid) })
	}},
	{name: "utimes", sync: 3, length: 4, first: 3, last: 3, prepare: func(m *module, a []goja.Value) job {
		path, at, mt := m.path(arg(a, 0), "path"), m.time(arg(a, 1), "time"), m.time(arg(a, 2), "time")
		return nothing(func() error { return fs.Utimes(path, at, mt) })
	}},
	{name: "lutimes", sync: 3, length: 4, first: 3, last: 3, prepare: func(m *module, a []goja.Value) job {
		path, at, mt := m.path(arg(a, 0), "path"), m.time(arg(a, 1), "time"), m.time(arg(a, 2), "time")
		return nothing(func() error { return fs.Lutimes(path, at, mt) })
	}},
}

// statJob is stat, lstat or fstat with {bigint, throwIfNoEntry}.
func (m *module) statJob(options goja.Value, f func() (fs.Stats, error)) job {
	o, _ := options.(*goja.Object)
	bigint := bind.Get(o, "bigint").ToBoolean()
	quiet := false
	if v := bind.Get(o, "throwIfNoEntry"); !goja.IsUndefined(v) {
		quiet = !v.ToBoolean()
	}
	return job{
		run: func() (any, error) {
			s, err := f()
			if err != nil {
				if code := nodeerr.Code(err); quiet && (code == "ENOENT" || code == "ENOTDIR") {
					return (*fs.Stats)(nil), nil
				}
				return nil, err
			}
			return &s, nil
		},
		value: func(v any) goja.Value {
			if s := v.(*fs.Stats); s != nil {
				return m.statsValue(s, bigint)
			}
			return goja.Undefined()
		},
	}
}

var fileSystemFields = []string{"type", "bsize", "blocks", "bfree", "bavail", "files", "ffree"}

// fileSystem makes a StatFs.
func (m *module) fileSystem(s fs.FileSystem, bigint bool) goja.Value {
	if m.statFs == nil {
		m.statFs = m.rt.NewClass(bind.ClassDef{Name: "StatFs", Length: 7, ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	}
	o := m.rt.VM.CreateObject(m.statFs.Proto)
	for i, x := range []uint64{s.Type, s.Bsize, s.Blocks, s.Bfree, s.Bavail, s.Files, s.Ffree} {
		var v any = float64(x)
		if bigint {
			v = new(big.Int).SetUint64(x)
		}
		_ = o.Set(fileSystemFields[i], m.rt.VM.ToValue(v))
	}
	return o
}

// exists adds fs.exists and fs.existsSync, which answer with a boolean alone.
func (m *module) exists() {
	rt := m.rt
	quiet := func(v goja.Value) (path string, ok bool) {
		return path, rt.VM.Try(func() { path = m.path(v, "path") }) == nil
	}
	fn := rt.Func("exists", 2, func(c goja.FunctionCall) goja.Value {
		cb := rt.Callable(rt.Function(c.Argument(1), "cb"))
		answer := func(ok bool) {
			cb(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{rt.VM.ToValue(ok)}})
		}
		path, ok := quiet(c.Argument(0))
		if !ok {
			answer(false)
			return goja.Undefined()
		}
		j := job{run: func() (any, error) { return fs.Exists(path), nil }, value: m.intValue}
		m.start(j, func(c goja.FunctionCall) goja.Value {
			answer(c.Argument(1).ToBoolean())
			return goja.Undefined()
		})
		return goja.Undefined()
	})
	_ = m.exports.Set("exists", fn)
	_ = fn.DefineDataPropertySymbol(rt.SymbolFor("nodejs.util.promisify.custom"), rt.Func("exists", 1, func(c goja.FunctionCall) goja.Value {
		p, resolve, _ := engine.NewPromise(rt.VM)
		fn.Export().(func(goja.FunctionCall) goja.Value)(goja.FunctionCall{Arguments: []goja.Value{c.Argument(0), rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
			_ = resolve(c.Argument(0))
			return goja.Undefined()
		})}})
		return rt.VM.ToValue(p)
	}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = m.exports.Set("existsSync", rt.Func("existsSync", 1, func(c goja.FunctionCall) goja.Value {
		path, ok := quiet(c.Argument(0))
		if !ok && !m.warnedExists && rt.Warn != nil {
			m.warnedExists = true
			rt.Warn("Passing invalid argument types to fs.existsSync is deprecated", "DeprecationWarning", map[string]any{"code": "DEP0187"})
		}
		return rt.VM.ToValue(ok && fs.Exists(path))
	}))
}
