// Package querystringmod is the binding of node:querystring
// (https://nodejs.org/docs/latest-v24.x/api/querystring.html) to package
// querystring.
package querystringmod

import (
	"math"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/querystring"
)

type moduleKey struct{}

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	// These are the built-in functions: a program may put others in their place
	// on the exports, which parse and stringify then use.
	escape, unescape, unescapeBuffer *goja.Object
}

// Load returns the exports of node:querystring.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// Object makes the object that querystring.parse returns, for url.parse.
func Object(rt *bind.Runtime, v *querystring.Values) *goja.Object { return get(rt).object(v) }

// Stringify is querystring.stringify(v), for url.format.
func Stringify(rt *bind.Runtime, v goja.Value) string {
	m := get(rt)
	return m.stringify(v, querystring.StringifyOptions{}, m.coder("escape", "", m.escape, goja.Undefined()))
}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject()}
	rt.SetValue(moduleKey{}, m)
	e := m.exports
	m.unescapeBuffer = rt.Func("unescapeBuffer", 2, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		switch {
		case bind.IsNullish(v):
			panic(rt.VM.NewTypeError("Cannot read properties of %s (reading 'length')", v))
		case !goja.IsString(v):
			rt.ArgType("size", goja.Undefined(), "number")
		}
		return rt.MakeBuffer(querystring.UnescapeBytes(rt.Text(v), c.Argument(1).ToBoolean()))
	})
	_ = e.Set("unescapeBuffer", m.unescapeBuffer)
	m.unescape = rt.Func("qsUnescape", 2, m.qsUnescape)
	_ = e.Set("unescape", m.unescape)
	m.escape = rt.Func("qsEscape", 1, func(c goja.FunctionCall) goja.Value {
		s, err := querystring.Escape(rt.Text(c.Argument(0)))
		rt.Must(err)
		return rt.VM.ToValue(s)
	})
	_ = e.Set("escape", m.escape)
	_ = e.Set("stringify", rt.Func("stringify", 4, m.qsStringify))
	_ = e.Set("encode", e.Get("stringify"))
	_ = e.Set("parse", rt.Func("parse", 4, m.qsParse))
	_ = e.Set("decode", e.Get("parse"))
	return m
}

func (m *module) qsUnescape(c goja.FunctionCall) goja.Value {
	rt := m.rt
	s := rt.Text(c.Argument(0))
	if decoded, ok := querystring.DecodeComponent(s); ok {
		return rt.TextValue(decoded)
	}
	b := rt.Call(m.exports.Get("unescapeBuffer"), m.exports, rt.TextValue(s), c.Argument(1))
	return rt.Call(b.(*goja.Object).Get("toString"), b)
}

// orText returns the string of v, "" for a falsy value.
func (m *module) orText(v goja.Value) string {
	if !v.ToBoolean() {
		return ""
	}
	return m.rt.Text(v)
}

// coder returns the function that encodes or decodes, nil for the built-in one.
func (m *module) coder(name, option string, builtin *goja.Object, options goja.Value) goja.Value {
	coder := m.exports.Get(name)
	if o, ok := options.(*goja.Object); ok {
		if f := bind.Get(o, option); bind.IsCallable(f) {
			coder = f
		}
	}
	if coder == goja.Value(builtin) {
		return nil
	}
	return coder
}

func (m *module) qsParse(c goja.FunctionCall) goja.Value {
	query := c.Argument(0)
	if !goja.IsString(query) || query.(goja.String).Length() == 0 {
		return m.rt.VM.CreateObject(nil)
	}
	opts := querystring.ParseOptions{Sep: m.orText(c.Argument(1)), Eq: m.orText(c.Argument(2))}
	// What is an object without text separates nothing.
	opts.NoSep = opts.Sep == "" && c.Argument(1).ToBoolean()
	opts.NoEq = opts.Eq == "" && c.Argument(2).ToBoolean()
	options := c.Argument(3)
	if o, ok := options.(*goja.Object); ok {
		if max := bind.Get(o, "maxKeys"); goja.IsNumber(max) {
			opts.MaxKeys = -1
			// A number that is not whole is never counted down to.
			if n := max.ToFloat(); n > 0 && n == math.Trunc(n) && n < math.MaxInt32 {
				opts.MaxKeys = int(n)
			}
		}
	}
	decoder := m.coder("unescape", "decodeURIComponent", m.unescape, options)
	if decoder == nil && m.exports.Get("unescapeBuffer") != goja.Value(m.unescapeBuffer) {
		decoder = m.unescape // which asks for it
	}
	return m.parse(m.rt.Text(query), opts, decoder)
}

