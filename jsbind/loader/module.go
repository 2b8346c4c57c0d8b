package loader

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// Loader is the module system of one runtime.
type Loader struct {
	rt       *bind.Runtime
	Resolver *Resolver
	class    *bind.Class // Module
	builtins Builtins
	resolved map[resolveKey]string

	// OnSyntaxError is told of a source text that did not compile, before its
	// SyntaxError is thrown, so that the place can be printed.
	OnSyntaxError func(*lang.SyntaxErrorInfo, *goja.Object)
}

// Builtins is the table of built-in modules.
type Builtins interface {
	// Has reports whether name (without "node:") is a built-in that require
	// finds by this name.
	Has(name string) bool
	// HasScheme reports whether name is one with "node:" in front.
	HasScheme(name string) bool
	// Load returns a built-in's exports, loading it at first use.
	Load(name string) goja.Value
	// Names lists the built-in modules for Module.builtinModules.
	Names() []string
}

type resolveKey struct{ dir, request string }

// New makes the loader with its Module class.
func New(rt *bind.Runtime, b Builtins) *Loader {
	l := &Loader{rt: rt, Resolver: NewResolver(), builtins: b, resolved: map[resolveKey]string{}}
	l.Resolver.IsBuiltin = b.Has
	l.Resolver.Extensions = l.extensions
	l.class = rt.NewClass(bind.ClassDef{Name: "Module", Length: 2, New: l.construct, AnyThis: true})
	l.prototype()
	l.statics()
	l.class.Seal()
	rt.Require = l.builtins.Load
	return l
}

// Module returns the Module class, which require('module') exports.
func (l *Loader) Module() *goja.Object { return l.class.Ctor }

