package loader

import (
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/url"
)

// makeRequire makes the require function of a module.
func (l *Loader) makeRequire(m *goja.Object) *goja.Object {
	rt := l.rt
	req := rt.Func("require", 1, func(c goja.FunctionCall) goja.Value {
		return rt.Call(m.Get("require"), m, c.Arguments...)
	})
	resolve := rt.Func("resolve", 2, func(c goja.FunctionCall) goja.Value {
		rt.String(c.Argument(0), "request")
		return l.resolveRequest(c.Argument(0), m, c.Argument(1))
	})
	_ = resolve.Set("paths", rt.Func("paths", 1, func(c goja.FunctionCall) goja.Value {
		rt.String(c.Argument(0), "request")
		return l.call("_resolveLookupPaths", c.Argument(0), m)
	}))
	_ = req.Set("resolve", resolve)
	main := goja.Value(goja.Undefined())
	if p, ok := rt.VM.Get("process").(*goja.Object); ok {
		main = bind.Get(p, "mainModule")
	}
	_ = req.Set("main", main)
	_ = req.Set("extensions", l.class.Ctor.Get("_extensions"))
	_ = req.Set("cache", l.class.Ctor.Get("_cache"))
	return req
}

// resolveRequest is require.resolve.
func (l *Loader) resolveRequest(request goja.Value, m *goja.Object, options goja.Value) goja.Value {
	if l.custom.any() {
		file, _, _ := l.custom.resolveRequire(l, request.String(), m, false)
		return l.value(file)
	}
	return l.call("_resolveFilename", request, m, l.rt.VM.ToValue(false), options)
}

const requireFilename = "must be a file URL object, file URL string, or absolute path string"

// createRequire is module.createRequire(filename): a path, a file URL or its
// text.
func (l *Loader) createRequire(c goja.FunctionCall) goja.Value {
	arg := c.Argument(0)
	file := ""
	if v, ok := arg.(*goja.Object); ok {
		if href := bind.Get(v, "href"); goja.IsString(href) && goja.IsString(bind.Get(v, "protocol")) {
			file = filePath(href.String())
		}
	} else if goja.IsString(arg) {
		if file = arg.String(); !filepath.IsAbs(file) {
			file = filePath(file)
		}
	}
	if file == "" {
		l.rt.ArgValue("filename", arg, requireFilename)
	}
	// With a trailing slash it is a folder, in which nothing need be.
	proxy := file
	if strings.HasSuffix(file, "/") {
		proxy = filepath.Join(file, "noop.js")
	}
	m := l.newModule(proxy, goja.Undefined())
	_ = m.Set("filename", proxy)
	_ = m.Set("paths", l.call("_nodeModulePaths", bind.Get(m, "path")))
	return l.makeRequire(m)
}

// filePath returns the path of a file URL, "" if that has none.
func filePath(href string) string {
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	file, err := url.FileURLToPath(u, url.HostFileOptions)
	if err != nil {
		return ""
	}
	return file
}

// pathOfURL returns the path of a file URL, or throws.
func (l *Loader) pathOfURL(href string) string {
	u, err := url.Parse(href)
	l.rt.Must(err)
	file, err := url.FileURLToPath(u, url.HostFileOptions)
	l.rt.Must(err)
	return file
}

// fileURL returns the file URL of a path.
func fileURL(file string) string {
	u, err := url.PathToFileURL(file, url.HostFileOptions)
	if err != nil {
		return "file://" + file
	}
	return u.Href()
}