func (m *module) parse(query string, opts querystring.ParseOptions, decoder goja.Value) goja.Value {
	rt := m.rt
	if decoder != nil {
		out := rt.VM.CreateObject(nil)
		m.parseWith(out, query, opts, decoder)
		return out
	}
	read, err := querystring.ParseWith(query, opts)
	rt.Must(err)
	return m.object(read)
}

// object makes the object of what was read.
func (m *module) object(read *querystring.Values) *goja.Object {
	rt := m.rt
	out := rt.VM.CreateObject(nil)
	for name, values := range read.All() {
		first := rt.TextValue(values.First)
		if values.More == nil {
			m.set(out, name, first)
			continue
		}
		list := make([]any, 1, 1+len(values.More))
		list[0] = first
		for _, more := range values.More {
			list = append(list, rt.TextValue(more))
		}
		m.set(out, name, rt.VM.NewArray(list...))
	}
	return out
}

// set sets a property whose name may have lone surrogates, which goja's own
// method replaces.
func (m *module) set(o *goja.Object, name string, v goja.Value) {
	if utf8.ValidString(name) {
		_ = o.Set(name, v)
		return
	}
	reflect := m.rt.VM.Get("Reflect").(*goja.Object)
	m.rt.Call(reflect.Get("set"), reflect, o, m.rt.TextValue(name), v)
}

// parseWith decodes names and values by a function of the program's, which may
// return anything. If it throws, the exports' unescape is used.
func (m *module) parseWith(out *goja.Object, query string, opts querystring.ParseOptions, decoder goja.Value) {
	rt := m.rt
	decode := func(s string) goja.Value {
		v := rt.TextValue(s)
		if s == "" {
			return v
		}
		decoded, ok := m.try(decoder, v)
		if !ok {
			return rt.Call(m.exports.Get("unescape"), m.exports, v, rt.VM.ToValue(true))
		}
		return decoded
	}
	opts.Decode = func(s string) (string, error) { return s, nil }
	rt.Must(querystring.ParseEach(query, opts, func(name, value string) {
		key, v := rt.Text(decode(name)), decode(value)
		current := out.Get(key)
		switch list, ok := current.(*goja.Object); {
		case current == nil || goja.IsUndefined(current):
			m.set(out, key, v)
		case ok && bind.IsArray(list):
			_ = list.Set(list.Get("length").String(), v)
		default:
			m.set(out, key, rt.VM.NewArray(current, v))
		}
	}))
}

// try calls a function and reports whether it returned.
func (m *module) try(fn, arg goja.Value) (v goja.Value, ok bool) {
	exception := m.rt.VM.Try(func() { v = m.rt.Call(fn, goja.Undefined(), arg) })
	return v, exception == nil
}

func (m *module) qsStringify(c goja.FunctionCall) goja.Value {
	opts := querystring.StringifyOptions{Sep: m.orText(c.Argument(1)), Eq: m.orText(c.Argument(2))}
	return m.rt.TextValue(m.stringify(c.Argument(0), opts, m.coder("escape", "encodeURIComponent", m.escape, c.Argument(3))))
}

func (m *module) stringify(v goja.Value, opts querystring.StringifyOptions, encoder goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok || bind.IsCallable(v) {
		return ""
	}
	rt := m.rt
	if encoder != nil {
		opts.Encode = func(s string) (string, error) {
			return rt.Text(rt.Call(encoder, goja.Undefined(), rt.TextValue(s))), nil
		}
	}
	w := querystring.NewWriter(opts)
	for _, name := range o.Keys() {
		value := o.Get(name)
		rt.Must(w.Name(name))
		list, ok := value.(*goja.Object)
		if !ok || !bind.IsArray(list) {
			m.write(w, value, encoder != nil)
			continue
		}
		n := int(list.Get("length").ToInteger())
		for i := range n {
			m.write(w, list.Get(rt.VM.ToValue(i).String()), encoder != nil)
		}
	}
	return w.String()
}

// write writes a value: strings, finite numbers, bigints and booleans are shown,
// all else is empty. Only a program's encoder sees what needs no encoding.
func (m *module) write(w *querystring.Writer, v goja.Value, custom bool) {
	text, plain := "", true
	switch bind.TypeOf(v) {
	case "string":
		text, plain = m.rt.Text(v), false
	case "number":
		if f := v.ToFloat(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			text, plain = v.String(), math.Abs(f) < 1e21
		}
	case "bigint", "boolean":
		text = v.String()
	}
	if plain && !custom {
		w.Encoded(text)
		return
	}
	m.rt.Must(w.Value(text))
}
