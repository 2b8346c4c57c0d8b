package loader

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// translate makes the record of a URL from what is behind it.
func (e *modules) translate(href, format string, attrs attributes) *record {
	l := e.l
	var text string
	given, read := false, false
	if l.custom.any() {
		format, text, given = l.custom.load(e, href, format, attrs)
		read = given
	} else {
		source := func() string {
			if !read {
				text, read = e.sourceOf(href), true
			}
			return text
		}
		var err error
		if format == "" {
			format, err = e.format(href, source)
		}
		l.rt.Must(err)
		l.rt.Must(checkAttributes(href, format, attrs))
	}
	source := func() string {
		if !read {
			text, read = e.sourceOf(href), true
		}
		return text
	}
	switch format {
	case "builtin":
		return e.builtin(href)
	case "module":
		return e.sourceText(href, source(), false)
	case "module-typescript":
		return e.sourceText(href, l.stripTypes(source(), basePath(href)), true)
	case "json":
		return e.json(href, source())
	case "commonjs":
		return e.commonJS(href, source(), given)
	case "commonjs-typescript":
		return e.commonJS(href, l.stripTypes(source(), basePath(href)), given)
	case "wasm":
		l.rt.Throw(nodeerr.MethodNotImplemented("import of WebAssembly"))
	}
	l.rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_UNKNOWN_MODULE_FORMAT", "Unknown module format: "+format+" for URL "+href))
	return nil
}

// sourceText makes the record of a module's text.
func (e *modules) sourceText(href, src string, typed bool) *record {
	prg, err := e.l.program(href, src, lang.ESM, typed)
	if err != nil {
		e.l.throwSyntax(err)
	}
	return &record{url: href, format: "module", source: src, mod: e.l.hooks.NewModule(prg)}
}

// builtin makes the record of a built-in module: its own enumerable properties
// as names, and itself as default.
func (e *modules) builtin(href string) *record {
	name := strings.TrimPrefix(href, "node:")
	if !e.l.builtins.HasScheme(name) {
		e.l.rt.Throw(errUnknownBuiltin(href))
	}
	exports := e.l.builtins.Load(name)
	names := []string{"default"}
	if o, ok := exports.(*goja.Object); ok {
		for _, k := range o.Keys() {
			if k != "default" {
				names = append(names, k)
			}
		}
	}
	rec := &record{url: href, format: "builtin"}
	rec.mod = e.l.hooks.NewSyntheticModule(href, names, nil)
	rec.mod.SetExport("default", exports)
	e.syncBuiltin(rec, names)
	return rec
}

// syncBuiltin gives the exports of a built-in the values of its properties.
func (e *modules) syncBuiltin(rec *record, names []string) {
	o, ok := e.l.builtins.Load(strings.TrimPrefix(rec.url, "node:")).(*goja.Object)
	if !ok {
		return
	}
	for _, name := range names {
		if name == "default" {
			continue
		}
		v := goja.Value(goja.Undefined())
		e.l.rt.VM.Try(func() {
			if e.hasOwn(o, name) {
				v = bind.Get(o, name)
			}
		})
		rec.mod.SetExport(name, v)
	}
}

// syncBuiltins is module.syncBuiltinESMExports().
func (e *modules) syncBuiltins() {
	for _, rec := range e.records {
		if rec.format == "builtin" {
			e.syncBuiltin(rec, rec.mod.Declared())
		}
	}
}

func (e *modules) hasOwn(o *goja.Object, name string) bool {
	f := e.l.rt.VM.Get("Object").(*goja.Object).Get("hasOwn")
	return e.l.rt.Call(f, goja.Undefined(), o, e.l.value(name)).ToBoolean()
}

func (e *modules) json(href, text string) *record {
	rec := &record{url: href, format: "json"}
	name := basePath(href)
	if strings.HasPrefix(href, "file:") && !strings.ContainsAny(href, "?#") {
		if m, ok := e.l.member("_cache").Get(name).(*goja.Object); ok && truthy(m.Get("loaded")) {
			rec.mod = e.l.hooks.NewSyntheticModule(href, []string{"default"}, nil)
			rec.mod.SetExport("default", bind.Get(m, "exports"))
			return rec
		}
	}
	v := e.l.parseJSON(text, name)
	if strings.HasPrefix(href, "file:") && !strings.ContainsAny(href, "?#") && e.l.member("_cache").Get(name) == nil {
		m := e.l.newModule(name, goja.Undefined())
		_ = m.Set("filename", name)
		_ = m.Set("exports", v)
		_ = m.Set("loaded", true)
		_ = e.l.member("_cache").Set(name, m)
	}
	rec.mod = e.l.hooks.NewSyntheticModule(href, []string{"default"}, nil)
	rec.mod.SetExport("default", v)
	return rec
}

