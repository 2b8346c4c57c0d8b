package loader

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
)

// Builtins is the table of built-in modules.
type Builtins interface {
	// Has reports whether name (without "node:") is a built-in that require
	// finds by this name.
	Has(name string) bool
	// HasScheme reports whether name is one with "node:" in front.
	HasScheme(name string) bool
	// HasAddon reports whether name stands in for a native addon of npm.
	HasAddon(name string) bool
	// Load returns a built-in's exports, loading it at first use.
	Load(name string) goja.Value
	// Names lists the built-in modules for Module.builtinModules.
	Names() []string
}

// Options are the command-line options that concern modules.
type Options struct {
	// Conditions are those of --conditions.
	Conditions []string
	// PreserveSymlinks and PreserveSymlinksMain keep paths as they were found.
	PreserveSymlinks, PreserveSymlinksMain bool
	// NoRequireModule forbids require of an ECMAScript module.
	NoRequireModule bool
	// NoDetectModule keeps text without a marked type from being looked at for
	// the syntax of modules.
	NoDetectModule bool
	// NoStripTypes refuses TypeScript.
	NoStripTypes bool
	// TransformTypes makes code of TypeScript's enum and namespace.
	TransformTypes bool
	// InputType is --input-type.
	InputType string
	// SourceMaps is --enable-source-maps.
	SourceMaps bool
	// TraceRequire is --trace-require-module: all or no-node-modules.
	TraceRequire string
	// ParentInMetaResolve gives import.meta.resolve a second argument.
	ParentInMetaResolve bool
	// Loaders are those of --experimental-loader.
	Loaders []string
	// Import says that --import was given, so that the program is loaded as an
	// ECMAScript module would be.
	Import bool
}

// ParseOptions reads the options out of process.execArgv.
func ParseOptions(execArgv []string) Options {
	var o Options
	for i, a := range execArgv {
		name, value, has := strings.Cut(a, "=")
		if !has && i+1 < len(execArgv) {
			value = execArgv[i+1]
		}
		switch name {
		case "-C", "--conditions":
			o.Conditions = append(o.Conditions, value)
		case "--preserve-symlinks":
			o.PreserveSymlinks = true
		case "--preserve-symlinks-main":
			o.PreserveSymlinksMain = true
		case "--no-experimental-require-module", "--no-require-module":
			o.NoRequireModule = true
		case "--no-experimental-detect-module":
			o.NoDetectModule = true
		case "--no-strip-types", "--no-experimental-strip-types":
			o.NoStripTypes = true
		case "--experimental-transform-types":
			o.TransformTypes = true
		case "--input-type":
			o.InputType = value
		case "--enable-source-maps":
			o.SourceMaps = true
		case "--no-enable-source-maps":
			o.SourceMaps = false
		case "--trace-require-module":
			if o.TraceRequire = "all"; has {
				o.TraceRequire = value
			}
		case "--experimental-import-meta-resolve":
			o.ParentInMetaResolve = true
		case "--experimental-loader", "--loader":
			o.Loaders = append(o.Loaders, value)
			o.Import = true
		case "--import":
			o.Import = true
		}
	}
	return o
}

// Loader is the module system of one runtime.
type Loader struct {
	rt       *bind.Runtime
	hooks    *lang.Hooks
	opt      Options
	Resolver *Resolver
	class    *bind.Class // Module
	builtins Builtins
	relative map[relativeKey]string // what a folder's requests were resolved to
	stats    statCache
	paths    []string // NODE_PATH and the folders of old
	loading  int      // depth of requires
	preload  bool     // while modules of -r are loaded
	circular *goja.Object

	mainFile string
	step     loadStep // which step of a require has failed, while its error is made
	wrapped  bool     // Module.wrap or Module.wrapper was replaced
	stat     goja.Value

	// Whether these experimental features were warned of.
	warnedStrip, warnedTransform bool

	esm    *modules
	custom customHooks
	mocks  map[string]*Mock // by URL

	mockVersions map[string]*int
	maps         sourceMaps

	// NewHooksThread starts the thread of module.register(). It is called once.
	NewHooksThread func() HooksThread
	// OnSyntaxError is told of a source text that did not compile, before its
	// SyntaxError is thrown, so that the place can be printed; the place is nil
	// where the error's stack begins with it.
	OnSyntaxError func(*lang.SyntaxErrorInfo, *goja.Object)
	// OnEntryError is told of the exception that ended the program's entry, an
	// ECMAScript module.
	OnEntryError func(goja.Value)
	// OnFile is told of each file that is read for a module, nil for nobody.
	OnFile func(path string)
	// OnSource is told of a text that is in no file, by the name that stacks show.
	OnSource func(name, text string)
}

