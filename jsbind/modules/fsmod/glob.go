package fsmod

import (
	"os"
	stdpath "path"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
)

// defineGlob adds fs.glob and fs.globSync.
func (m *module) defineGlob() {
	rt := m.rt
	_ = m.exports.Set("glob", rt.Func("glob", 3, func(c goja.FunctionCall) goja.Value {
		args, cb := callback(c.Arguments, 1, 2)
		fn := rt.Callable(rt.Function(cb, "cb"))
		p := m.globPromise(args)
		m.await(func() goja.Value { return p }, func(v goja.Value) {
			rt.Loop.NextTickFunc(func() {
				fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{goja.Null(), v}})
			})
		}, func(e goja.Value) {
			rt.Loop.NextTickFunc(func() { fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{e}}) })
		})
		return goja.Undefined()
	}))
	_ = m.exports.Set("globSync", rt.Func("globSync", 2, func(c goja.FunctionCall) goja.Value {
		return m.now(m.globJob(c.Arguments))
	}))
}

// globPromise is a promise of all matches. Excluding functions are called on
// the loop, so the walk is done there.
func (m *module) globPromise(args []goja.Value) goja.Value {
	p, resolve, reject := engine.NewPromise(m.rt.VM)
	j := m.globJob(args)
	m.rt.Loop.NextTickFunc(func() {
		if ex := m.rt.VM.Try(func() { _ = resolve(m.now(j)) }); ex != nil {
			_ = reject(ex.Value())
		}
	})
	return m.rt.VM.ToValue(p)
}

// globIterator is fs.promises.glob: an async iterator over the matches.
func (m *module) globIterator(c goja.FunctionCall) goja.Value {
	rt := m.rt
	j := m.globJob(c.Arguments)
	var list *goja.Object
	at := 0
	it := rt.VM.NewObject()
	result := func(v goja.Value, done bool) goja.Value {
		o := rt.VM.NewObject()
		_ = o.Set("value", v)
		_ = o.Set("done", done)
		return o
	}
	settled := func(f func() goja.Value) goja.Value {
		p, resolve, reject := engine.NewPromise(rt.VM)
		if ex := rt.VM.Try(func() { _ = resolve(f()) }); ex != nil {
			_ = reject(ex.Value())
		}
		return rt.VM.ToValue(p)
	}
	_ = it.Set("next", rt.Func("next", 0, func(goja.FunctionCall) goja.Value {
		return settled(func() goja.Value {
			if list == nil {
				list = m.now(j).(*goja.Object)
			}
			if at >= int(list.Get("length").ToInteger()) {
				return result(goja.Undefined(), true)
			}
			at++
			return result(list.Get(bind.FormatNumber(float64(at-1))), false)
		})
	}))
	_ = it.Set("return", rt.Func("return", 1, func(c goja.FunctionCall) goja.Value {
		return settled(func() goja.Value {
			list, at = rt.VM.NewArray(), 0
			return result(c.Argument(0), true)
		})
	}))
	m.selfIterable(it)
	return it
}

// selfIterable makes an object its own async iterator.
func (m *module) selfIterable(o *goja.Object) {
	if sym, ok := m.rt.VM.Get("Symbol").(*goja.Object).Get("asyncIterator").(*goja.Symbol); ok {
		_ = o.SetSymbol(sym, m.rt.Func("[Symbol.asyncIterator]", 0, func(c goja.FunctionCall) goja.Value { return c.This }))
	}
}

// globJob reads (pattern, options): {cwd, exclude, withFileTypes}.
func (m *module) globJob(a []goja.Value) job {
	rt := m.rt
	var patterns []string
	if v := arg(a, 0); bind.IsArray(v) {
		o := v.(*goja.Object)
		for _, k := range o.Keys() {
			patterns = append(patterns, rt.String(o.Get(k), "patterns["+k+"]"))
		}
	} else {
		patterns = []string{rt.String(v, "patterns")}
	}
	var opts *goja.Object
	if v := arg(a, 1); !bind.IsNullish(v) {
		opts = rt.Object(v, "options")
	}
	o := fs.GlobOptions{Cwd: "."}
	if v := bind.Get(opts, "cwd"); !bind.IsNullish(v) {
		o.Cwd = m.path(v, "options.cwd")
	} else if cwd, err := os.Getwd(); err == nil {
		o.Cwd = cwd
	}
	types := false
	if v := bind.Get(opts, "withFileTypes"); !bind.IsNullish(v) {
		types = rt.Bool(v, "options.withFileTypes")
	}
	m.exclude(&o, bind.Get(opts, "exclude"), types)
	return job{
		run: func() (any, error) {
			paths, entries, err := fs.Glob(patterns, o)
			return globbed{paths, entries}, err
		},
		value: func(v any) goja.Value {
			g := v.(globbed)
			items := make([]any, len(g.paths))
			for i := range items {
				if types {
					items[i] = m.direntValue(g.entries[i], encoding{})
				} else {
					items[i] = g.paths[i]
				}
			}
			return rt.VM.NewArray(items...)
		},
	}
}

type globbed struct {
	paths   []string
	entries []fs.Entry
}

// exclude reads the option of that name: a function, or patterns.
func (m *module) exclude(o *fs.GlobOptions, v goja.Value, types bool) {
	rt := m.rt
	switch {
	case bind.IsNullish(v):
	case bind.IsCallable(v):
		o.Exclude = func(path string, e fs.Entry) (bool, error) {
			x := rt.VM.ToValue(path)
			if types {
				x = m.direntValue(e, encoding{})
			}
			var out bool
			if ex := rt.VM.Try(func() { out = rt.Call(v, goja.Undefined(), x).ToBoolean() }); ex != nil {
				return false, rt.GoError(ex.Value())
			}
			return out, nil
		}
	case bind.IsArray(v):
		list := v.(*goja.Object)
		var patterns []string
		for _, k := range list.Keys() {
			patterns = append(patterns, stdpath.Clean(rt.String(list.Get(k), "options.exclude["+k+"]")))
		}
		o.Exclude = func(path string, _ fs.Entry) (bool, error) {
			for _, p := range patterns {
				if fs.MatchGlob(path, p) {
					return true, nil
				}
			}
			return false, nil
		}
	default:
		rt.ArgType("options.exclude", v, "function", "string[]")
	}
}