// commonJS makes the record of a CommonJS module: the names that its text shows,
// default and module.exports. It is run by Module._load when it is evaluated,
// so that what tools put there has its say; given says that a hook supplied the
// text, which is then run itself.
func (e *modules) commonJS(href, src string, given bool) *record {
	l := e.l
	file := basePath(href)
	seen := map[string]bool{}
	names := e.exportNames(file, src, seen)
	declared := append([]string{}, names...)
	for _, n := range []string{"default", "module.exports"} {
		if !slices.Contains(declared, n) {
			declared = append(declared, n)
		}
	}
	rec := &record{url: href, format: "commonjs", source: src}
	rec.mod = l.hooks.NewSyntheticModule(href, declared, func(m *lang.Module) error {
		isMain := href == e.mainURL
		var exports goja.Value
		if given {
			exports = l.runCommonJS(file, src, isMain)
		} else {
			exports = l.call("_load", l.value(file), goja.Undefined(), l.rt.VM.ToValue(isMain))
			// What it was when the module had loaded, whatever became of it since.
			if m, ok := l.member("_cache").Get(file).(*goja.Object); ok {
				if first := hidden(m, firstSymbol); first != nil && !goja.IsUndefined(first) {
					exports = first
				}
			}
		}
		if o, ok := exports.(*goja.Object); ok {
			for _, n := range names {
				if n == "default" || n == "module.exports" {
					continue
				}
				l.rt.VM.Try(func() {
					if e.hasOwn(o, n) {
						m.SetExport(n, bind.Get(o, n))
					}
				})
			}
		}
		m.SetExport("default", exports)
		m.SetExport("module.exports", exports)
		return nil
	})
	return rec
}

// runCommonJS runs a text as the CommonJS module of a file.
func (l *Loader) runCommonJS(file, src string, isMain bool) goja.Value {
	cache := l.member("_cache")
	if m, ok := cache.Get(file).(*goja.Object); ok && truthy(m.Get("loaded")) {
		return bind.Get(m, "exports")
	}
	m := l.newModule(file, goja.Undefined())
	_ = m.Set("filename", file)
	_ = m.Set("paths", l.call("_nodeModulePaths", l.value(filepath.Dir(file))))
	if isMain {
		if p, ok := l.rt.VM.Get("process").(*goja.Object); ok {
			_ = p.Set("mainModule", m)
		}
		_ = m.Set("id", ".")
	}
	_ = cache.Set(file, m)
	l.rt.Call(m.Get("_compile"), m, l.value(src), l.value(file), l.value("commonjs"))
	_ = m.Set("loaded", true)
	return bind.Get(m, "exports")
}

// exportNames guesses what a CommonJS module exports, and what the modules do
// whose exports it passes on.
func (e *modules) exportNames(file, src string, seen map[string]bool) []string {
	if seen[file] {
		return nil
	}
	seen[file] = true
	names, reexports := lang.CommonJSExports(file, src)
	names = slices.DeleteFunc(names, func(n string) bool { return strings.ContainsRune(n, 0xfffd) }) // no well-formed name
	for _, request := range reexports {
		var target string
		e.l.rt.VM.Try(func() {
			m := e.l.newModule(file, goja.Undefined())
			_ = m.Set("filename", file)
			_ = m.Set("paths", e.l.call("_nodeModulePaths", e.l.value(filepath.Dir(file))))
			target = e.l.call("_resolveFilename", e.l.value(request), m).String()
			if name, ok := e.l.builtinName(target); ok {
				if o, ok := e.l.builtins.Load(name).(*goja.Object); ok {
					names = append(names, o.Keys()...)
				}
				target = ""
				return
			}
			if ext := filepath.Ext(target); !filepath.IsAbs(target) || ext != ".js" && ext != ".cjs" && e.l.member("_extensions").Get(ext) != nil {
				target = ""
				return
			}
			for _, n := range e.exportNames(target, e.l.readFile(target), seen) {
				if !slices.Contains(names, n) {
					names = append(names, n)
				}
			}
		})
	}
	return names
}

// explain words a ReferenceError of a name that only CommonJS has, as Node does.
func (e *modules) explain(v goja.Value, rec *record) {
	o, ok := v.(*goja.Object)
	if !ok || !e.l.rt.IsError(v) || textOf(o, "name") != "ReferenceError" || rec.format != "module" {
		return
	}
	msg := textOf(o, "message")
	name, ok := strings.CutSuffix(msg, " is not defined")
	if !ok || !slices.Contains([]string{"require", "module", "exports", "__filename", "__dirname"}, name) {
		return
	}
	set := func(msg string) {
		_ = o.Set("message", msg)
		stack := bind.Get(o, "stack").String()
		if i := strings.Index(stack, "\n    at "); i >= 0 {
			_ = o.DefineDataProperty("stack", e.l.value("ReferenceError: "+msg+stack[i:]), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	file := basePath(rec.url)
	typ, p, _ := e.l.Resolver.typeOf(file)
	if rec.mod.TopLevelAwait() && filepath.Ext(file) != ".mjs" && typ != "module" {
		what := name
		if name == "require" {
			what = "require()"
		}
		text := "Cannot determine intended module format because both " + what + " and top-level await are present. If the code is intended to be CommonJS, wrap await in an async function. If the code is intended to be an ES module, replace require() with import."
		if name != "require" {
			text = "Cannot determine intended module format because both '" + what + "' and top-level await are present. If the code is intended to be CommonJS, wrap await in an async function. If the code is intended to be an ES module, use import.meta instead."
		}
		set(text)
		_ = o.Set("code", "ERR_AMBIGUOUS_MODULE_SYNTAX")
		return
	}
	msg += " in ES module scope"
	if name == "require" {
		msg += ", you can use import instead"
	}
	if filepath.Ext(file) == ".js" && typ == "module" && p != nil {
		msg += "\nThis file is being treated as an ES module because it has a '.js' file extension and '" + p.file + "' contains \"type\": \"module\". To treat it as a CommonJS script, rename it to use the '.cjs' file extension."
	}
	set(msg)
}
