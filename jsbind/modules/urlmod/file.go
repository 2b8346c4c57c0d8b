package urlmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// fileOptions reads {windows}.
func (m *module) fileOptions(v goja.Value) url.FileOptions {
	opts := url.HostFileOptions
	opts.Getwd = func() string {
		process := m.rt.Require("process").(*goja.Object)
		return m.rt.Text(m.rt.Call(process.Get("cwd"), process))
	}
	if o, ok := v.(*goja.Object); ok {
		if windows := bind.Get(o, "windows"); !bind.IsNullish(windows) {
			opts.Windows = windows.ToBoolean()
		}
	}
	return opts
}

// fileURL are the properties of a file URL, or of what looks like one, and the
// object that has them.
type fileURL struct {
	protocol, hostname, pathname, href string
	object                             goja.Value
}

// throw throws an error of the conversion: its input is the object.
func (m *module) throw(err error, u fileURL) {
	if e, ok := err.(*nodeerr.Error); ok && e.Code == "ERR_INVALID_FILE_URL_PATH" {
		e.Props = []nodeerr.Prop{{Key: "input", Value: u.object}}
	}
	m.rt.Must(err)
}

func (m *module) fileURL(v goja.Value) fileURL {
	u := Of(v)
	if goja.IsString(v) {
		parsed, err := url.Parse(m.text(v))
		m.rt.Must(err)
		u = parsed
	}
	if u != nil {
		f := fileURL{u.Protocol(), u.Hostname(), u.Pathname(), u.Href(), v}
		if goja.IsString(v) {
			f.object = m.wrap(u)
		}
		return f
	}
	o, ok := v.(*goja.Object)
	if !ok || !isURL(o) {
		m.rt.ArgType("path", v, "string", "URL")
	}
	text := func(name string) string { return m.rt.Text(bind.Get(o, name)) }
	return fileURL{text("protocol"), text("hostname"), text("pathname"), text("href"), v}
}

func (m *module) fileURLToPath(c goja.FunctionCall) goja.Value {
	opts := m.fileOptions(c.Argument(1))
	u := m.fileURL(c.Argument(0))
	s, err := url.FileURLPartsToPath(u.protocol, u.hostname, u.pathname, u.href, opts)
	m.throw(err, u)
	return m.rt.TextValue(s)
}

func (m *module) fileURLToPathBuffer(c goja.FunctionCall) goja.Value {
	opts := m.fileOptions(c.Argument(1))
	u := m.fileURL(c.Argument(0))
	b, err := url.FileURLPartsToPathBytes(u.protocol, u.hostname, u.pathname, u.href, opts)
	m.throw(err, u)
	return m.rt.MakeBuffer(b)
}

func (m *module) pathToFileURL(c goja.FunctionCall) goja.Value {
	name := m.rt.TextArg(c.Argument(0), "path")
	u, err := url.PathToFileURL(name, m.fileOptions(c.Argument(1)))
	m.rt.Must(err)
	return m.wrap(u)
}
