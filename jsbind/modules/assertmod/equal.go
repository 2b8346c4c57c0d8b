package assertmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// need throws ERR_MISSING_ARGS unless actual and expected were given.
func (m *module) need(args []goja.Value) {
	if len(args) < 2 {
		m.rt.Throw(nodeerr.MissingArgs("actual", "expected"))
	}
}

// refuse throws for two values that operator does not accept.
func (m *module) refuse(s settings, args []goja.Value, name, operator string) goja.Value {
	m.fail(&failure{settings: s, actual: args[0], expected: args[1], message: arg(args, 2), operator: m.rt.VM.ToValue(operator), stackStart: m.methods[name]})
	return nil
}

func isNaN(v goja.Value) bool { return goja.IsNumber(v) && math.IsNaN(v.ToFloat()) }

// loosely is == with NaN equal to itself.
func loosely(a, b goja.Value) bool { return a.Equals(b) || isNaN(a) && isNaN(b) }

// identical is Object.is.
func identical(a, b goja.Value) bool {
	if isNaN(a) || isNaN(b) {
		return isNaN(a) && isNaN(b)
	}
	return a.SameAs(b)
}

func equal(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); !loosely(args[0], args[1]) {
		m.refuse(s, args, "equal", "==")
	}
	return goja.Undefined()
}

func notEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); loosely(args[0], args[1]) {
		m.refuse(s, args, "notEqual", "!=")
	}
	return goja.Undefined()
}

func deepEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); !m.compare.Loose(args[0], args[1]) {
		m.refuse(s, args, "deepEqual", "deepEqual")
	}
	return goja.Undefined()
}

func notDeepEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); m.compare.Loose(args[0], args[1]) {
		m.refuse(s, args, "notDeepEqual", "notDeepEqual")
	}
	return goja.Undefined()
}

func (m *module) deepStrict(s settings, a, b goja.Value) bool {
	m.compare.SkipPrototype = s.skipPrototype
	defer func() { m.compare.SkipPrototype = false }()
	return m.compare.Strict(a, b)
}

func deepStrictEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); !m.deepStrict(s, args[0], args[1]) {
		m.refuse(s, args, "deepStrictEqual", "deepStrictEqual")
	}
	return goja.Undefined()
}

func notDeepStrictEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); m.deepStrict(s, args[0], args[1]) {
		m.refuse(s, args, "notDeepStrictEqual", "notDeepStrictEqual")
	}
	return goja.Undefined()
}

func strictEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); !identical(args[0], args[1]) {
		m.refuse(s, args, "strictEqual", "strictEqual")
	}
	return goja.Undefined()
}

func notStrictEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); identical(args[0], args[1]) {
		m.refuse(s, args, "notStrictEqual", "notStrictEqual")
	}
	return goja.Undefined()
}

func partialDeepStrictEqual(m *module, s settings, args []goja.Value) goja.Value {
	if m.need(args); !m.compare.Partial(args[0], args[1]) {
		m.refuse(s, args, "partialDeepStrictEqual", "partialDeepStrictEqual")
	}
	return goja.Undefined()
}

// ok is assert.ok(value[, message]).
func (m *module) ok(s settings, args []goja.Value) {
	if len(args) > 0 && args[0].ToBoolean() {
		return
	}
	generated := false
	message := arg(args, 1)
	switch {
	case len(args) == 0:
		generated = true
		message = m.text("No value argument passed to `assert.ok()`")
	case bind.IsNullish(message):
		generated = true
		message = goja.Undefined()
		if expr := m.callExpression(); expr != "" {
			message = m.text("The expression evaluated to a falsy value:\n\n  " + expr + "\n")
		}
	case m.rt.IsError(message):
		panic(m.rt.Thrown(message))
	}
	e := m.newError(&failure{settings: s, actual: arg(args, 0), expected: m.rt.VM.ToValue(true), message: message, operator: m.rt.VM.ToValue("=="), stackStart: m.assert})
	_ = e.Set("generatedMessage", generated)
	panic(m.rt.Thrown(e))
}

// fail is assert.fail([message]) and its deprecated form
// fail(actual, expected[, message[, operator[, stackStartFn]]]).
func fail(m *module, s settings, args []goja.Value) goja.Value {
	vm := m.rt.VM
	f := &failure{settings: s, actual: arg(args, 0), expected: arg(args, 1), message: arg(args, 2), operator: arg(args, 3), stackStart: arg(args, 4)}
	generated := false
	switch {
	case len(args) <= 1 && bind.IsNullish(f.actual):
		f.message, generated = vm.ToValue("Failed"), true
	case len(args) == 1:
		f.message, f.actual = f.actual, goja.Undefined()
	default:
		if !m.warned {
			m.warned = true
			m.rt.Warn("assert.fail() with more than one argument is deprecated. Please use assert.strictEqual() instead or only pass a message.",
				"DeprecationWarning", map[string]any{"code": "DEP0094"})
		}
		if len(args) == 2 {
			f.operator = vm.ToValue("!=")
		}
	}
	if m.rt.IsError(f.message) {
		panic(m.rt.Thrown(f.message))
	}
	if goja.IsUndefined(f.operator) {
		f.operator = vm.ToValue("fail")
	}
	if !f.stackStart.ToBoolean() {
		f.stackStart = m.methods["fail"]
	}
	e := m.newError(f)
	if generated {
		_ = e.Set("generatedMessage", true)
	}
	panic(m.rt.Thrown(e))
}
