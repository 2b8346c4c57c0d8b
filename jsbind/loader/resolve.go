package loader

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
)

// Resolver finds the file that a request names. It remembers what it read of
// the file system's package.json files.
type Resolver struct {
	// IsBuiltin reports whether a name without "node:" is a built-in module.
	IsBuiltin func(name string) bool
	// Extensions are tried in order after the exact name.
	Extensions func() []string
	// Conditions are the active conditions of exports and imports.
	Conditions map[string]bool
	// PreserveSymlinks keeps a module's path as it was found.
	PreserveSymlinks bool

	packages map[string]*pkg
}

// NewResolver returns a Resolver with the conditions of require().
func NewResolver() *Resolver {
	return &Resolver{
		Conditions: map[string]bool{"node": true, "require": true, "module-sync": true, "node-addons": true},
		packages:   map[string]*pkg{},
	}
}

// Parent is where a request comes from.
type Parent struct {
	Dir   string   // folder that relative requests start from
	File  string   // for messages; may be empty
	Paths []string // node_modules folders, nearest first, then global ones
}

// ErrNotFound is the bare "no such module"; the caller words it.
type ErrNotFound struct{ Request, File string }

func (e *ErrNotFound) Error() string { return "Cannot find module '" + e.Request + "'" }

// IsRelative reports whether a request starts with ./ or ../.
func IsRelative(request string) bool {
	return request == "." || request == ".." || strings.HasPrefix(request, "./") || strings.HasPrefix(request, "../")
}

// NodeModulePaths lists the node_modules folders for a file in dir, nearest
// first.
func NodeModulePaths(dir string) []string {
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

// Resolve returns the real path of the file that request names, seen from p.
// The error is an *ErrNotFound or a nodeerr.Error of package resolution.
func (r *Resolver) Resolve(request string, p Parent) (string, error) {
	if strings.HasPrefix(request, "#") {
		file, err := r.resolveImports(request, p.Dir, p.File)
		if err != nil {
			return "", err
		}
		return r.exact(file, request)
	}
	if filepath.IsAbs(request) || IsRelative(request) {
		base := request
		if !filepath.IsAbs(base) {
			base = filepath.Join(p.Dir, request)
		}
		slash := strings.HasSuffix(request, "/") || strings.HasSuffix(request, "/.") || strings.HasSuffix(request, "/..") || request == "." || request == ".."
		if f, err := r.file(base, slash); err != nil || f != "" {
			return f, err
		}
		return "", &ErrNotFound{Request: request}
	}
	name, sub := splitPackage(request)
	if s := r.scope(p.Dir); s != nil && s.Exports != nil && s.Name == name {
		file, err := r.resolveExports(s, sub, p.File)
		if err != nil {
			return "", err
		}
		return r.exact(file, request)
	}
	for _, dir := range p.Paths {
		if st, err := os.Stat(dir); err != nil || !st.IsDir() {
			continue
		}
		if pk := r.readPackage(filepath.Join(dir, name)); pk != nil && pk.err == nil && pk.Exports != nil {
			file, err := r.resolveExports(pk, sub, "")
			if err != nil {
				return "", err
			}
			return r.exact(file, request)
		}
		if f, err := r.file(filepath.Join(dir, request), strings.HasSuffix(request, "/")); err != nil || f != "" {
			return f, err
		}
	}
	return "", &ErrNotFound{Request: request}
}

// exact is a path that exports or imports named: no extension is tried. A
// built-in that imports mapped to comes back as it is.
func (r *Resolver) exact(file, request string) (string, error) {
	if !filepath.IsAbs(file) {
		return file, nil
	}
	if st, err := os.Stat(file); err == nil && !st.IsDir() {
		return r.real(file), nil
	}
	return "", &ErrNotFound{Request: file}
}

// file tries base as a file, with each extension, then as a folder; "" when
// nothing is there.
func (r *Resolver) file(base string, slash bool) (string, error) {
	st, err := os.Stat(base)
	if !slash {
		if err == nil && !st.IsDir() {
			return r.real(base), nil
		}
		if f := r.withExtension(base); f != "" {
			return f, nil
		}
	}
	if err == nil && st.IsDir() {
		return r.folder(base)
	}
	return "", nil
}

func (r *Resolver) withExtension(base string) string {
	for _, ext := range r.Extensions() {
		if st, err := os.Stat(base + ext); err == nil && !st.IsDir() {
			return r.real(base + ext)
		}
	}
	return ""
}

func (r *Resolver) folder(dir string) (string, error) {
	p := r.readPackage(dir)
	if p != nil && p.err != nil {
		return "", nodeerr.New(nodeerr.KindError, "ERR_INVALID_PACKAGE_CONFIG", "Invalid package config "+p.file+".")
	}
	if p != nil && p.Main != "" {
		main := filepath.Join(dir, p.Main)
		if st, err := os.Stat(main); err == nil && !st.IsDir() {
			return r.real(main), nil
		}
		if f := r.withExtension(main); f != "" {
			return f, nil
		}
		if f := r.withExtension(filepath.Join(main, "index")); f != "" {
			return f, nil
		}
		if f := r.withExtension(filepath.Join(dir, "index")); f != "" {
			return f, nil
		}
		return "", (nodeerr.New(nodeerr.KindError, "MODULE_NOT_FOUND", "Cannot find module '"+main+"'. Please verify that the package.json has a valid \"main\" entry")).
			With("path", p.file).With("requestPath", dir)
	}
	return r.withExtension(filepath.Join(dir, "index")), nil
}

func (r *Resolver) real(file string) string {
	if r.PreserveSymlinks {
		return file
	}
	if f, err := filepath.EvalSymlinks(file); err == nil {
		return f
	}
	return file
}
