package loader

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// Which file a request of CommonJS names: Module._resolveFilename and
// Module._resolveLookupPaths.

// isRelative reports whether a request starts with ./ or ../.
func isRelative(request string) bool {
	return request == "." || request == ".." || strings.HasPrefix(request, "./") || strings.HasPrefix(request, "../")
}

// nodeModulePaths lists the node_modules folders for a file in dir, nearest
// first.
func nodeModulePaths(dir string) []string {
	var out []string
	for {
		if filepath.Base(dir) != "node_modules" {
			out = append(out, filepath.Join(dir, "node_modules"))
		}
		up := filepath.Dir(dir)
		if up == dir {
			return out
		}
		dir = up
	}
}

// initPaths fills the folders that are searched last: NODE_PATH and those that
// Node has always looked in.
func (l *Loader) initPaths() {
	l.paths = nil
	for _, p := range filepath.SplitList(os.Getenv("NODE_PATH")) {
		if p != "" {
			l.paths = append(l.paths, p)
		}
	}
	if home := os.Getenv("HOME"); home != "" {
		l.paths = append(l.paths, filepath.Join(home, ".node_modules"), filepath.Join(home, ".node_libraries"))
	}
	if exe, err := os.Executable(); err == nil {
		l.paths = append(l.paths, filepath.Join(filepath.Dir(filepath.Dir(exe)), "lib", "node"))
	}
}

// builtinName returns what a request of a built-in module is without its
// scheme.
func (l *Loader) builtinName(request string) (string, bool) {
	if name, ok := strings.CutPrefix(request, "node:"); ok {
		return name, l.builtins.HasScheme(name)
	}
	return request, l.builtins.Has(request)
}

// lookupPaths is Module._resolveLookupPaths(request, parent).
func (l *Loader) lookupPaths(request string, parent goja.Value) goja.Value {
	if _, ok := l.builtinName(request); ok {
		return goja.Null()
	}
	p, _ := parent.(*goja.Object)
	if !strings.HasPrefix(request, ".") || len(request) > 1 && request[1] != '.' && request[1] != '/' {
		var out []string
		if p != nil {
			out = stringsOf(bind.Get(p, "paths"))
		}
		if out = append(out, l.paths...); len(out) == 0 {
			return goja.Null()
		}
		return l.rt.ToValue(out)
	}
	if p == nil || !truthy(p.Get("id")) || textOf(p, "filename") == "" {
		return l.rt.ToValue([]string{"."})
	}
	return l.rt.ToValue([]string{filepath.Dir(textOf(p, "filename"))})
}

// addonScheme begins the file name of a module that stands in for a native
// addon.
const addonScheme = "spindle:"

// resolveFilename is Module._resolveFilename(request, parent, isMain, options).
func (l *Loader) resolveFilename(c goja.FunctionCall) goja.Value {
	rt := l.rt
	request := c.Argument(0).String()
	if _, ok := l.builtinName(request); ok {
		return c.Argument(0)
	}
	parent, isMain := c.Argument(1), c.Argument(2)
	var paths goja.Value
	if opts, ok := c.Argument(3).(*goja.Object); ok {
		switch list := bind.Get(opts, "paths"); {
		case bind.IsArray(list):
			paths = l.pathsFrom(request, list)
		case goja.IsUndefined(list):
		default:
			rt.ArgValue("options.paths", list, "")
		}
	}
	if paths == nil {
		paths = l.call("_resolveLookupPaths", c.Argument(0), parent)
	}
	parentFile := ""
	if p, ok := parent.(*goja.Object); ok {
		parentFile = textOf(p, "filename")
	}
	if strings.HasPrefix(request, "#") && parentFile != "" {
		if s := l.Resolver.scope(filepath.Dir(parentFile)); s != nil && s.Imports != nil {
			target, err := l.Resolver.packageImports(request, fileURL(parentFile), l.Resolver.requireConditions)
			rt.Must(l.asNotFound(err, request))
			return l.finishRequire(target, parentFile, request)
		}
	}
	if target, ok := l.trySelf(selfPath(parent, parentFile), request); ok {
		return target
	}
	if v := l.call("_findPath", c.Argument(0), paths, isMain); goja.IsString(v) && v.String() != "" {
		return v
	}
	if l.builtins.HasAddon(request) {
		return l.value(addonScheme + request)
	}
	rt.Throw(l.notFound(request, parent))
	return nil
}

