package urlmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/url"
)

// urlState is what a URL object hides: the URL, and the URLSearchParams object
// once a program has asked for it.
type urlState struct {
	*url.URL
	params *goja.Object
}

// Of returns the URL behind a URL object, nil if v is none.
func Of(v goja.Value) *url.URL {
	if s, ok := bind.From(v).(*urlState); ok {
		return s.URL
	}
	return nil
}

// wrap makes a URL object.
func (m *module) wrap(u *url.URL) *goja.Object {
	o := m.rt.VM.CreateObject(m.url.Proto)
	m.rt.Attach(o, &urlState{URL: u})
	return o
}

// parse parses the arguments of the constructor, of URL.parse and of
// URL.canParse.
func (m *module) parse(args []goja.Value) (*url.URL, error) {
	input := m.text(args[0])
	if len(args) < 2 || goja.IsUndefined(args[1]) {
		return url.Parse(input)
	}
	base := m.text(args[1])
	return url.ParseRef(input, base)
}

// Where V8 finds that an object has no private members, its text depends on
// whether a method or a field is missing.
const (
	noMethod = "Receiver must be an instance of class URL"
	noField  = "Cannot read private member #context from an object whose class did not declare it"
	noParams = "Cannot read private member #searchParams from an object whose class did not declare it"
)

// this returns the state of a URL object, or throws.
func (m *module) this(v goja.Value, text string) *urlState {
	s, ok := bind.From(v).(*urlState)
	if o, _ := v.(*goja.Object); !ok || bind.IsProxy(o) {
		m.engineError(text)
	}
	return s
}

func (m *module) defineURL() {
	m.rt.Href = func(o *goja.Object) (string, bool) {
		u := Of(o)
		if u == nil {
			return "", false
		}
		return u.Href(), true
	}
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "URL", Length: 1, ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		m.require(goja.FunctionCall{Arguments: args}, "url")
		u, err := m.parse(args)
		rt.Must(err)
		rt.Attach(this, &urlState{URL: u})
		return nil
	}})
	m.url = c
	enumerable(c.Proto, "toString", rt.Func("toString", 0, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.this(call.This, noMethod).Href())
	}))
	// part adds a property; set may be nil.
	part := func(name, text string, get func(*url.URL) string, set func(*url.URL, string)) {
		var setter func(this, v goja.Value)
		if set != nil {
			setter = func(this, v goja.Value) {
				s := m.this(this, noField)
				set(s.URL, m.text(v))
			}
		}
		c.Accessor(name, func(this goja.Value) goja.Value {
			return rt.VM.ToValue(get(m.this(this, text).URL))
		}, setter, true)
	}
	part("href", noMethod, (*url.URL).Href, func(u *url.URL, v string) { rt.Must(u.SetHref(v)) })
	part("origin", noField, (*url.URL).Origin, nil)
	part("protocol", noField, (*url.URL).Protocol, (*url.URL).SetProtocol)
	part("username", noField, (*url.URL).Username, (*url.URL).SetUsername)
	part("password", noField, (*url.URL).Password, (*url.URL).SetPassword)
	part("host", noField, (*url.URL).Host, (*url.URL).SetHost)
	part("hostname", noField, (*url.URL).Hostname, (*url.URL).SetHostname)
	part("port", noField, (*url.URL).Port, (*url.URL).SetPort)
	part("pathname", noField, (*url.URL).Pathname, (*url.URL).SetPathname)
	part("search", noMethod, (*url.URL).Search, (*url.URL).SetSearch)
	c.Accessor("searchParams", func(this goja.Value) goja.Value { return m.searchParams(m.this(this, noParams)) }, nil, true)
	part("hash", noField, (*url.URL).Hash, (*url.URL).SetHash)
	enumerable(c.Proto, "toJSON", rt.Func("toJSON", 0, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.this(call.This, noMethod).Href())
	}))
	c.SymbolMethod(rt.Inspector.CustomSymbol(), "[nodejs.util.inspect.custom]", 2, m.inspectURL)
	tag(rt, c.Proto, "URL")
	enumerable(c.Ctor, "parse", rt.Func("parse", 1, func(call goja.FunctionCall) goja.Value {
		m.require(call, "url")
		u, err := m.parse(call.Arguments)
		if err != nil {
			return goja.Null()
		}
		return m.wrap(u)
	}))
	enumerable(c.Ctor, "canParse", rt.Func("canParse", 1, func(call goja.FunctionCall) goja.Value {
		m.require(call, "url")
		_, err := m.parse(call.Arguments)
		return rt.VM.ToValue(err == nil)
	}))
	enumerable(c.Ctor, "createObjectURL", rt.Func("createObjectURL", 1, m.createObjectURL))
	enumerable(c.Ctor, "revokeObjectURL", rt.Func("revokeObjectURL", 1, m.revokeObjectURL))
	c.Seal()
}

func (m *module) searchParams(s *urlState) *goja.Object {
	if s.params == nil {
		s.params = m.rt.VM.CreateObject(m.params.Proto)
		m.rt.Attach(s.params, s.URL.SearchParams())
	}
	return s.params
}

// enumerable adds a property as Web IDL has methods: enumerable.
func enumerable(o *goja.Object, name string, v goja.Value) {
	_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// tag sets Symbol.toStringTag.
func tag(rt *bind.Runtime, proto *goja.Object, name string) {
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, rt.VM.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
