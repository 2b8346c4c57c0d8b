package loader

import (
	"path/filepath"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// The functions of node:module
// (https://nodejs.org/docs/latest-v24.x/api/module.html), in Node's order.

func (l *Loader) statics() {
	rt, ctor := l.rt, l.class.Ctor
	null := func() *goja.Object { return rt.VM.CreateObject(nil) }
	static := func(name, shown string, n int, f bind.Method) { _ = ctor.Set(name, rt.Func(shown, n, f)) }
	nothing := goja.Undefined()

	rt.Accessor(ctor, "_stat", func(goja.Value) goja.Value { return l.statFunction() }, func(_, v goja.Value) {
		if l.stat = v; !bind.IsCallable(v) {
			l.stat = nil
		}
	}, false)
	_ = ctor.Set("_cache", null())
	_ = ctor.Set("_pathCache", null())
	_ = ctor.Set("_extensions", l.makeExtensions(null()))
	_ = ctor.Set("globalPaths", rt.ToValue(l.paths))
	l.wrapping(ctor)
	static("_debug", "deprecated", 0, func(goja.FunctionCall) goja.Value { return nothing })
	static("isBuiltin", "isBuiltin", 1, func(c goja.FunctionCall) goja.Value {
		if !goja.IsString(c.Argument(0)) {
			return rt.VM.ToValue(false)
		}
		_, ok := l.builtinName(c.Argument(0).String())
		return rt.VM.ToValue(ok)
	})
	rt.Accessor(ctor, "_readPackage", func(goja.Value) goja.Value { return rt.Func("", 1, l.packageObject) }, func(goja.Value, goja.Value) {}, false)
	static("_findPath", "", 3, l.findPath)
	static("_nodeModulePaths", "", 1, func(c goja.FunctionCall) goja.Value {
		dir, _ := filepath.Abs(rt.String(c.Argument(0), "paths[0]"))
		return rt.ToValue(nodeModulePaths(dir))
	})
	static("_resolveLookupPaths", "", 2, func(c goja.FunctionCall) goja.Value {
		return l.lookupPaths(c.Argument(0).String(), c.Argument(1))
	})
	static("_load", "", 3, func(c goja.FunctionCall) goja.Value {
		return l.loadModule(c.Argument(0).String(), c.Argument(1), c.Argument(2).ToBoolean())
	})
	static("_resolveFilename", "", 4, l.resolveFilename)
	static("createRequire", "createRequire", 1, l.createRequire)
	static("_initPaths", "", 0, func(goja.FunctionCall) goja.Value {
		l.initPaths()
		_ = ctor.Set("globalPaths", rt.ToValue(l.paths))
		return nothing
	})
	static("_preloadModules", "", 1, func(c goja.FunctionCall) goja.Value {
		l.preloadModules(stringsOf(c.Argument(0)))
		return nothing
	})
	static("syncBuiltinESMExports", "syncBuiltinESMExports", 0, func(goja.FunctionCall) goja.Value {
		l.esm.syncBuiltins()
		return nothing
	})
	_ = ctor.Set("Module", ctor)
	static("registerHooks", "registerHooks", 1, l.registerHooks)
	_ = ctor.Set("builtinModules", rt.ToValue(l.builtins.Names()))
	static("runMain", "executeUserEntryPoint", 0, func(c goja.FunctionCall) goja.Value {
		main := c.Argument(0)
		if goja.IsUndefined(main) {
			main = bind.Get(bind.Get(rt.VM.Get("process").(*goja.Object), "argv").(*goja.Object), "1")
		}
		l.runMain(main.String())
		return nothing
	})
	static("register", "register", 1, l.registerThread)
	_ = ctor.Set("constants", l.constants())
	static("enableCompileCache", "enableCompileCache", 1, l.enableCompileCache)
	static("findPackageJSON", "findPackageJSON", 1, l.findPackageJSON)
	// Entries are written when they are made.
	static("flushCompileCache", "flushCompileCache", 0, func(goja.FunctionCall) goja.Value { return nothing })
	static("getCompileCacheDir", "getCompileCacheDir", 0, func(goja.FunctionCall) goja.Value {
		if dir := compileCache.dir.Load(); dir != nil {
			return l.value(*dir)
		}
		return nothing
	})
	static("stripTypeScriptTypes", "stripTypeScriptTypes", 1, l.stripFunction)
	l.sourceMapStatics(static)
}

// statFunction is Module._stat as it stands: 0 for a file, 1 for a folder, less
// than 0 for nothing.
func (l *Loader) statFunction() goja.Value {
	if l.stat != nil {
		return l.stat
	}
	return l.rt.Func("stat", 1, func(c goja.FunctionCall) goja.Value {
		n := -2
		switch statKind(c.Argument(0).String()) {
		case pathFile:
			n = 0
		case pathFolder:
			n = 1
		}
		return l.rt.VM.ToValue(n)
	})
}

var wrapper = [2]string{"(function (exports, require, module, __filename, __dirname) { ", "\n});"}

// wrapping adds wrap and wrapper. Modules are compiled as functions, and only
// where a program replaced one of these through their text.
func (l *Loader) wrapping(ctor *goja.Object) {
	rt := l.rt
	parts := rt.VM.NewArray(rt.VM.ToValue(wrapper[0]), rt.VM.ToValue(wrapper[1]))
	list := goja.Value(rt.VM.ToValue(rt.VM.NewProxy(parts, &goja.ProxyTrapConfig{
		SetIdx: func(target *goja.Object, i int, v, _ goja.Value) bool {
			l.wrapped = true
			return target.Set(itoa(i), v) == nil
		},
		DefinePropertyIdx: func(target *goja.Object, i int, d goja.PropertyDescriptor) bool {
			l.wrapped = true
			return target.DefineDataProperty(itoa(i), d.Value, d.Writable, d.Configurable, d.Enumerable) == nil
		},
	})))
	wrap := goja.Value(rt.Func("wrap", 1, func(c goja.FunctionCall) goja.Value {
		w := parts
		if o, ok := list.(*goja.Object); ok {
			w = o
		}
		return rt.VM.ToValue(bind.Get(w, "0").String() + c.Argument(0).String() + bind.Get(w, "1").String())
	}))
	accessor := func(name string, at *goja.Value) {
		get := rt.Func("get", 0, func(goja.FunctionCall) goja.Value { return *at })
		set := rt.Func("set", 1, func(c goja.FunctionCall) goja.Value {
			l.wrapped = true
			*at = c.Argument(0)
			return goja.Undefined()
		})
		_ = ctor.DefineAccessorProperty(name, get, set, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	accessor("wrap", &wrap)
	accessor("wrapper", &list)
}

func (l *Loader) constants() *goja.Object {
	status := l.rt.VM.CreateObject(nil)
	for i, name := range []string{"FAILED", "ENABLED", "ALREADY_ENABLED", "DISABLED"} {
		_ = status.Set(name, i)
	}
	o := l.rt.VM.CreateObject(nil)
	_ = o.Set("compileCacheStatus", status)
	freeze := l.rt.VM.Get("Object").(*goja.Object).Get("freeze")
	l.rt.Call(freeze, goja.Undefined(), status)
	l.rt.Call(freeze, goja.Undefined(), o)
	return o
}

// packageObject is Module._readPackage(folder).
func (l *Loader) packageObject(c goja.FunctionCall) goja.Value {
	p := l.Resolver.readPackage(filepath.Clean(c.Argument(0).String()))
	o := l.rt.VM.NewObject()
	_ = o.Set("exists", p != nil)
	if p == nil {
		return o
	}
	l.rt.Must(p.err)
	_ = o.Set("pjsonPath", p.file)
	for k, v := range map[string]string{"name": p.Name, "main": p.Main, "type": p.Type} {
		if v != "" {
			_ = o.Set(k, v)
		}
	}
	return o
}

// findPackageJSON is module.findPackageJSON(specifier, base)
// (https://nodejs.org/docs/latest-v24.x/api/module.html#modulefindpackagejsonspecifier-base).
func (l *Loader) findPackageJSON(c goja.FunctionCall) goja.Value {
	rt := l.rt
	if len(c.Arguments) == 0 {
		rt.Throw(nodeerr.MissingArgs("specifier"))
	}
	text := func(v goja.Value, name string) string {
		if o, ok := v.(*goja.Object); ok && goja.IsString(bind.Get(o, "href")) {
			return textOf(o, "href")
		}
		return rt.String(v, name)
	}
	specifier := text(c.Argument(0), "specifier")
	base := ""
	if v := c.Argument(1); !goja.IsUndefined(v) {
		if base = text(v, "base"); filepath.IsAbs(base) {
			base = fileURL(base)
		}
	}
	nearest := func(file string) goja.Value {
		dir := filepath.Dir(file)
		if statKind(file) == pathFolder {
			dir = file
		}
		if p := l.Resolver.scope(dir); p != nil {
			return l.value(p.file)
		}
		return goja.Undefined()
	}
	if filepath.IsAbs(specifier) {
		return nearest(specifier)
	}
	if isPathLike(specifier) || isURL(specifier) {
		u, err := url.ParseRef(specifier, base)
		if base == "" {
			u, err = url.Parse(specifier)
		}
		if err != nil {
			rt.Throw(err)
		}
		return nearest(l.pathOfURL(u.Href()))
	}
	if base == "" {
		rt.ArgType("base", c.Argument(1), "string", "URL")
	}
	name, _ := splitPackage(specifier)
	for _, dir := range nodeModulePaths(filepath.Dir(l.pathOfURL(base))) {
		if p := l.Resolver.readPackage(filepath.Join(dir, name)); p != nil {
			return l.value(p.file)
		}
	}
	if p := l.Resolver.scope(filepath.Dir(l.pathOfURL(base))); p != nil && p.Name == name {
		return l.value(p.file)
	}
	rt.Throw(errModuleNotFound("package", name, base, ""))
	return nil
}

func isURL(s string) bool {
	_, err := url.Parse(s)
	return err == nil
}