// selfPath is the path from which a package may name itself.
func selfPath(parent goja.Value, file string) string {
	if file != "" {
		return file
	}
	if p, ok := parent.(*goja.Object); ok && textOf(p, "id") == "internal/preload" {
		cwd, _ := os.Getwd()
		return cwd + "/"
	}
	return ""
}

// asNotFound makes ERR_MODULE_NOT_FOUND what require throws.
func (l *Loader) asNotFound(err error, request string) error {
	if nodeerr.Code(err) == "ERR_MODULE_NOT_FOUND" {
		return errCannotFind(request, "")
	}
	return err
}

func errCannotFind(request, pkg string) *nodeerr.Error {
	e := nodeerr.New(nodeerr.KindError, "MODULE_NOT_FOUND", "Cannot find module '"+request+"'")
	if pkg != "" {
		e = e.With("path", pkg)
	}
	return e
}

// pathsFrom are the folders to search for options.paths.
func (l *Loader) pathsFrom(request string, list goja.Value) goja.Value {
	if isRelative(request) {
		for i, d := range items(list) {
			l.rt.String(d, "paths["+itoa(i)+"]")
		}
		return list
	}
	fake := l.newModule("", goja.Null())
	var out []string
	seen := map[string]bool{}
	for _, d := range items(list) {
		_ = fake.Set("paths", l.call("_nodeModulePaths", d))
		for _, p := range stringsOf(l.call("_resolveLookupPaths", l.value(request), fake)) {
			if !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		}
	}
	return l.rt.ToValue(out)
}

// trySelf resolves a request that names the package it stands in.
func (l *Loader) trySelf(parentPath, request string) (goja.Value, bool) {
	if parentPath == "" || isRelative(request) || filepath.IsAbs(request) || strings.HasPrefix(request, "#") {
		return nil, false
	}
	s := l.Resolver.scope(filepath.Dir(parentPath))
	if s == nil || s.Exports == nil || s.Name == "" {
		return nil, false
	}
	sub, ok := "", false
	if request == s.Name {
		sub, ok = ".", true
	} else if rest, has := strings.CutPrefix(request, s.Name+"/"); has {
		sub, ok = "./"+rest, true
	}
	if !ok {
		return nil, false
	}
	target, err := l.Resolver.packageExports(s, sub, fileURL(parentPath), l.Resolver.requireConditions)
	l.rt.Must(l.asNotFound(err, request))
	return l.finishRequire(target, parentPath, request), true
}

// finishRequire returns the file of a resolved target, which has to be there.
func (l *Loader) finishRequire(target, parentPath, request string) goja.Value {
	if hasEncodedSlash(target) {
		l.rt.Throw(errInvalidSpecifier(target, `must not include encoded "/" or "\" characters`, parentPath))
	}
	file := l.pathOfURL(target)
	if actual := l.tryFile(file, false); actual != "" {
		return l.value(actual)
	}
	pkg := ""
	if p := l.Resolver.scope(filepath.Dir(file)); p != nil {
		pkg = p.file
	}
	l.rt.Throw(errCannotFind(file, pkg))
	return nil
}

// notFound is the error of a request that names nothing.
func (l *Loader) notFound(request string, parent goja.Value) error {
	stack := []string{}
	for p, ok := parent.(*goja.Object); ok && p != nil; p, ok = bind.Get(p, "parent").(*goja.Object) {
		name := p.Get("filename")
		if name == nil || !truthy(name) {
			name = p.Get("id")
		}
		if name != nil {
			stack = append(stack, name.String())
		}
	}
	msg := "Cannot find module '" + request + "'"
	if len(stack) > 0 {
		msg += "\nRequire stack:\n- " + strings.Join(stack, "\n- ")
	}
	return nodeerr.New(nodeerr.KindError, "MODULE_NOT_FOUND", msg).With("requireStack", stack)
}
