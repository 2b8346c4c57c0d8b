package urlmod

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/querystringmod"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// The older Url is an object of plain properties, which a program may change
// and replace: every method reads them anew.

// legacyNames are the properties in the order that Node sets them.
var legacyNames = [...]string{"protocol", "slashes", "auth", "host", "port", "hostname", "hash", "search", "query", "pathname", "path", "href"}

// legacyKeys are the same as the engine writes them.
var legacyKeys = func() (keys [len(legacyNames)]unistring.String) {
	for i, name := range legacyNames {
		keys[i] = unistring.String(name)
	}
	return keys
}()

func (m *module) defineLegacy() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Url", AnyThis: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		if this.Prototype() == m.legacy.Proto && bind.Fill(this, legacyKeys[:], goja.Null()) {
			return nil
		}
		for _, name := range legacyNames {
			_ = this.Set(name, goja.Null())
		}
		return nil
	}})
	m.legacy = c
	c.Method("parse", 3, func(call goja.FunctionCall) goja.Value {
		o := call.This.ToObject(rt.VM)
		m.parseInto(o, call.Argument(0), call.Argument(1), call.Argument(2))
		return o
	})
	c.Method("format", 0, func(call goja.FunctionCall) goja.Value {
		return m.formatLegacy(call.This.ToObject(rt.VM))
	})
	c.Method("resolve", 1, func(call goja.FunctionCall) goja.Value {
		relative := m.parseLegacy(call.Argument(0), goja.Undefined(), rt.VM.ToValue(true))
		return m.formatLegacy(m.resolveLegacy(call.This.ToObject(rt.VM), relative))
	})
	c.Method("resolveObject", 1, func(call goja.FunctionCall) goja.Value {
		relative := call.Argument(0)
		if goja.IsString(relative) {
			o := m.newLegacy()
			m.parseInto(o, relative, goja.Undefined(), rt.VM.ToValue(true))
			relative = o
		}
		return m.resolveLegacy(call.This.ToObject(rt.VM), relative.ToObject(rt.VM))
	})
	c.Method("parseHost", 0, func(call goja.FunctionCall) goja.Value {
		m.parseHost(call.This.ToObject(rt.VM))
		return goja.Undefined()
	})
	c.Seal()
}

func (m *module) newLegacy() *goja.Object {
	o := m.rt.VM.CreateObject(m.legacy.Proto)
	bind.Fill(o, legacyKeys[:], goja.Null())
	return o
}

// parseInto parses a URL and sets the properties of o.
func (m *module) parseInto(o *goja.Object, input, query, slashes goja.Value) {
	m.fill(o, m.parseText(input, query, slashes))
}

// parseText parses the arguments of url.parse.
func (m *module) parseText(input, query, slashes goja.Value) *url.Legacy {
	text := m.rt.TextArg(input, "url")
	u, err := url.LegacyParse(text, query.ToBoolean(), slashes.ToBoolean())
	m.rt.Must(err)
	if u.InvalidPort {
		m.deprecate("DEP0170", "The URL "+text+" is invalid. Future versions of Node.js will throw an error.")
	}
	return u
}

// fill sets the properties of o.
func (m *module) fill(o *goja.Object, u *url.Legacy) {
	for i, v := range m.values(u) {
		_ = o.Set(legacyNames[i], v)
	}
}

// build makes a Url object of u.
func (m *module) build(u *url.Legacy) *goja.Object {
	b := m.rt.NewObject(len(legacyNames))
	for i, v := range m.values(u) {
		b.Put(unistring.String(legacyNames[i]), v)
	}
	_ = b.Object().SetPrototype(m.legacy.Proto)
	return b.Object()
}

// values returns the properties' values, in their order.
func (m *module) values(u *url.Legacy) [len(legacyNames)]goja.Value {
	value := func(n url.NullString) goja.Value {
		if !n.Valid {
			return goja.Null()
		}
		return m.rt.TextValue(n.String)
	}
	query := value(u.Query.NullString)
	if v, ok := u.Query.Host.(goja.Value); ok {
		query = v
	} else if u.Query.Pairs != nil {
		query = querystringmod.Object(m.rt, u.Query.Pairs)
	}
	slashes := goja.Null()
	if u.Slashes {
		slashes = m.rt.VM.ToValue(true)
	}
	return [...]goja.Value{
		value(u.Protocol), slashes, value(u.Auth), value(u.Host), value(u.Port), value(u.Hostname), value(u.Hash),
		value(u.Search), query, value(u.Pathname), value(u.Path), m.rt.TextValue(u.Href),
	}
}

