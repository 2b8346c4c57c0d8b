package loader

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// Module._findPath: files, extensions and folders.

// statCache remembers what paths are while one outermost require runs.
type statCache map[string]pathKind

type pathKind int8

const (
	pathNone pathKind = iota + 1
	pathFile
	pathFolder
)

func (c *statCache) begin() { *c = statCache{} }
func (c *statCache) end()   { *c = nil }

func (c statCache) kind(path string) pathKind {
	if k, ok := c[path]; ok {
		return k
	}
	k := statKind(path)
	if c != nil {
		c[path] = k
	}
	return k
}

// kind asks what a path is: the file system, or what a program put into
// Module._stat.
func (l *Loader) kind(path string) pathKind {
	if l.stat == nil {
		return l.stats.kind(path)
	}
	switch n := l.rt.Call(l.stat, l.class.Ctor, l.value(path)).ToInteger(); {
	case n == 0:
		return pathFile
	case n == 1:
		return pathFolder
	}
	return pathNone
}

func statKind(path string) pathKind {
	st, err := os.Stat(path)
	switch {
	case err != nil:
		return pathNone
	case st.IsDir():
		return pathFolder
	}
	return pathFile
}

// findPath is Module._findPath(request, paths, isMain).
func (l *Loader) findPath(c goja.FunctionCall) goja.Value {
	request, isMain := c.Argument(0).String(), c.Argument(2).ToBoolean()
	dirs := stringsOf(c.Argument(1))
	absolute := filepath.IsAbs(request)
	switch {
	case absolute:
		dirs = []string{""}
	case len(dirs) == 0:
		return l.rt.VM.ToValue(false)
	}
	cache := l.member("_pathCache")
	key := request + "\x00" + strings.Join(dirs, "\x00")
	if v := cache.Get(key); v != nil && truthy(v) {
		return v
	}
	slash := trailingSlash(request)
	inside := !strings.HasPrefix(request, "..") && !absolute
	for _, d := range dirs {
		if inside && d != "" && l.kind(d) != pathFolder {
			continue
		}
		if !absolute && !isRelative(request) {
			if file, ok := l.findExported(d, request); ok {
				_ = cache.Set(key, file)
				return file
			}
		}
		base, err := filepath.Abs(filepath.Join(d, request))
		if absolute {
			base, err = filepath.Clean(request), nil
		}
		if err != nil {
			continue
		}
		file := ""
		kind := l.kind(base)
		if !slash {
			if kind == pathFile {
				file = l.real(base, isMain)
			}
			if file == "" {
				file = l.tryExtensions(base, isMain)
			}
		}
		if file == "" && kind == pathFolder {
			file = l.tryPackage(base, isMain, request)
		}
		if file != "" {
			v := l.value(file)
			_ = cache.Set(key, v)
			return v
		}
	}
	return l.rt.VM.ToValue(false)
}

func trailingSlash(request string) bool {
	return request == "." || request == ".." || strings.HasSuffix(request, "/") || strings.HasSuffix(request, "/.") || strings.HasSuffix(request, "/..")
}

// findExported resolves a request to a package below dir that has exports.
func (l *Loader) findExported(dir, request string) (goja.Value, bool) {
	name, sub := splitPackage(request)
	if name == "" {
		return nil, false
	}
	p := l.Resolver.readPackage(filepath.Join(dir, name))
	if p == nil {
		return nil, false
	}
	l.rt.Must(p.err)
	if p.Exports == nil {
		return nil, false
	}
	target, err := l.Resolver.packageExports(p, sub, "", l.Resolver.requireConditions)
	l.rt.Must(l.asNotFound(err, request))
	return l.finishRequire(target, "", request), true
}

// tryFile returns the path of a file that is there.
func (l *Loader) tryFile(path string, isMain bool) string {
	if l.kind(path) != pathFile {
		return ""
	}
	return l.real(path, isMain)
}

func (l *Loader) tryExtensions(base string, isMain bool) string {
	for _, ext := range l.member("_extensions").Keys() {
		if f := l.tryFile(base+ext, isMain); f != "" {
			return f
		}
	}
	return ""
}

// tryPackage finds the file that stands for a folder.
func (l *Loader) tryPackage(dir string, isMain bool, request string) string {
	index := filepath.Join(dir, "index")
	p := l.Resolver.readPackage(dir)
	if p != nil && p.err != nil {
		l.rt.Throw(p.err)
	}
	if p == nil || p.Main == "" {
		return l.tryExtensions(index, isMain)
	}
	main := filepath.Join(dir, p.Main)
	for _, try := range []func() string{
		func() string { return l.tryFile(main, isMain) },
		func() string { return l.tryExtensions(main, isMain) },
		func() string { return l.tryExtensions(filepath.Join(main, "index"), isMain) },
	} {
		if f := try(); f != "" {
			return f
		}
	}
	f := l.tryExtensions(index, isMain)
	if f == "" {
		l.rt.Throw(nodeerr.New(nodeerr.KindError, "MODULE_NOT_FOUND", "Cannot find module '"+main+"'. Please verify that the package.json has a valid \"main\" entry").
			With("path", p.file).With("requestPath", request))
	}
	l.rt.Warn("Invalid 'main' field in '"+p.file+"' of '"+p.Main+"'. Please either fix that or report it to the module author", "DeprecationWarning", map[string]any{"code": "DEP0128"})
	return f
}

// real is the path without symbolic links, unless these are to be kept.
func (l *Loader) real(path string, isMain bool) string {
	if isMain && l.opt.PreserveSymlinksMain || !isMain && l.opt.PreserveSymlinks {
		return path
	}
	return realPath(path)
}

func realPath(path string) string {
	if p, err := filepath.EvalSymlinks(path); err == nil {
		return p
	}
	return path
}