func (l *Loader) construct(this *goja.Object, args []goja.Value) *goja.Object {
	var id, parent goja.Value = goja.Undefined(), goja.Undefined()
	if len(args) > 0 {
		id = args[0]
	}
	if len(args) > 1 {
		parent = args[1]
	}
	name := ""
	if goja.IsString(id) {
		name = id.String()
	}
	_ = this.Set("id", name)
	_ = this.Set("path", filepath.Dir(name))
	_ = this.Set("exports", l.rt.VM.NewObject())
	if p, ok := parent.(*goja.Object); ok {
		if kids, ok := p.Get("children").(*goja.Object); ok {
			l.rt.Call(kids.Get("push"), kids, this)
		}
	}
	_ = this.DefineDataPropertySymbol(parentSymbol, parent, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = this.Set("filename", goja.Null())
	_ = this.Set("loaded", false)
	_ = this.Set("children", l.rt.VM.NewArray())
	return nil
}

var parentSymbol = bind.HiddenSymbol("kModuleParent")

func (l *Loader) prototype() {
	l.class.Accessor("parent", func(this goja.Value) goja.Value {
		if o, ok := this.(*goja.Object); ok {
			if v := o.GetSymbol(parentSymbol); v != nil {
				return v
			}
		}
		return goja.Undefined()
	}, func(this, v goja.Value) {
		if o, ok := this.(*goja.Object); ok {
			_ = o.DefineDataPropertySymbol(parentSymbol, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	})
	l.class.Method("load", 1, func(c goja.FunctionCall) goja.Value {
		l.load(c.This.(*goja.Object), c.Argument(0).String())
		return goja.Undefined()
	})
	l.class.Method("require", 1, func(c goja.FunctionCall) goja.Value {
		id := l.rt.String(c.Argument(0), "id")
		if id == "" {
			l.rt.ArgValue("id", c.Argument(0), "must be a non-empty string")
		}
		return l.call("_load", c.Argument(0), c.This, l.rt.VM.ToValue(false))
	})
	l.class.Method("_compile", 3, func(c goja.FunctionCall) goja.Value {
		return l.compile(c.This.(*goja.Object), c.Argument(0).String(), c.Argument(1).String())
	})
}

// call calls Module[name] as it stands now.
func (l *Loader) call(name string, args ...goja.Value) goja.Value {
	return l.rt.Call(l.class.Ctor.Get(name), l.class.Ctor, args...)
}

// loadModule is Module._load.
func (l *Loader) loadModule(request string, parent goja.Value, isMain bool) goja.Value {
	if name, ok := strings.CutPrefix(request, "node:"); ok {
		if !l.builtins.HasScheme(name) {
			l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_UNKNOWN_BUILTIN_MODULE", "No such built-in module: "+request))
		}
		return l.builtins.Load(name)
	}
	file := l.call("_resolveFilename", l.rt.VM.ToValue(request), parent, l.rt.VM.ToValue(isMain)).String()
	cache := l.class.Ctor.Get("_cache").(*goja.Object)
	if m, ok := cache.Get(file).(*goja.Object); ok {
		l.adoptChild(parent, m)
		return m.Get("exports")
	}
	if l.builtins.Has(file) {
		return l.builtins.Load(file)
	}
	if name, ok := strings.CutPrefix(file, "node:"); ok && l.builtins.HasScheme(name) {
		return l.builtins.Load(name)
	}
	m, err := l.rt.VM.New(l.class.Ctor, l.rt.VM.ToValue(file), parent)
	if err != nil {
		panic(err)
	}
	if isMain {
		if p, ok := l.rt.VM.Get("process").(*goja.Object); ok {
			_ = p.Set("mainModule", m)
		}
		_ = m.Set("id", ".")
		l.rt.SetValue(mainKey{}, m)
	}
	_ = cache.Set(file, m)
	done := false
	defer func() {
		if !done {
			_ = cache.Delete(file)
			l.dropChild(parent, m)
		}
	}()
	l.rt.Call(m.Get("load"), m, l.rt.VM.ToValue(file))
	done = true
	return m.Get("exports")
}

type mainKey struct{}

func (l *Loader) adoptChild(parent goja.Value, m *goja.Object) {
	p, ok := parent.(*goja.Object)
	if !ok {
		return
	}
	kids, ok := p.Get("children").(*goja.Object)
	if !ok {
		return
	}
	if !l.rt.Call(kids.Get("includes"), kids, m).ToBoolean() {
		l.rt.Call(kids.Get("push"), kids, m)
	}
}

func (l *Loader) dropChild(parent goja.Value, m *goja.Object) {
	p, ok := parent.(*goja.Object)
	if !ok {
		return
	}
	if kids, ok := p.Get("children").(*goja.Object); ok {
		if i := l.rt.Call(kids.Get("indexOf"), kids, m).ToInteger(); i >= 0 {
			l.rt.Call(kids.Get("splice"), kids, l.rt.VM.ToValue(i), l.rt.VM.ToValue(1))
		}
	}
}

// load is Module.prototype.load: the extension's function does the work.
func (l *Loader) load(m *goja.Object, file string) {
	_ = m.Set("filename", file)
	_ = m.Set("paths", l.rt.ToValue(NodeModulePaths(filepath.Dir(file))))
	exts := l.class.Ctor.Get("_extensions").(*goja.Object)
	ext := ".js"
	base := filepath.Base(file)
	for i := 1; i < len(base); i++ {
		if base[i] == '.' {
			if f := exts.Get(base[i:]); f != nil && !goja.IsUndefined(f) {
				ext = base[i:]
				break
			}
		}
	}
	l.rt.Call(exts.Get(ext), exts, m, l.rt.VM.ToValue(file))
	_ = m.Set("loaded", true)
}

// compile is Module.prototype._compile: it wraps, runs and returns what the
// module's body returned.
func (l *Loader) compile(m *goja.Object, src, file string) goja.Value {
	prg, err := lang.Compile(file, src, lang.CommonJS)
	if err != nil {
		l.throwSyntax(err)
	}
	fn, err := prg.Run(l.rt.VM)
	if err != nil {
		panic(err)
	}
	return l.rt.Call(fn, m.Get("exports"), m.Get("exports"), l.makeRequire(m), m, l.rt.VM.ToValue(file), l.rt.VM.ToValue(filepath.Dir(file)))
}

// throwSyntax throws a SyntaxError for source text that is not a program.
func (l *Loader) throwSyntax(err error) {
	obj := l.rt.ErrorObject(nodeerr.KindSyntax, "", err.Error())
	var info *lang.SyntaxErrorInfo
	if errors.As(err, &info) && l.OnSyntaxError != nil {
		l.OnSyntaxError(info, obj)
	}
	panic(obj)
}

// ThrowSyntax throws the SyntaxError of a failed lang.Compile.
func (l *Loader) ThrowSyntax(err error) { l.throwSyntax(err) }

// makeRequire makes the require function of a module.
func (l *Loader) makeRequire(m *goja.Object) *goja.Object {
	rt := l.rt
	req := rt.Func("require", 1, func(c goja.FunctionCall) goja.Value {
		return rt.Call(m.Get("require"), m, c.Argument(0))
	})
	resolve := rt.Func("resolve", 2, func(c goja.FunctionCall) goja.Value {
		rt.String(c.Argument(0), "request")
		return l.call("_resolveFilename", c.Argument(0), m, rt.VM.ToValue(false), c.Argument(1))
	})
	_ = resolve.Set("paths", rt.Func("paths", 1, func(c goja.FunctionCall) goja.Value {
		rt.String(c.Argument(0), "request")
		return l.call("_resolveLookupPaths", c.Argument(0), m)
	}))
	_ = req.Set("resolve", resolve)
	main, _ := rt.Value(mainKey{}).(*goja.Object)
	if main != nil {
		_ = req.Set("main", main)
	} else {
		_ = req.Set("main", goja.Undefined())
	}
	_ = req.Set("extensions", l.class.Ctor.Get("_extensions"))
	_ = req.Set("cache", l.class.Ctor.Get("_cache"))
	return req
}

func (l *Loader) extensions() []string {
	return l.class.Ctor.Get("_extensions").(*goja.Object).Keys()
}

// RunMain loads file as the main module.
func (l *Loader) RunMain(file string) {
	l.call("_load", l.rt.VM.ToValue(file), goja.Null(), l.rt.VM.ToValue(true))
}

// Preload requires each of names from the current folder, as -r does.
func (l *Loader) Preload(names []string) {
	m := l.Anonymous("internal/preload")
	_ = m.Set("filename", goja.Null())
	for _, n := range names {
		l.rt.Call(m.Get("require"), m, l.rt.VM.ToValue(n))
	}
}

// Anonymous makes a module that stands in the current folder, for text that
// has no file.
func (l *Loader) Anonymous(id string) *goja.Object {
	m, err := l.rt.VM.New(l.class.Ctor, l.rt.VM.ToValue(id))
	if err != nil {
		panic(err)
	}
	cwd, _ := os.Getwd()
	_ = m.Set("filename", filepath.Join(cwd, id))
	_ = m.Set("paths", l.rt.ToValue(NodeModulePaths(cwd)))
	return m
}

// RequireFor returns the require function of m.
func (l *Loader) RequireFor(m *goja.Object) *goja.Object { return l.makeRequire(m) }
