package urlmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/url"
)

// urlToHTTPOptions makes the options of a request of a URL, or of what looks
// like one. Own properties of the object come along.
func (m *module) urlToHTTPOptions(c goja.FunctionCall) goja.Value {
	rt := m.rt
	v := c.Argument(0)
	o, ok := v.(*goja.Object)
	if !ok {
		rt.ArgType("url", v, "Object")
	}
	out := rt.VM.CreateObject(nil)
	for _, name := range o.Keys() {
		_ = out.Set(name, o.Get(name))
	}
	get := func(name string) goja.Value { return bind.Get(o, name) }
	hostname, pathname, search, port := get("hostname"), get("pathname"), get("search"), get("port")
	username, password := get("username"), get("password")
	_ = out.Set("protocol", get("protocol"))
	if goja.IsString(hostname) && strings.HasPrefix(hostname.String(), "[") {
		name := hostname.String()
		hostname = rt.VM.ToValue(name[1 : len(name)-1])
	}
	_ = out.Set("hostname", hostname)
	_ = out.Set("hash", get("hash"))
	_ = out.Set("search", search)
	_ = out.Set("pathname", pathname)
	orEmpty := func(v goja.Value) string {
		if !v.ToBoolean() {
			return ""
		}
		return rt.Text(v)
	}
	_ = out.Set("path", rt.TextValue(orEmpty(pathname)+orEmpty(search)))
	_ = out.Set("href", get("href"))
	if !goja.IsString(port) || port.String() != "" {
		_ = out.Set("port", port.ToNumber())
	}
	if username.ToBoolean() || password.ToBoolean() {
		auth, err := url.Credentials(rt.Text(username), rt.Text(password))
		rt.Must(err)
		_ = out.Set("auth", rt.TextValue(auth))
	}
	return out
}
