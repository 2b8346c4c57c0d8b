package urlmod

import (
	"strconv"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url/urlpattern"
)

// URLPattern returns the class (https://nodejs.org/docs/latest-v24.x/api/url.html#class-urlpattern).
func URLPattern(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.pattern == nil {
		m.definePattern()
	}
	return m.pattern
}

// definePattern defines the class, as Node does: a function whose instances
// have their members on the prototype.
func (m *module) definePattern() {
	rt := m.rt
	shell, err := rt.VM.RunScript("node:internal/spindle/urlpattern",
		"(function (init) { return function URLPattern() { init(this, new.target !== undefined, arguments) } })")
	if err != nil {
		panic(err)
	}
	ctor := rt.Call(shell, goja.Undefined(), rt.VM.ToValue(func(c goja.FunctionCall) goja.Value {
		if !c.Argument(1).ToBoolean() {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_CONSTRUCT_CALL_REQUIRED", "Cannot call constructor without `new`"))
		}
		var args []goja.Value
		list := c.Argument(2).(*goja.Object)
		for i := range int(list.Get("length").ToInteger()) {
			args = append(args, list.Get(strconv.Itoa(i)))
		}
		rt.Attach(c.Argument(0).(*goja.Object), m.newPattern(args))
		return goja.Undefined()
	})).(*goja.Object)
	proto := rt.VM.NewObject()
	getter := func(name string, get func(*urlpattern.Pattern) any) {
		f := rt.Func("", 0, func(c goja.FunctionCall) goja.Value { return rt.ToValue(get(m.patternOf(c.This))) })
		_ = proto.DefineAccessorProperty(name, f, nil, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	for name, get := range componentsOf {
		getter(name.String(), func(p *urlpattern.Pattern) any { return get(p) })
	}
	getter("hasRegExpGroups", func(p *urlpattern.Pattern) any { return p.HasRegExpGroups() })
	enumerable(proto, "exec", rt.Func("exec", 0, func(c goja.FunctionCall) goja.Value {
		p := m.patternOf(c.This)
		inputs, match := m.matchPattern(p, c.Arguments, "exec")
		if match == nil {
			return goja.Null()
		}
		return m.patternResult(inputs, match)
	}))
	enumerable(proto, "test", rt.Func("test", 0, func(c goja.FunctionCall) goja.Value {
		_, match := m.matchPattern(m.patternOf(c.This), c.Arguments, "test")
		return rt.VM.ToValue(match != nil)
	}))
	_ = proto.DefineDataProperty("constructor", ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = ctor.DefineDataProperty("prototype", proto, goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	m.pattern = ctor
}

// componentsOf yields the components in Node's order.
func componentsOf(yield func(name unistring.String, get func(*urlpattern.Pattern) string) bool) {
	_ = yield("protocol", (*urlpattern.Pattern).Protocol) &&
		yield("username", (*urlpattern.Pattern).Username) &&
		yield("password", (*urlpattern.Pattern).Password) &&
		yield("hostname", (*urlpattern.Pattern).Hostname) &&
		yield("port", (*urlpattern.Pattern).Port) &&
		yield("pathname", (*urlpattern.Pattern).Pathname) &&
		yield("search", (*urlpattern.Pattern).Search) &&
		yield("hash", (*urlpattern.Pattern).Hash)
}

func (m *module) patternOf(this goja.Value) *urlpattern.Pattern {
	p, ok := bind.From(this).(*urlpattern.Pattern)
	if !ok {
		m.engineError("Illegal invocation")
	}
	return p
}

func (m *module) argType(text string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", text))
}

// newPattern makes a pattern of the constructor's arguments: a string or an
// object, a base URL or options, options.
func (m *module) newPattern(args []goja.Value) *urlpattern.Pattern {
	var input, base *string
	var in urlpattern.Init
	opts := urlpattern.Options{Compile: m.compileRegexp}
	if len(args) > 0 {
		switch o, ok := args[0].(*goja.Object); {
		case goja.IsString(args[0]):
			s := args[0].String()
			input = &s
		case ok:
			in = m.patternInit(o)
		default:
			m.argType("Input must be an object or a string")
		}
	}
	if len(args) > 1 {
		switch o, ok := args[1].(*goja.Object); {
		case goja.IsString(args[1]):
			s := args[1].String()
			base = &s
		case ok:
			opts.IgnoreCase = m.ignoreCase(o)
		default:
			m.argType("second argument must be a string or object")
		}
	}
	if len(args) > 2 {
		o, ok := args[2].(*goja.Object)
		if !ok {
			m.argType("options must be an object")
		}
		opts.IgnoreCase = m.ignoreCase(o)
	}
	var p *urlpattern.Pattern
	var err error
	switch {
	case input != nil:
		p, err = urlpattern.New(*input, base, opts)
	case base != nil:
		err = urlpattern.ErrBase()
	default:
		p, err = urlpattern.NewInit(in, opts)
	}
	m.rt.Must(err)
	return p
}

func (m *module) ignoreCase(o *goja.Object) bool {
	v := bind.Get(o, "ignoreCase")
	if bind.TypeOf(v) != "boolean" {
		m.argType("options.ignoreCase must be a boolean")
	}
	return v.ToBoolean()
}

// initFields are the parts of an Init and their names.
func initFields(in *urlpattern.Init) [9]struct {
	name unistring.String
	at   **string
} {
	return [...]struct {
		name unistring.String
		at   **string
	}{
		{"protocol", &in.Protocol}, {"username", &in.Username}, {"password", &in.Password}, {"hostname", &in.Hostname}, {"port", &in.Port},
		{"pathname", &in.Pathname}, {"search", &in.Search}, {"hash", &in.Hash}, {"baseURL", &in.BaseURL},
	}
}

// patternInit reads the parts of an object; those that are no strings are
// missing.
func (m *module) patternInit(o *goja.Object) urlpattern.Init {
	var in urlpattern.Init
	for _, f := range initFields(&in) {
		if v := bind.Get(o, f.name.String()); goja.IsString(v) {
			s := v.String()
			*f.at = &s
		}
	}
	return in
}

// matchPattern matches the arguments of exec and test, and returns what exec
// shows of them.
func (m *module) matchPattern(p *urlpattern.Pattern, args []goja.Value, method string) (inputs []any, match *urlpattern.Match) {
	var input, base *string
	var in urlpattern.Init
	if len(args) > 0 {
		switch o, ok := args[0].(*goja.Object); {
		case goja.IsString(args[0]):
			s := args[0].String()
			input = &s
		case ok:
			in = m.patternInit(o)
		default:
			m.argType("URLPattern input needs to be a string or an object")
		}
	}
	if len(args) > 1 {
		if !goja.IsString(args[1]) {
			m.argType("baseURL must be a string")
		}
		s := args[1].String()
		base = &s
	}
	if input == nil {
		if base != nil {
			m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_OPERATION_FAILED", "Failed to "+method+" URLPattern"))
		}
		return []any{m.showInit(&in)}, p.ExecInit(in)
	}
	inputs = []any{*input}
	if base != nil {
		inputs = append(inputs, *base)
	}
	return inputs, p.Exec(*input, base)
}

func (m *module) showInit(in *urlpattern.Init) *goja.Object {
	b := m.rt.NewObject(9)
	for _, f := range initFields(in) {
		var v goja.Value = goja.Undefined()
		if *f.at != nil {
			v = m.rt.VM.ToValue(**f.at)
		}
		b.Put(f.name, v)
	}
	return b.Object()
}

func (m *module) patternResult(inputs []any, match *urlpattern.Match) *goja.Object {
	rt := m.rt
	out := rt.VM.CreateObject(nil)
	_ = out.Set("inputs", rt.VM.NewArray(inputs...))
	for _, r := range []struct {
		name string
		*urlpattern.Result
	}{
		{"protocol", &match.Protocol}, {"username", &match.Username}, {"password", &match.Password}, {"hostname", &match.Hostname},
		{"port", &match.Port}, {"pathname", &match.Pathname}, {"search", &match.Search}, {"hash", &match.Hash},
	} {
		groups := rt.VM.CreateObject(rt.VM.NewObject()) // as in Node, of no class
		for _, name := range r.Names {
			var v goja.Value = goja.Undefined()
			if s := r.Groups[name]; s != nil {
				v = rt.VM.ToValue(*s)
			}
			_ = groups.Set(name, v)
		}
		b := rt.NewObject(2)
		b.Put("input", rt.VM.ToValue(r.Input))
		b.Put("groups", groups)
		_ = out.Set(r.name, b.Object())
	}
	return out
}

// scriptRegexp is a regular expression of the engine.
type scriptRegexp struct {
	m    *module
	expr *goja.Object
}

// compileRegexp compiles a regular expression. Node uses the flag v, which the
// engine does not have: u is the nearest.
func (m *module) compileRegexp(source string, ignoreCase bool) (re urlpattern.Regexp, err error) {
	flags := "u"
	if ignoreCase {
		flags = "iu"
	}
	ctor := m.rt.VM.Get("RegExp").(*goja.Object)
	expr, err := m.rt.VM.New(ctor, m.rt.VM.ToValue(source), m.rt.VM.ToValue(flags))
	if err != nil {
		return nil, err
	}
	return scriptRegexp{m, expr}, nil
}

func (r scriptRegexp) Match(input string) ([]*string, bool) {
	rt := r.m.rt
	found, ok := rt.Call(r.expr.Get("exec"), r.expr, rt.VM.ToValue(input)).(*goja.Object)
	if !ok {
		return nil, false
	}
	groups := make([]*string, int(found.Get("length").ToInteger())-1)
	for i := range groups {
		if v := found.Get(rt.VM.ToValue(i + 1).String()); goja.IsString(v) {
			s := v.String()
			groups[i] = &s
		}
	}
	return groups, true
}
