package loader

import (
	"errors"
	stdurl "net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (l *Loader) statics() {
	rt, ctor := l.rt, l.class.Ctor
	null := func() *goja.Object {
		o := rt.VM.NewObject()
		_ = o.SetPrototype(nil)
		return o
	}
	_ = ctor.Set("_cache", null())
	_ = ctor.Set("_pathCache", null())
	_ = ctor.Set("_extensions", l.makeExtensions(null()))
	_ = ctor.Set("globalPaths", rt.ToValue(globalPaths()))
	_ = ctor.Set("Module", ctor)
	_ = ctor.Set("builtinModules", rt.ToValue(l.builtins.Names()))
	static := func(name string, n int, f bind.Method) { l.class.Static(name, n, f) }
	static("_load", 3, func(c goja.FunctionCall) goja.Value {
		return l.loadModule(c.Argument(0).String(), c.Argument(1), c.Argument(2).ToBoolean())
	})
	static("_resolveFilename", 4, l.resolveFilename)
	static("_resolveLookupPaths", 2, func(c goja.FunctionCall) goja.Value {
		request := c.Argument(0).String()
		if l.builtins.Has(strings.TrimPrefix(request, "node:")) {
			return goja.Null()
		}
		if IsRelative(request) {
			return rt.ToValue([]string{l.parentDir(c.Argument(1))})
		}
		return rt.ToValue(l.parentPaths(c.Argument(1)))
	})
	static("_nodeModulePaths", 1, func(c goja.FunctionCall) goja.Value {
		dir, _ := filepath.Abs(c.Argument(0).String())
		return rt.ToValue(NodeModulePaths(dir))
	})
	static("_initPaths", 0, func(goja.FunctionCall) goja.Value {
		_ = ctor.Set("globalPaths", rt.ToValue(globalPaths()))
		return goja.Undefined()
	})
	static("_findPath", 3, l.findPath)
	static("_preloadModules", 1, func(c goja.FunctionCall) goja.Value {
		if o, ok := c.Argument(0).(*goja.Object); ok {
			l.Preload(stringsOf(o))
		}
		return goja.Undefined()
	})
	static("wrap", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(wrapper[0] + c.Argument(0).String() + wrapper[1])
	})
	_ = ctor.Set("wrapper", rt.ToValue(wrapper[:]))
	static("isBuiltin", 1, func(c goja.FunctionCall) goja.Value {
		name := c.Argument(0).String()
		if n, ok := strings.CutPrefix(name, "node:"); ok {
			return rt.VM.ToValue(l.builtins.HasScheme(n))
		}
		return rt.VM.ToValue(l.builtins.Has(name))
	})
	static("createRequire", 1, l.createRequire)
	static("runMain", 0, func(goja.FunctionCall) goja.Value {
		argv := rt.VM.Get("process").(*goja.Object).Get("argv").(*goja.Object)
		l.RunMain(argv.Get("1").String())
		return goja.Undefined()
	})
	for _, name := range []string{"register", "registerHooks", "syncBuiltinESMExports", "findSourceMap", "findPackageJSON", "enableCompileCache", "getCompileCacheDir", "flushCompileCache", "stripTypeScriptTypes", "setSourceMapsSupport", "getSourceMapsSupport"} {
		static(name, 0, func(goja.FunctionCall) goja.Value {
			rt.Throw(nodeerr.MethodNotImplemented("module." + name + "()"))
			return nil
		})
	}
}

var wrapper = [2]string{"(function (exports, require, module, __filename, __dirname) { ", "\n});"}

