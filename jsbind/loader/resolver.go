package loader

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// Resolver finds the URL that a specifier of an ECMAScript module names
// (https://nodejs.org/docs/latest-v24.x/api/esm.html#resolution-algorithm-specification).
// It remembers what it read of the file system's package.json files, which
// CommonJS shares.
type Resolver struct {
	builtins          Builtins
	importConditions  []string
	requireConditions []string
	preserveSymlinks  bool

	packages map[string]*pkg
}

func newResolver(b Builtins, o Options) *Resolver {
	return &Resolver{
		builtins:          b,
		importConditions:  append([]string{"node", "import", "module-sync", "node-addons"}, o.Conditions...),
		requireConditions: append([]string{"require", "node", "node-addons", "module-sync"}, o.Conditions...),
		preserveSymlinks:  o.PreserveSymlinks,
		packages:          map[string]*pkg{},
	}
}

// basePath is what errors call the module that a specifier stands in.
func basePath(base string) string {
	if u, err := url.Parse(base); err == nil && u.Protocol() == "file:" {
		if p, err := url.FileURLToPath(u, url.HostFileOptions); err == nil {
			return p
		}
	}
	return base
}

func importedFrom(base string) string {
	if base == "" {
		return ""
	}
	return " imported from " + basePath(base)
}

func errModuleNotFound(kind, what, base, href string) error {
	e := nodeerr.New(nodeerr.KindError, "ERR_MODULE_NOT_FOUND", "Cannot find "+kind+" '"+what+"'"+importedFrom(base))
	if href != "" {
		return e.With("url", href)
	}
	return e
}

// errInvalidSpecifier is ERR_INVALID_MODULE_SPECIFIER; base is a path.
func errInvalidSpecifier(request, reason, base string) error {
	from := ""
	if base != "" {
		from = " imported from " + base
	}
	return nodeerr.New(nodeerr.KindType, "ERR_INVALID_MODULE_SPECIFIER", `Invalid module "`+request+`" `+reason+from)
}

func errUnsupportedRequest(specifier, base string) error {
	return nodeerr.New(nodeerr.KindType, "ERR_UNSUPPORTED_RESOLVE_REQUEST", `Failed to resolve module specifier "`+specifier+`" from "`+base+`": Invalid relative URL or base scheme is not hierarchical.`)
}

// isPathLike reports whether a specifier is relative or absolute.
func isPathLike(specifier string) bool {
	return strings.HasPrefix(specifier, "/") || isRelative(specifier)
}

// Resolve is ESM_RESOLVE: specifier seen from the module at base, a URL.
func (r *Resolver) Resolve(specifier, base string, conditions []string) (string, error) {
	if isPathLike(specifier) {
		if u, err := url.ParseRef(specifier, base); err == nil && (u.Protocol() == "data:" || u.Protocol() == "node:") {
			return u.Href(), nil
		}
	} else if u, err := url.Parse(specifier); err == nil {
		switch u.Protocol() {
		case "data:":
			return u.Href(), nil
		case "node:":
			return specifier, nil
		}
	}
	target, err := r.module(specifier, base, conditions)
	if err != nil || !strings.HasPrefix(target, "file:") {
		return target, err
	}
	return r.finish(target, specifier, base)
}

func (r *Resolver) module(specifier, base string, conditions []string) (string, error) {
	switch {
	case isPathLike(specifier):
		u, err := url.ParseRef(specifier, base)
		if err != nil {
			return "", errUnsupportedRequest(specifier, base)
		}
		return u.Href(), nil
	case strings.HasPrefix(base, "file:") && strings.HasPrefix(specifier, "#"):
		return r.packageImports(specifier, base, conditions)
	}
	if u, err := url.Parse(specifier); err == nil {
		return u.Href(), nil
	}
	if strings.HasPrefix(base, "data:") && !r.builtins.Has(specifier) {
		return "", errUnsupportedRequest(specifier, base)
	}
	return r.packageResolve(specifier, base, conditions)
}

func hasEncodedSlash(href string) bool {
	s := strings.ToLower(href)
	return strings.Contains(s, "%2f") || strings.Contains(s, "%5c")
}

