package loader

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// require of an ECMAScript module
// (https://nodejs.org/docs/latest-v24.x/api/modules.html#loading-ecmascript-modules-using-require).

// requireESM loads a module's text on behalf of a CommonJS module object.
func (l *Loader) requireESM(m *goja.Object, src, file string, typed bool) {
	show(m, formatSymbol, l.value("module"))
	if truthy(hidden(m, mainSymbol)) {
		if p, ok := l.rt.VM.Get("process").(*goja.Object); ok {
			_ = p.Set("mainModule", goja.Undefined())
		}
		l.esm.enter(fileURL(file))
		return
	}
	if l.opt.NoRequireModule {
		l.throwRequireESM(m, file, nil)
	}
	l.warnRequireESM(m, file)
	rec := l.esm.requireSync(m, src, file, typed)
	ns := rec.mod.Namespace()
	switch {
	case rec.mod.HasExport("module.exports"):
		_ = m.Set("exports", ns.Get("module.exports"))
	case !rec.mod.HasExport("default") || rec.mod.HasExport("__esModule"):
		_ = m.Set("exports", ns)
	default:
		_ = m.Set("exports", rec.facade(l))
	}
}

// warnRequireESM warns of a module that is required, where --trace-require-module
// asks for it.
func (l *Loader) warnRequireESM(m *goja.Object, file string) {
	if l.opt.TraceRequire == "" || l.opt.TraceRequire == "no-node-modules" && strings.Contains(l.parentFile(hidden(m, parentSymbol)), "/node_modules/") {
		return
	}
	msg := "ES Module " + file + " using require().\n"
	if from := l.parentFile(hidden(m, parentSymbol)); from != "" {
		msg = "CommonJS module " + from + " is loading " + msg
	} else {
		msg = "Loading " + msg
	}
	l.rt.Warn(msg+"Support for loading ES Module in require() is an experimental feature and might change at any time", "ExperimentalWarning", nil)
}

// isRequiredESM says whether a module object stands for an ECMAScript module
// that is being evaluated.
func (l *Loader) isRequiredESM(m *goja.Object) bool {
	file := textOf(m, "filename")
	if file == "" || len(l.esm.records) == 0 {
		return false
	}
	rec := l.esm.records[recordKey{fileURL(file), ""}]
	return rec != nil && rec.format == "module" && rec.mod.Evaluating()
}

// requireSync loads, links and evaluates a module at once.
func (e *modules) requireSync(m *goja.Object, src, file string, typed bool) *record {
	l := e.l
	key := recordKey{fileURL(file), ""}
	rec := e.records[key]
	if rec == nil {
		e.requiring++
		defer func() { e.requiring-- }()
		rec = e.insert(key, func() *record { return e.sourceText(key.url, src, typed) })
	}
	switch {
	case rec.mod.Evaluated() && rec.mod.Async() && rec.mod.Failure() == nil:
		l.throwRequireAsync(m, file)
	case rec.mod.Evaluated():
		if ex := rec.mod.Failure(); ex != nil {
			panic(ex.Value())
		}
		return rec
	case rec.mod.Evaluating():
		if rec.mod.Async() {
			l.throwRequireAsync(m, file)
		}
		l.throwRequireCycle(file, hidden(m, parentSymbol))
	}
	e.instantiate(rec, true)
	switch err := rec.mod.EvaluateSync(); {
	case errors.Is(err, lang.ErrAsyncModule):
		l.throwRequireAsync(m, file)
	case err != nil:
		var ex *goja.Exception
		if errors.As(err, &ex) {
			e.explain(ex.Value(), rec)
			panic(ex.Value())
		}
		l.rt.Throw(err)
	}
	return rec
}

// facade is the namespace that require shows of a module with a default export:
// it has __esModule besides.
func (r *record) facade(l *Loader) *goja.Object {
	if r.shown == nil {
		const name = "node:internal/spindle/facade"
		prg, err := lang.Compile(name, "export * from 'original'; export { default } from 'original'; export const __esModule = true;", lang.ESM)
		if err != nil {
			panic(err)
		}
		f := l.hooks.NewModule(prg)
		for i := range f.Requests() {
			f.SetDependency(i, r.mod)
		}
		l.rt.Must(f.Instantiate())
		l.rt.Must(f.EvaluateSync())
		r.shown = f.Namespace()
	}
	return r.shown
}

func (l *Loader) parentFile(parent goja.Value) string {
	if p, ok := parent.(*goja.Object); ok {
		return textOf(p, "filename")
	}
	return ""
}

func (l *Loader) throwRequireCycle(file string, parent goja.Value) {
	msg := "Cannot require() ES Module " + file + " in a cycle."
	if from := l.parentFile(parent); from != "" {
		msg += " (from " + from + ")"
	}
	l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_REQUIRE_CYCLE_MODULE", msg))
}

func (l *Loader) throwRequireAsync(m *goja.Object, file string) {
	msg := "require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla."
	if from := l.parentFile(hidden(m, parentSymbol)); from != "" {
		msg += "\n  From " + from + " "
	}
	l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_REQUIRE_ASYNC_MODULE", msg+"\n  Requiring "+file+" "))
}

// throwRequireESM is what --no-experimental-require-module makes of it.
func (l *Loader) throwRequireESM(m *goja.Object, file string, p *pkg) {
	from := l.parentFile(hidden(m, parentSymbol))
	msg := "require() of ES Module " + file
	if from != "" {
		msg += " from " + from
	}
	msg += " not supported."
	if p != nil && filepath.Ext(file) == ".js" {
		msg += "\n" + filepath.Base(file) + " is treated as an ES module file as it is a .js file whose nearest parent package.json contains \"type\": \"module\" which declares all .js files in that package scope as ES modules.\nInstead either rename " + filepath.Base(file) + " to end in .cjs, change the requiring code to use dynamic import() which is available in all CommonJS modules, or change \"type\": \"module\" to \"type\": \"commonjs\" in " + p.file + " to treat all .js files as CommonJS (using .mjs for all ES modules instead).\n"
	} else {
		msg += "\nInstead change the require of " + file + " to a dynamic import() which is available in all CommonJS modules."
	}
	l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_REQUIRE_ESM", msg))
}
