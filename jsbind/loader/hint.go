package loader

import (
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/querystring"
)

// commonJSHint is what CommonJS finds for a specifier that an ECMAScript module
// did not find, as that would have to write it; "" if nothing else.
func (e *modules) commonJSHint(specifier, base string) string {
	if !strings.HasPrefix(base, "file:") || strings.HasSuffix(base, "/") {
		return ""
	}
	parent, found := basePath(base), ""
	e.l.rt.VM.Try(func() {
		m := e.l.newModule(parent, goja.Null())
		_ = m.Set("filename", parent)
		_ = m.Set("paths", e.l.call("_nodeModulePaths", e.l.value(filepath.Dir(parent))))
		found = e.l.call("_resolveFilename", e.l.value(specifier), m, e.l.rt.VM.ToValue(false)).String()
	})
	switch {
	case found == "":
		return ""
	case isRelative(specifier):
		rel, err := filepath.Rel(filepath.Dir(parent), found)
		if err != nil {
			return ""
		}
		if found = filepath.ToSlash(rel); !strings.HasPrefix(found, "../") {
			found = "./" + found
		}
	case !filepath.IsAbs(specifier):
		name, _, _ := strings.Cut(specifier, "/")
		if i := strings.Index(found, name); i >= 0 {
			found = found[i:]
		}
	}
	if found == specifier {
		return ""
	}
	return encodeURI(found)
}

// encodeURI encodes what encodeURI does of a path.
func encodeURI(s string) string {
	out, err := querystring.EscapeExcept(s, ";/?:@&=+$,#")
	if err != nil {
		return s
	}
	return out
}
