package loader

import (
	"path/filepath"
	"sort"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
)

func errPathNotExported(p *pkg, sub, base string) error {
	from := ""
	if base != "" {
		from = " imported from " + base
	}
	if sub == "." {
		return nodeerr.New(nodeerr.KindError, "ERR_PACKAGE_PATH_NOT_EXPORTED", `No "exports" main defined in `+p.file+from)
	}
	return nodeerr.New(nodeerr.KindError, "ERR_PACKAGE_PATH_NOT_EXPORTED", `Package subpath '`+sub+`' is not defined by "exports" in `+p.file+from)
}

func errInvalidTarget(p *pkg, key string, target string, isImports bool, base string) error {
	field := "exports"
	if isImports {
		field = "imports"
	}
	rel := ""
	if target != "" && !strings.HasPrefix(target, "./") && !isImports {
		rel = `; targets must start with "./"`
	}
	from := ""
	if base != "" {
		from = " imported from " + base
	}
	msg := `Invalid "` + field + `" target "` + target + `" defined for '` + key + `' in the package config ` + p.file + from + rel
	if key == "." {
		msg = `Invalid "` + field + `" main target "` + target + `" defined in the package config ` + p.file + from + rel
	}
	return nodeerr.New(nodeerr.KindError, "ERR_INVALID_PACKAGE_TARGET", msg)
}

// resolveExports is PACKAGE_EXPORTS_RESOLVE
// (https://nodejs.org/docs/latest-v24.x/api/esm.html#resolution-algorithm-specification).
func (r *Resolver) resolveExports(p *pkg, sub, base string) (string, error) {
	e := p.Exports
	if e.isStr || e.isList || e.vals != nil && !isSubpathMap(e) {
		if sub != "." {
			return "", errPathNotExported(p, sub, base)
		}
		return r.finish(p, sub, e, "", false, false, base)
	}
	if t, ok := e.vals[sub]; ok && !strings.Contains(sub, "*") && !strings.HasSuffix(sub, "/") {
		return r.finish(p, sub, t, "", false, false, base)
	}
	key, match := bestPattern(e, sub)
	if key == "" {
		return "", errPathNotExported(p, sub, base)
	}
	return r.finish(p, sub, e.vals[key], match, true, false, base)
}

func isSubpathMap(n *node) bool {
	return len(n.keys) > 0 && strings.HasPrefix(n.keys[0], ".")
}

// resolveImports is PACKAGE_IMPORTS_RESOLVE.
func (r *Resolver) resolveImports(request, dir, base string) (string, error) {
	p := r.scope(dir)
	if request != "#" && !strings.HasPrefix(request, "#/") && p != nil && p.Imports != nil {
		if t, ok := p.Imports.vals[request]; ok && !strings.Contains(request, "*") {
			return r.finish(p, request, t, "", false, true, base)
		}
		if key, match := bestPattern(p.Imports, request); key != "" {
			return r.finish(p, request, p.Imports.vals[key], match, true, true, base)
		}
	}
	where := ""
	if p != nil {
		where = " in package " + p.file
	}
	return "", nodeerr.New(nodeerr.KindType, "ERR_PACKAGE_IMPORT_NOT_DEFINED", `Package import specifier "`+request+`" is not defined`+where+" imported from "+base)
}

// bestPattern finds the key with one "*" that matches sub most specifically.
func bestPattern(n *node, sub string) (key, match string) {
	var keys []string
	for _, k := range n.keys {
		if strings.Count(k, "*") == 1 {
			keys = append(keys, k)
		}
	}
	sort.SliceStable(keys, func(i, j int) bool {
		a, b := strings.IndexByte(keys[i], '*'), strings.IndexByte(keys[j], '*')
		if a != b {
			return a > b
		}
		return len(keys[i]) > len(keys[j])
	})
	for _, k := range keys {
		i := strings.IndexByte(k, '*')
		pre, post := k[:i], k[i+1:]
		if len(sub) >= len(k) && strings.HasPrefix(sub, pre) && strings.HasSuffix(sub, post) {
			return k, sub[i : len(sub)-len(post)]
		}
	}
	return "", ""
}

func (r *Resolver) finish(p *pkg, key string, t *node, match string, pattern, isImports bool, base string) (string, error) {
	out, ok, err := r.target(p, key, t, match, pattern, isImports, base)
	if err != nil {
		return "", err
	}
	if !ok || out == "" {
		if isImports {
			return "", nodeerr.New(nodeerr.KindType, "ERR_PACKAGE_IMPORT_NOT_DEFINED", `Package import specifier "`+key+`" is not defined in package `+p.file+" imported from "+base)
		}
		return "", errPathNotExported(p, key, base)
	}
	return out, nil
}

// target is PACKAGE_TARGET_RESOLVE; ok is false where nothing matched.
func (r *Resolver) target(p *pkg, key string, t *node, match string, pattern, isImports bool, base string) (string, bool, error) {
	switch {
	case t == nil || t.isNull:
		return "", t != nil && t.isNull, nil
	case t.isStr:
		return r.stringTarget(p, key, t.str, match, pattern, isImports, base)
	case t.isList:
		var last error
		for _, item := range t.list {
			out, ok, err := r.target(p, key, item, match, pattern, isImports, base)
			if nodeerr.Code(err) == "ERR_INVALID_PACKAGE_TARGET" {
				last = err
				continue
			}
			if err != nil || ok && out != "" {
				return out, ok, err
			}
		}
		return "", last == nil && len(t.list) == 0, last
	}
	for _, k := range t.keys {
		if k == "default" || r.Conditions[k] {
			out, ok, err := r.target(p, key, t.vals[k], match, pattern, isImports, base)
			if err != nil || ok {
				return out, ok, err
			}
		}
	}
	return "", false, nil
}

func (r *Resolver) stringTarget(p *pkg, key, target, match string, pattern, isImports bool, base string) (string, bool, error) {
	sub := func(s string) string {
		if pattern {
			return strings.ReplaceAll(s, "*", match)
		}
		return s
	}
	if !strings.HasPrefix(target, "./") {
		if !isImports || strings.HasPrefix(target, "../") || strings.HasPrefix(target, "/") {
			return "", false, errInvalidTarget(p, key, target, isImports, base)
		}
		out, err := r.Resolve(sub(target), Parent{Dir: p.dir, File: p.file, Paths: NodeModulePaths(p.dir)})
		return out, err == nil, err
	}
	for _, seg := range strings.FieldsFunc(target[2:], func(c rune) bool { return c == '/' || c == '\\' }) {
		if s := strings.ToLower(seg); s == "." || s == ".." || s == "node_modules" {
			return "", false, errInvalidTarget(p, key, target, isImports, base)
		}
	}
	for _, seg := range strings.FieldsFunc(match, func(c rune) bool { return c == '/' || c == '\\' }) {
		if s := strings.ToLower(seg); s == "." || s == ".." || s == "node_modules" {
			return "", false, nodeerr.New(nodeerr.KindType, "ERR_INVALID_MODULE_SPECIFIER", `Invalid module "`+key+`" request is not a valid match in pattern for the "exports" resolution of `+p.file)
		}
	}
	return filepath.Join(p.dir, filepath.FromSlash(sub(target))), true, nil
}