// globalPaths are NODE_PATH and the folders that Node has always looked in.
func globalPaths() []string {
	var out []string
	for _, p := range filepath.SplitList(os.Getenv("NODE_PATH")) {
		if p != "" {
			out = append(out, p)
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		out = append(out, filepath.Join(home, ".node_modules"), filepath.Join(home, ".node_libraries"))
	}
	return out
}

func stringsOf(o *goja.Object) []string {
	var out []string
	if n := o.Get("length"); n != nil {
		for i := int64(0); i < n.ToInteger(); i++ {
			out = append(out, o.Get(bind.FormatNumber(float64(i))).String())
		}
	}
	return out
}

func (l *Loader) parentDir(parent goja.Value) string {
	if p, ok := parent.(*goja.Object); ok {
		if f := p.Get("filename"); f != nil && goja.IsString(f) {
			return filepath.Dir(f.String())
		}
	}
	cwd, _ := os.Getwd()
	return cwd
}

func (l *Loader) parentPaths(parent goja.Value) []string {
	var out []string
	if p, ok := parent.(*goja.Object); ok {
		if list, ok := p.Get("paths").(*goja.Object); ok {
			out = stringsOf(list)
		}
	}
	if g, ok := l.class.Ctor.Get("globalPaths").(*goja.Object); ok {
		out = append(out, stringsOf(g)...)
	}
	return out
}

// resolveFilename is Module._resolveFilename(request, parent, isMain, options).
func (l *Loader) resolveFilename(c goja.FunctionCall) goja.Value {
	request := c.Argument(0).String()
	if n, ok := strings.CutPrefix(request, "node:"); ok && l.builtins.HasScheme(n) || l.builtins.Has(request) {
		return c.Argument(0)
	}
	parent := c.Argument(1)
	p := Parent{Dir: l.parentDir(parent)}
	if o, ok := parent.(*goja.Object); ok {
		if f := o.Get("filename"); f != nil && goja.IsString(f) {
			p.File = f.String()
		}
	}
	if opts, ok := c.Argument(3).(*goja.Object); ok {
		if list := bind.Get(opts, "paths"); !goja.IsUndefined(list) {
			arr, ok := list.(*goja.Object)
			if !ok || !bind.IsArray(arr) {
				l.rt.ArgValue("options.paths", list, "")
			}
			return l.resolveFrom(request, stringsOf(arr), parent)
		}
	}
	p.Paths = l.parentPaths(parent)
	if !filepath.IsAbs(request) && !IsRelative(request) && !strings.HasPrefix(request, "#") {
		// Bare names are not remembered: a program may change module.paths.
		return l.finishResolve(request, p, parent)
	}
	key := resolveKey{p.Dir, request}
	if f, ok := l.resolved[key]; ok {
		if _, err := os.Stat(f); err == nil {
			return l.rt.VM.ToValue(f)
		}
	}
	v := l.finishResolve(request, p, parent)
	l.resolved[key] = v.String()
	return v
}

func (l *Loader) finishResolve(request string, p Parent, parent goja.Value) goja.Value {
	file, err := l.Resolver.Resolve(request, p)
	if err != nil {
		l.throwNotFound(err, request, parent)
	}
	return l.rt.VM.ToValue(file)
}

// resolveFrom looks from each folder of options.paths in turn.
func (l *Loader) resolveFrom(request string, dirs []string, parent goja.Value) goja.Value {
	for _, d := range dirs {
		abs, err := filepath.Abs(d)
		if err != nil {
			continue
		}
		paths := NodeModulePaths(abs)
		if g, ok := l.class.Ctor.Get("globalPaths").(*goja.Object); ok {
			paths = append(paths, stringsOf(g)...)
		}
		file, err := l.Resolver.Resolve(request, Parent{Dir: abs, File: filepath.Join(abs, "noop.js"), Paths: paths})
		if err == nil {
			return l.rt.VM.ToValue(file)
		}
	}
	l.throwNotFound(&ErrNotFound{Request: request}, request, parent)
	return nil
}

func (l *Loader) throwNotFound(err error, request string, parent goja.Value) {
	var nf *ErrNotFound
	if !errors.As(err, &nf) {
		l.rt.Throw(err)
	}
	var stack []string
	for p, ok := parent.(*goja.Object); ok && p != nil; p, ok = p.Get("parent").(*goja.Object) {
		name := p.Get("filename")
		if name == nil || !goja.IsString(name) {
			name = p.Get("id")
		}
		if name != nil {
			stack = append(stack, name.String())
		}
	}
	msg := "Cannot find module '" + nf.Request + "'"
	if len(stack) > 0 {
		msg += "\nRequire stack:\n- " + strings.Join(stack, "\n- ")
	}
	e := nodeerr.New(nodeerr.KindError, "MODULE_NOT_FOUND", msg)
	l.rt.Throw(e.With("requireStack", stack))
}

// findPath is Module._findPath(request, paths).
func (l *Loader) findPath(c goja.FunctionCall) goja.Value {
	request := c.Argument(0).String()
	var dirs []string
	if o, ok := c.Argument(1).(*goja.Object); ok {
		dirs = stringsOf(o)
	}
	if filepath.IsAbs(request) {
		dirs = []string{""}
	}
	for _, d := range dirs {
		if f, err := l.Resolver.file(filepath.Join(d, request), strings.HasSuffix(request, "/")); err == nil && f != "" {
			return l.rt.VM.ToValue(f)
		}
	}
	return l.rt.VM.ToValue(false)
}

// createRequire is module.createRequire(filename): a path, a file URL or its
// text.
func (l *Loader) createRequire(c goja.FunctionCall) goja.Value {
	arg := c.Argument(0)
	text := arg.String()
	if o, ok := arg.(*goja.Object); ok {
		text = bind.Get(o, "href").String()
	}
	file := text
	if strings.HasPrefix(text, "file:") {
		u, err := stdurl.Parse(text)
		if err != nil {
			l.rt.ArgValue("filename", arg, "must be a file URL object, file URL string, or absolute path string")
		}
		file = u.Path
	}
	if !filepath.IsAbs(file) {
		l.rt.ArgValue("filename", arg, "must be a file URL object, file URL string, or absolute path string")
	}
	if strings.HasSuffix(file, "/") {
		file += "noop.js"
	}
	m, err := l.rt.VM.New(l.class.Ctor, l.rt.VM.ToValue(file))
	if err != nil {
		panic(err)
	}
	_ = m.Set("filename", file)
	_ = m.Set("paths", l.rt.ToValue(NodeModulePaths(filepath.Dir(file))))
	return l.makeRequire(m)
}

// makeExtensions fills Module._extensions.
func (l *Loader) makeExtensions(exts *goja.Object) *goja.Object {
	rt := l.rt
	source := func(v goja.Value) string {
		b, err := os.ReadFile(v.String())
		if err != nil {
			rt.Throw(openError(err, v.String()))
		}
		return string(b)
	}
	js := func(c goja.FunctionCall) goja.Value {
		m := c.Argument(0).(*goja.Object)
		rt.Call(m.Get("_compile"), m, rt.VM.ToValue(source(c.Argument(1))), c.Argument(1))
		return goja.Undefined()
	}
	_ = exts.Set(".js", rt.Func("", 2, js))
	_ = exts.Set(".json", rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
		m := c.Argument(0).(*goja.Object)
		text := strings.TrimPrefix(source(c.Argument(1)), "\ufeff")
		json := rt.VM.Get("JSON").(*goja.Object)
		if ex := rt.VM.Try(func() { _ = m.Set("exports", rt.Call(json.Get("parse"), json, rt.VM.ToValue(text))) }); ex != nil {
			if o, ok := ex.Value().(*goja.Object); ok {
				_ = o.Set("message", c.Argument(1).String()+": "+o.Get("message").String())
			}
			panic(ex.Value())
		}
		return goja.Undefined()
	}))
	_ = exts.Set(".node", rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_DLOPEN_FAILED", "Native addons (.node) cannot be loaded: "+c.Argument(1).String()))
		return nil
	}))
	return exts
}

// openError words a failed read of a module's file as fs.readFileSync does.
func openError(err error, file string) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return nodeerr.File(pe.Err, pe.Op, file)
	}
	return err
}
