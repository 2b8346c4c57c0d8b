// Package pathmod is the binding of node:path, node:path/posix and
// node:path/win32 (https://nodejs.org/docs/latest-v24.x/api/path.html) to
// package path.
package pathmod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/path"
)

type moduleKey struct{}

// exports are the module's objects.
type exports struct{ posix, win32 *goja.Object }

// Load returns the exports of node:path, those of the platform's style.
func Load(rt *bind.Runtime) goja.Value { return native(get(rt)) }

// LoadPosix returns the exports of node:path/posix.
func LoadPosix(rt *bind.Runtime) goja.Value { return get(rt).posix }

// LoadWin32 returns the exports of node:path/win32.
func LoadWin32(rt *bind.Runtime) goja.Value { return get(rt).win32 }

func get(rt *bind.Runtime) *exports {
	if e, ok := rt.Value(moduleKey{}).(*exports); ok {
		return e
	}
	m := &module{rt: rt}
	e := &exports{
		posix: m.define(path.Posix{Getwd: m.cwd}),
		win32: m.define(path.Win32{Getwd: m.cwd, DriveGetwd: m.driveCwd}),
	}
	rt.SetValue(moduleKey{}, e)
	for _, o := range []*goja.Object{e.posix, e.win32} {
		_ = o.Set("win32", e.win32)
		_ = o.Set("posix", e.posix)
		_ = o.Set("_makeLong", o.Get("toNamespacedPath"))
	}
	return e
}

type module struct{ rt *bind.Runtime }

func (m *module) process() *goja.Object { return m.rt.Require("process").(*goja.Object) }

// cwd calls process.cwd(), which a program may have replaced.
func (m *module) cwd() string {
	p := m.process()
	return m.rt.Text(m.rt.Call(p.Get("cwd"), p))
}

func (m *module) driveCwd(drive string) string {
	env, ok := m.process().Get("env").(*goja.Object)
	if !ok {
		return ""
	}
	v := bind.Get(env, "="+drive)
	if !v.ToBoolean() {
		return ""
	}
	return m.rt.Text(v)
}

// define makes the object of a style, in Node's order.
func (m *module) define(p path.Style) *goja.Object {
	rt := m.rt
	o := rt.VM.NewObject()
	_, windows := p.(path.Win32)
	// each adds a function of one path that gives a string.
	each := func(name string, f func(string) string) {
		_ = o.Set(name, rt.Func(name, 1, func(c goja.FunctionCall) goja.Value {
			return rt.TextValue(f(rt.TextArg(c.Argument(0), "path")))
		}))
	}
	_ = o.Set("resolve", rt.Func("resolve", 0, func(c goja.FunctionCall) goja.Value {
		return rt.TextValue(p.Resolve(m.segments(p, c.Arguments)...))
	}))
	each("normalize", p.Normalize)
	_ = o.Set("isAbsolute", rt.Func("isAbsolute", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(p.IsAbsolute(rt.TextArg(c.Argument(0), "path")))
	}))
	_ = o.Set("join", rt.Func("join", 0, func(c goja.FunctionCall) goja.Value {
		segments := make([]string, len(c.Arguments))
		for i, a := range c.Arguments {
			segments[i] = rt.TextArg(a, "path")
		}
		return rt.TextValue(p.Join(segments...))
	}))
	_ = o.Set("relative", rt.Func("relative", 2, func(c goja.FunctionCall) goja.Value {
		from, to := rt.TextArg(c.Argument(0), "from"), rt.TextArg(c.Argument(1), "to")
		return rt.TextValue(p.Relative(from, to))
	}))
	_ = o.Set("toNamespacedPath", rt.Func("toNamespacedPath", 1, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if !windows || !goja.IsString(v) {
			return v
		}
		return rt.TextValue(p.ToNamespacedPath(rt.Text(v)))
	}))
	each("dirname", p.Dirname)
	_ = o.Set("basename", rt.Func("basename", 2, func(c goja.FunctionCall) goja.Value {
		suffix := ""
		if v := c.Argument(1); !goja.IsUndefined(v) {
			suffix = rt.TextArg(v, "suffix")
		}
		return rt.TextValue(p.Basename(rt.TextArg(c.Argument(0), "path"), suffix))
	}))
	each("extname", p.Extname)
	_ = o.Set("format", rt.Func("bound _format", 1, func(c goja.FunctionCall) goja.Value {
		return rt.TextValue(p.Format(m.parsed(c.Argument(0))))
	}))
	_ = o.Set("parse", rt.Func("parse", 1, func(c goja.FunctionCall) goja.Value {
		return m.parts(p.Parse(rt.TextArg(c.Argument(0), "path")))
	}))
	_ = o.Set("matchesGlob", rt.Func("matchesGlob", 2, func(c goja.FunctionCall) goja.Value {
		name, pattern := rt.TextArg(c.Argument(0), "path"), rt.TextArg(c.Argument(1), "pattern")
		ok, err := p.MatchesGlob(name, pattern)
		rt.Must(err)
		return rt.VM.ToValue(ok)
	}))
	_ = o.Set("sep", p.Sep())
	_ = o.Set("delimiter", p.Delimiter())
	return o
}

// segments reads the arguments of resolve from the last one to the first
// absolute one: those before it are not looked at. On Windows one of another
// drive may come to count, and all are.
func (m *module) segments(p path.Style, args []goja.Value) []string {
	_, windows := p.(path.Win32)
	segments := make([]string, len(args))
	for i := len(args) - 1; i >= 0; i-- {
		segments[i] = m.rt.TextArg(args[i], "paths["+strconv.Itoa(i)+"]")
		if !windows && p.IsAbsolute(segments[i]) {
			return segments[i:]
		}
	}
	return segments
}

// parsed reads the argument of format.
func (m *module) parsed(v goja.Value) path.Parsed {
	o, ok := v.(*goja.Object)
	if !ok || bind.IsCallable(v) || bind.IsArray(v) {
		m.rt.ArgType("pathObject", v, "Object")
	}
	field := func(name string) string {
		if v := bind.Get(o, name); v.ToBoolean() {
			return m.rt.Text(v)
		}
		return ""
	}
	return path.Parsed{Root: field("root"), Dir: field("dir"), Base: field("base"), Ext: field("ext"), Name: field("name")}
}

// parts makes the result of parse.
func (m *module) parts(p path.Parsed) goja.Value {
	b := m.rt.NewObject(5)
	b.Put("root", m.rt.TextValue(p.Root))
	b.Put("dir", m.rt.TextValue(p.Dir))
	b.Put("base", m.rt.TextValue(p.Base))
	b.Put("ext", m.rt.TextValue(p.Ext))
	b.Put("name", m.rt.TextValue(p.Name))
	return b.Object()
}
