package loader

import (
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// TypeScript by stripping
// (https://nodejs.org/docs/latest-v24.x/api/typescript.html#type-stripping).

// stripTypes returns the JavaScript of a file of TypeScript.
func (l *Loader) stripTypes(src, file string) string {
	if strings.Contains(filepath.ToSlash(file), "/node_modules/") {
		l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
			"Stripping types is currently unsupported for files under node_modules, for \""+file+"\""))
	}
	return src
}

// stripFunction is module.stripTypeScriptTypes(code, options).
func (l *Loader) stripFunction(c goja.FunctionCall) goja.Value {
	l.rt.String(c.Argument(0), "code")
	l.rt.Throw(nodeerr.MethodNotImplemented("module.stripTypeScriptTypes()"))
	return nil
}
