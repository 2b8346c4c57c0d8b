package loader

import (
	"errors"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// modules holds the ECMAScript modules of a runtime: the module map, and the
// program's entry. Resolving and loading happen at once; linking and evaluation
// come microtasks later, as many as in Node.
type modules struct {
	l       *Loader
	records map[recordKey]*record
	added   []recordKey // by the load under way
	depth   int
	mainURL string
	pending int // entries that are not settled
	stuck   []*record
	evals   int // how many texts of -e there were
	// requiring counts the calls of require under way that load a module.
	requiring int
}

// recordKey is what the module map is keyed by: the URL and the type attribute.
type recordKey struct{ url, typ string }

// record is a loaded module.
type record struct {
	url, format string
	source      string // of a module's text, for messages
	mod         *lang.Module
	shown       *goja.Object // what require shows of it, if that is not the namespace
}

// attributes are the import attributes of a request, in order.
type attributes [][2]string

func (a attributes) typ() string {
	for _, kv := range a {
		if kv[0] == "type" {
			return kv[1]
		}
	}
	return ""
}

func (l *Loader) startModules() {
	l.esm = &modules{l: l, records: map[recordKey]*record{}}
	l.hooks.Import = l.esm.importDynamic
	l.hooks.ImportMeta = l.esm.fillMeta
	l.rt.IsNamespace = lang.IsModuleNamespace
}

// request loads the module that specifier names in the module at base, and all
// that it imports.
func (e *modules) request(specifier, base string, attrs attributes) *record {
	href, format, attrs := e.resolve(specifier, base, attrs)
	return e.get(href, format, base, attrs)
}

// resolve finds the URL of a request; format is a hint, which hooks may give.
func (e *modules) resolve(specifier, base string, attrs attributes) (href, format string, out attributes) {
	if e.l.custom.any() {
		return e.l.custom.resolveImport(e, specifier, base, attrs)
	}
	href, err := e.resolveDefault(specifier, base)
	e.l.rt.Must(err)
	return href, "", attrs
}

func (e *modules) resolveDefault(specifier, base string) (string, error) {
	r := e.l.Resolver
	href, err := r.Resolve(specifier, base, r.importConditions)
	if err != nil {
		return "", e.hint(err, specifier, base)
	}
	return href, nil
}

// hint adds what CommonJS would have found to an error of a missing module.
func (e *modules) hint(err error, specifier, base string) error {
	ne, ok := err.(*nodeerr.Error)
	if !ok || ne.Code != "ERR_MODULE_NOT_FOUND" && ne.Code != "ERR_UNSUPPORTED_DIR_IMPORT" {
		return err
	}
	if found := e.commonJSHint(specifier, base); found != "" {
		ne.Message += "\nDid you mean to import \"" + found + "\"?"
	}
	return ne
}

// get returns the module of a URL from the module map or loads it.
func (e *modules) get(href, format, base string, attrs attributes) *record {
	if rec := e.mocked(href, attrs); rec != nil {
		return rec
	}
	key := recordKey{href, attrs.typ()}
	if rec := e.records[key]; rec != nil {
		return rec
	}
	return e.insert(key, func() *record { return e.translate(href, format, attrs) })
}

// insert makes a record and, after it is in the map, those of its requests. A
// failure takes all that the load under way has added out of the map.
func (e *modules) insert(key recordKey, make func() *record) *record {
	e.depth++
	done := false
	defer func() {
		e.depth--
		if e.depth > 0 {
			return
		}
		if !done {
			for _, k := range e.added {
				delete(e.records, k)
			}
		}
		e.added = e.added[:0]
	}()
	rec := make()
	rec.mod.Host = rec
	e.records[key] = rec
	e.added = append(e.added, key)
	for i, r := range rec.mod.Requests() {
		dep := e.request(r.Specifier, rec.url, attributes(r.Attributes))
		if dep.format == "commonjs" && e.requiring > 0 {
			e.checkCycle(r.Specifier, dep, rec)
		}
		if r.Source {
			e.l.rt.Throw(nodeerr.New(nodeerr.KindSyntax, "ERR_SOURCE_PHASE_NOT_DEFINED", "Source phase import object is not defined for module '"+dep.url+"'"))
		}
		rec.mod.SetDependency(i, dep.mod)
	}
	done = true
	return rec
}

// checkCycle throws where a module that is required imports a CommonJS module
// that is not loaded yet.
func (e *modules) checkCycle(specifier string, dep, from *record) {
	m, ok := e.l.member("_cache").Get(basePath(dep.url)).(*goja.Object)
	if !ok || truthy(m.Get("loaded")) || truthy(hidden(m, esmSymbol)) {
		return
	}
	e.l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_REQUIRE_CYCLE_MODULE", "Cannot import CommonJS Module "+specifier+" in a cycle. (from "+basePath(from.url)+")"))
}

// instantiate links a module, or throws the SyntaxError of what is missing;
// required says that it is for require.
func (e *modules) instantiate(rec *record, required bool) {
	if rec.mod.Linked() {
		return
	}
	err := rec.mod.Instantiate()
	if err == nil {
		return
	}
	var link *lang.LinkError
	if errors.As(err, &link) {
		panic(e.linkError(link, required))
	}
	var ex *goja.Exception
	if errors.As(err, &ex) {
		panic(ex.Value())
	}
	e.l.rt.Throw(err)
}

// linkError makes the SyntaxError of a missing export. For import its stack
// begins with the place; for require that is only printed if nobody catches it.
func (e *modules) linkError(link *lang.LinkError, required bool) *goja.Object {
	from, _ := link.Importer.Host.(*record)
	to, _ := link.Importer.Dependencies()[link.Request].Host.(*record)
	if from == nil || link.Line == 0 {
		return e.l.rt.ErrorObject(nodeerr.KindSyntax, "", link.Message)
	}
	place := &lang.SyntaxErrorInfo{File: from.url, Line: link.Line, Column: link.Column, Width: len(link.Name), Message: link.Message}
	if lines := strings.Split(from.source, "\n"); link.Line <= len(lines) {
		place.SourceLine = strings.TrimSuffix(lines[link.Line-1], "\r")
	}
	if link.Name == "default" && !strings.HasPrefix(place.SourceLine[min(len(place.SourceLine), link.Column-1):], "default") {
		place.Width = len(link.Local)
	}
	if required {
		obj := e.l.rt.ErrorObject(nodeerr.KindSyntax, "", link.Message)
		if e.l.OnSyntaxError != nil {
			e.l.OnSyntaxError(place, obj)
		}
		return obj
	}
	msg := link.Message
	if to != nil && to.format == "commonjs" && strings.Contains(msg, "does not provide an export named") {
		msg = namedExportAdvice(link, place.SourceLine)
	}
	obj := e.l.rt.ErrorObject(nodeerr.KindSyntax, "", msg)
	_ = obj.DefineDataProperty("stack", e.l.value(place.Frame()+obj.Get("stack").String()), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if e.l.OnSyntaxError != nil {
		e.l.OnSyntaxError(nil, obj)
	}
	return obj
}

// namedExportAdvice is the message about a name that a CommonJS module may have
// all the same; line is that of the import.
func namedExportAdvice(link *lang.LinkError, line string) string {
	specifier := link.Importer.Requests()[link.Request].Specifier
	msg := "Named export '" + link.Name + "' not found. The requested module '" + specifier + "' is a CommonJS module, which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\nimport pkg from '" + specifier + "';\n"
	if i, j := strings.IndexByte(line, '{'), strings.LastIndexByte(line, '}'); i >= 0 && j > i {
		msg += "const " + asPattern().ReplaceAllString(line[i:j+1], ": ") + " = pkg;\n"
	}
	return msg
}

// How many microtasks Node takes for the steps of import(): up to evaluation,
// without and with requests, and after it.
const (
	hopsToRun      = 5
	hopsToRunDeps  = 7
	hopsAfter      = 5
	hopsAgain      = 7 // of a module that is there already
	hopsLinkFailed = 6
	hopsFailed     = 4
)

// run links and evaluates a loaded module some microtasks from now, and calls
// one of the functions when that is done.
func (e *modules) run(rec *record, ok func(), fail func(goja.Value)) {
	hooks, vm := e.l.hooks, e.l.rt.VM
	if rec.mod.Evaluated() && rec.mod.Failure() == nil {
		hooks.Microtask(hopsAgain, ok)
		return
	}
	hops := hopsToRun
	if len(rec.mod.Requests()) > 0 {
		hops = hopsToRunDeps
	}
	hooks.Microtask(hops, func() {
		if ex := vm.Try(func() { e.instantiate(rec, false) }); ex != nil {
			hooks.Microtask(hopsLinkFailed, func() { fail(ex.Value()) })
			return
		}
		after := hopsAfter - 1
		if rec.mod.Async() {
			after++
		}
		hooks.Then(rec.mod.Evaluate().(*goja.Object), func(goja.Value) {
			hooks.Microtask(after, ok)
		}, func(v goja.Value) {
			e.explain(v, rec)
			hooks.Microtask(after, func() { fail(v) })
		})
	})
}

// sourceOf reads the text of a file: or data: URL.
func (e *modules) sourceOf(href string) string {
	u, err := url.Parse(href)
	e.l.rt.Must(err)
	if u.Protocol() == "data:" {
		_, body, err := dataURL(href)
		e.l.rt.Must(err)
		return body
	}
	file, err := url.FileURLToPath(u, url.HostFileOptions)
	e.l.rt.Must(err)
	return e.l.readFile(file)
}
