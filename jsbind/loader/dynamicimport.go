package loader

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// importDynamic is import(specifier, options) in the text named referrer.
func (e *modules) importDynamic(referrer string, specifier, options goja.Value) goja.Value {
	rt := e.l.rt
	load := func() goja.Value {
		by := rt.ImporterOf(referrer)
		p, resolve, reject := engine.NewPromise(rt.VM)
		switch {
		case by != nil && by.Import == nil:
			_ = reject(rt.ErrorValue(by.Denied()))
		case by != nil:
			var out goja.Value
			if ex := rt.VM.Try(func() {
				text := specifier.ToString()
				attrs := e.l.attributesObject(e.dynamicAttributes(options))
				out = by.Import(text, attrs)
			}); ex != nil {
				_ = reject(ex.Value())
			} else {
				return out
			}
		default:
			e.importTo(specifier, options, func() string { return e.baseOf(referrer) },
				func(rec *record) { _ = resolve(rec.mod.Namespace()) }, func(v goja.Value) { _ = reject(v) })
		}
		return rt.VM.ToValue(p)
	}
	if rt.Tracing != nil && rt.Tracing.Traced("module.import") {
		return rt.Tracing.TracePromise("module.import", load, "parentURL", e.baseOf(referrer), "url", specifier)
	}
	return load()
}

func (e *modules) importTo(specifier, options goja.Value, base func() string, ok func(*record), fail func(goja.Value)) {
	vm := e.l.rt.VM
	var rec *record
	early := true
	ex := vm.Try(func() {
		if _, ok := specifier.(*goja.Symbol); ok {
			e.l.rt.Throw(nodeerr.New(nodeerr.KindType, "", "Cannot convert a Symbol value to a string"))
		}
		text := specifier.ToString().String()
		attrs := e.dynamicAttributes(options)
		early = false
		rec = e.request(text, base(), attrs)
	})
	switch {
	case ex != nil && isNeverSettled(ex):
	case ex != nil && early:
		fail(ex.Value())
	case ex != nil:
		e.l.hooks.Microtask(hopsFailed, func() { fail(ex.Value()) })
	default:
		e.run(rec, func() { ok(rec) }, fail)
	}
}

// dynamicAttributes reads the second argument of import().
func (e *modules) dynamicAttributes(options goja.Value) attributes {
	if options == nil || goja.IsUndefined(options) {
		return nil
	}
	throw := func(msg string) { e.l.rt.Throw(nodeerr.New(nodeerr.KindType, "", msg)) }
	o, ok := options.(*goja.Object)
	if !ok {
		throw("The second argument to import() must be an object")
	}
	with := bind.Get(o, "with")
	if goja.IsUndefined(with) {
		return nil
	}
	w, ok := with.(*goja.Object)
	if !ok {
		throw("The 'with' option must be an object")
	}
	var attrs attributes
	for _, k := range w.Keys() {
		v := w.Get(k)
		if !goja.IsString(v) {
			throw("Import attribute value must be a string")
		}
		attrs = append(attrs, [2]string{k, v.String()})
	}
	return attrs
}

// baseOf is the URL that specifiers are relative to in the text of that name: a
// URL, a path, or a text without a file, which stands in the current folder.
func (e *modules) baseOf(name string) string {
	if name == "" {
		name = e.callerFile()
	}
	if filepath.IsAbs(name) {
		return fileURL(name)
	}
	if u, err := url.Parse(name); err == nil && (u.Protocol() == "file:" || u.Protocol() == "data:" || u.Protocol() == "node:") {
		return name
	}
	cwd, _ := os.Getwd()
	if name == "" {
		return fileURL(cwd + "/")
	}
	return fileURL(filepath.Join(cwd, name))
}

// callerFile is the file of the innermost frame that has one: text made by eval
// or Function stands where that was called.
func (e *modules) callerFile() string {
	for _, f := range e.l.rt.VM.CaptureCallStack(0, nil) {
		name := f.SrcName()
		if filepath.IsAbs(name) || strings.HasPrefix(name, "file:") || strings.HasPrefix(name, "data:") {
			return name
		}
	}
	return ""
}

// fillMeta makes import.meta of the module at href
// (https://nodejs.org/docs/latest-v24.x/api/esm.html#importmeta).
func (e *modules) fillMeta(href string, meta *goja.Object) {
	rt := e.l.rt
	if by := rt.ImporterOf(href); by != nil {
		by.Meta(meta)
		return
	}
	if strings.HasPrefix(href, "file:") {
		file := basePath(href)
		_ = meta.Set("dirname", filepath.Dir(file))
		_ = meta.Set("filename", file)
	}
	_ = meta.Set("main", href == e.mainURL)
	_ = meta.Set("resolve", rt.Func("resolve", 1, func(c goja.FunctionCall) goja.Value {
		if len(c.Arguments) == 0 {
			rt.Throw(nodeerr.MissingArgs("specifier"))
		}
		specifier := c.Arguments[0].ToString().String()
		href := href
		if v := c.Argument(1); e.l.opt.ParentInMetaResolve && !goja.IsUndefined(v) {
			o, isObject := v.(*goja.Object)
			text, isURL := "", false
			if isObject {
				text, isURL = rt.Href(o)
			}
			if !isURL && !goja.IsString(v) {
				rt.ArgType("parentURL", v, "string", "URL")
			}
			if href = text; !isURL {
				href = v.String()
			}
		}
		if e.l.custom.any() {
			out := ""
			if ex := rt.VM.Try(func() { out, _, _ = e.l.custom.resolveImport(e, specifier, href, nil) }); ex != nil {
				o, _ := ex.Value().(*goja.Object)
				if o == nil || textOf(o, "code") != "ERR_MODULE_NOT_FOUND" && textOf(o, "code") != "ERR_UNSUPPORTED_DIR_IMPORT" || textOf(o, "url") == "" {
					panic(ex)
				}
				out = textOf(o, "url")
			}
			return e.l.value(out)
		}
		out, err := e.resolveDefault(specifier, href)
		if err != nil {
			if found := missingURL(err); found != "" {
				return e.l.value(found)
			}
			rt.Throw(err)
		}
		return e.l.value(out)
	}))
	_ = meta.Set("url", href)
}

// missingURL is the URL of a module that is not there.
func missingURL(err error) string {
	e, ok := err.(*nodeerr.Error)
	if !ok || e.Code != "ERR_MODULE_NOT_FOUND" && e.Code != "ERR_UNSUPPORTED_DIR_IMPORT" {
		return ""
	}
	for _, p := range e.Props {
		if s, ok := p.Value.(string); ok && p.Key == "url" {
			return s
		}
	}
	return ""
}