// read makes a Legacy of an object's properties. What is neither a string nor
// missing is shown as one, if it is truthy.
func (m *module) read(o *goja.Object) *url.Legacy {
	field := func(name string) url.NullString {
		v := bind.Get(o, name)
		switch {
		case goja.IsString(v), v.ToBoolean():
			return url.Text(m.rt.Text(v))
		}
		return url.NullString{}
	}
	u := &url.Legacy{
		Protocol: field("protocol"), Slashes: bind.Get(o, "slashes").ToBoolean(), Auth: field("auth"), Host: field("host"),
		Port: field("port"), Hostname: field("hostname"), Hash: field("hash"), Search: field("search"),
		Pathname: field("pathname"), Path: field("path"), Href: field("href").String,
	}
	switch v := bind.Get(o, "query").(type) {
	case *goja.Object:
		u.Query = url.LegacyQuery{NullString: url.Text(querystringmod.Stringify(m.rt, v)), Host: v}
	case goja.String:
		u.Query.NullString = url.Text(m.rt.Text(v))
	default:
		if v.ToBoolean() {
			u.Query.NullString = url.Text(m.rt.Text(v))
		}
	}
	return u
}

func (m *module) formatLegacy(o *goja.Object) goja.Value {
	s, err := m.read(o).Format()
	m.rt.Must(err)
	return m.rt.TextValue(s)
}

// resolveLegacy resolves the URL of one object against that of another. Further
// properties of the first are copied.
func (m *module) resolveLegacy(o, relative *goja.Object) *goja.Object {
	resolved, err := m.read(o).Resolve(m.read(relative))
	m.rt.Must(err)
	out := m.build(resolved)
	for _, name := range o.Keys() {
		if !slices.Contains(legacyNames[:], name) {
			_ = out.Set(name, o.Get(name))
		}
	}
	return out
}

var portAtEnd = lazyregexp.New(`:[0-9]*$`)

// parseHost splits host into hostname and port.
func (m *module) parseHost(o *goja.Object) {
	host := m.rt.Text(bind.Get(o, "host"))
	if port := portAtEnd().FindString(host); port != "" {
		if port != ":" {
			_ = o.Set("port", port[1:])
		}
		host = strings.TrimSuffix(host, port)
	}
	if host != "" {
		_ = o.Set("hostname", m.rt.TextValue(host))
	}
}

// parseLegacy is url.parse.
func (m *module) parseLegacy(input, query, slashes goja.Value) *goja.Object {
	if o, ok := input.(*goja.Object); ok && m.rt.VM.InstanceOf(o, m.legacy.Ctor) {
		return o
	}
	if !m.calledFromPackage() {
		m.deprecate("DEP0169", "`url.parse()` behavior is not standardized and prone to errors that have security implications. "+
			"Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.")
	}
	return m.build(m.parseText(input, query, slashes))
}

// calledFromPackage reports whether the calling script lies in node_modules.
func (m *module) calledFromPackage() bool {
	if m.warned["DEP0169"] {
		return false
	}
	return m.rt.CalledFromPackage(8)
}

func (m *module) urlParse(c goja.FunctionCall) goja.Value {
	return m.parseLegacy(c.Argument(0), c.Argument(1), c.Argument(2))
}

func (m *module) urlResolve(c goja.FunctionCall) goja.Value {
	source := m.parseLegacy(c.Argument(0), goja.Undefined(), m.rt.VM.ToValue(true))
	return m.rt.Call(source.Get("resolve"), source, c.Argument(1))
}

func (m *module) urlResolveObject(c goja.FunctionCall) goja.Value {
	if !c.Argument(0).ToBoolean() {
		return c.Argument(1)
	}
	source := m.parseLegacy(c.Argument(0), goja.Undefined(), m.rt.VM.ToValue(true))
	return m.rt.Call(source.Get("resolveObject"), source, c.Argument(1))
}

// isURL reports whether o looks like a URL, rather than a Url, to Node.
func isURL(o *goja.Object) bool {
	return bind.Get(o, "href").ToBoolean() && bind.Get(o, "protocol").ToBoolean() &&
		goja.IsUndefined(bind.Get(o, "auth")) && goja.IsUndefined(bind.Get(o, "path"))
}

// urlFormat formats a string, a URL, for which there are options, or an object
// with the properties of a Url.
func (m *module) urlFormat(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if goja.IsString(v) {
		v = m.parseLegacy(v, goja.Undefined(), goja.Undefined())
	}
	o, ok := v.(*goja.Object)
	if !ok || bind.IsCallable(v) {
		m.rt.ArgType("urlObject", v, "Object", "string")
	}
	if !isURL(o) {
		return m.formatLegacy(o)
	}
	opts := url.DefaultFormat
	if options := c.Argument(1); options.ToBoolean() {
		from := m.rt.Object(options, "options")
		for name, field := range map[string]*bool{"auth": &opts.Auth, "fragment": &opts.Fragment, "search": &opts.Search, "unicode": &opts.Unicode} {
			if v := bind.Get(from, name); !bind.IsNullish(v) {
				*field = v.ToBoolean()
			}
		}
	}
	u := Of(o)
	if u == nil {
		href := m.text(bind.Get(o, "href"))
		parsed, err := url.Parse(href)
		if err != nil {
			m.rt.Throw(nodeerr.InvalidLegacyURL(href))
		}
		u = parsed
	}
	return m.rt.VM.ToValue(u.Format(opts))
}
