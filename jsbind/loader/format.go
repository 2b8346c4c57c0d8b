package loader

import (
	"encoding/base64"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/querystring"
	"github.com/spindle-js/spindle/url"
)

var asPattern = lazyregexp.New(`\s+as\s+`)

func itoa(n int) string { return strconv.Itoa(n) }

// format finds how the text behind a URL is to be read. source hands out the
// text if that has to be looked at.
func (e *modules) format(href string, source func() string) (string, error) {
	if strings.HasPrefix(href, "node:") {
		return "builtin", nil
	}
	u, err := url.Parse(href)
	if err != nil {
		return "", err
	}
	switch u.Protocol() {
	case "data:":
		mime, _, err := dataURL(href)
		if err != nil {
			return "", err
		}
		switch strings.ToLower(mime) {
		case "text/javascript", "application/javascript":
			return "module", nil
		case "application/json":
			return "json", nil
		case "application/wasm":
			return "wasm", nil
		}
		return "", nodeerr.New(nodeerr.KindRange, "ERR_UNKNOWN_MODULE_FORMAT", "Unknown module format: "+mime+" for URL "+href)
	case "file:":
		file, err := url.FileURLToPath(u, url.HostFileOptions)
		if err != nil {
			return "", err
		}
		return e.fileFormat(href, file, source)
	}
	schemes := "file, data, and node"
	if p := u.Protocol(); p == "http:" || p == "https:" {
		schemes = "file and data"
	}
	return "", nodeerr.New(nodeerr.KindError, "ERR_UNSUPPORTED_ESM_URL_SCHEME",
		"Only URLs with a scheme in: "+schemes+" are supported by the default ESM loader. Received protocol '"+u.Protocol()+"'")
}

func (e *modules) fileFormat(href, file string, source func() string) (string, error) {
	ext := filepath.Ext(file)
	if filepath.Base(file) == ext {
		ext = "" // .profile has none
	}
	switch ext {
	case ".mjs":
		return "module", nil
	case ".cjs":
		return "commonjs", nil
	case ".json":
		return "json", nil
	case ".wasm":
		return "wasm", nil
	case ".ts", ".mts", ".cts":
		if !e.l.opt.NoStripTypes {
			format, _, err := e.l.requireFormat(file)
			if format == "typescript" {
				if e.detect(href, e.l.stripTypes(source(), file)) == "module" {
					return "module-typescript", err
				}
				return "commonjs-typescript", err
			}
			return format, err
		}
	case ".js", "":
		typ, p, err := e.l.Resolver.typeOf(file)
		if err != nil {
			return "", err
		}
		if typ != "none" {
			return typ, nil
		}
		format := e.detect(href, source())
		if format == "module" && p != nil && ext == ".js" {
			e.warnTypeless(p, href)
		}
		return format, nil
	}
	return "", nodeerr.New(nodeerr.KindType, "ERR_UNKNOWN_FILE_EXTENSION", `Unknown file extension "`+ext+`" for `+file)
}

// detect looks whether a text has the syntax of a module.
func (e *modules) detect(href, src string) string {
	if e.l.opt.NoDetectModule {
		return "commonjs"
	}
	if _, err := lang.Compile(basePath(href), src, lang.CommonJS); err != nil && e.l.isModuleText(err, href, src) {
		return "module"
	}
	return "commonjs"
}

// warnTypeless says once for a package that its files are parsed twice.
func (e *modules) warnTypeless(p *pkg, href string) {
	if p.warned || strings.Contains(href, "/node_modules/") {
		return
	}
	p.warned = true
	e.l.rt.Warn("Module type of "+href+" is not specified and it doesn't parse as CommonJS.\nReparsing as ES module because module syntax was detected. This incurs a performance overhead.\nTo eliminate this warning, add \"type\": \"module\" to "+p.file+".", "Warning", map[string]any{"code": "MODULE_TYPELESS_PACKAGE_JSON"})
}

// checkAttributes checks a request's attributes against the module's format.
func checkAttributes(href, format string, attrs attributes) error {
	for _, kv := range attrs {
		if kv[0] != "type" {
			return errAttributeUnsupported(kv[0], kv[1], href)
		}
	}
	typ := attrs.typ()
	has := len(attrs) > 0
	switch {
	case format == "json" && !has:
		return nodeerr.New(nodeerr.KindType, "ERR_IMPORT_ATTRIBUTE_MISSING", `Module "`+href+`" needs an import attribute of "type: json"`)
	case format == "json" && typ == "json", !has:
		return nil
	case typ == "json":
		return nodeerr.New(nodeerr.KindType, "ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE", `Module "`+href+`" is not of type "json"`)
	}
	return errAttributeUnsupported("type", typ, href)
}

func errAttributeUnsupported(key, value, href string) error {
	return nodeerr.New(nodeerr.KindType, "ERR_IMPORT_ATTRIBUTE_UNSUPPORTED", `Import attribute "`+key+`" with value "`+value+`" is not supported in `+href)
}

var dataPattern = lazyregexp.New(`^data:([^/]+/[^;,]+)([^,]*?)(;base64)?,((?s:.*))$`)

// dataURL splits a data: URL into its type and body.
func dataURL(href string) (mime, body string, err error) {
	u, err := url.Parse(href)
	if err != nil {
		return "", "", err
	}
	m := dataPattern().FindStringSubmatch(u.Protocol() + u.Pathname() + u.Search())
	if m == nil {
		_, text, _ := strings.Cut(href, ",")
		return "null", text, nil
	}
	text, ok := querystring.DecodeComponent(m[4])
	if !ok {
		return "", "", nodeerr.New(nodeerr.KindURI, "", "URI malformed")
	}
	if m[3] != "" {
		return m[1], decodeBase64(text), nil
	}
	return m[1], text, nil
}

// decodeBase64 decodes as Buffer.from(text, 'base64') does: what does not belong
// is left out.
func decodeBase64(s string) string {
	s = strings.NewReplacer("-", "+", "_", "/").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r == '+' || r == '/' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, s)
	b, _ := base64.RawStdEncoding.DecodeString(s)
	return string(b)
}
