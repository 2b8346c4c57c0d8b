package loader

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// Modules that a test has replaced
// (https://nodejs.org/docs/latest-v24.x/api/test.html#mockmodulespecifier-options).

// Mock stands in for a module, for require and import.
type Mock struct {
	// Names are the named exports, and HasDefault says whether there is a default
	// one.
	Names      []string
	HasDefault bool
	// Cache says that all who ask get the same.
	Cache bool
	// Exports makes what require returns, or what import of a CommonJS module shows;
	// it may throw.
	Exports func(imported bool) goja.Value
	// Value returns a named export, and the default one for "default".
	Value func(name string) goja.Value

	format string
	cached goja.Value
	// version counts what has been made of the module's mocks; it is part of their
	// URLs.
	version *int
	record  *record
}

// Of returns the loader of a runtime.
func Of(rt *bind.Runtime) *Loader { return rt.Value(loaderKey{}).(*Loader) }

// MockModule replaces what specifier names for the module at base, a URL, until
// restore is called. It throws where that is replaced already.
func (l *Loader) MockModule(specifier, base string, m *Mock) (restore func()) {
	bare := strings.TrimPrefix(specifier, "node:")
	href, format, _ := l.esm.resolve(bare, base, nil)
	if _, err := url.Parse(href); err != nil {
		l.rt.ArgValue("specifier", l.value(specifier), "cannot compute URL")
	}
	if l.mocks[href] != nil {
		l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INVALID_STATE", "Invalid state: Cannot mock '"+bare+"'. The module is already mocked."))
	}
	if m.format = format; format == "" {
		m.format, _ = l.esm.format(href, func() string { return l.esm.sourceOf(href) })
	}
	if l.mocks == nil {
		l.mocks, l.mockVersions = map[string]*Mock{}, map[string]*int{}
	}
	if m.version = l.mockVersions[href]; m.version == nil {
		m.version = new(int)
		l.mockVersions[href] = m.version
	}
	l.mocks[href] = m
	var was goja.Value
	file := ""
	if strings.HasPrefix(href, "file:") {
		file = l.pathOfURL(href)
		was = l.member("_cache").Get(file)
		_ = l.member("_cache").Delete(file)
	}
	return func() {
		if l.mocks[href] != m {
			return
		}
		delete(l.mocks, href)
		*m.version++
		if was != nil {
			_ = l.member("_cache").Set(file, was)
		}
	}
}

// mockFor returns what stands in for what require(request) of parent names.
func (l *Loader) mockFor(request string, parent goja.Value, isMain bool) *Mock {
	if len(l.mocks) == 0 {
		return nil
	}
	if name, ok := l.builtinName(request); ok {
		return l.mocks["node:"+name]
	}
	return l.mocks[fileURL(l.call("_resolveFilename", l.value(request), parent, l.rt.VM.ToValue(isMain)).String())]
}

// exports is what require returns.
func (m *Mock) exports() goja.Value {
	if m.cached != nil {
		return m.cached
	}
	v := m.Exports(false)
	if m.Cache {
		m.cached = v
	}
	return v
}

// mocked returns the record that stands in for the module at href, nil if none
// does.
func (e *modules) mocked(href string, attrs attributes) *record {
	m := e.l.mocks[href]
	if m == nil {
		return nil
	}
	href += "?node-test-mock=" + itoa(*m.version)
	if !m.Cache {
		*m.version++
	}
	e.l.rt.Must(checkAttributes(href, m.format, attrs))
	if m.record != nil {
		return m.record
	}
	names := append([]string{}, m.Names...)
	rec := &record{url: href, format: "module"}
	switch m.format {
	case "module", "module-typescript", "json":
		if m.HasDefault {
			names = append(names, "default")
		}
		rec.mod = e.l.hooks.NewSyntheticModule(href, names, func(x *lang.Module) error {
			for _, name := range names {
				x.SetExport(name, m.Value(name))
			}
			return nil
		})
	default:
		rec.format = "commonjs"
		rec.mod = e.l.hooks.NewSyntheticModule(href, append(names, "default", "module.exports"), func(x *lang.Module) error {
			v := m.Exports(true)
			for _, name := range names {
				x.SetExport(name, bind.Get(v.(*goja.Object), name))
			}
			x.SetExport("default", v)
			x.SetExport("module.exports", v)
			return nil
		})
	}
	rec.mod.Host = rec
	if m.Cache {
		m.record = rec
	}
	return rec
}