// finish checks that the file of a URL is there and follows symbolic links.
func (r *Resolver) finish(href, specifier, base string) (string, error) {
	u, err := url.Parse(href)
	if err != nil {
		return "", err
	}
	if hasEncodedSlash(u.Pathname()) {
		return "", errInvalidSpecifier(u.Pathname(), `must not include encoded "/" or "\" characters`, basePath(base))
	}
	file, err := url.FileURLToPath(u, url.HostFileOptions)
	if err != nil {
		if e, ok := err.(*nodeerr.Error); ok {
			return "", e.With("input", href).With("module", basePath(base))
		}
		return "", err
	}
	switch statKind(file) {
	case pathFolder:
		return "", nodeerr.New(nodeerr.KindError, "ERR_UNSUPPORTED_DIR_IMPORT",
			"Directory import '"+file+"' is not supported resolving ES modules"+importedFrom(base)).With("url", href)
	case pathNone:
		return "", errModuleNotFound("module", file, base, href)
	}
	if r.preserveSymlinks {
		return href, nil
	}
	return fileURL(realPath(file)) + u.Search() + u.Hash(), nil
}

// packageResolve is PACKAGE_RESOLVE.
func (r *Resolver) packageResolve(specifier, base string, conditions []string) (string, error) {
	if r.builtins.Has(specifier) {
		return "node:" + specifier, nil
	}
	name, sub := splitPackage(specifier)
	if invalidName(name) && specifier != "" {
		return "", errInvalidSpecifier(specifier, "is not a valid package name", basePath(base))
	}
	dir := "/"
	if strings.HasPrefix(base, "file:") {
		dir = filepath.Dir(basePath(base))
		if strings.HasSuffix(base, "/") {
			dir = filepath.Clean(basePath(base))
		}
	}
	if s := r.scope(dir); s != nil {
		if s.err != nil {
			return "", invalidConfig(s, specifier, base)
		}
		if s.Name == name && s.Exports != nil && name != "" {
			return r.packageExports(s, sub, base, conditions)
		}
	}
	for _, modules := range nodeModulePaths(dir) {
		folder := filepath.Join(modules, name)
		if st, err := os.Stat(folder); err != nil || !st.IsDir() {
			continue
		}
		p := r.readPackage(folder)
		switch {
		case p != nil && p.err != nil:
			return "", invalidConfig(p, specifier, base)
		case p != nil && p.Exports != nil:
			return r.packageExports(p, sub, base, conditions)
		case sub == ".":
			return legacyMain(folder, p, base)
		}
		u, err := url.ParseRef(sub, fileURL(folder+"/"))
		if err != nil {
			return "", err
		}
		return u.Href(), nil
	}
	return "", errModuleNotFound("package", name, base, "")
}

// invalidName reports whether name cannot be that of a package.
func invalidName(name string) bool {
	return name == "" || strings.HasPrefix(name, ".") || strings.ContainsAny(name, `\%`)
}

func invalidConfig(p *pkg, specifier, base string) error {
	return nodeerr.New(nodeerr.KindError, "ERR_INVALID_PACKAGE_CONFIG", "Invalid package config "+p.file+` while importing "`+specifier+`" from `+basePath(base)+".")
}

// legacyMain finds the main file of a package without exports.
func legacyMain(folder string, p *pkg, base string) (string, error) {
	var tries []string
	if p != nil && p.Main != "" {
		for _, end := range []string{"", ".js", ".json", ".node", "/index.js", "/index.json", "/index.node"} {
			tries = append(tries, filepath.Join(folder, p.Main)+end)
		}
	}
	for _, end := range []string{"index.js", "index.json", "index.node"} {
		tries = append(tries, filepath.Join(folder, end))
	}
	for _, f := range tries {
		if statKind(f) == pathFile {
			return fileURL(f), nil
		}
	}
	what := folder + "/index.js"
	if p != nil && p.Main != "" {
		what = filepath.Join(folder, p.Main)
	}
	return "", errModuleNotFound("package", what, base, "")
}

// has reports whether a condition is active.
func has(conditions []string, name string) bool {
	return name == "default" || slices.Contains(conditions, name)
}
