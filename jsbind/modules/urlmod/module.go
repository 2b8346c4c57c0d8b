package urlmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

type moduleKey struct{}

type module struct {
	rt       *bind.Runtime
	exports  *goja.Object // nil until the module is loaded
	url      *bind.Class
	params   *bind.Class
	iterator *goja.Object // the prototype of URLSearchParams' iterators, nil until there is one
	legacy   *bind.Class  // nil until the module is loaded
	pattern  *goja.Object // URLPattern, nil until it is asked for
	context  *bind.Class  // shown by inspection alone, nil until it is

	// warned tells the deprecations that the program was told of.
	warned map[string]bool
}

// Load returns the exports of node:url.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.exports == nil {
		m.exports = rt.VM.NewObject()
		m.export()
	}
	return m.exports
}

// Globals defines the classes that are globals too.
func Globals(rt *bind.Runtime, global *goja.Object) {
	m := get(rt)
	for _, c := range []*bind.Class{m.url, m.params} {
		_ = global.DefineDataProperty(c.Name, c.Ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, warned: map[string]bool{}}
	rt.SetValue(moduleKey{}, m)
	m.defineURL()
	m.defineParams()
	rt.Equals((*urlState)(nil), func(a, b any) bool { return a.(*urlState).Href() == b.(*urlState).Href() })
	return m
}

// export puts what the module exports on its object, in Node's order.
func (m *module) export() {
	m.defineLegacy()
	rt, e := m.rt, m.exports
	set := func(name, own string, length int, f bind.Method) { _ = e.Set(name, rt.Func(own, length, f)) }
	_ = e.Set("Url", m.legacy.Ctor)
	set("parse", "urlParse", 3, m.urlParse)
	set("resolve", "urlResolve", 2, m.urlResolve)
	set("resolveObject", "urlResolveObject", 2, m.urlResolveObject)
	set("format", "urlFormat", 2, m.urlFormat)
	_ = e.Set("URL", m.url.Ctor)
	_ = e.Set("URLPattern", URLPattern(rt))
	_ = e.Set("URLSearchParams", m.params.Ctor)
	set("domainToASCII", "domainToASCII", 1, m.domain(url.DomainToASCII))
	set("domainToUnicode", "domainToUnicode", 1, m.domain(url.DomainToUnicode))
	set("pathToFileURL", "pathToFileURL", 2, m.pathToFileURL)
	set("fileURLToPath", "fileURLToPath", 1, m.fileURLToPath)
	set("fileURLToPathBuffer", "fileURLToPathBuffer", 1, m.fileURLToPathBuffer)
	set("urlToHttpOptions", "urlToHttpOptions", 1, m.urlToHTTPOptions)
}

// text is the USVString conversion of Web IDL: lone surrogates are replaced,
// and a symbol throws.
func (m *module) text(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "", "Cannot convert a Symbol value to a string"))
	}
	return v.String()
}

// require throws ERR_MISSING_ARGS unless there are as many arguments as names.
func (m *module) require(c goja.FunctionCall, names ...string) {
	if len(c.Arguments) < len(names) {
		m.rt.Throw(nodeerr.MissingArgs(names...))
	}
}

// engineError throws a TypeError without a code, as V8 does for private
// members.
func (m *module) engineError(text string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindType, "", text))
}

// domain makes domainToASCII and domainToUnicode.
func (m *module) domain(convert func(string) string) bind.Method {
	return func(c goja.FunctionCall) goja.Value {
		m.require(c, "domain")
		return m.rt.VM.ToValue(convert(m.text(c.Argument(0))))
	}
}

// deprecate warns once, unless the call came from a module in node_modules.
func (m *module) deprecate(code, text string) {
	if m.warned[code] || m.rt.Warn == nil {
		return
	}
	m.warned[code] = true
	m.rt.Warn(text, "DeprecationWarning", map[string]any{"code": code})
}
