package urlmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// options reads the arguments of an inspection function: the depth that is
// left, and the options.
func (m *module) options(c goja.FunctionCall) (depth float64, limited bool, o *goja.Object, opts inspect.Options) {
	if d := c.Argument(0); goja.IsNumber(d) {
		depth, limited = d.ToFloat(), true
	}
	o, ok := c.Argument(1).(*goja.Object)
	opts = m.rt.Inspector.Default()
	if ok {
		opts = m.rt.Inspector.ParseOptions(opts, o)
	}
	return depth, limited, o, opts
}

// stylizedObject is what stands for an object that is too deep.
func (m *module) stylizedObject(o *goja.Object) goja.Value {
	if stylize := bind.Get(o, "stylize"); bind.IsCallable(stylize) {
		return m.rt.Call(stylize, o, m.rt.VM.ToValue("[Object]"), m.rt.VM.ToValue("special"))
	}
	return m.rt.VM.ToValue("[Object]")
}

// constructorName returns the name of the constructor of o.
func constructorName(o *goja.Object) string {
	if c, ok := bind.Get(o, "constructor").(*goja.Object); ok {
		return bind.Get(c, "name").String()
	}
	return ""
}

// inspectURL shows a URL's properties as those of a plain object.
func (m *module) inspectURL(c goja.FunctionCall) goja.Value {
	depth, limited, _, opts := m.options(c)
	if limited && depth < 0 {
		return c.This
	}
	s := m.this(c.This, noMethod)
	this := c.This.(*goja.Object)
	b := m.rt.NewObject(13)
	for _, name := range []string{"href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search"} {
		_ = b.Object().Set(name, this.Get(name))
	}
	_ = b.Object().Set("searchParams", this.Get("searchParams"))
	_ = b.Object().Set("hash", this.Get("hash"))
	if opts.ShowHidden {
		_ = b.Object().SetSymbol(contextSymbol, m.showContext(s.URL))
	}
	return m.rt.VM.ToValue(constructorName(this) + " " + m.rt.Inspector.Inspect(b.Object(), opts))
}

// contextSymbol is the key under which showHidden shows the parts of a URL.
var contextSymbol = goja.NewSymbol("context")

// defineContext makes the class of what contextSymbol shows.
func (m *module) defineContext() {
	c := m.rt.NewClass(bind.ClassDef{Name: "URLContext", ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	for _, name := range []string{"hasPort", "hasSearch", "hasHash"} {
		field := map[string]string{"hasPort": "port", "hasSearch": "search_start", "hasHash": "hash_start"}[name]
		c.Accessor(name, func(this goja.Value) goja.Value {
			o, _ := this.(*goja.Object)
			return m.rt.VM.ToValue(bind.Get(o, field).ToInteger() != 1<<32-1)
		}, nil)
	}
	m.context = c
}

// showContext makes the object of a URL's parts.
func (m *module) showContext(u *url.URL) *goja.Object {
	if m.context == nil {
		m.defineContext()
	}
	p := u.Parts()
	o := m.rt.VM.CreateObject(m.context.Proto)
	_ = o.Set("href", u.Href())
	for _, part := range []struct {
		name  string
		value uint32
	}{
		{"protocol_end", p.ProtocolEnd}, {"username_end", p.UsernameEnd}, {"host_start", p.HostStart}, {"host_end", p.HostEnd},
		{"pathname_start", p.PathnameStart}, {"search_start", p.SearchStart}, {"hash_start", p.HashStart}, {"port", p.Port},
		{"scheme_type", uint32(p.Scheme)},
	} {
		_ = o.Set(part.name, int64(part.value))
	}
	return o
}

// inspectParams shows a list as "URLSearchParams { 'a' => '1' }".
func (m *module) inspectParams(c goja.FunctionCall) goja.Value {
	p := paramsOf(c.This)
	if p == nil {
		m.rt.Throw(nodeerr.InvalidThis("URLSearchParams"))
	}
	depth, limited, o, opts := m.options(c)
	if limited && depth < 0 {
		return m.stylizedObject(o)
	}
	items := make([]string, p.Len())
	for i := range items {
		items[i] = m.show(p.At(i).Name, opts) + " => " + m.show(p.At(i).Value, opts)
	}
	name := constructorName(c.This.(*goja.Object))
	switch {
	case len(items) == 0:
		return m.rt.VM.ToValue(name + " {}")
	case float64(width(items)) > opts.BreakLength:
		return m.rt.VM.ToValue(name + " {\n  " + strings.Join(items, ",\n  ") + " }")
	}
	return m.rt.VM.ToValue(name + " { " + strings.Join(items, ", ") + " }")
}

// inspectIterator shows what an iterator has not yielded yet.
func (m *module) inspectIterator(c goja.FunctionCall) goja.Value {
	it := m.iteratorOf(c.This)
	depth, limited, o, opts := m.options(c)
	if limited && depth < 0 {
		return m.stylizedObject(o)
	}
	var items []string
	for i := it.index; i < it.list.Len(); i++ {
		pair := it.list.At(i)
		switch it.kind {
		case keys:
			items = append(items, m.show(pair.Name, opts))
		case values:
			items = append(items, m.show(pair.Value, opts))
		default:
			items = append(items, m.rt.Inspector.Inspect(m.value(it, pair), opts))
		}
	}
	const tag = "URLSearchParams Iterator"
	text := strings.Join(items, ", ")
	if float64(width(items)) > opts.BreakLength || strings.Contains(text, "\n") {
		return m.rt.VM.ToValue(tag + " {\n  " + strings.Join(items, ",\n  ") + " }")
	}
	return m.rt.VM.ToValue(tag + " { " + text + " }")
}

func (m *module) show(s string, opts inspect.Options) string {
	return m.rt.Inspector.Inspect(m.rt.VM.ToValue(s), opts)
}

// width is the length of items on one line, without colors.
func width(items []string) int {
	n := -2
	for _, s := range items {
		n += len(stripColors(s)) + 2
	}
	return n
}

// stripColors removes escape sequences of colors.
func stripColors(s string) string {
	if !strings.Contains(s, "\x1b[") {
		return s
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, s, _ = strings.Cut(after, "m")
	}
}
