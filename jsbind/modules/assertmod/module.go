package assertmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/deepequal"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt       *bind.Runtime
	error    *goja.Object // AssertionError
	assert   *goja.Object // the exports
	strict   *goja.Object
	defaults settings // of assert and assert.strict
	class    *bind.Class
	compare  *deepequal.Comparer
	methods  map[string]*goja.Object // of assert, by name
	warned   bool                    // about assert.fail with more than one argument
}

// settings are the options of an Assert.
type settings struct {
	full          bool // diff: 'full'
	skipPrototype bool
}

type moduleKey struct{}

// Load returns the exports of node:assert.
func Load(rt *bind.Runtime) goja.Value { return get(rt).assert }

// LoadStrict returns the exports of node:assert/strict.
func LoadStrict(rt *bind.Runtime) goja.Value { return get(rt).strict }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, compare: deepequal.New(rt.Mirror), methods: map[string]*goja.Object{}}
	rt.SetValue(moduleKey{}, m)
	m.compare.Native = rt.NativeEqual
	m.defineError()
	m.assert = m.okFunction("ok")
	m.strict = m.okFunction("strict")
	tracker := m.callTracker()
	_ = m.assert.Set("AssertionError", m.error)
	_ = m.assert.Set("CallTracker", tracker)
	m.methods["ok"] = m.assert
	_ = m.assert.Set("ok", m.assert)
	for _, d := range functions {
		fn := rt.Func(d.name, d.length, m.bound(d, m.settingsOf))
		m.methods[d.name] = fn
		_ = m.assert.Set(d.name, fn)
	}
	m.fillStrict()
	m.defineClass()
	_ = m.assert.Set("Assert", m.class.Ctor)
	_ = m.strict.Set("Assert", m.class.Ctor)
	return m
}

// strictNames are the functions that strict mode replaces by stricter ones.
var strictNames = [][2]string{
	{"equal", "strictEqual"}, {"deepEqual", "deepStrictEqual"}, {"notEqual", "notStrictEqual"}, {"notDeepEqual", "notDeepStrictEqual"},
}

func (m *module) fillStrict() {
	for _, name := range m.assert.Keys() {
		_ = m.strict.Set(name, m.assert.Get(name))
	}
	for _, p := range strictNames {
		_ = m.strict.Set(p[0], m.methods[p[1]])
	}
	_ = m.strict.Set("strict", m.strict)
	_ = m.assert.Set("strict", m.strict)
}

// okFunction makes assert.ok under a name.
func (m *module) okFunction(name string) *goja.Object {
	return m.rt.Func(name, 0, func(c goja.FunctionCall) goja.Value {
		m.ok(m.settingsOf(c.This), c.Arguments)
		return goja.Undefined()
	})
}

// function is one function of the module.
type function struct {
	name   string
	length int
	call   func(m *module, s settings, args []goja.Value) goja.Value
}

var functions = []function{
	{"fail", 5, fail},
	{"equal", 3, equal},
	{"notEqual", 3, notEqual},
	{"deepEqual", 3, deepEqual},
	{"notDeepEqual", 3, notDeepEqual},
	{"deepStrictEqual", 3, deepStrictEqual},
	{"notDeepStrictEqual", 3, notDeepStrictEqual},
	{"strictEqual", 3, strictEqual},
	{"notStrictEqual", 3, notStrictEqual},
	{"partialDeepStrictEqual", 3, partialDeepStrictEqual},
	{"match", 3, match},
	{"doesNotMatch", 3, doesNotMatch},
	{"throws", 1, throws},
	{"rejects", 1, rejects},
	{"doesNotThrow", 1, doesNotThrow},
	{"doesNotReject", 1, doesNotReject},
	{"ifError", 1, ifError},
}

// prototypeOrder is the functions as Assert.prototype has them: match and
// doesNotMatch come last.
func prototypeOrder() []function {
	var list, last []function
	for _, f := range functions {
		if f.name == "match" || f.name == "doesNotMatch" {
			last = append(last, f)
		} else {
			list = append(list, f)
		}
	}
	return append(list, last...)
}

func (m *module) bound(f function, of func(goja.Value) settings) bind.Method {
	return func(c goja.FunctionCall) goja.Value { return f.call(m, of(c.This), c.Arguments) }
}

// settingsOf returns the options of a receiver: those of an Assert, or the
// defaults for anything else.
func (m *module) settingsOf(this goja.Value) settings {
	if s, ok := bind.From(this).(*settings); ok {
		return *s
	}
	return m.defaults
}

// defineClass makes Assert
// (https://nodejs.org/docs/latest-v24.x/api/assert.html#new-assertassertoptions).
func (m *module) defineClass() {
	rt := m.rt
	ctor := rt.NewableOnly("Assert", func(this *goja.Object, args []goja.Value) *goja.Object {
		s, strict := &settings{}, true
		if len(args) > 0 {
			if o, ok := args[0].(*goja.Object); ok {
				s, strict = m.readSettings(o)
			}
		}
		rt.Attach(this, s)
		_ = this.Set("AssertionError", m.error)
		if strict {
			for _, p := range strictNames {
				_ = this.Set(p[0], m.class.Proto.Get(p[1]))
			}
		}
		return nil
	}, func() error {
		return nodeerr.New(nodeerr.KindType, "ERR_CONSTRUCT_CALL_REQUIRED", "Class constructor Assert cannot be invoked without `new`")
	})
	_ = ctor.DefineDataProperty("length", rt.VM.ToValue(1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	m.class = &bind.Class{Name: "Assert", Ctor: ctor, Proto: ctor.Get("prototype").(*goja.Object)}
	_ = m.class.Proto.Set("fail", m.methods["fail"])
	_ = m.class.Proto.Set("ok", m.okFunction("ok"))
	for _, d := range prototypeOrder() {
		if m.class.Proto.Get(d.name) == nil {
			_ = m.class.Proto.Set(d.name, rt.Func(d.name, d.length, m.bound(d, m.settingsOf)))
		}
	}
}

func (m *module) readSettings(o *goja.Object) (*settings, bool) {
	s, strict := &settings{}, true
	if v := bind.Get(o, "diff"); !goja.IsUndefined(v) {
		if text := v.String(); !goja.IsString(v) || text != "simple" && text != "full" {
			m.rt.ArgValue("options.diff", v, "must be one of: 'simple', 'full'")
		}
		s.full = v.String() == "full"
	}
	if v := bind.Get(o, "strict"); !goja.IsUndefined(v) {
		strict = v.ToBoolean()
	}
	s.skipPrototype = bind.Get(o, "skipPrototype").ToBoolean()
	return s, strict
}

func arg(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}