type relativeKey struct{ dir, request string }

// New makes the loader with its Module class. hooks are the language's; its
// Import and ImportMeta are set.
func New(rt *bind.Runtime, hooks *lang.Hooks, b Builtins, o Options) *Loader {
	l := &Loader{rt: rt, hooks: hooks, opt: o, Resolver: newResolver(b, o), builtins: b, relative: map[relativeKey]string{}}
	l.initPaths()
	l.class = rt.NewClass(bind.ClassDef{Name: "Module", New: l.construct, AnyThis: true})
	l.prototype()
	l.statics()
	l.class.Seal()
	rt.Require = l.builtins.Load
	rt.Builtin = func(id string) goja.Value {
		if name, ok := l.builtinName(id); ok {
			return b.Load(name)
		}
		return nil
	}
	rt.SetValue(loaderKey{}, l)
	l.startModules()
	rt.SourceMaps = func() bool { return l.maps.enabled }
	rt.SetSourceMaps = func(on bool) { l.setSourceMaps(on, on, on) }
	if o.SourceMaps {
		l.setSourceMaps(true, true, true)
	}
	hooks.NativeFrames, hooks.Outermost = l.nativeFrames, l.outermost
	return l
}

type loaderKey struct{}

// Load returns the exports of node:module, the Module class.
func Load(rt *bind.Runtime) goja.Value { return rt.Value(loaderKey{}).(*Loader).class.Ctor }

// value converts text.
func (l *Loader) value(s string) goja.Value { return l.rt.TextValue(s) }

// call calls Module[name] as it stands now.
func (l *Loader) call(name string, args ...goja.Value) goja.Value {
	return l.rt.Call(l.class.Ctor.Get(name), l.class.Ctor, args...)
}

// member returns Module[name] if it is an object.
func (l *Loader) member(name string) *goja.Object {
	o, _ := l.class.Ctor.Get(name).(*goja.Object)
	return o
}

// Preload requires each of names from the current folder, as -r does.
func (l *Loader) Preload(names []string) {
	l.call("_preloadModules", l.rt.ToValue(names))
}

func (l *Loader) preloadModules(names []string) {
	if len(names) == 0 {
		return
	}
	l.preload = true
	defer func() { l.preload = false }()
	m := l.newModule("internal/preload", goja.Null())
	cwd, _ := os.Getwd()
	_ = m.Set("paths", l.call("_nodeModulePaths", l.value(cwd)))
	for _, n := range names {
		l.rt.Call(m.Get("require"), m, l.value(n))
	}
}

// Anonymous makes a module that stands in the current folder, for text that
// has no file.
func (l *Loader) Anonymous(id string) *goja.Object {
	m := l.newModule(id, goja.Undefined())
	cwd, _ := os.Getwd()
	_ = m.Set("filename", filepath.Join(cwd, id))
	_ = m.Set("paths", l.call("_nodeModulePaths", l.value(cwd)))
	return m
}

// RequireFor returns the require function of m.
func (l *Loader) RequireFor(m *goja.Object) *goja.Object { return l.makeRequire(m) }

// textOf returns a string property, "" if there is none.
func textOf(o *goja.Object, name string) string {
	if v := o.Get(name); v != nil && goja.IsString(v) {
		return v.String()
	}
	return ""
}

func stringsOf(v goja.Value) []string {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	n := bind.Get(o, "length").ToInteger()
	out := make([]string, 0, n)
	for i := int64(0); i < n; i++ {
		out = append(out, bind.Get(o, bind.FormatNumber(float64(i))).String())
	}
	return out
}

func truthy(v goja.Value) bool { return v != nil && v.ToBoolean() }

// items are the elements of an array.
func items(v goja.Value) []goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	n := bind.Get(o, "length").ToInteger()
	out := make([]goja.Value, 0, n)
	for i := int64(0); i < n; i++ {
		out = append(out, bind.Get(o, bind.FormatNumber(float64(i))))
	}
	return out
}
