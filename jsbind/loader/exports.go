package loader

import (
	"sort"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// The fields exports and imports of package.json. base is the URL of the module
// that asks, empty for CommonJS.

func errPathNotExported(p *pkg, sub, base string) error {
	if sub == "." {
		return nodeerr.New(nodeerr.KindError, "ERR_PACKAGE_PATH_NOT_EXPORTED", `No "exports" main defined in `+p.file+importedFrom(base))
	}
	return nodeerr.New(nodeerr.KindError, "ERR_PACKAGE_PATH_NOT_EXPORTED", `Package subpath '`+sub+`' is not defined by "exports" in `+p.file+importedFrom(base))
}

func errInvalidTarget(p *pkg, key string, target *node, isImports bool, base string) error {
	field := "exports"
	if isImports {
		field = "imports"
	}
	text := target.jsonText()
	hint := ""
	if !isImports && len(text) > 0 && (!target.isStr || !strings.HasPrefix(target.str, "./")) {
		hint = `; targets must start with "./"`
	}
	if key == "." {
		return nodeerr.New(nodeerr.KindError, "ERR_INVALID_PACKAGE_TARGET", `Invalid "exports" main target `+text+` defined in the package config `+p.file+importedFrom(base)+hint)
	}
	return nodeerr.New(nodeerr.KindError, "ERR_INVALID_PACKAGE_TARGET", `Invalid "`+field+`" target `+text+` defined for '`+key+`' in the package config `+p.file+importedFrom(base)+hint)
}

// jsonText is what an error shows of a target: in quotes even where it is no
// string.
func (n *node) jsonText() string {
	switch {
	case n == nil || n.isNull:
		return `"null"`
	case n.isStr:
		return strconv.Quote(n.str)
	case n.other != "":
		return `"` + n.other + `"`
	}
	return `"[object Object]"`
}

func errPackageConfig(p *pkg, base, why string) error {
	from := ""
	if base != "" {
		from = " while importing " + base
	}
	return nodeerr.New(nodeerr.KindError, "ERR_INVALID_PACKAGE_CONFIG", "Invalid package config "+p.file+from+". "+why)
}

// packageExports is PACKAGE_EXPORTS_RESOLVE; sub begins with ".".
func (r *Resolver) packageExports(p *pkg, sub, base string, conditions []string) (string, error) {
	e := p.Exports
	sugar, err := isMainSugar(p, base)
	if err != nil {
		return "", err
	}
	if sugar {
		e = &node{keys: []string{"."}, vals: map[string]*node{".": e}}
	}
	t := target{r: r, p: p, base: base, conditions: conditions}
	if value, ok := e.vals[sub]; ok && !strings.Contains(sub, "*") && !strings.HasSuffix(sub, "/") {
		t.key = sub
		return t.exported(value, sub)
	}
	key, match := bestPattern(e, sub)
	if key == "" {
		return "", errPathNotExported(p, sub, base)
	}
	t.key, t.match, t.pattern = key, match, true
	return t.exported(e.vals[key], sub)
}

func (t *target) exported(value *node, sub string) (string, error) {
	out, state, err := t.resolve(value)
	if err != nil {
		return "", err
	}
	if state != found {
		return "", errPathNotExported(t.p, sub, t.base)
	}
	return out, nil
}

// isMainSugar says whether exports is the target of "." itself.
func isMainSugar(p *pkg, base string) (bool, error) {
	e := p.Exports
	if !e.isObject() {
		return true, nil
	}
	for i, k := range e.keys {
		if strings.HasPrefix(k, ".") != strings.HasPrefix(e.keys[0], ".") && i > 0 {
			return false, errPackageConfig(p, base, `"exports" cannot contain some keys starting with '.' and some not. The exports object must either be an object of package subpath keys or an object of main entry condition name keys only.`)
		}
	}
	return len(e.keys) > 0 && !strings.HasPrefix(e.keys[0], "."), nil
}

// packageImports is PACKAGE_IMPORTS_RESOLVE for a specifier that begins with #.
// base is the URL of the module that asks.
func (r *Resolver) packageImports(specifier, base string, conditions []string) (string, error) {
	from := basePath(base)
	if specifier == "#" || strings.HasPrefix(specifier, "#/") || strings.HasSuffix(specifier, "/") {
		return "", errInvalidSpecifier(specifier, "is not a valid internal imports specifier name", from)
	}
	p := r.scope(dirOf(from))
	if p != nil && p.err != nil {
		return "", p.err
	}
	if p != nil && p.Imports != nil {
		t := target{r: r, p: p, base: base, conditions: conditions, imports: true}
		value, ok := p.Imports.vals[specifier]
		t.key = specifier
		if !ok || strings.Contains(specifier, "*") {
			t.key, t.match = bestPattern(p.Imports, specifier)
			t.pattern = t.key != ""
			value = p.Imports.vals[t.key]
		}
		if t.key != "" {
			out, state, err := t.resolve(value)
			if err != nil || state == found {
				return out, err
			}
		}
	}
	where := ""
	if p != nil {
		where = " in package " + p.file
	}
	return "", nodeerr.New(nodeerr.KindType, "ERR_PACKAGE_IMPORT_NOT_DEFINED", `Package import specifier "`+specifier+`" is not defined`+where+importedFrom(base))
}

func dirOf(file string) string {
	if i := strings.LastIndexByte(file, '/'); i > 0 {
		return file[:i]
	}
	return "/"
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

// target resolves one entry of exports or imports: PACKAGE_TARGET_RESOLVE.
type target struct {
	r          *Resolver
	p          *pkg
	key, match string
	pattern    bool
	imports    bool
	base       string
	conditions []string
}

type targetState int

const (
	undefined targetState = iota
	null
	found
)

func (t *target) resolve(n *node) (string, targetState, error) {
	switch {
	case n == nil:
		return "", undefined, nil
	case n.isNull:
		return "", null, nil
	case n.isStr:
		out, err := t.text(n)
		return out, found, err
	case n.isList:
		return t.list(n)
	case n.isObject():
		for _, k := range n.keys {
			if isIndex(k) {
				return "", undefined, errPackageConfig(t.p, t.base, `"exports" cannot contain numeric property keys.`)
			}
		}
		for _, k := range n.keys {
			if !has(t.conditions, k) {
				continue
			}
			out, state, err := t.resolve(n.vals[k])
			if err != nil || state != undefined {
				return out, state, err
			}
		}
		return "", undefined, nil
	}
	return "", undefined, errInvalidTarget(t.p, t.key, n, t.imports, t.base)
}

func (t *target) list(n *node) (string, targetState, error) {
	if len(n.list) == 0 {
		return "", null, nil
	}
	var last error
	state := undefined
	for _, item := range n.list {
		out, s, err := t.resolve(item)
		if err != nil {
			last = err
			if nodeerr.Code(err) != "ERR_INVALID_PACKAGE_TARGET" {
				return "", undefined, err
			}
			continue
		}
		switch s {
		case undefined:
		case null:
			last, state = nil, null
		default:
			return out, found, nil
		}
	}
	return "", state, last
}

func isIndex(k string) bool {
	n, err := strconv.ParseUint(k, 10, 32)
	return err == nil && strconv.FormatUint(n, 10) == k
}

func (t *target) text(n *node) (string, error) {
	s := n.str
	if t.match != "" && !t.pattern && !strings.HasSuffix(s, "/") {
		return "", errInvalidTarget(t.p, t.key, n, t.imports, t.base)
	}
	if !strings.HasPrefix(s, "./") {
		if t.imports && !strings.HasPrefix(s, "../") && !strings.HasPrefix(s, "/") {
			if _, err := url.Parse(s); err != nil {
				if t.pattern {
					s = strings.ReplaceAll(s, "*", t.match)
				}
				return t.r.packageResolve(s, fileURL(t.p.file), t.conditions)
			}
		}
		return "", errInvalidTarget(t.p, t.key, n, t.imports, t.base)
	}
	if invalidSegments(s[2:]) {
		return "", errInvalidTarget(t.p, t.key, n, t.imports, t.base)
	}
	if t.match != "" && invalidSegments(t.match) {
		request := t.key
		if t.pattern {
			request = strings.ReplaceAll(t.key, "*", t.match)
		}
		field := "exports"
		if t.imports {
			field = "imports"
		}
		return "", errInvalidSpecifier(request, `request is not a valid match in pattern "`+t.key+`" for the "`+field+`" resolution of `+t.p.file, baseOrEmpty(t.base))
	}
	if t.pattern {
		s = strings.ReplaceAll(s, "*", t.match)
	}
	u, err := url.ParseRef(s, fileURL(t.p.file))
	if err != nil {
		return "", err
	}
	return u.Href(), nil
}

func baseOrEmpty(base string) string {
	if base == "" {
		return ""
	}
	return basePath(base)
}

// invalidSegments reports whether a path leaves its package or goes into
// another one.
func invalidSegments(path string) bool {
	path = strings.NewReplacer("%2e", ".", "%2E", ".").Replace(path)
	for _, seg := range strings.FieldsFunc(path, func(c rune) bool { return c == '/' || c == '\\' }) {
		switch strings.ToLower(seg) {
		case ".", "..", "node_modules":
			return true
		}
	}
	return false
}
